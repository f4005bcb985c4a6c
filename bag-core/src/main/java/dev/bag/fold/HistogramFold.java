package dev.bag.fold;

import dev.bag.function.CheckedToDoubleFunction;
import java.util.Arrays;
import java.util.Objects;

/** How many records fall between each two neighbouring edges, by a double of each record. */
record HistogramFold<T>(CheckedToDoubleFunction<? super T> number, double[] edges) implements Fold<T, long[], long[]> {

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
                    "histogram: the function answered NaN, which is in no bin. Filter such records out first.");
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
    public long[] finish(long[] counts) {
        return counts;
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }
}
