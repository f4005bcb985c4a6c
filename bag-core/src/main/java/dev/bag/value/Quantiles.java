package dev.bag.value;

import java.io.Serializable;
import java.util.List;

/**
 * Quantiles of many numbers: for each rank that was asked for, the value at that rank.
 *
 * <p>Prints itself as {@code Quantiles[0.5=12.0, 0.99=180.5]}. Two are equal if their ranks and values are.
 *
 * @param ranks the ranks, each from 0 to 1, in the order in which they were asked for; unmodifiable
 * @param values the value at each rank, in the same order; all NaN if there were no numbers; unmodifiable
 */
public record Quantiles(List<Double> ranks, List<Double> values) implements Serializable {

    /**
     * Creates the quantiles of these ranks.
     *
     * @throws IllegalArgumentException if there are more ranks than values, or fewer
     */
    public Quantiles {
        ranks = List.copyOf(ranks);
        values = List.copyOf(values);
        if (ranks.size() != values.size()) {
            throw new IllegalArgumentException(
                    ranks.size() + " ranks and " + values.size() + " values: each rank has one value");
        }
    }

    /**
     * Returns the value at a rank, such as 0.5 for the median.
     *
     * @param rank one of {@link #ranks()}, exactly as it was asked for
     * @throws IllegalArgumentException if the rank was not asked for; the message lists those that were
     */
    public double at(double rank) {
        for (int i = 0; i < ranks.size(); i++) {
            if (ranks.get(i) == rank) {
                return values.get(i);
            }
        }
        throw new IllegalArgumentException(
                "at(" + rank + "): this rank was not asked for. The ranks are " + ranks + ".");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Quantiles[");
        for (int i = 0; i < ranks.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(ranks.get(i)).append('=').append(values.get(i));
        }
        return text.append(']').toString();
    }
}
