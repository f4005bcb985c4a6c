package dev.bag.shuffle.gather;

/**
 * How many keys the last table of a shuffle had, as a guess for the next one: tables of neighbouring chunks are alike, and one
 * that need not grow step by step is made of a third of the memory. Only how much room is made depends on it.
 *
 * <p>Any thread reads and writes it, without order: whichever number a thread sees was one of a table.
 */
public final class TableSizes {

    /** Memory for more is made as keys come. */
    private static final int MOST = 1 << 16;

    private int last;

    /** Returns how many keys the next table may have. */
    int expected() {
        return last;
    }

    /** A table is complete. */
    void note(int count) {
        last = Math.min(MOST, count + count / 16);
    }
}
