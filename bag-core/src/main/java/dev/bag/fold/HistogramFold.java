package dev.bag.fold;

import dev.bag.function.CheckedToDoubleFunction;
import dev.bag.trait.Traits.RetainsNothing;
import dev.bag.value.Histogram;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Counts the records between each two neighbouring edges, by a double of each record. */
record HistogramFold<T>(CheckedToDoubleFunction<? super T> number, double[] edges)
        implements Fold<T, long[], Histogram>, RetainsNothing {

    HistogramFold {
        Objects.requireNonNull(number, "f");
        edges = edges.clone();
        if (edges.length < 2) {
            throw new IllegalArgumentException(
                    "histogram(f, " + Arrays.toString(edges) + "): one bin needs 2 edges, each further bin one more");
        }
        requireIncreasing(edges);
    }

    private static void requireIncreasing(double[] edges) {
        for (int i = 1; i < edges.length; i++) {
            if (!(edges[i - 1] < edges[i])) {
                throw new IllegalArgumentException(
                        "histogram(f, edges): the edges must increase, but " + edges[i] + " follows " + edges[i - 1]);
            }
        }
    }

    @Override
    public long[] zero() {
        return new long[edges.length - 1];
    }

    @Override
    public long[] add(long[] counts, T record) {
        double value = number.applyAsDouble(record);
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(
                    "histogram: the function returned NaN, which is in no bin. Filter these records out first.");
        }
        if (value >= edges[0] && value <= edges[edges.length - 1]) {
            counts[bin(value)]++;
        }
        return counts;
    }

    private int bin(double value) {
        // The search takes -0.0 for less than 0.0, which no other comparison does: adding 0.0 makes it 0.0.
        int found = Arrays.binarySearch(edges, value + 0.0);
        int lowerEdge = found >= 0 ? found : -found - 2;
        return Math.min(lowerEdge, edges.length - 2);
    }

    @Override
    public long[] merge(long[] left, long[] right) {
        Arrays.setAll(left, i -> left[i] + right[i]);
        return left;
    }

    @Override
    public Histogram finish(long[] counts) {
        return new Histogram(
                DoubleStream.of(edges).boxed().toList(),
                LongStream.of(counts).boxed().toList());
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }
}
