package dev.bag.shuffle.gather;

import dev.bag.key.KeyTable;
import dev.bag.key.TextArena;
import java.util.Arrays;

/**
 * Puts the entries of {@link Sums} in order: by target, and within each by rank. Goes through the cells from the first
 * to the last, and sorts within a target, so that memory is walked in order or lies in a cache. To take the cells in the
 * order of their entries would be to wait for memory at nearly each of them.
 */
final class SumSorter {

    private static final int WIDTH = SumStore.WIDTH;

    private final SumCells cells;
    private final KeyTable others;
    private final int[] otherEntries;
    private final int count;

    /** In the order that is made: key and sum of each entry, or the number of one of the others and 0. */
    private final long[] numbers;

    private final long[] ranks;

    /**
     * What comes out.
     *
     * @param numbers key and sum of each entry; of one of the others its number, and 0
     * @param ranks the rank of each entry
     * @param present the targets there are, ascending
     * @param starts where the entries of each begin, and where the last ones end
     */
    record Sorted(long[] numbers, long[] ranks, int[] present, int[] starts) {}

    SumSorter(SumCells cells, KeyTable others, int[] otherEntries) {
        this.cells = cells;
        this.others = others;
        this.otherEntries = otherEntries;
        this.count = cells.count() + others.count();
        this.numbers = new long[count * WIDTH];
        this.ranks = new long[count];
    }

    /** Sorts all entries. The cells are given up. */
    Sorted sort(Targets targets) {
        int[] targetOf = targets.only() >= 0 ? new int[count] : targetOf(targets);
        int[] next = new int[targets.only() >= 0 ? 1 : targets.count()];
        for (int target : targetOf) {
            next[target]++;
        }
        int[] present = new int[Math.min(count, next.length)];
        int[] starts = new int[present.length + 1];
        int found = 0;
        int start = 0;
        for (int target = 0; target < next.length; target++) {
            int entries = next[target];
            next[target] = start;
            start += entries;
            if (entries > 0) {
                present[found++] = target;
                starts[found] = start;
            }
        }
        place(targetOf, next);
        sortEach(starts, found);
        if (targets.only() >= 0 && found > 0) {
            present[0] = targets.only();
        }
        return new Sorted(numbers, ranks, Arrays.copyOf(present, found), Arrays.copyOf(starts, found + 1));
    }

    /** The target of each entry: of the cells as they lie, and then of the others. */
    private int[] targetOf(Targets targets) {
        int[] targetOf = new int[count];
        int at = 0;
        long[] all = cells.cells();
        TextArena texts = cells.texts();
        for (int cell = 0; cell < all.length; cell += SumCells.WIDTH) {
            if (all[cell + 1] != 0) {
                targetOf[at++] = targets.ofHash(texts.stableHash(all[cell], all[cell + 1]));
            }
        }
        for (int other = 0; other < others.count(); other++) {
            targetOf[at++] = targets.ofHash(others.stableHash(other));
        }
        return targetOf;
    }

    private void place(int[] targetOf, int[] next) {
        int at = 0;
        long[] all = cells.cells();
        for (int cell = 0; cell < all.length; cell += SumCells.WIDTH) {
            if (all[cell + 1] != 0) {
                int place = next[targetOf[at++]]++;
                System.arraycopy(all, cell, numbers, place * WIDTH, WIDTH);
                ranks[place] = cells.rank((int) all[cell + SumCells.ENTRY]);
            }
        }
        for (int other = 0; other < others.count(); other++) {
            int place = next[targetOf[at++]]++;
            numbers[place * WIDTH] = other;
            ranks[place] = cells.rank(otherEntries[other]);
        }
    }

    /** Sorts the entries of each of {@code found} targets by rank. */
    private void sortEach(int[] starts, int found) {
        int longest = 0;
        for (int i = 0; i < found; i++) {
            longest = Math.max(longest, starts[i + 1] - starts[i]);
        }
        long[] sortedRanks = new long[longest];
        int[] order = new int[longest];
        long[] sorted = new long[longest * WIDTH];
        for (int i = 0; i < found; i++) {
            int start = starts[i];
            int length = starts[i + 1] - start;
            System.arraycopy(ranks, start, sortedRanks, 0, length);
            for (int entry = 0; entry < length; entry++) {
                order[entry] = entry;
            }
            if (RankOrder.sort(sortedRanks, order, length)) {
                for (int entry = 0; entry < length; entry++) {
                    System.arraycopy(numbers, (start + order[entry]) * WIDTH, sorted, entry * WIDTH, WIDTH);
                }
                System.arraycopy(sorted, 0, numbers, start * WIDTH, length * WIDTH);
                System.arraycopy(sortedRanks, 0, ranks, start, length);
            }
        }
    }
}
