package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bag.build.EntryValues.ValueFold;
import dev.bag.build.Matching;
import dev.bag.build.Reducing;
import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.kernel.BroadcastFold;
import dev.bag.kernel.FirstFold;
import dev.bag.kernel.GatherFold;
import dev.bag.key.KeyTable;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Folds that say they merge exactly, over random records and all cuts. Records are equal by their letter only, so that
 * results show which of equals they hold.
 */
class MergesExactlyTest {

    private static final int RECORDS = 9;
    private static final int ROUNDS = 25;

    private static final Comparator<Item> BY_LETTER = Comparator.comparing(Item::letter);

    /** Equal by letter; the number tells which of the equal ones it is. */
    private record Item(String letter, int number) implements CharSequence {

        @Override
        public boolean equals(Object other) {
            return other instanceof Item item && item.letter.equals(letter);
        }

        @Override
        public int hashCode() {
            return letter.hashCode();
        }

        @Override
        public String toString() {
            return letter + number;
        }

        @Override
        public int length() {
            return toString().length();
        }

        @Override
        public char charAt(int index) {
            return toString().charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().substring(start, end);
        }

        /** The first three leave the range of a long, the next three come back into it. */
        long large() {
            long size = Long.MAX_VALUE / 2 + letter.charAt(0);
            return number < 3 ? size : number < 6 ? -size : number;
        }
    }

    static Stream<Arguments> exactFolds() {
        return Stream.of(
                of("counting", Folds.counting()),
                of("summingLong", Folds.summingLong(Item::large)),
                of("min", Folds.min(BY_LETTER)),
                of("max", Folds.max(BY_LETTER)),
                of("topK of none", Folds.topK(0, BY_LETTER)),
                of("topK of one", Folds.topK(1, BY_LETTER)),
                of("topK", Folds.topK(3, BY_LETTER)),
                of("toList", Folds.toList()),
                of("toSet", Folds.toSet()),
                of("joining", Folds.joining(", ")),
                of("histogram", Folds.histogram(Item::number, 1, 2, 5, 7)),
                of("countDistinctApprox", Folds.countDistinctApprox(Item::letter)),
                of("mapping", Folds.mapping(Item::letter, Folds.toList())),
                of("filtering", Folds.filtering(i -> i.number() % 3 == 0, Folds.toSet())),
                of("both", Folds.both(Folds.topK(2, BY_LETTER), Folds.joining(""))),
                of("grouping", Folds.grouping(i -> i, Folds.topK(1, Comparator.comparing(Item::number)))),
                of("grouping in groups", Folds.grouping(Item::letter, Folds.grouping(i -> i, Folds.toList()))),
                of("first", new FirstFold()),
                of("gather", new GatherFold<>()),
                of("any match", Matching.<Item>any(i -> i.letter().equals("c"))),
                of("none match", Matching.<Item>none(i -> i.letter().equals("c"))),
                of("broadcast", MergesExactlyTest.<Pair<Item, Item>>ofEntries(new BroadcastFold<Item, Item>())),
                of("fold of values", ofEntries(ValueFold.of(Folds.<Item>toSet()))),
                of("sum of values", ofEntries(ValueFold.of(Folds.<Item>summingLong(Item::large)))),
                of("map", Folds.mapping(i -> new Pair<>(i.number(), i), new MapFold<Integer, Item>())));
    }

