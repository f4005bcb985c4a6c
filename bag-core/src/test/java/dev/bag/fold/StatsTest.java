package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bag.value.Stats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StatsTest {

    private static final Fold<Double, ?, Stats> STATS = Folds.stats(x -> x);

    @Test
    @Tag("P4")
    void aLargeMeanDoesNotDrownTheVariance() {
        EveryWay.results(STATS, List.of(1e9 + 1, 1e9 + 2, 1e9 + 3)).forEach(stats -> {
            assertThat(stats.variance()).isCloseTo(2.0 / 3, within(Math.ulp(2.0 / 3)));
            assertThat(stats.mean()).isEqualTo(1e9 + 2);
        });
    }

    @Test
    @Tag("P7")
    void ofNothingOnlyCountAndSumAreNumbers() {
        assertThat(EveryWay.results(STATS, List.of()))
                .containsOnly(new Stats(0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    void ofOneNumberTheVarianceIsZero() {
        for (double x : new double[] {-7.5, 0, 1e200, Double.MAX_VALUE}) {
            assertThat(EveryWay.results(STATS, List.of(x))).containsOnly(new Stats(1, x, x, 0, x, x));
        }
    }

    @Test
    void theVarianceIsThatOfExactArithmetic() {
        Random random = new Random(1);
        for (double offset : new double[] {0, 1, -1e3, 1e9, -1e15}) {
            List<Double> numbers = Stream.generate(() -> offset + random.nextGaussian())
                    .limit(2_000)
                    .toList();
            assertStatsAreExact(EveryWay.inOnePart(STATS, numbers), numbers);
            List<List<Double>> parts =
                    List.of(numbers.subList(0, 3), numbers.subList(3, 900), List.of(), numbers.subList(900, 2_000));
            EveryWay.resultsOfParts(STATS, parts).forEach(stats -> assertStatsAreExact(stats, numbers));
        }
    }

    @Test
    void equalNumbersHaveNoVariance() {
        assertThat(EveryWay.results(STATS, List.of(0.1, 0.1, 0.1, 0.1, 0.1)))
                .allSatisfy(stats -> assertThat(stats.variance()).isZero());
    }

    @Test
    void oneNaNMakesAllButTheCountNaN() {
        assertThat(EveryWay.results(STATS, List.of(1.0, Double.NaN, 2.0)))
                .containsOnly(new Stats(3, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    void oneInfinityMakesTheVarianceNaN() {
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(EveryWay.results(STATS, List.of(1.0, infinity, 2.0)))
                .containsOnly(new Stats(3, infinity, infinity, Double.NaN, 1, infinity));
        assertThat(EveryWay.results(STATS, List.of(1.0, infinity, -infinity)))
                .containsOnly(new Stats(3, Double.NaN, Double.NaN, Double.NaN, -infinity, infinity));
    }

    @Test
    void negativeZeroIsBelowZeroAsForMathMin() {
        EveryWay.results(STATS, List.of(0.0, -0.0)).forEach(stats -> {
            assertThat(stats.min()).isEqualTo(-0.0);
            assertThat(stats.max()).isEqualTo(0.0);
        });
    }

    private static void assertStatsAreExact(Stats stats, List<Double> numbers) {
        BigDecimal count = BigDecimal.valueOf(numbers.size());
        BigDecimal sum = numbers.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal mean = sum.divide(count, MathContext.DECIMAL128);
        BigDecimal squares = numbers.stream()
                .map(number -> new BigDecimal(number).subtract(mean).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        double variance = squares.divide(count, MathContext.DECIMAL128).doubleValue();
        assertThat(stats.count()).isEqualTo(numbers.size());
        assertThat(stats.sum()).isCloseTo(sum.doubleValue(), within(Math.ulp(sum.doubleValue())));
        assertThat(stats.mean()).isCloseTo(mean.doubleValue(), within(2 * Math.ulp(mean.doubleValue())));
        assertThat(stats.variance()).isCloseTo(variance, within(1e-12 * variance));
        assertThat(stats.min())
                .isEqualTo(numbers.stream().mapToDouble(x -> x).min().orElseThrow());
        assertThat(stats.max())
                .isEqualTo(numbers.stream().mapToDouble(x -> x).max().orElseThrow());
    }
}
