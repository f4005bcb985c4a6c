package dev.bag.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A number that goes from each partition of a bag to the next: how many records are still to be taken, or have been
 * counted. Partitions that share one are worked on one after the other.
 */
public final class Tally implements Carried {

    private long count;
    /** The chains that must know when this comes to zero: those of the task that is open. */
    private final List<Watch> watches = new ArrayList<>(0);

    private record Watch(CarryingChain chain, int step) {}

    /** A tally that begins at {@code count}. */
    public Tally(long count) {
        this.count = count;
    }

    @Override
    public Runnable mark() {
        long now = count;
        return () -> count = now;
    }

    /** Lets {@code chain} know as soon as this is zero, which closes {@code step} of it. */
    void watch(CarryingChain chain, int step) {
        watches.add(new Watch(chain, step));
        if (count == 0) {
            chain.close(step);
        }
    }

    void forget(CarryingChain chain) {
        watches.removeIf(watch -> watch.chain() == chain);
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
        if (count == 0 && !watches.isEmpty()) {
            tell();
        }
        return true;
    }

    void close() {
        count = 0;
        tell();
    }

    private void tell() {
        for (Watch watch : watches) {
            watch.chain().close(watch.step());
        }
    }

    /** The count before counting one up. */
    long next() {
        return count++;
    }
}
