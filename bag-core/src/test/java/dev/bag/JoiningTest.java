package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Joins of small bags, all sizes and partitions, against nested loops. */
@Tag("P1")
@Tag("P2")
@Tag("P7")
class JoiningTest {

    private static final int MOST = 6;

    private record Case(List<Pair<String, Integer>> left, List<Pair<String, Integer>> right, int partitions) {

        KeyedBag<String, Integer> leftBag() {
            return keyed(left, partitions);
        }

        KeyedBag<String, Integer> rightBag() {
            return keyed(right, 3);
        }

        /** All keys of the left side and then of the right one, each when first seen. */
        Set<String> keys() {
            Set<String> keys = new LinkedHashSet<>();
            Stream.concat(left.stream(), right.stream()).forEach(entry -> keys.add(entry.first()));
            return keys;
        }
    }

    private static KeyedBag<String, Integer> keyed(List<Pair<String, Integer>> entries, int partitions) {
        return Bag.from(entries, partitions).keyBy(Pair::first).mapValues(Pair::second);
    }

    private static List<Case> cases() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        List<Case> cases = new ArrayList<>();
        for (int left = 0; left <= MOST; left++) {
            for (int right = 0; right <= MOST; right++) {
                for (int partitions : new int[] {1, 2, 5}) {
                    cases.add(new Case(entries(left, random), entries(right, random), partitions));
                }
            }
        }
        return cases;
    }

    private static List<Pair<String, Integer>> entries(int count, RandomGenerator random) {
        List<Pair<String, Integer>> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(Pair.of("k" + random.nextInt(4), i));
        }
        return entries;
    }

    private static List<Integer> values(List<Pair<String, Integer>> entries, String key) {
        return entries.stream()
                .filter(entry -> entry.first().equals(key))
                .map(Pair::second)
                .toList();
    }

    private static <A> List<Optional<A>> orNothing(List<A> values) {
        return values.isEmpty()
                ? List.of(Optional.empty())
                : values.stream().map(Optional::of).toList();
    }

    private static <A, B> List<Pair<String, Pair<A, B>>> loop(String key, List<A> left, List<B> right) {
        List<Pair<String, Pair<A, B>>> pairs = new ArrayList<>();
        left.forEach(a -> right.forEach(b -> pairs.add(Pair.of(key, Pair.of(a, b)))));
        return pairs;
    }

    /** The order of keys within a partition is that of their first appearance; partitions spread them. */
    private static <X> void assertSameByKey(List<Pair<String, X>> actual, List<Pair<String, X>> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (String key : List.of("k0", "k1", "k2", "k3")) {
            assertThat(actual.stream().filter(entry -> entry.first().equals(key)))
                    .containsExactlyElementsOf(expected.stream()
                            .filter(entry -> entry.first().equals(key))
                            .toList());
        }
    }

    @Test
    void everyJoinAnswersWhatNestedLoopsDo() {
        for (Case each : cases()) {
            List<Pair<String, Pair<Integer, Integer>>> inner = new ArrayList<>();
            List<Pair<String, Pair<Integer, Optional<Integer>>>> left = new ArrayList<>();
            List<Pair<String, Pair<Optional<Integer>, Integer>>> right = new ArrayList<>();
            List<Pair<String, Pair<Optional<Integer>, Optional<Integer>>>> full = new ArrayList<>();
            List<Pair<String, Pair<List<Integer>, List<Integer>>>> both = new ArrayList<>();
            for (String key : each.keys()) {
                List<Integer> ours = values(each.left, key);
                List<Integer> theirs = values(each.right, key);
                inner.addAll(loop(key, ours, theirs));
                left.addAll(loop(key, ours, orNothing(theirs)));
                right.addAll(loop(key, orNothing(ours), theirs));
                full.addAll(loop(key, orNothing(ours), orNothing(theirs)));
                both.add(Pair.of(key, Pair.of(ours, theirs)));
            }
            assertSameByKey(each.leftBag().join(each.rightBag()).compute(), inner);
            assertSameByKey(each.leftBag().leftJoin(each.rightBag()).compute(), left);
            assertSameByKey(each.leftBag().rightJoin(each.rightBag()).compute(), right);
            assertSameByKey(each.leftBag().fullJoin(each.rightBag()).compute(), full);
            assertSameByKey(each.leftBag().cogroup(each.rightBag()).compute(), both);
        }
    }

    @Test
    void aBroadcastJoinKeepsTheOrderOfItsBag() {
        for (Case each : cases()) {
            List<Pair<String, Pair<Integer, Integer>>> expected = new ArrayList<>();
            each.left.forEach(entry ->
                    expected.addAll(loop(entry.first(), List.of(entry.second()), values(each.right, entry.first()))));
            assertThat(each.leftBag().joinBroadcast(each.rightBag()).compute()).isEqualTo(expected);
        }
    }

    @Test
    void semiAndAntiJoinDivideTheEntries() {
        for (Case each : cases()) {
            assertSameByKey(
                    each.leftBag().semiJoin(each.rightBag()).compute(),
                    each.left.stream()
                            .filter(entry -> !values(each.right, entry.first()).isEmpty())
                            .toList());
            assertSameByKey(
                    each.leftBag().antiJoin(each.rightBag()).compute(),
                    each.left.stream()
                            .filter(entry -> values(each.right, entry.first()).isEmpty())
                            .toList());
        }
    }

    @Test
    void aBagIsJoinedWithItself() {
        KeyedBag<Integer, Integer> bag = Bag.of(1, 2, 3, 4).keyBy(i -> i % 2);
        assertThat(bag.join(bag).values().compute())
                .containsExactlyInAnyOrder(
                        Pair.of(1, 1),
                        Pair.of(1, 3),
                        Pair.of(3, 1),
                        Pair.of(3, 3),
                        Pair.of(2, 2),
                        Pair.of(2, 4),
                        Pair.of(4, 2),
                        Pair.of(4, 4));
    }

    @Test
    void arraysAreKeysByTheirContent() {
        KeyedBag<byte[], String> left = Bag.of("a", "b").keyBy(text -> text.getBytes());
        KeyedBag<byte[], String> right = Bag.of("b", "c").keyBy(text -> text.getBytes());
        assertThat(left.join(right).values().compute()).containsExactly(Pair.of("b", "b"));
        assertThat(left.joinBroadcast(right).values().compute()).containsExactly(Pair.of("b", "b"));
    }

    @Test
    void aJoinIsReadNoFurtherThanIsWanted() {
        KeyedBag<Integer, Long> ones = Bag.range(0, 100_000).keyBy(i -> 1);
        assertThat(ones.join(ones).values().take(2)).containsExactly(Pair.of(0L, 0L), Pair.of(0L, 1L));
    }

    @Test
    void sortByKeyIsStableOverAllPartitions() {
        for (Case each : cases()) {
            List<Pair<String, Integer>> expected = new ArrayList<>(each.left);
            expected.sort(Comparator.comparing(Pair::first));
            assertThat(each.leftBag().sortByKey().compute()).isEqualTo(expected);
            expected.sort(Comparator.comparing((Pair<String, Integer> entry) -> entry.first())
                    .reversed());
            assertThat(each.leftBag()
                            .sortByKey(Comparator.reverseOrder())
                            .values()
                            .compute())
                    .containsExactlyElementsOf(reversedStable(each.left));
        }
    }

    private static List<Integer> reversedStable(List<Pair<String, Integer>> entries) {
        List<Pair<String, Integer>> sorted = new ArrayList<>(entries);
        sorted.sort((a, b) -> b.first().compareTo(a.first()));
        return sorted.stream().map(Pair::second).toList();
    }

    @Test
    void partitionByKeyPutsAKeyIntoOnePartitionInInputOrder() {
        for (Case each : cases()) {
            KeyedBag<String, Integer> spread = each.leftBag().partitionByKey(3);
            assertThat(spread.partitionCount()).isEqualTo(3);
            List<List<Pair<String, Integer>>> partitions = new ArrayList<>();
            spread.entries().partitions().forEach(partition -> partitions.add(partition.compute()));
            for (String key : each.keys()) {
                List<List<Pair<String, Integer>>> with = partitions.stream()
                        .filter(partition -> !values(partition, key).isEmpty())
                        .toList();
                assertThat(with).hasSizeLessThanOrEqualTo(1);
                assertThat(with.stream().flatMap(partition -> values(partition, key).stream()))
                        .containsExactlyElementsOf(values(each.left, key));
            }
        }
        KeyedBag<Integer, Integer> bag = Bag.of(1).keyBy(i -> i);
        assertThatThrownBy(() -> bag.partitionByKey(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("partitionByKey(0): a bag has at least 1 partition");
    }

    @Test
    void aKeyWithOnlyAnIdentityIsRefused() {
        KeyedBag<Object, Integer> bag = Bag.of(1).keyBy(i -> new Object());
        assertThatThrownBy(() -> bag.join(bag).compute())
                .isInstanceOf(BagException.class)
                .hasMessageContaining("a key of class java.lang.Object has only the hash of its identity");
    }
}
