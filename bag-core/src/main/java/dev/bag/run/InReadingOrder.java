package dev.bag.run;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets failures of the units of a stage wait for the units before them. A record before a failure may decide all that is
 * wanted, as a match does: then one thread that reads in order would not come as far as the failure.
 *
 * <p>Protocol. A unit reports once that it has {@linkplain #ended ended}, or hands in its failure. The failure comes out
 * again when all units before it have ended: to the thread that hands it in, or to the one that reports the last of them.
 * That thread judges it before its own task is over, so that the stage cannot complete in between.
 *
 * @param <F> what is kept of a failure
 */
final class InReadingOrder<F> {

    /** Guarded by this, as all of this: the units that have ended, and the failures that wait. */
    private final BitSet ended = new BitSet();

    private final Map<Integer, F> waiting = new HashMap<>();
    /** The first unit that has not ended. */
    private int next;

    /** Unit {@code unit} has ended. Returns the failure that comes next, if the time of one has come. */
    synchronized @Nullable F ended(int unit) {
        ended.set(unit);
        if (unit == next) {
            next = ended.nextClearBit(next);
        }
        return waiting.remove(next);
    }

    /** Unit {@code unit} has failed. Returns {@code failure} if all before it have ended, and keeps it otherwise. */
    synchronized @Nullable F failed(int unit, F failure) {
        if (unit == next) {
            return failure;
        }
        waiting.put(unit, failure);
        return null;
    }
}