    static Stream<Arguments> inexactFolds() {
        Fold<Item, ?, Double> sum = Folds.summing(Item::number);
        return Stream.of(
                of("summing", sum),
                of("averaging", Folds.averaging(Item::number)),
                of("stats", Folds.stats(Item::number)),
                of("quantiles", Folds.quantiles(Item::number, 0.5)),
                of("reservoir", Folds.reservoir(2, 1)),
                of("collector", Fold.of(Collectors.<Item>toList())),
                of("functions", Fold.<Item, Long>of(() -> 0L, (count, i) -> count + 1, Long::sum)),
                of("reduce", Reducing.<Item>by((left, right) -> left)),
                of("mapping", Folds.mapping(i -> i, sum)),
                of("filtering", Folds.filtering(i -> true, sum)),
                of("both, the first", Folds.both(sum, Folds.counting())),
                of("both, the second", Folds.both(Folds.counting(), sum)),
                of("grouping", Folds.grouping(i -> i, sum)),
                of("fold of values", ofEntries(ValueFold.of(sum))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exactFolds")
    @Tag("P3")
    @Tag("P4")
    void noCutChangesTheResult(String name, Fold<Item, ?, ?> fold) {
        assertThat(fold.mergesExactly()).isTrue();
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            List<Item> records = records(random);
            String expected = foldedInPieces(fold, List.of(records), random);
            for (int cuts = 0; cuts < 1 << (RECORDS - 1); cuts++) {
                assertThat(foldedInPieces(fold, cut(records, cuts), random))
                        .as("%s cut at the bits of %s", records, Integer.toBinaryString(cuts))
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inexactFolds")
    void othersDoNotSaySo(String name, Fold<Item, ?, ?> fold) {
        assertThat(fold.mergesExactly()).isFalse();
    }

    private static List<Item> records(Random random) {
        return IntStream.range(0, RECORDS)
                .mapToObj(number -> new Item(String.valueOf((char) ('a' + random.nextInt(3))), number))
                .toList();
    }

    /** {@code records} cut before record {@code i + 1} for each bit {@code i} of {@code cuts}. */
    private static List<List<Item>> cut(List<Item> records, int cuts) {
        List<List<Item>> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < records.size(); i++) {
            if ((cuts >> (i - 1) & 1) == 1) {
                pieces.add(records.subList(start, i));
                start = i;
            }
        }
        pieces.add(records.subList(start, records.size()));
        return pieces;
    }

    /** Merges two random neighbours until one is left. */
    private static <A> String foldedInPieces(Fold<Item, A, ?> fold, List<List<Item>> pieces, Random random) {
        List<A> parts = new ArrayList<>();
        pieces.forEach(piece -> parts.add(folded(fold, piece)));
        while (parts.size() > 1) {
            int left = random.nextInt(parts.size() - 1);
            A right = parts.remove(left + 1);
            parts.set(left, fold.merge(parts.get(left), right));
        }
        return shown(fold.finish(parts.get(0)));
    }

    private static <A> A folded(Fold<Item, A, ?> fold, List<Item> records) {
        A accumulator = fold.zero();
        for (Item record : records) {
            accumulator = fold.add(accumulator, record);
        }
        return accumulator;
    }

    /** All that a result holds, in its order. */
    private static String shown(Object result) {
        if (result instanceof long[] numbers) {
            return Arrays.toString(numbers);
        }
        if (result instanceof Pair<?, ?> pair) {
            return "(" + shown(pair.first()) + ", " + shown(pair.second()) + ")";
        }
        if (result instanceof Collection<?> all) {
            return all.stream().map(MergesExactlyTest::shown).toList().toString();
        }
        if (result instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> shown(entry.getKey()) + "=" + shown(entry.getValue()))
                    .toList()
                    .toString();
        }
        return result instanceof KeyTable table ? shownEntries(table) : String.valueOf(result);
    }

    private static String shownEntries(KeyTable table) {
        return IntStream.range(0, table.count())
                .mapToObj(entry -> table.key(entry) + "=" + shown(table.value(entry)))
                .toList()
                .toString();
    }

    @SuppressWarnings("unchecked") // the records are pairs of items, which it takes
    private static <E> Fold<Item, ?, ?> ofEntries(Fold<E, ?, ?> fold) {
        return Folds.mapping((Item item) -> new Pair<>(item, item), (Fold<Object, ?, ?>) (Fold<?, ?, ?>) fold);
    }

    private static Arguments of(String name, Fold<? super Item, ?, ?> fold) {
        return arguments(name, fold);
    }
}
