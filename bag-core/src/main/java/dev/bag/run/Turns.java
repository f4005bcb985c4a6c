package dev.bag.run;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets chunks through one at a time, in the order of their numbers, from 0 on. No thread waits for a turn. */
final class Turns<C> {

    private final Map<Integer, C> waiting = new HashMap<>();
    private int next;
    private boolean isTaken;

    /** Leaves a chunk here until it is its turn; returns it if that is now, and null if it will be returned to another thread. */
    synchronized @Nullable C come(int number, C chunk) {
        waiting.put(number, chunk);
        return isTaken ? null : take();
    }

    /** Ends the turn of the chunk that was returned last; returns the one behind it, if that is here. */
    synchronized @Nullable C passOn() {
        next++;
        return take();
    }

    private @Nullable C take() {
        C chunk = waiting.remove(next);
        isTaken = chunk != null;
        return chunk;
    }
}
