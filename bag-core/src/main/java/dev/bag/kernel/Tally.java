package dev.bag.kernel;

/**
 * A number that goes from each partition of a bag to the next: how many records are still to be taken, or have been
 * counted. Partitions that share one are worked on one after the other.
 */
public final class Tally implements Carried {

    private long count;

    /** A tally that begins at {@code count}. */
    public Tally(long count) {
        this.count = count;
    }

    @Override
    public Runnable mark() {
        long now = count;
        return () -> count = now;
    }

    long count() {
        return count;
    }

    /** Counts one down; false when it is at zero. */
    boolean take() {
        if (count == 0) {
            return false;
        }
        count--;
        return true;
    }

    void close() {
        count = 0;
    }

    /** The count before counting one up. */
    long next() {
        return count++;
    }
}
