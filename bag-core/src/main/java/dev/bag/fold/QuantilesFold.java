package dev.bag.fold;

import dev.bag.function.CheckedToDoubleFunction;
import dev.bag.trait.Traits.RetainsNothing;
import dev.bag.value.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** The values of some ranks, by a double of each record. */
record QuantilesFold<T>(CheckedToDoubleFunction<? super T> number, double[] ranks)
        implements Fold<T, RankSketch, Quantiles>, RetainsNothing {

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
                    "quantiles: the function returned NaN, which has no rank. Filter these records out first.");
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
    public Quantiles finish(RankSketch sketch) {
        return new Quantiles(listOf(ranks), listOf(sketch.quantiles(ranks)));
    }

    private static List<Double> listOf(double[] numbers) {
        return DoubleStream.of(numbers).boxed().toList();
    }
}
