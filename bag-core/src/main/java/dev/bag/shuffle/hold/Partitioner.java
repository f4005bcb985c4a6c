package dev.bag.shuffle.hold;

import java.util.Arrays;

/** Entries sorted by target: counting sort, which keeps the order within a target. */
public final class Partitioner {

    /** The targets there are, ascending. */
    public final int[] present;
    /** Where the entries of each begin, and where the last ones end. */
    public final int[] starts;
    /** The number of the entry at each place of the order. */
    public final int[] order;

    private Partitioner(int[] present, int[] starts, int[] order) {
        this.present = present;
        this.starts = starts;
        this.order = order;
    }

    /** The order of {@code count} entries of the only target. */
    public static Partitioner ofOne(int count) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        return count == 0
                ? new Partitioner(new int[0], new int[] {0}, order)
                : new Partitioner(new int[] {0}, new int[] {0, count}, order);
    }

    /** The order of {@code count} entries whose targets, below {@code targetCount}, are given. */
    public static Partitioner of(int[] targets, int count, int targetCount) {
        return isAscending(targets, count) ? ofAscending(targets, count) : counted(targets, count, targetCount);
    }

    private static boolean isAscending(int[] targets, int count) {
        for (int entry = 1; entry < count; entry++) {
            if (targets[entry] < targets[entry - 1]) {
                return false;
            }
        }
        return true;
    }

    /** Without a look at all targets there are, of which there may be many more than entries. */
    private static Partitioner ofAscending(int[] targets, int count) {
        int[] present = new int[count];
        int[] starts = new int[count + 1];
        int at = 0;
        for (int entry = 0; entry < count; entry++) {
            if (at == 0 || targets[entry] != present[at - 1]) {
                present[at++] = targets[entry];
            }
            starts[at] = entry + 1;
        }
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        return new Partitioner(Arrays.copyOf(present, at), Arrays.copyOf(starts, at + 1), order);
    }

    private static Partitioner counted(int[] targets, int count, int targetCount) {
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
