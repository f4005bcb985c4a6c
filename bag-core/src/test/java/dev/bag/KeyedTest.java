package dev.bag;

import static dev.bag.testing.EveryRun.assertRecords;
import static dev.bag.testing.EveryRun.assertValue;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keyed bags and shuffles: what they answer, in which order, and which keys they take. */
@Tag("P2")
@Tag("P4")
class KeyedTest {

    private static final List<String> WORDS = List.of("ape", "bear", "ant", "cow", "bee", "asp", "crow");

    private static char initial(String word) {
        return word.charAt(0);
    }

    /** Ignores case, and says so in methods with the modifiers of those that the compiler makes. */
    private record Name(String text) {

        @Override
        public final boolean equals(Object other) {
            return other instanceof Name name && name.text.equalsIgnoreCase(text);
        }

        @Override
        public final int hashCode() {
            return text.toLowerCase(Locale.ROOT).hashCode();
        }
    }

    @Test
    void aRecordThatDefinesWhenItIsEqualIsOneKeyInEveryShuffle() {
        List<String> texts = IntStream.range(0, 2_000)
                .mapToObj(n -> n % 3 == 0 ? "Name " + n % 700 : "nAME " + n % 700)
                .toList();
        for (Runner runner : Runners.ALL) {
            Bag<String> bag = Bag.from(texts, 5);
            assertThat(bag.map(Name::new).distinct().count().compute(runner)).isEqualTo(700);
            assertThat(bag.groupBy(text -> List.of(new Name(text)))
                            .entries()
                            .count()
                            .compute(runner))
                    .isEqualTo(700);
            KeyedBag<Name, String> upper = Bag.from(List.of("NAME 7"), 1).keyBy(Name::new);
            assertThat(bag.keyBy(Name::new).join(upper).entries().count().compute(runner))
                    .isEqualTo(3);
        }
    }

    /** As a map in the order of keys, because how keys are spread depends on how many partitions there are. */
    private static <K extends Comparable<K>, V> Delayed<Map<K, V>> sortedByKey(KeyedBag<K, V> bag) {
        return bag.toMap().map(TreeMap::new);
    }

    @Test
    void groupByKeepsTheInputOrderOfValues() {
        assertValue(
                WORDS,
                bag -> sortedByKey(bag.groupBy(KeyedTest::initial)),
                Map.of('a', List.of("ape", "ant", "asp"), 'b', List.of("bear", "bee"), 'c', List.of("cow", "crow")));
        assertValue(
                WORDS,
                bag -> sortedByKey(bag.keyBy(KeyedTest::initial).groupValues()),
                Map.of('a', List.of("ape", "ant", "asp"), 'b', List.of("bear", "bee"), 'c', List.of("cow", "crow")));
    }

    @Test
    void keysOfAPartitionAreInTheOrderInWhichTheyWereFirstSeen() {
        List<Integer> numbers =
                IntStream.range(0, 200).map(n -> n * 37 % 200).boxed().toList();
        Bag<Integer> one = Bag.from(numbers, 1);
        for (Runner runner : Runners.ALL) {
            assertThat(one.countBy(n -> n).keys().compute(runner)).isEqualTo(numbers);
            assertThat(one.distinct().compute(runner)).isEqualTo(numbers);
            Bag<Integer> seven = Bag.from(numbers, 7);
            for (List<Integer> partition :
                    Delayed.all(seven.concat(seven).distinct().partitions()).compute(runner)) {
                assertThat(partition)
                        .isEqualTo(numbers.stream().filter(partition::contains).toList());
            }
        }
    }

    @Test
    @Tag("P1")
    void eachKeyIsInOnePartitionAndEveryRecordCountsOnce() {
        List<Integer> numbers =
                IntStream.range(0, 1_000).map(n -> n % 100).boxed().toList();
        KeyedBag<Integer, Long> counts = Bag.from(numbers, 16).frequencies();
        assertThat(counts.partitionCount()).isEqualTo(16);
        List<Pair<Integer, Long>> entries = counts.compute(Runners.SEVEN);
        assertThat(entries)
                .hasSize(100)
                .allSatisfy(entry -> assertThat(entry.second()).isEqualTo(10));
        assertThat(entries.stream().map(Pair::first).distinct()).hasSize(100);
        assertThat(Delayed.all(counts.entries().partitions()).compute(Runners.TWO))
                .allSatisfy(partition -> assertThat(partition).isNotEmpty());
    }

