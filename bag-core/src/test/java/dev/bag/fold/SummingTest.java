package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SummingTest {

    private static final Fold<Double, ?, Double> SUM = Folds.summing(x -> x);

    @Test
    @Tag("P3")
    @Tag("P4")
    void smallNumbersAreNotLostBesideLargeOnes() {
        assertThat(EveryWay.results(SUM, List.of(1e16, 1.0, -1e16))).containsOnly(1.0);
        assertThat(EveryWay.results(SUM, List.of(1.0, 1e16, -1e16))).containsOnly(1.0);
        assertThat(EveryWay.results(SUM, List.of(1.0, 1e100, 1.0, -1e100))).containsOnly(2.0);
    }

    @Test
    @Tag("P4")
    void partsAndMergesDoNotMatterWhereWhatIsLostAddsUpExactly() {
        List<Double> tenths = IntStream.range(0, 6).mapToObj(i -> 0.1 + i).toList();
        assertThat(EveryWay.results(SUM, tenths)).containsOnly(exact(tenths).doubleValue());
    }

    @Test
    @Tag("P4")
    void theErrorHasTheDocumentedBoundForAnyPartsAndMerges() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            List<Double> numbers = illConditioned(random, 5);
            EveryWay.results(SUM, numbers).forEach(sum -> assertWithinBound(sum, numbers));
        }
    }

    @Test
    void theErrorHasTheDocumentedBoundForManyNumbers() {
        List<Double> numbers = illConditioned(new Random(2), 20_000);
        assertWithinBound(EveryWay.inOnePart(SUM, numbers), numbers);
    }

    @Test
    @Tag("P3")
    void theSameNumbersGiveTheSameBitsOnAnyMachine() {
        List<Double> numbers = illConditioned(new Random(3), 1_000);
        assertThat(EveryWay.inOnePart(SUM, numbers))
                .isEqualTo(0x1.14ab8411ee8fp78)
                .isEqualTo(exact(numbers).doubleValue());
    }

    @Test
    void infinitiesAndNaNGiveWhatPlainAdditionGives() {
        List<Double> values =
                List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1.5, -0.0, Double.MIN_VALUE);
        EveryWay.lists(values, 3)
                .forEach(list -> assertThat(EveryWay.results(SUM, list)).containsOnly(plainSum(list)));
    }

    @Test
    void aSumThatLeavesTheRangeStaysInfinite() {
        List<Double> numbers = List.of(Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE);
        assertThat(EveryWay.inOnePart(SUM, numbers))
                .isEqualTo(plainSum(numbers))
                .isInfinite();
    }

    @Test
    void theMeanIsTheSumDividedByTheCount() {
        List<Double> numbers = List.of(1e16, 1.0, -1e16, 2.0);
        assertThat(EveryWay.results(Folds.averaging((Double x) -> x), numbers)).containsOnly(0.75);
        assertThat(EveryWay.inOnePart(Folds.averaging((Double x) -> x), List.of()))
                .isNaN();
    }

    private static void assertWithinBound(double sum, List<Double> numbers) {
        BigDecimal exact = exact(numbers);
        double sumOfAbsolutes = numbers.stream().mapToDouble(Math::abs).sum();
        double bound =
                Math.ulp(exact.doubleValue()) + Math.pow(numbers.size(), 2) * Math.scalb(1.0, -106) * sumOfAbsolutes;
        assertThat(exact.subtract(new BigDecimal(sum)).abs()).isLessThanOrEqualTo(new BigDecimal(bound));
    }

    private static BigDecimal exact(List<Double> numbers) {
        return numbers.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static double plainSum(List<Double> numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }

    /** Numbers of very different sizes and both signs, most of which cancel out. */
    private static List<Double> illConditioned(Random random, int count) {
        return DoubleStream.generate(() -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(80)))
                .limit(count)
                .boxed()
                .toList();
    }
}
