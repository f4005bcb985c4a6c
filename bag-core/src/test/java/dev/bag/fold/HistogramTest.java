package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.value.Histogram;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HistogramTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void aBinHoldsItsLowerEdgeAndTheLastOneBoth() {
        assertThat(histogram(List.of(1.0, 1.5, 2.0, 3.0, 3.5, 4.0), 1, 2, 3, 4)).containsExactly(2, 1, 3);
    }

    @Test
    void whatIsOutsideIsNotCounted() {
        assertThat(histogram(List.of(-INFINITY, 0.0, 0.999, 2.001, INFINITY), 1, 2))
                .containsExactly(0);
    }

    @Test
    void theOuterBinsMayBeOpenEnded() {
        assertThat(histogram(List.of(-INFINITY, -1e300, 0.0, 1e300, INFINITY), -INFINITY, 0, INFINITY))
                .containsExactly(2, 3);
    }

    @Test
    void negativeZeroIsZero() {
        assertThat(histogram(List.of(-0.0, 0.0), -1, 0, 1)).containsExactly(0, 2);
        assertThat(histogram(List.of(-0.0, 0.0), -1, -0.0, 1)).containsExactly(0, 2);
        assertThat(histogram(List.of(-0.0, 0.0), -1, -0.0)).containsExactly(2);
    }

    @Test
    @Tag("P4")
    void everyNumberFallsWhereALinearSearchPutsIt() {
        double[] edges = {-1.5, -1, 0, 0.25, 2};
        for (double value = -2; value <= 2.5; value += 0.125) {
            List<Double> one = List.of(value);
            long[] expected = linearSearch(value, edges);
            EveryWay.results(Folds.histogram((Double x) -> x, edges), one)
                    .forEach(histogram -> assertThat(array(histogram)).isEqualTo(expected));
        }
    }

    @Test
    @Tag("P7")
    void nothingGivesZeros() {
        assertThat(histogram(List.of(), 1, 2, 3)).containsExactly(0, 0);
    }

    @Test
    void theEdgesAreCopied() {
        double[] edges = {0, 1};
        Fold<Double, ?, Histogram> fold = Folds.histogram(x -> x, edges);
        edges[1] = 100;
        assertThat(EveryWay.inOnePart(fold, List.of(0.5, 50.0)))
                .isEqualTo(new Histogram(List.of(0.0, 1.0), List.of(1L)));
    }

    @Test
    void notANumberFails() {
        assertThatThrownBy(() -> histogram(List.of(1.0, Double.NaN), 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "histogram: the function returned NaN, which is in no bin. Filter these records out first.");
    }

    @Test
    void edgesThatMakeNoBinsAreRefusedAtOnce() {
        assertThatThrownBy(() -> Folds.histogram(x -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("histogram(f, []): one bin needs 2 edges, each further bin one more");
        assertThatThrownBy(() -> Folds.histogram(x -> 1, 5))
                .hasMessage("histogram(f, [5.0]): one bin needs 2 edges, each further bin one more");
        assertThatThrownBy(() -> Folds.histogram(x -> 1, 1, 3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("histogram(f, edges): the edges must increase, but 2.0 follows 3.0");
        assertThatThrownBy(() -> Folds.histogram(x -> 1, 1, 1))
                .hasMessage("histogram(f, edges): the edges must increase, but 1.0 follows 1.0");
        assertThatThrownBy(() -> Folds.histogram(x -> 1, 1, Double.NaN))
                .hasMessage("histogram(f, edges): the edges must increase, but NaN follows 1.0");
    }

    private static long[] histogram(List<Double> numbers, double... edges) {
        return array(EveryWay.inOnePart(Folds.histogram(x -> x, edges), numbers));
    }

    private static long[] array(Histogram histogram) {
        return histogram.counts().stream().mapToLong(count -> count).toArray();
    }

    private static long[] linearSearch(double value, double[] edges) {
        long[] counts = new long[edges.length - 1];
        for (int bin = 0; bin < counts.length; bin++) {
            boolean last = bin == counts.length - 1;
            boolean belowUpper = last ? value <= edges[bin + 1] : value < edges[bin + 1];
            counts[bin] = value >= edges[bin] && belowUpper ? 1 : 0;
        }
        return counts;
    }
}
