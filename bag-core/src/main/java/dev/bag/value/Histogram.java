package dev.bag.value;

import java.io.Serializable;
import java.util.List;

/**
 * How many numbers lie between each two neighbouring edges. A bin holds its lower edge and not its upper one; the last bin
 * holds both.
 *
 * <p>Prints itself as {@code Histogram[0.0..1.0=12, 1.0..10.0=3]}. Two are equal if their edges and counts are.
 *
 * @param edges the edges in ascending order, one more than there are bins; unmodifiable
 * @param counts how many numbers each bin holds, in the order of the edges; unmodifiable
 */
public record Histogram(List<Double> edges, List<Long> counts) implements Serializable {

    /**
     * Creates a histogram of these bins.
     *
     * @throws IllegalArgumentException if there is not exactly one edge more than there are counts
     */
    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        if (edges.size() != counts.size() + 1) {
            throw new IllegalArgumentException(
                    edges.size() + " edges and " + counts.size() + " counts: n edges make n - 1 bins");
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Histogram[");
        for (int i = 0; i < counts.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(edges.get(i))
                    .append("..")
                    .append(edges.get(i + 1))
                    .append('=')
                    .append(counts.get(i));
        }
        return text.append(']').toString();
    }
}
