package dev.bag.shuffle.gather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.shuffle.hold.MemoryCursor;
import dev.bag.trait.Traits.InDoubles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accumulators in one array against one object for each key of a map of the JDK: the same bits. */
@Tag("P1")
class DoublesTest {

    private static final List<IntFunction<Object>> KEYS = List.of(
            n -> n,
            n -> "key " + n,
            n -> "a key that is too long " + n,
            n -> "漢" + n,
            n -> List.of(n),
            n -> n % 3 == 0 ? (Object) n : n % 3 == 1 ? (Object) (long) n : List.of(n));

    private static final List<Fold<Double, ?, ?>> FOLDS =
            List.of(Folds.<Double>summing(d -> d), Folds.<Double>averaging(d -> d), Folds.<Double>stats(d -> d));

    private record Keyed(Object key, Double number) {}

    @Test
    void theyAreThoseOfOneObjectForEachKey() throws Exception {
        Random random = new Random(1);
        for (Fold<Double, ?, ?> fold : FOLDS) {
            for (IntFunction<Object> keys : KEYS) {
                for (int size : new int[] {0, 1, 7, 8, 9, 500}) {
                    checkAll(untyped(fold), records(random, keys, size));
                }
            }
        }
    }

    private static List<Keyed> records(Random random, IntFunction<Object> keys, int size) {
        int different = 1 + random.nextInt(1 + size);
        return IntStream.range(0, size)
                .mapToObj(i -> new Keyed(keys.apply(random.nextInt(different)), random.nextGaussian() * 1e9))
                .toList();
    }

    @SuppressWarnings("unchecked") // each of them is of Doubles, and has one kind of accumulator
    private static Fold<Double, Object, Object> untyped(Fold<Double, ?, ?> fold) {
        return (Fold<Double, Object, Object>) fold;
    }

    @SuppressWarnings("unchecked") // as above
    private static Doubles doubles(Fold<Double, Object, Object> fold) {
        return new Doubles((InDoubles<Object>) (Object) fold, 300);
    }

    /** Added at once; of two halves merged by the whole; merged entry by entry, as objects and as they are. */
    private static void checkAll(Fold<Double, Object, Object> fold, List<Keyed> records) throws Exception {
        Doubles whole = added(fold, records);
        assertSame(fold, whole, expected(fold, records));
        List<Keyed> first = records.subList(0, records.size() / 2);
        List<Keyed> second = records.subList(records.size() / 2, records.size());
        Map<Object, Object> merged = expected(fold, first);
        expected(fold, second).forEach((key, accumulator) -> merged.merge(key, accumulator, fold::merge));

        Doubles byWhole = added(fold, first);
        byWhole.addAll(added(fold, second));
        assertSame(fold, byWhole, merged);

        Doubles byEntry = doubles(fold);
        Doubles byObject = doubles(fold);
        for (List<Keyed> half : List.of(first, second)) {
            Doubles from = added(fold, half);
            from.complete();
            DoublesStore store =
                    new DoublesStore(from, IntStream.range(0, from.count()).toArray());
            for (int entry = 0; entry < from.count(); entry++) {
                MemoryCursor cursor = MemoryCursor.empty();
                store.read(entry, cursor);
                byEntry.add(cursor);
                cursor.set(store.key(entry), store.value(entry), 0);
                byObject.add(cursor);
            }
        }
        assertSame(fold, byEntry, merged);
        assertSame(fold, byObject, merged);
    }

    private static Doubles added(Fold<Double, Object, Object> fold, List<Keyed> records) {
        Doubles doubles = new Doubles(
                new InDoubles<>() {
                    private final InDoubles<Double> ofNumbers = ofNumbers(fold);

                    @Override
                    public int width() {
                        return ofNumbers.width();
                    }

                    @Override
                    public void begin(double[] numbers, int at) {
                        ofNumbers.begin(numbers, at);
                    }

                    @Override
                    public void add(double[] numbers, int at, Object record) {
                        ofNumbers.add(numbers, at, ((Keyed) record).number());
                    }

                    @Override
                    public void merge(double[] left, int at, double[] right, int rightAt) {
                        ofNumbers.merge(left, at, right, rightAt);
                    }
                },
                records.size() / 2);
        records.forEach(record -> doubles.add(record.key(), record));
        return doubles;
    }

    @SuppressWarnings("unchecked") // as above
    private static InDoubles<Double> ofNumbers(Fold<Double, Object, Object> fold) {
        return (InDoubles<Double>) fold;
    }

    private static Map<Object, Object> expected(Fold<Double, Object, Object> fold, List<Keyed> records) {
        Map<Object, Object> expected = new LinkedHashMap<>();
        for (Keyed record : records) {
            Object before = expected.get(record.key());
            expected.put(record.key(), fold.add(before == null ? fold.zero() : before, record.number()));
        }
        return expected;
    }

    private static void assertSame(Fold<Double, Object, Object> fold, Doubles doubles, Map<Object, Object> expected) {
        List<Object> keys = new ArrayList<>();
        for (int entry = 0; entry < doubles.count(); entry++) {
            Object key = doubles.key(entry);
            keys.add(key);
            assertThat(doubles.accumulator(entry)).isEqualTo(expected.get(key));
            assertThat(fold.finish(doubles.accumulator(entry)))
                    .isEqualTo(fold.finish(Objects.requireNonNull(expected.get(key))));
        }
        assertThat(keys).isEqualTo(List.copyOf(expected.keySet()));
    }
}
