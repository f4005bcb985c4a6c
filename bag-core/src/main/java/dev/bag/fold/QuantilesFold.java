package dev.bag.fold;

import dev.bag.function.CheckedToDoubleFunction;
import java.util.Arrays;
import java.util.Objects;

/** The values of some ranks, by a double of each record. */
record QuantilesFold<T>(CheckedToDoubleFunction<? super T> number, double[] ranks)
        implements Fold<T, RankSketch, double[]> {

    QuantilesFold {
        Objects.requireNonNull(number, "f");
        ranks = ranks.clone();
        if (ranks.length == 0) {
            throw new IllegalArgumentException(
                    "quantiles(f, []): at least one rank is needed, such as 0.5 for the median");
        }
        for (double rank : ranks) {
            if (!(rank >= 0 && rank <= 1)) {
                throw new IllegalArgumentException("quantiles(f, " + Arrays.toString(ranks)
                        + "): a rank is from 0 to 1," + " as 0.5 for the median, and " + rank + " is not");
            }
        }
    }

    @Override
    public RankSketch zero() {
        return new RankSketch();
    }

    @Override
    public RankSketch add(RankSketch sketch, T record) {
        double value = number.applyAsDouble(record);
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(
                    "quantiles: the function answered NaN, which has no rank. Filter such records out first.");
        }
        sketch.add(value);
        return sketch;
    }

    @Override
    public RankSketch merge(RankSketch left, RankSketch right) {
        left.addAll(right);
        return left;
    }

    @Override
    public double[] finish(RankSketch sketch) {
        return sketch.quantiles(ranks);
    }
}
