package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.testing.Runners;
import dev.bag.value.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class QuantilesTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final int EXACT = 8192;
    private static final double[] RANKS = {0, 1e-6, 0.001, 0.01, 0.07, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1};

    @Test
    void aQuantileIsTheSmallestValueThatSoManyDoNotExceed() {
        List<Double> ten = IntStream.rangeClosed(1, 10).mapToObj(i -> 10.0 * i).toList();
        assertThat(quantiles(ten, 0, 0.05, 0.1, 0.11, 0.5, 0.51, 0.7, 0.9, 0.91, 1))
                .containsExactly(10, 10, 10, 20, 50, 60, 70, 90, 100, 100);
        assertThat(quantiles(List.of(3.0, 1.0, 2.0), 0.5, 0.99, 0.01)).containsExactly(2, 3, 1);
        assertThat(quantiles(List.of(1.0, 2.0), 0.5)).containsExactly(1);
    }

    @Test
    void aRankMeansTheFractionThatItIsWrittenAs() {
        for (int count : new int[] {7, 10, 100, 1000, 8000}) {
            List<Double> numbers =
                    IntStream.rangeClosed(1, count).mapToObj(i -> (double) i).toList();
            double[] ranks = IntStream.rangeClosed(1, count)
                    .mapToDouble(i -> i / (double) count)
                    .toArray();
            assertThat(quantiles(numbers, ranks))
                    .isEqualTo(numbers.stream().mapToDouble(n -> n).toArray());
        }
    }

    @Test
    @Tag("P7")
    void nothingHasNoQuantiles() {
        assertThat(quantiles(List.of(), 0, 0.5, 1)).containsExactly(Double.NaN, Double.NaN, Double.NaN);
    }

    @Test
    void oneValueAndEqualValuesAreAllQuantiles() {
        assertThat(quantiles(List.of(7.5), RANKS)).containsOnly(7.5);
        assertThat(quantiles(Collections.nCopies(100_000, 7.5), RANKS)).containsOnly(7.5);
    }

    @Test
    void infinitiesHaveTheirRanks() {
        assertThat(quantiles(List.of(INFINITY, -INFINITY, 1.0), 0, 0.5, 1)).containsExactly(-INFINITY, 1, INFINITY);
        List<Double> many = IntStream.range(0, 100_000)
                .mapToObj(i -> i % 4 == 0 ? -INFINITY : i % 4 == 1 ? INFINITY : i)
                .toList();
        double[] answers = quantiles(many, 0, 0.2, 0.8, 1);
        assertThat(answers).containsExactly(-INFINITY, -INFINITY, INFINITY, INFINITY);
    }

    @Test
    @Tag("P3")
    @Tag("P4")
    void upToItsSizeItIsExactHoweverThePartsAreMerged() {
        Random random = new Random(3);
        for (int count : new int[] {1, 2, 100, EXACT - 1, EXACT}) {
            List<Double> numbers =
                    random.doubles(count, 0, count / 4.0).mapToObj(Math::floor).toList();
            double[] expected = byDefinition(numbers, RANKS);
            assertThat(quantiles(numbers, RANKS)).isEqualTo(expected);
            for (int parts : new int[] {2, 3, 64}) {
                assertThat(inParts(numbers, parts, true)).isEqualTo(expected);
                assertThat(inParts(numbers, parts, false)).isEqualTo(expected);
            }
        }
    }

    static Stream<Arguments> orders() {
        int count = 1_000_000;
        Random random = new Random(5);
        return Stream.of(
                order("ascending", count, i -> i),
                order("descending", count, i -> -i),
                order("from outside in", count, i -> i % 2 == 0 ? i : -i),
                order("sawtooth", count, i -> i % 8192),
                order("blocks", count, i -> i / 8192 % 2 == 0 ? i : -i),
                order("uniform", count, i -> random.nextDouble()),
                order("normal", count, i -> random.nextGaussian()),
                order("long tail", count, i -> Math.exp(5 * random.nextGaussian())),
                order("seven values", count, i -> random.nextInt(7)),
                order("just too many", EXACT + 1, i -> random.nextDouble()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    @Tag("P4")
    void ofManyTheRankIsOffByNoMoreThanPromised(String name, List<Double> numbers) {
        double[] sorted = numbers.stream().mapToDouble(n -> n).sorted().toArray();
        double bound = (Math.log(sorted.length / (double) EXACT) / Math.log(2) + 1) / EXACT;
        for (double[] answers : List.of(
                quantiles(numbers, RANKS),
                inParts(numbers, 2, true),
                inParts(numbers, 7, false),
                inParts(numbers, 64, true),
                inParts(numbers, 1000, true),
                inParts(numbers, 1000, false))) {
            for (int i = 0; i < RANKS.length; i++) {
                assertThat(error(sorted, answers[i], RANKS[i]))
                        .as("rank %s", RANKS[i])
                        .isLessThan(bound);
            }
            assertThat(answers[0]).isEqualTo(sorted[0]);
            assertThat(answers[RANKS.length - 1]).isEqualTo(sorted[sorted.length - 1]);
        }
    }

    @Test
    void ofRandomNumbersTheErrorIsAboutAFifthOfThePromise() {
        Random random = new Random(11);
        List<Double> numbers = random.doubles(1_000_000).boxed().toList();
        double[] sorted = numbers.stream().mapToDouble(n -> n).sorted().toArray();
        double[] ranks =
                IntStream.rangeClosed(1, 999).mapToDouble(i -> i / 1000.0).toArray();
        double[] answers = quantiles(numbers, ranks);
        double worst = IntStream.range(0, ranks.length)
                .mapToDouble(i -> error(sorted, answers[i], ranks[i]))
                .max()
                .orElseThrow();
        assertThat(worst).isLessThan(0.25 * 0.001);
    }

    @Test
    @Tag("P3")
    void bitsAreTheSameOnAnyNumberOfThreads() {
        Random random = new Random(13);
        List<Double> numbers = random.doubles(300_000).boxed().toList();
        for (Bag<Double> bag : List.of(Bag.from(numbers, 40), Bag.generate(numbers))) {
            Quantiles expected = bag.fold(Folds.quantiles(n -> n, RANKS)).compute(Runners.ONE);
            Runners.ALL.forEach(runner -> assertThat(
                            bag.fold(Folds.quantiles(n -> n, RANKS)).compute(runner))
                    .isEqualTo(expected));
        }
    }

    @Test
    void memoryGrowsWithTheLogarithmOfTheCount() {
        assertThat(EveryWay.bytesHeld(Folds.quantiles((Integer n) -> n, 0.5))).isLessThan(5 * 64 * 1024 + 1000);
    }

    @Test
    void aFewNumbersTakeFewBytes() {
        RankSketch sketch = new RankSketch();
        sketch.add(1);
        assertThat(EveryWay.bytes(sketch).length).isLessThan(500);
    }

    @Test
    void notANumberFails() {
        assertThatThrownBy(() -> quantiles(List.of(1.0, Double.NaN), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantiles: the function returned NaN, which has no rank. Filter these records out first.");
    }

    @Test
    void ranksThatAreNoneAreRefusedAtOnce() {
        assertThatThrownBy(() -> Folds.quantiles(x -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantiles(f, []): at least one rank is needed, such as 0.5 for the median");
        for (double rank : new double[] {-0.1, 1.5, 95, Double.NaN}) {
            assertThatThrownBy(() -> Folds.quantiles(x -> 1, 0.5, rank))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("quantiles(f, [0.5, " + rank + "]): a rank is from 0 to 1, as 0.5 for the median, and "
                            + rank + " is not");
        }
        assertThatThrownBy(() -> Folds.quantiles(null, 0.5)).hasMessage("f");
    }

    @Test
    void theRanksAreCopied() {
        double[] ranks = {0};
        Fold<Double, ?, Quantiles> fold = Folds.quantiles(x -> x, ranks);
        ranks[0] = 1;
        assertThat(EveryWay.inOnePart(fold, List.of(1.0, 2.0))).isEqualTo(new Quantiles(List.of(0.0), List.of(1.0)));
    }

    /** How far the ranks that {@code value} has are from {@code rank}. */
    private static double error(double[] sorted, double value, double rank) {
        int before = lowerBound(sorted, value);
        int upTo = lowerBound(sorted, Math.nextUp(value));
        assertThat(upTo).as("%s is a value", value).isGreaterThan(before);
        double wanted = Math.max(1, Math.ceil(rank * sorted.length - 1e-6));
        return Math.max(0, Math.max(before + 1 - wanted, wanted - upTo)) / sorted.length;
    }

    private static int lowerBound(double[] sorted, double value) {
        int found = Arrays.binarySearch(sorted, value);
        if (found < 0) {
            return -found - 1;
        }
        int low = 0;
        int high = found;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double[] byDefinition(List<Double> numbers, double[] ranks) {
        return DoubleStream.of(ranks)
                .map(rank -> numbers.stream()
                        .sorted()
                        .skip((long) Math.max(0, Math.ceil(rank * numbers.size() - 1e-6) - 1))
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    private static double[] quantiles(List<Double> numbers, double... ranks) {
        return array(EveryWay.inOnePart(Folds.quantiles((Double x) -> x, ranks), numbers));
    }

    private static double[] array(Quantiles quantiles) {
        return quantiles.values().stream().mapToDouble(value -> value).toArray();
    }

    /** Merged as a tree, or one after the other. */
    private static double[] inParts(List<Double> numbers, int count, boolean asTree) {
        return merged(Folds.quantiles((Double x) -> x, RANKS), numbers, count, asTree);
    }

    private static <A> double[] merged(
            Fold<Double, A, Quantiles> fold, List<Double> numbers, int count, boolean asTree) {
        List<A> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            A part = fold.zero();
            for (double number : numbers.subList(start(numbers, i, count), start(numbers, i + 1, count))) {
                part = fold.add(part, number);
            }
            parts.add(part);
        }
        while (parts.size() > 1) {
            int last = asTree ? parts.size() - 2 : 0;
            for (int left = 0; left <= Math.min(last, parts.size() - 2); left++) {
                parts.set(left, fold.merge(parts.get(left), parts.remove(left + 1)));
            }
        }
        return array(fold.finish(parts.get(0)));
    }

    private static int start(List<Double> numbers, int part, int count) {
        return (int) ((long) numbers.size() * part / count);
    }

    private static Arguments order(String name, int count, IntToDoubleFunction number) {
        return Arguments.of(
                name, IntStream.range(0, count).mapToDouble(number).boxed().toList());
    }
}
