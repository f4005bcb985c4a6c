package dev.bag.shuffle.gather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.trait.Traits.LongSum;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sums of random numbers by keys of all kinds, with random ranks, against a map of the JDK. */
@Tag("P1")
class SumsTest {

    /** Keys that are kept as numbers, such that are not, and both. */
    private static final List<IntFunction<Object>> KEYS = List.of(
            n -> n,
            n -> (long) n << 32,
            n -> "key " + n,
            n -> "a".repeat(n % 40) + n % 3,
            n -> "a key that is too long " + n,
            n -> "漢" + n,
            n -> List.of(n),
            n -> n % 3 == 0 ? (Object) n : n % 3 == 1 ? (Object) (long) n : Integer.toString(n),
            n -> 0);

    private record Expected(BigInteger sum, long rank) {

        Expected plus(Expected other) {
            return new Expected(sum.add(other.sum), Math.min(rank, other.rank));
        }
    }

    @SuppressWarnings("unchecked") // a fold that is a sum has but one accumulator
    private static LongSum<Object, Object> sum() {
        return (LongSum<Object, Object>) (Object) Folds.<Long>summingLong(n -> n);
    }

    private static void assertSame(Sums sums, Map<Object, Expected> expected) {
        List<Map.Entry<Object, Expected>> inOrder = new ArrayList<>(expected.entrySet());
        inOrder.sort(Comparator.comparingLong(entry -> entry.getValue().rank()));
        SumStore complete = sums.complete();
        assertThat(complete.count()).isEqualTo(inOrder.size());
        for (int entry = 0; entry < inOrder.size(); entry++) {
            assertThat(complete.keyOf(entry)).isEqualTo(inOrder.get(entry).getKey());
            assertThat(complete.rank(entry))
                    .isEqualTo(inOrder.get(entry).getValue().rank());
            assertThat(exact((long[]) complete.take(entry)))
                    .isEqualTo(inOrder.get(entry).getValue().sum());
        }
    }

    private static BigInteger exact(long[] total) {
        return BigInteger.valueOf(total[1]).shiftLeft(Long.SIZE).add(BigInteger.valueOf(total[0]));
    }

    @Test
    void sumsAreExactAndInTheOrderOfTheLeastRanks() {
        Random random = new Random(1);
        for (IntFunction<Object> keys : KEYS) {
            for (int size : new int[] {0, 1, 2, 7, 8, 50, 3_000, 40_000}) {
                for (long largest : new long[] {10, Long.MAX_VALUE}) {
                    Sums sums = new Sums(sum(), true);
                    Map<Object, Expected> expected = new LinkedHashMap<>();
                    int different = 1 + random.nextInt(1 + size);
                    long[] ranks = random.longs(size, 0, 1L << 60).distinct().toArray();
                    for (long rank : ranks) {
                        Object key = keys.apply(random.nextInt(different));
                        long number = random.nextLong() % largest;
                        if (random.nextInt(4) == 0) {
                            sums.merge(key, sum().plus(sum().zero(), number), rank);
                        } else {
                            sums.add(key, number, rank);
                        }
                        expected.merge(key, new Expected(BigInteger.valueOf(number), rank), Expected::plus);
                    }
                    assertSame(sums, expected);
                }
            }
        }
    }

    @Test
    void ranksAreSortedWithTheirPlaces() {
        Random random = new Random(2);
        for (int size = 0; size < 300; size++) {
            long[] ranks = random.longs(size, 0, size % 2 == 0 ? Long.MAX_VALUE : 1 << 9)
                    .toArray();
            long[] sorted = ranks.clone();
            Arrays.sort(sorted);
            int[] places = new int[size];
            Arrays.setAll(places, i -> i);
            long[] before = ranks.clone();
            RankOrder.sort(ranks, places, size);
            assertThat(ranks).isEqualTo(sorted);
            for (int i = 0; i < size; i++) {
                assertThat(before[places[i]]).isEqualTo(ranks[i]);
            }
        }
    }
}
