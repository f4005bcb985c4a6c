package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.source.Source;
import dev.bag.testing.Runners;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How bags begin: which records they hold, and in which partitions. */
class StartTest {

    @Test
    @Tag("P2")
    void recordsInMemoryComeOutInTheirOrder() {
        List<Integer> records = IntStream.range(0, 1_000).boxed().toList();
        assertThat(Bag.of(3, 1, 2).compute()).containsExactly(3, 1, 2);
        assertThat(Bag.from(records).compute()).isEqualTo(records);
        assertThat(Bag.from(records).partitionCount()).isEqualTo(64);
        assertThat(Bag.of(3, 1, 2).partitionCount()).isEqualTo(3);
    }

    @Test
    @Tag("P4")
    void thereAreAsManyPartitionsAsAskedForAndTheirSizesDifferByAtMostOne() {
        for (int size = 0; size <= 20; size++) {
            List<Integer> records = IntStream.range(0, size).boxed().toList();
            for (int count = 1; count <= 22; count++) {
                Bag<Integer> bag = Bag.from(records, count);
                assertThat(bag.partitionCount()).isEqualTo(Math.max(1, Math.min(count, size)));
                assertEven(partitions(bag), records);
                List<Long> numbers = LongStream.range(0, size).boxed().toList();
                assertEven(partitions(Bag.range(0, size, count)), numbers);
            }
        }
    }

    private static <T> void assertEven(List<List<T>> partitions, List<T> records) {
        List<Integer> sizes = partitions.stream().map(List::size).toList();
        assertThat(Collections.max(sizes) - Collections.min(sizes)).isBetween(0, 1);
        assertThat(partitions.stream().flatMap(List::stream)).isEqualTo(records);
    }

    private static <T> List<List<T>> partitions(Bag<T> bag) {
        return Delayed.all(bag.partitions()).compute(Runners.TWO);
    }

    @Test
    @Tag("P7")
    void emptyBagsHaveOnePartition() {
        List<Bag<?>> empty = List.of(
                Bag.empty(),
                Bag.of(),
                Bag.from(List.of(), 5),
                Bag.range(3, 3),
                Bag.range(3, 2, 7),
                Bag.range(Long.MAX_VALUE, Long.MIN_VALUE),
                Bag.concatAll(List.of()),
                Bag.generate(List.of()));
        for (Bag<?> bag : empty) {
            assertThat(bag.partitionCount()).as("%s", bag).isEqualTo(1);
            assertThat(bag.compute()).as("%s", bag).isEmpty();
            assertThat(bag.first()).as("%s", bag).isEmpty();
        }
    }

    @Test
    void aCollectionIsCopiedWhenTheBagIsBuilt() {
        List<Integer> records = new ArrayList<>(List.of(1, 2, 3));
        Integer[] array = {1, 2, 3};
        Bag<Integer> fromList = Bag.from(records);
        Bag<Integer> fromArray = Bag.of(array);
        records.set(0, 9);
        array[1] = 9;
        assertThat(fromList.compute()).containsExactly(1, 2, 3);
        assertThat(fromArray.compute()).containsExactly(1, 2, 3);
    }

    @Test
    void aCollectionThatKeepsTheArrayItHandsOutCannotChangeTheBag() {
        Object[] kept = {1, 2, 3};
        Collection<Integer> collection = new AbstractCollection<>() {
            @Override
            public Iterator<Integer> iterator() {
                return Stream.of(kept).map(Integer.class::cast).iterator();
            }

            @Override
            public int size() {
                return kept.length;
            }

            @Override
            public Object[] toArray() {
                return kept;
            }
        };
        Bag<Integer> bag = Bag.from(collection);
        kept[0] = 9;
        assertThat(bag.compute()).containsExactly(1, 2, 3);
    }

    @Test
    void rangesReachFromTheSmallestLongToTheLargest() {
        Bag<Long> all = Bag.range(Long.MIN_VALUE, Long.MAX_VALUE, 3);
        assertThat(all.take(2)).containsExactly(Long.MIN_VALUE, Long.MIN_VALUE + 1);
        assertThat(all.mapPartitions(numbers -> List.of(numbers.next()).iterator())
                        .compute())
                .containsExactly(Long.MIN_VALUE, -3074457345618258603L, 3074457345618258602L);
        assertThat(Bag.range(Long.MAX_VALUE - 2, Long.MAX_VALUE).compute())
                .containsExactly(Long.MAX_VALUE - 2, Long.MAX_VALUE - 1);
        assertThat(Bag.range(-2, 2).compute()).containsExactly(-2L, -1L, 0L, 1L);
    }

