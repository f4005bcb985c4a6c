package dev.bag.shuffle;

import java.util.Arrays;

/** Entries sorted by target: counting sort, which keeps the order within a target. */
final class Partitioner {

    /** The targets there are, ascending. */
    final int[] present;
    /** Where the entries of each begin, and where the last ones end. */
    final int[] starts;
    /** The number of the entry at each place of the order. */
    final int[] order;

    private Partitioner(int[] present, int[] starts, int[] order) {
        this.present = present;
        this.starts = starts;
        this.order = order;
    }

    /** The order of {@code count} entries of the only target. */
    static Partitioner ofOne(int count) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        return count == 0
                ? new Partitioner(new int[0], new int[] {0}, order)
                : new Partitioner(new int[] {0}, new int[] {0, count}, order);
    }

    /** The order of {@code count} entries whose targets, below {@code targetCount}, are given. */
    static Partitioner of(int[] targets, int count, int targetCount) {
        int[] next = new int[targetCount + 1];
        for (int entry = 0; entry < count; entry++) {
            next[targets[entry] + 1]++;
        }
        int presentCount = 0;
        for (int target = 0; target < targetCount; target++) {
            presentCount += next[target + 1] > 0 ? 1 : 0;
        }
        int[] present = new int[presentCount];
        int[] starts = new int[presentCount + 1];
        int at = 0;
        for (int target = 0; target < targetCount; target++) {
            int entries = next[target + 1];
            next[target + 1] += next[target];
            if (entries > 0) {
                present[at++] = target;
                starts[at] = next[target + 1];
            }
        }
        int[] order = new int[count];
        for (int entry = 0; entry < count; entry++) {
            order[next[targets[entry]]++] = entry;
        }
        return new Partitioner(present, starts, order);
    }
}
