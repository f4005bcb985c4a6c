package dev.bag.run;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets failures of the tasks of a stage wait for the tasks before them. A record before a failure may decide all that is
 * wanted, as a match does: then one thread that reads in order would not come as far as the failure.
 *
 * <p>Protocol. A task reports once that it has {@linkplain #ended ended}, or hands in its failure. The failure comes out
 * again when all tasks before it have ended: to the thread that hands it in, or to the one that reports the last of them.
 * That thread judges it before its own stretch of work is over, so that the stage cannot complete in between.
 *
 * @param <F> what is kept of a failure
 */
final class InReadingOrder<F> {

    /** Guarded by this, as all of this: the tasks that have ended, and the failures that wait. */
    private final BitSet ended = new BitSet();

    private final Map<Integer, F> waiting = new HashMap<>();
    /** The first task that has not ended. */
    private int next;

    /** Task {@code task} has ended. Returns the failure that comes next, if the time of one has come. */
    synchronized @Nullable F ended(int task) {
        ended.set(task);
        if (task == next) {
            next = ended.nextClearBit(next);
        }
        return waiting.remove(next);
    }

    /** Task {@code task} has failed. Returns {@code failure} if all before it have ended, and keeps it otherwise. */
    synchronized @Nullable F failed(int task, F failure) {
        if (task == next) {
            return failure;
        }
        waiting.put(task, failure);
        return null;
    }
}