    @Test
    @Tag("P28")
    void aGeneratedBagIsWalkedOnceAnActionAndOnlyAsFarAsWanted() {
        AtomicInteger walks = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        Iterable<Integer> naturals = () -> {
            walks.incrementAndGet();
            return IntStream.iterate(0, n -> n + 1)
                    .peek(n -> made.incrementAndGet())
                    .iterator();
        };
        Bag<Integer> bag = Bag.generate(naturals);
        assertThat(walks).hasValue(0);
        assertThat(bag.take(3, Runners.SEVEN)).containsExactly(0, 1, 2);
        assertThat(walks).hasValue(1);
        assertThat(made.get()).isBetween(3, 4);
        assertThat(bag.first(Runners.ONE)).contains(0);
        assertThat(bag.limit(5).map(n -> n * 2).compute(Runners.SEVEN)).containsExactly(0, 2, 4, 6, 8);
        assertThat(bag.takeWhile(n -> n < 3).compute(Runners.SEVEN)).containsExactly(0, 1, 2);
        assertThat(walks).hasValue(4);
    }

    @Test
    @Tag("P1")
    @Tag("P2")
    void aGeneratedBagOfManyChunksIsWholeAndInOrder() {
        List<Integer> records = IntStream.range(0, 10_000).boxed().toList();
        for (Runner runner : Runners.ALL) {
            assertThat(Bag.generate(records).map(n -> n).compute(runner)).isEqualTo(records);
            assertThat(Bag.generate(records).mapPartitions(it -> it).compute(runner))
                    .isEqualTo(records);
            assertThat(Bag.generate(records).sumLong(n -> n).compute(runner)).isEqualTo(49_995_000L);
        }
    }

    @Test
    @Tag("P2")
    void concatenatedBagsKeepTheirPartitions() {
        Bag<Integer> one = Bag.from(List.of(1, 2, 3), 2);
        Bag<Integer> two = Bag.from(List.of(4), 1);
        Bag<Integer> all = Bag.concatAll(List.of(one, Bag.<Integer>empty(), two, one));
        assertThat(partitions(all))
                .containsExactly(List.of(1), List.of(2, 3), List.of(), List.of(4), List.of(1), List.of(2, 3));
        assertThat(one.concat(two).compute()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void bagsOfSubclassesAreConcatenatedToABagOfTheirSuperclass() {
        Bag<Number> numbers = Bag.concatAll(List.of(Bag.of(1), Bag.of(2.5)));
        assertThat(numbers.concat(Bag.of(3L)).compute()).containsExactly(1, 2.5, 3L);
    }

    @Test
    void nullRecordsAreRefusedWhenTheBagIsBuilt() {
        assertThatThrownBy(() -> Bag.of(1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("record 1 is null, and a record is never null");
        assertThatThrownBy(() -> Bag.from(Arrays.asList(null, 2), 1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("record 0 is null, and a record is never null");
    }

    @Test
    void fewerThanOnePartitionIsRefusedWhenTheBagIsBuilt() {
        assertThatThrownBy(() -> Bag.from(List.of(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("from(…, 0): a bag has at least 1 partition");
        assertThatThrownBy(() -> Bag.range(0, 10, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("range(0, 10, -1): a bag has at least 1 partition");
    }

    @Test
    void morePartitionsThanAnIntCountsAreRefusedWhenTheBagIsBuilt() {
        Bag<Long> wide = Bag.range(0, 46_340, 46_340);
        Bag<?> widest = wide.product(wide);
        assertThat(widest.partitionCount()).isEqualTo(2_147_395_600);
        assertThatThrownBy(() -> Bag.concatAll(List.of(widest, widest)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("concat: 4294791200 partitions are more than an int counts;"
                        + " use repartition(n) on the bags first");
        assertThatThrownBy(() -> widest.product(wide))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("product: 2147395600 times 46340 partitions are more than an int counts;"
                        + " use repartition(n) first");
    }

    @Test
    void whatANullStartsWithIsRefusedWhenTheBagIsBuilt() {
        assertThatThrownBy(() -> Bag.from((Source<Integer>) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("source");
        assertThatThrownBy(() -> Bag.generate(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("records");
    }
}
