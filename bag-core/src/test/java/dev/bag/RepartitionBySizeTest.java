package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code repartitionBySize} of what is in memory and of sources that say what size they have. */
class RepartitionBySizeTest {

    /** Parts of some sizes, which nobody can open. */
    private record Stored(String name, List<StoredPart> parts) implements Source<String> {

        static Bag<String> of(String name, long... sizes) {
            return Bag.from(new Stored(
                    name,
                    LongStream.of(sizes)
                            .mapToObj(size -> new StoredPart(OptionalLong.of(size)))
                            .toList()));
        }
    }

    @SuppressWarnings("serial") // never written
    private record StoredPart(OptionalLong byteCount) implements Part<String> {

        @Override
        public Chunks<String> open() {
            throw new AssertionError("opened");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1MB, 1",
        "1, 1MB, 1",
        "999999, 1MB, 1",
        "1000000, 1MB, 1",
        "1000001, 1MB, 2",
        "1000001, 1MiB, 1",
        "5000000000, 64MB, 79",
        "5000000000, 9TB, 1",
        "5, 1, 5",
        "2147483647, 1B, 2147483647",
        "9223372036854775807, 9223372036854775807, 1",
        "9223372036854775807, 5GB, 1844674408",
    })
    void thereAreAsManyPartitionsAsTheInputHasTimesTheSize(long input, String size, int partitions) {
        long half = input / 2;
        assertThat(Stored.of("stored", half, 0, input - half)
                        .repartitionBySize(size)
                        .partitionCount())
                .isEqualTo(partitions);
    }

    @Test
    void theSourcesBelowAllOperatorsCount() {
        Bag<String> left = Stored.of("left", 3_000_000);
        Bag<String> right = Stored.of("right", 500_000, 500_000);
        assertThat(partitions(left.map(s -> s).filter(s -> true).limit(1))).isEqualTo(3);
        assertThat(partitions(left.concat(right))).isEqualTo(4);
        assertThat(partitions(left.product(right).map(pair -> pair))).isEqualTo(4);
        assertThat(partitions(left.keyBy(s -> s).join(right.keyBy(s -> s)).entries()))
                .isEqualTo(4);
        assertThat(partitions(left.sorted().distinct().repartition(7).partition(3)))
                .isEqualTo(3);
        assertThat(partitions(left.groupBy(String::length).mapValues(List::size).entries()))
                .isEqualTo(3);
    }

    @Test
    void aBagThatIsUsedTwiceCountsOnceAndWhatIsReadForAValueNotAtAll() {
        Bag<String> bag = Stored.of("stored", 3_000_000);
        assertThat(partitions(bag.map(s -> s).concat(bag))).isEqualTo(3);
        assertThat(partitions(bag.mapWith(Bag.generate(List.of(1)).count(), (s, n) -> s)))
                .isEqualTo(3);
    }

    @Test
    void aPlanOfAHundredThousandOperatorsIsWalked() {
        Bag<String> bag = Stored.of("stored", 3_000_000);
        for (int i = 0; i < 100_000; i++) {
            bag = bag.map(s -> s);
        }
        assertThat(partitions(bag)).isEqualTo(3);
    }

    @Test
    @Tag("P2")
    void theRecordsStayInOrder() {
        List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
        String tenth = String.valueOf(bytes(numbers) / 10);
        Bag<Integer> more = Bag.from(numbers, 3).repartitionBySize(tenth);
        Bag<Integer> fewer = Bag.from(numbers, 100).repartitionBySize(tenth);
        assertThat(List.of(more.partitionCount(), fewer.partitionCount())).containsOnly(10);
        assertThat(more.compute()).isEqualTo(numbers);
        assertThat(fewer.compute()).isEqualTo(numbers);
    }

    @Test
    @Tag("P7")
    void nothingIsOnePartition() {
        assertThat(partitions(Bag.empty())).isEqualTo(1);
        assertThat(partitions(Bag.range(5, 5))).isEqualTo(1);
        assertThat(partitions(Bag.from(new Stored("none", List.of())))).isEqualTo(1);
    }

