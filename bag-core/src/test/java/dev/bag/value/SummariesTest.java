package dev.bag.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The results of folds of numbers: they print themselves, cannot be changed, and are equal by their content. */
class SummariesTest {

    private static final Quantiles QUANTILES = new Quantiles(List.of(0.5, 0.0, 0.99), List.of(7.0, -1.5, 100.0));
    private static final Histogram HISTOGRAM = new Histogram(List.of(0.0, 1.0, 10.0), List.of(12L, 3L));

    @Test
    void theyPrintThemselves() {
        assertThat(QUANTILES).hasToString("Quantiles[0.5=7.0, 0.0=-1.5, 0.99=100.0]");
        assertThat(HISTOGRAM).hasToString("Histogram[0.0..1.0=12, 1.0..10.0=3]");
    }

    @Test
    void aRankHasItsValue() {
        assertThat(QUANTILES.at(0.5)).isEqualTo(7);
        assertThat(QUANTILES.at(0)).isEqualTo(-1.5);
        assertThat(QUANTILES.at(-0.0)).isEqualTo(-1.5);
        assertThat(QUANTILES.at(0.99)).isEqualTo(100);
    }

    @Test
    void aRankThatWasNotAskedForFailsNamingThoseThatWere() {
        for (double rank : new double[] {0.9, 1, -1, Double.NaN}) {
            assertThatThrownBy(() -> QUANTILES.at(rank))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("at(" + rank + "): this rank was not asked for. The ranks are [0.5, 0.0, 0.99].");
        }
    }

    @Test
    void theyAreEqualByContentAndCannotBeChanged() {
        List<Double> ranks = new ArrayList<>(List.of(0.5));
        Quantiles quantiles = new Quantiles(ranks, List.of(Double.NaN));
        ranks.set(0, 0.7);
        assertThat(quantiles).isEqualTo(new Quantiles(List.of(0.5), List.of(Double.NaN)));
        assertThat(quantiles).hasSameHashCodeAs(new Quantiles(List.of(0.5), List.of(Double.NaN)));
        assertThat(quantiles).isNotEqualTo(new Quantiles(List.of(0.5), List.of(0.0)));
        assertThatThrownBy(() -> quantiles.values().set(0, 1.0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> HISTOGRAM.counts().set(0, 1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(HISTOGRAM).isEqualTo(new Histogram(List.of(0.0, 1.0, 10.0), List.of(12L, 3L)));
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new Quantiles(List.of(0.5), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 ranks and 0 values: each rank has one value");
        assertThatThrownBy(() -> new Histogram(List.of(0.5), List.of(1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 edges and 1 counts: n edges make n - 1 bins");
    }
}
