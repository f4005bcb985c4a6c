package dev.bag.shuffle.gather;

/** Sorts by rank: radix sort by bytes, from the lowest, of those in which ranks differ. */
final class RankOrder {

    private static final int BYTES = 1 << Byte.SIZE;

    private RankOrder() {}

    /**
     * Sorts the first {@code count} ranks, and the places with them. Takes as much memory again, unless they were sorted;
     * returns whether they were not.
     */
    static boolean sort(long[] ranks, int[] places, int count) {
        long differing = 0;
        boolean isSorted = true;
        for (int i = 1; i < count; i++) {
            differing |= ranks[i] ^ ranks[0];
            isSorted &= ranks[i - 1] <= ranks[i];
        }
        if (isSorted) {
            return false;
        }
        long[] fromRanks = ranks;
        int[] fromPlaces = places;
        long[] toRanks = new long[count];
        int[] toPlaces = new int[count];
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            if ((differing >>> shift & BYTES - 1) != 0) {
                int[] next = starts(fromRanks, count, shift);
                for (int i = 0; i < count; i++) {
                    int at = next[digit(fromRanks[i], shift)]++;
                    toRanks[at] = fromRanks[i];
                    toPlaces[at] = fromPlaces[i];
                }
                long[] sortedRanks = toRanks;
                toRanks = fromRanks;
                fromRanks = sortedRanks;
                int[] sortedPlaces = toPlaces;
                toPlaces = fromPlaces;
                fromPlaces = sortedPlaces;
            }
        }
        if (fromRanks != ranks) {
            System.arraycopy(fromRanks, 0, ranks, 0, count);
            System.arraycopy(fromPlaces, 0, places, 0, count);
        }
        return true;
    }

    /** Where the ranks with each digit go. */
    private static int[] starts(long[] ranks, int count, int shift) {
        int[] starts = new int[BYTES];
        for (int i = 0; i < count; i++) {
            starts[digit(ranks[i], shift)]++;
        }
        int sum = 0;
        for (int digit = 0; digit < BYTES; digit++) {
            int same = starts[digit];
            starts[digit] = sum;
            sum += same;
        }
        return starts;
    }

    private static int digit(long rank, int shift) {
        return (int) (rank >>> shift) & BYTES - 1;
    }
}