    @Test
    void foldsByKeyAreThoseOfTheValues() {
        assertValue(
                WORDS,
                bag -> sortedByKey(bag.foldBy(KeyedTest::initial, Folds.summingLong(String::length))),
                Map.of('a', 9L, 'b', 7L, 'c', 7L));
        assertValue(WORDS, bag -> sortedByKey(bag.countBy(KeyedTest::initial)), Map.of('a', 3L, 'b', 2L, 'c', 2L));
        assertValue(List.of("x", "y", "x", "x"), bag -> sortedByKey(bag.frequencies()), Map.of("x", 3L, "y", 1L));
        assertValue(
                WORDS,
                bag -> sortedByKey(bag.keyBy(KeyedTest::initial).foldValues(Folds.joining("+"))),
                Map.of('a', "ape+ant+asp", 'b', "bear+bee", 'c', "cow+crow"));
        assertValue(
                WORDS,
                bag -> sortedByKey(bag.keyBy(KeyedTest::initial).reduceValues(String::concat)),
                Map.of('a', "apeantasp", 'b', "bearbee", 'c', "cowcrow"));
        assertValue(
                WORDS,
                bag -> sortedByKey(bag.keyBy(KeyedTest::initial).countKeys()),
                Map.of('a', 3L, 'b', 2L, 'c', 2L));
    }

    @Test
    void anAccumulatorMayBeMutable() {
        Fold<String, List<String>, Integer> fold = Fold.of(
                ArrayList::new,
                (list, word) -> {
                    list.add(word);
                    return list;
                },
                (left, right) -> {
                    left.addAll(right);
                    return left;
                },
                List::size);
        assertValue(WORDS, bag -> sortedByKey(bag.foldBy(KeyedTest::initial, fold)), Map.of('a', 3, 'b', 2, 'c', 2));
    }

    @Test
    void narrowOperatorsKeepTheOrderOfEntries() {
        assertRecords(
                WORDS,
                bag -> bag.keyBy(KeyedTest::initial).entries(),
                WORDS.stream().map(word -> Pair.of(initial(word), word)).toList());
        assertRecords(WORDS, bag -> bag.keyBy(KeyedTest::initial).keys(), List.of('a', 'b', 'a', 'c', 'b', 'a', 'c'));
        assertRecords(WORDS, bag -> bag.keyBy(KeyedTest::initial).values(), WORDS);
        assertRecords(
                WORDS,
                bag -> bag.keyBy(KeyedTest::initial).mapValues(String::length).values(),
                List.of(3, 4, 3, 3, 3, 3, 4));
        assertRecords(
                WORDS,
                bag -> bag.keyBy(KeyedTest::initial).mapEntries((key, word) -> key + "=" + word),
                List.of("a=ape", "b=bear", "a=ant", "c=cow", "b=bee", "a=asp", "c=crow"));
        assertRecords(
                WORDS,
                bag -> bag.keyBy(KeyedTest::initial)
                        .filterKeys(key -> key == 'b')
                        .values(),
                List.of("bear", "bee"));
        assertRecords(
                WORDS,
                bag -> bag.keyBy(KeyedTest::initial)
                        .filterValues(word -> word.length() == 4)
                        .values(),
                List.of("bear", "crow"));
    }

    @Test
    void aKeyedBagHasTheActionsOfABagOfItsEntries() {
        KeyedBag<Character, String> keyed = Bag.from(WORDS, 3).keyBy(KeyedTest::initial);
        List<Pair<Character, String>> entries = keyed.entries().compute();
        for (Runner runner : Runners.ALL) {
            assertThat(keyed.compute(runner)).isEqualTo(entries);
            assertThat(keyed.take(2, runner)).isEqualTo(entries.subList(0, 2));
            assertThat(keyed.first(runner)).contains(Pair.of('a', "ape"));
            assertThat(keyed.stream(runner).toList()).isEqualTo(entries);
            assertThat(keyed.computeAsync(runner).join()).isEqualTo(entries);
            AtomicInteger seen = new AtomicInteger();
            keyed.forEach(entry -> seen.incrementAndGet(), runner);
            keyed.forEachPartition(partition -> partition.forEachRemaining(entry -> seen.incrementAndGet()), runner);
            assertThat(seen).hasValue(14);
        }
        assertThat(keyed.compute()).isEqualTo(entries);
        assertThat(keyed.take(1)).isEqualTo(entries.subList(0, 1));
        assertThat(keyed.first()).contains(Pair.of('a', "ape"));
        assertThat(keyed.stream().toList()).isEqualTo(entries);
        assertThat(keyed.computeAsync().join()).isEqualTo(entries);
        assertThat(keyed.partitionCount()).isEqualTo(3);
    }

