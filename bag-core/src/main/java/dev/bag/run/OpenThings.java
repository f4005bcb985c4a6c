package dev.bag.run;

import dev.bag.kernel.Closing;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a run has open while no task works on it: a stream of chunks between two of them, a partition whose reader is
 * slow. The task that goes on with it takes it out first. What is left when the run is over is closed by the thread that
 * asked for the run.
 */
final class OpenThings {

    private final Set<Closing.Closer> open = ConcurrentHashMap.newKeySet();

    void add(Closing.Closer closer) {
        open.add(closer);
    }

    void remove(Closing.Closer closer) {
        open.remove(closer);
    }

    /** Closes what is left, when no task runs any more. */
    void closeAll() throws Exception {
        Closing closing = new Closing();
        open.forEach(closing::add);
        open.clear();
        closing.closeAll();
    }
}
