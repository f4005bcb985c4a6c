package dev.bag.run.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How many calls of a run were made, of how many. Each thread that makes calls has a {@linkplain TallyOfCalls count of its own},
 * which this knows while the thread may write to it; so a call costs one store, and a reader adds up the counts.
 */
public final class CallCount {

    /** Guarded by this, as all below. */
    private final Set<TallyOfCalls> entered = new HashSet<>();

    private final List<LongSupplier> graphs = new ArrayList<>(1);
    private long left;

    /** Calls may be made in a graph, which says of how many it knows. */
    public synchronized void add(LongSupplier known) {
        graphs.add(known);
    }

    synchronized void enter(TallyOfCalls count) {
        entered.add(count);
    }

    /** Calls are not counted by {@code count} any more. */
    synchronized void leave(TallyOfCalls count) {
        if (entered.remove(count)) {
            left += count.made();
        }
    }

    /** A call has ended that no count knows of. */
    synchronized void addOne() {
        left++;
    }

    synchronized long made() {
        long sum = left;
        for (TallyOfCalls each : entered) {
            sum += each.made();
        }
        return sum;
    }

    synchronized long known() {
        long sum = 0;
        for (LongSupplier each : graphs) {
            sum += each.getAsLong();
        }
        return sum;
    }
}
