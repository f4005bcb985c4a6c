package dev.bag.run;

import dev.bag.kernel.Closing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a run has open while no task works on it: a stream of chunks between two of them, a partition whose reader is
 * slow. The task that goes on with it takes it out first. What is left when the run is over is closed by the thread that
 * asked for the run.
 */
final class OpenThings {

    private static final long PATIENCE_MILLIS = 100;

    private final Set<Closing.Closer> open = ConcurrentHashMap.newKeySet();
    /** What is closed when all others have been; filled before the run begins. */
    private final List<Closing.Closer> last = new ArrayList<>(0);

    void add(Closing.Closer closer) {
        open.add(closer);
    }

    /** Adds what is closed, however the run ends, when no task of it has anything open. */
    void addLast(Closing.Closer closer) {
        last.add(closer);
    }

    void remove(Closing.Closer closer) {
        open.remove(closer);
    }

    /** Closes what is left, but does not wait long for that; what it throws is lost, because the run has failed already. */
    void closeOnAnotherThread() throws InterruptedException {
        Thread closing = new Thread(this::closeQuietly, "bag-close");
        closing.setDaemon(true);
        closing.start();
        closing.join(PATIENCE_MILLIS);
    }

    private void closeQuietly() {
        try {
            closeAll();
        } catch (Exception e) {
            // the run has failed already, and nobody waits for this
        }
    }

    /** Closes what is left, when no task runs any more. */
    void closeAll() throws Exception {
        Closing closing = new Closing();
        last.forEach(closing::add);
        open.forEach(closing::add);
        last.clear();
        open.clear();
        closing.closeAll();
    }
}
