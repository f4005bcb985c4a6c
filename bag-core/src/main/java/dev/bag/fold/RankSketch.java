package dev.bag.fold;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Some of many numbers, enough to tell about where each rank is: all of the first {@value #LEVEL_SIZE}. Whenever that many
 * numbers of one weight have come together, every other one of them in order is kept, with twice the weight
 * (G. S. Manku, S. Rajagopalan and B. G. Lindsay, Approximate medians and other quantiles in one pass and with limited
 * memory, SIGMOD 1998; merged as P. K. Agarwal et al. show in Mergeable summaries, PODS 2012).
 *
 * <p>To halve numbers of weight w moves a rank by at most w: up if the first, third, … stay, down if the second, fourth,
 * … do. Those of one weight are halved {@code n / (w LEVEL_SIZE)} times at most, so each weight moves a rank of n numbers
 * by {@code n / LEVEL_SIZE} at most, and there are about {@code log2(n / LEVEL_SIZE)} weights. Which half stays is chosen
 * so that ups and downs are balanced. It is not random: the same parts merged in the same way give the same bits.
 */
final class RankSketch implements Serializable {

    /** The most numbers of one weight; when there are more they are halved. Even. */
    static final int LEVEL_SIZE = 1 << 13;

    private static final long serialVersionUID = 1L;

    private static final int FIRST_CAPACITY = 8;

    /** Numbers of weight 2<sup>k</sup>. */
    private static final class Level implements Serializable {

        private static final long serialVersionUID = 1L;

        private double[] values = new double[FIRST_CAPACITY];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        void addAll(Level other) {
            if (values.length < size + other.size) {
                values = Arrays.copyOf(values, size + other.size);
            }
            System.arraycopy(other.values, 0, values, size, other.size);
            size += other.size;
        }

        void sort() {
            Arrays.sort(values, 0, size);
        }
    }

    /** The level at place k is that of weight 2<sup>k</sup>. */
    private final ArrayList<Level> levels = new ArrayList<>();

    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** The weights of all halvings that may have moved ranks up, minus those that may have moved them down. */
    private long lean;

    void add(double value) {
        Level first = level(0);
        if (first.size == LEVEL_SIZE) {
            halveFullLevels(LEVEL_SIZE);
        }
        first.add(value);
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    void addAll(RankSketch other) {
        for (int k = 0; k < other.levels.size(); k++) {
            level(k).addAll(other.levels.get(k));
        }
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        lean += other.lean;
        halveFullLevels(LEVEL_SIZE + 1);
    }

    /** Returns, for each rank, the smallest number that at least this part of all numbers do not exceed. */
    double[] quantiles(double[] ranks) {
        double[] quantiles = new double[ranks.length];
        List<Step> steps = steps();
        Arrays.setAll(quantiles, i -> quantile(ranks[i], steps));
        return quantiles;
    }

    private double quantile(double rank, List<Step> steps) {
        // 0.07 is a little more than 7/100 as a double, and yet means the 7th of 100: less by the roundings on the way.
        long wanted = (long) Math.ceil(rank * count * (1 - 0x1p-51));
        if (count == 0) {
            return Double.NaN;
        }
        if (wanted <= 1) {
            return min;
        }
        return wanted >= count ? max : valueOf(wanted, steps);
    }

    private static double valueOf(long wanted, List<Step> steps) {
        int found = Collections.binarySearch(steps, new Step(0, wanted), Comparator.comparingLong(Step::upTo));
        return steps.get(found >= 0 ? found : -found - 1).value();
    }

    /** A number, and how many numbers there are up to it. */
    private record Step(double value, long upTo) {}

    private record Weighted(double value, long weight) {}

    private List<Step> steps() {
        List<Weighted> all = new ArrayList<>();
        for (int k = 0; k < levels.size(); k++) {
            Level level = levels.get(k);
            for (int i = 0; i < level.size; i++) {
                all.add(new Weighted(level.values[i], 1L << k));
            }
        }
        all.sort(Comparator.comparingDouble(Weighted::value));
        List<Step> steps = new ArrayList<>(all.size());
        long upTo = 0;
        for (Weighted each : all) {
            upTo += each.weight();
            steps.add(new Step(each.value(), upTo));
        }
        return steps;
    }

    private Level level(int k) {
        while (levels.size() <= k) {
            levels.add(new Level());
        }
        return levels.get(k);
    }

    private void halveFullLevels(int full) {
        for (int k = 0; k < levels.size(); k++) {
            if (levels.get(k).size >= full) {
                halve(k);
            }
        }
    }

    /** Every other number goes up to the next level; the last of an odd number stays. */
    private void halve(int k) {
        Level level = levels.get(k);
        Level next = level(k + 1);
        level.sort();
        int even = level.size & ~1;
        for (int i = lean > 0 ? 1 : 0; i < even; i += 2) {
            next.add(level.values[i]);
        }
        lean += lean > 0 ? -(1L << k) : 1L << k;
        level.values[0] = level.values[level.size - 1];
        level.size -= even;
    }
}