    @Test
    void distinctKeepsTheFirstObjectItself() {
        List<String> texts = List.of(new String("a"), new String("b"), new String("a"), new String("b"));
        for (Bag<String> bag : Cuts.of(texts)) {
            for (Runner runner : Runners.ALL) {
                List<String> distinct = bag.distinct().compute(runner);
                assertThat(distinct).hasSize(2);
                assertThat(distinct).anySatisfy(text -> assertThat(text).isSameAs(texts.get(0)));
                assertThat(distinct).anySatisfy(text -> assertThat(text).isSameAs(texts.get(1)));
                List<String> byLength = bag.distinctBy(String::length).compute(runner);
                assertThat(byLength).hasSize(1);
                assertThat(byLength.get(0)).isSameAs(texts.get(0));
            }
        }
    }

    @Test
    @Tag("P7")
    void nothingHasNoKeys() {
        assertRecords(List.<String>of(), bag -> bag.groupBy(KeyedTest::initial).entries(), List.of());
        assertRecords(List.<String>of(), Bag::distinct, List.of());
        assertRecords(List.<String>of(), bag -> bag.frequencies().entries(), List.of());
        assertRecords(
                List.<String>of(),
                bag -> bag.keyBy(KeyedTest::initial)
                        .reduceValues(String::concat)
                        .entries(),
                List.of());
        assertValue(List.<String>of(), bag -> bag.keyBy(KeyedTest::initial).toMap(), Map.of());
    }

    @Test
    void countCountsEntries() {
        assertValue(WORDS, bag -> bag.keyBy(KeyedTest::initial).count(), 7L);
        assertValue(WORDS, bag -> bag.countBy(KeyedTest::initial).count(), 3L);
        assertValue(List.<String>of(), bag -> bag.keyBy(KeyedTest::initial).count(), 0L);
    }

    @Test
    void theTopByValueAreTheFirstOfAStableSort() {
        Random random = new Random(5);
        Comparator<Integer> byLastDigit = Comparator.comparing(value -> value % 10);
        for (int size : new int[] {0, 1, 2, 5, 40}) {
            List<Pair<String, Integer>> entries = IntStream.range(0, size)
                    .mapToObj(i -> Pair.of("key " + random.nextInt(10), random.nextInt(30)))
                    .toList();
            for (int k : new int[] {0, 1, 3, 40, Integer.MAX_VALUE}) {
                assertValue(entries, bag -> keyed(bag).topByValue(k), first(k, entries, Comparator.reverseOrder()));
                assertValue(entries, bag -> keyed(bag).bottomByValue(k), first(k, entries, Comparator.naturalOrder()));
                assertValue(
                        entries,
                        bag -> keyed(bag).topByValue(k, byLastDigit),
                        first(k, entries, byLastDigit.reversed()));
                assertValue(entries, bag -> keyed(bag).bottomByValue(k, byLastDigit), first(k, entries, byLastDigit));
            }
        }
    }

    private static KeyedBag<String, Integer> keyed(Bag<Pair<String, Integer>> entries) {
        return entries.keyBy(Pair::first).mapValues(Pair::second);
    }

    private static List<Pair<String, Integer>> first(
            int k, List<Pair<String, Integer>> entries, Comparator<Integer> order) {
        return entries.stream()
                .sorted(Comparator.comparing(Pair::second, order))
                .limit(k)
                .toList();
    }

    @Test
    void theMostFrequentAreTheTopByValue() {
        assertValue(WORDS, bag -> bag.countBy(KeyedTest::initial).topByValue(1), List.of(Pair.of('a', 3L)));
    }