    @Test
    void numbersOfARangeAreSixteenBytesEach() {
        assertThat(partitions(Bag.range(0, 1_000_000))).isEqualTo(16);
        assertThat(partitions(Bag.range(0, 1_000_000, 5))).isEqualTo(16);
        assertThat(Bag.range(Long.MIN_VALUE, Long.MAX_VALUE).repartitionBySize("5GB"))
                .extracting(Bag::partitionCount)
                .isEqualTo(1_844_674_408);
    }

    @Test
    void recordsInMemoryAreEstimatedByWhatIsInThem() {
        assertThat(bytes(Collections.nCopies(1000, "x".repeat(100)))).isEqualTo(1000 * 144);
        assertThat(bytes(List.of(new byte[1000], new long[100]))).isEqualTo(2 * 16 + 1000 + 800);
        int pair = bytes(List.of(new Pair<>("a".repeat(1000), "b".repeat(1000))));
        assertThat(pair).isBetween(2000, 2200);
        assertThat(bytes(List.of(List.of("a".repeat(1000), "b".repeat(1000))))).isBetween(2000, 2300);
    }

    @Test
    void theEstimateSeesRecordsFromTheWholeBag() {
        List<String> growing = IntStream.range(0, 10_000).mapToObj("x"::repeat).toList();
        double really = 10_000 * 32 + 10_000 * 9_999 / 2.0;
        for (int partitions : new int[] {1, 7, 64}) {
            assertThat((double) bytes(growing, partitions)).isBetween(really * 0.97, really * 1.03);
        }
    }

    @Test
    void aCollectionThatHoldsItselfHasASize() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        assertThat(bytes(List.of(self))).isBetween(1, 1000);
    }

    @Test
    void aSourceOfUnknownSizeIsNamed() {
        Stored partly = new Stored(
                "half known", List.of(new StoredPart(OptionalLong.of(1)), new StoredPart(OptionalLong.empty())));
        String rest = " does not know its size before it is read. Use repartition(n).";
        refused(Bag.generate(List.of(1)).map(n -> n), "the source \"generated\"" + rest);
        refused(Bag.of("a").concat(Bag.from(partly)), "the source \"half known\"" + rest);
        refused(Stored.of("wrong", -1), "the source \"wrong\"" + rest);
        refused(
                Bag.from(Source.<Integer>of(
                        "two dice", List.of(() -> Stream.of(1).iterator()))),
                "the source \"two dice\"" + rest);
        refused(Bag.fromDelayed(List.of(Delayed.value(List.of(1)))), "a bag from delayed values" + rest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | it must begin with a number. Examples: \"100\", \"5kB\", \"32 MiB\", \"5.4MB\".",
                "-1MB | it must begin with a number. Examples: \"100\", \"5kB\", \"32 MiB\", \"5.4MB\".",
                "0 | a partition has at least 1 byte. Examples: \"64MB\", \"1GiB\".",
                "0.4 | a partition has at least 1 byte. Examples: \"64MB\", \"1GiB\".",
                "1B | the input has 3 GB, which would be 3,000,000,000 partitions,"
                        + " and a bag has at most 2,147,483,647. Choose a larger size.",
            })
    void aSizeThatCannotBeIsRefused(String size, String why) {
        Bag<String> bag = Stored.of("stored", 3_000_000_000L);
        assertThatThrownBy(() -> bag.repartitionBySize(size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("repartitionBySize(\"" + size + "\"): " + why);
    }

    @Test
    void noSizeIsRefused() {
        assertThatThrownBy(() -> Bag.of(1).repartitionBySize(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("size");
    }

    private static int partitions(Bag<?> bag) {
        return bag.repartitionBySize("1MB").partitionCount();
    }

    private static int bytes(Collection<?> records) {
        return bytes(records, 1);
    }

    private static int bytes(Collection<?> records, int partitions) {
        return Bag.from(records, partitions).repartitionBySize("1B").partitionCount();
    }

    private static void refused(Bag<?> bag, String why) {
        assertThatThrownBy(() -> bag.repartitionBySize("1MB"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("repartitionBySize(\"1MB\"): " + why);
    }
}