    @Test
    void theTopByValueIsRefusedWhenItIsBuiltOrNamedWhenItFails() {
        KeyedBag<Integer, Object> keyed = Bag.of(1, 2).keyBy(n -> n).mapValues(n -> new Object());
        assertThatThrownBy(() -> keyed.topByValue(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topByValue(-1): k must be 0 or more");
        assertThatThrownBy(() -> keyed.bottomByValue(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bottomByValue(-1): k must be 0 or more");
        assertThatThrownBy(() -> keyed.topByValue(1, null)).hasMessage("comparator");
        assertThatThrownBy(() -> keyed.bottomByValue(1, null)).hasMessage("comparator");
        BagException failure = failure(() -> keyed.topByValue(1).compute(Runners.TWO));
        assertThat(failure.operator()).isEqualTo("topByValue");
        assertThat(failure.getCause()).isInstanceOf(ClassCastException.class).hasMessageContaining("is not Comparable");
    }

    @Test
    void toMapKeepsTheOrderOfTheBagAndCannotBeChanged() {
        Map<String, Integer> map = Bag.from(List.of("z", "a", "m"), 3)
                .keyBy(text -> text)
                .mapValues(String::length)
                .toMap()
                .compute();
        assertThat(map.keySet()).containsExactly("z", "a", "m");
        assertThatThrownBy(() -> map.put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Tag("P20")
    void toMapFailsOnAKeyThatOccursTwiceNamingItAndItsPartitions() {
        List<List<String>> parts = List.of(List.of("a", "b"), List.of(), List.of("c"), List.of("d", "b", "e"));
        for (Runner runner : Runners.ALL) {
            BagException merging = failure(() -> keyedByItself(parts).toMap().compute(runner));
            assertThat(merging).hasMessage("""
                    toMap failed: IllegalStateException: the key "b" occurs in partition 1 and again in partition 4: \
                    use groupValues() or reduceValues(op) before toMap()
                      chain: probed > keyBy > toMap""");
            BagException adding = failure(() -> keyedByItself(List.of(List.of("x"), List.of("a", "b", "a")))
                    .toMap()
                    .compute(runner));
            assertThat(adding).hasMessage("""
                    toMap failed on part-1, line 3 (partition 2 of 2): IllegalStateException: \
                    the key "a" occurs twice in partition 2: use groupValues() or reduceValues(op) before toMap()
                      record: (a, a)
                      chain: probed > keyBy > toMap""");
        }
    }

    private static KeyedBag<String, String> keyedByItself(List<List<String>> parts) {
        List<List<List<String>>> chunks = parts.stream().map(List::of).toList();
        return Bag.from(ProbedSource.of(chunks)).keyBy(word -> word);
    }

    @Test
    void theFirstPartitionOfADuplicateIsNamedWhereverItIs() {
        for (int partitions = 1; partitions <= 9; partitions++) {
            for (int first = 0; first < partitions; first++) {
                for (int second = first; second < partitions; second++) {
                    List<List<String>> parts = new ArrayList<>();
                    for (int i = 0; i < partitions; i++) {
                        List<String> part = new ArrayList<>(i % 3 == 1 ? List.of() : List.of("p" + i, "q" + i));
                        if (i == first) {
                            part.add("twice");
                        }
                        if (i == second) {
                            part.add(0, "twice");
                        }
                        parts.add(part);
                    }
                    String where = first == second
                            ? "twice in partition " + (first + 1)
                            : "in partition " + (first + 1) + " and again in partition " + (second + 1);
                    BagException failure =
                            failure(() -> keyedByItself(parts).toMap().compute(Runners.TWO));
                    assertThat(failure.getCause().getMessage()).startsWith("the key \"twice\" occurs " + where + ": ");
                }
            }
        }
    }

    private enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "a class of its own";
            }
        }
    }

    private record Point(int x, Color color, Optional<String> label) {}

    @Test
    void enumsRecordsArraysAndCollectionsAreKeys() {
        List<Integer> numbers = List.of(0, 1, 2, 3, 4, 5);
        assertValue(
                numbers,
                bag -> bag.countBy(n -> Color.values()[n % 2]).toMap(),
                Map.of(Color.RED, 3L, Color.GREEN, 3L));
        assertValue(
                numbers,
                bag -> bag.countBy(n -> new Point(n % 2, Color.GREEN, Optional.of("p")))
                        .toMap(),
                Map.of(
                        new Point(0, Color.GREEN, Optional.of("p")),
                        3L,
                        new Point(1, Color.GREEN, Optional.of("p")),
                        3L));
        assertValue(numbers, bag -> bag.countBy(n -> List.of(n % 2)).toMap(), Map.of(List.of(0), 3L, List.of(1), 3L));
        assertValue(
                numbers,
                bag -> bag.countBy(n -> new int[] {n % 2, 7})
                        .mapEntries((key, count) -> key[0] + ":" + count)
                        .fold(Folds.toSet()),
                Set.of("0:3", "1:3"));
        assertValue(numbers, bag -> bag.map(n -> new byte[] {1, 2}).distinct().count(), 1L);
    }

    private static final class NoHash {}

    @Test
    void aKeyWithoutAHashOfItsContentIsRefusedNamingTheClassAndWhatToDo() {
        for (int partitions : new int[] {1, 3}) {
            BagException failure = failure(() -> Bag.from(List.of(1, 2, 3), partitions)
                    .groupBy(n -> new NoHash())
                    .compute(Runners.TWO));
            assertThat(failure.operator()).isEqualTo("groupBy");
            assertThat(failure.getCause())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "a key of class dev.bag.KeyedTest$NoHash has only the hash of its identity, which differs"
                                    + " from run to run: use a record or a String as the key,"
                                    + " or give the class equals and hashCode");
        }
    }

    @Test
    void aNullKeyFailsNamingTheOperatorAndTheRecord() {
        String advice = "the key is null, and a key is never null:"
                + " filter these records out before, or return an Optional as the key";
        Bag<String> bag = Bag.from(WORDS, 2);
        Map<String, Bag<?>> keyed = Map.of(
                "groupBy", bag.groupBy(word -> word.equals("cow") ? null : word).entries(),
                "foldBy",
                        bag.foldBy(word -> word.equals("cow") ? null : word, Folds.counting())
                                .entries(),
                "countBy", bag.countBy(word -> word.equals("cow") ? null : word).entries(),
                "keyBy", bag.keyBy(word -> word.equals("cow") ? null : word).entries(),
                "distinctBy", bag.distinctBy(word -> word.equals("cow") ? null : word));
        keyed.forEach((operator, failing) -> {
            BagException failure = failure(() -> failing.compute(Runners.TWO));
            assertThat(failure.operator()).isEqualTo(operator);
            assertThat(failure.recordExcerpt()).hasValue("\"cow\"");
            assertThat(failure.partition()).hasValue(1);
            assertThat(failure.getCause())
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage(advice);
        });
    }

    @Test
    void aNullValueFailsNamingTheOperator() {
        BagException failure = failure(() ->
                Bag.of("a").keyBy(KeyedTest::initial).mapValues(word -> null).compute());
        assertThat(failure.operator()).isEqualTo("mapValues");
        assertThat(failure.getCause()).isInstanceOf(NullPointerException.class).hasMessageContaining("returned null");
    }

    @Test
    void aShuffleMakesAtMostAsManyPartitionsAsItsInputHasAndMoreOfAStream() {
        assertThat(Bag.from(WORDS, 3).distinct().partitionCount()).isEqualTo(3);
        assertThat(Bag.range(0, 1_000, 1_000).distinct().partitionCount()).isEqualTo(64);
        assertThat(Bag.generate(WORDS).distinct().partitionCount()).isEqualTo(16);
        assertThat(Bag.generate(WORDS).distinct().map(word -> word).distinct().partitionCount())
                .isEqualTo(16);
    }

    @Test
    void shufflesMayFollowEachOther() {
        assertValue(
                WORDS,
                bag -> sortedByKey(bag.countBy(KeyedTest::initial)
                        .entries()
                        .groupBy(Pair::second)
                        .mapValues(entries ->
                                entries.stream().map(Pair::first).sorted().toList())),
                Map.of(3L, List.of('a'), 2L, List.of('b', 'c')));
    }

    @Test
    void aSourceIsReadOnceForAllShufflesOfOneRun() {
        ProbedSource<String> source = ProbedSource.of(Cuts.parts(WORDS, 3));
        Bag<String> bag = Bag.from(source);
        Delayed<Map<Character, Long>> counts = bag.countBy(KeyedTest::initial).toMap();
        Delayed<Long> distinct = bag.distinctBy(String::length).count();
        Delayed<List<String>> sorted = bag.sorted().fold(Folds.toList());
        Results results = Delayed.computeAll(Runners.TWO, counts, distinct, sorted);
        assertThat(results.get(counts)).isEqualTo(Map.of('a', 3L, 'b', 2L, 'c', 2L));
        assertThat(results.get(distinct)).isEqualTo(2);
        assertThat(results.get(sorted)).containsExactly("ant", "ape", "asp", "bear", "bee", "cow", "crow");
        assertThat(source.probe().opened).hasValue(3);
        source.probe().assertClean();
    }
}
