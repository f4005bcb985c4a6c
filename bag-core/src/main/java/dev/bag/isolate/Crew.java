package dev.bag.isolate;

import dev.bag.schedule.Execution;
import dev.bag.trait.Outside;
import dev.bag.value.Isolation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one run for one function. There are as many as calls were made at the same time, which others limit; each
 * takes one record after the other, until the run is over.
 *
 * <p>The race is a call that ends, or begins, while this is closed, as one on a thread that was left behind does: both look
 * under the lock of this, so that a worker is ended by the one or the other.
 */
final class Crew implements AutoCloseable {

    /** A record is to blame when so many workers have died while they worked on it. */
    private static final int MOST_DEATHS = 3;

    private final byte[] function;
    private final Isolation isolation;
    private final ClassLoader loader;

    /** Guarded by this, as is whether this is closed. The one that was lent last is lent next, so that the others stay as they are. */
    private final Deque<Worker> idle = new ArrayDeque<>();

    private boolean isClosed;

    /** @param loader finds the classes that workers ask for */
    Crew(byte[] function, Isolation isolation, ClassLoader loader) {
        this.function = function;
        this.isolation = isolation;
        this.loader = loader;
    }

    /**
     * Calls the function for {@code record}.
     *
     * @param execution is told of workers that die, if it is not null
     * @throws IOException if that has ended three workers, or if the record or the result cannot be sent
     */
    @Nullable Object call(Object record, @Nullable Execution execution) throws Throwable {
        Duration limit = isolation
                .timeout()
                .or(() -> Optional.ofNullable(execution == null ? null : execution.taskTimeout()))
                .orElse(null);
        for (int deaths = 1; ; deaths++) {
            Worker worker = lend();
            boolean isWell = false;
            try {
                Worker.Answer answer = worker.call(record, limit);
                isWell = true;
                return answer.result();
            } catch (Worker.Died e) {
                if (execution != null && execution.attached() instanceof Outside.Watch watch) {
                    watch.workerDied(e.reason());
                }
                if (deaths == MOST_DEATHS) {
                    throw new IOException(
                            "the record has ended its worker process " + MOST_DEATHS + " times; the last one "
                                    + e.reason(),
                            e.getCause());
                }
            } finally {
                takeBack(worker, isWell || worker.isIdle());
            }
        }
    }

    private Worker lend() throws IOException, InterruptedException {
        synchronized (this) {
            if (isClosed) {
                throw new InterruptedException("the run is over");
            }
            for (Worker worker = idle.poll(); worker != null; worker = idle.poll()) {
                if (worker.isIdle()) {
                    return worker;
                }
            }
        }
        return Worker.start(isolation, function, loader);
    }

    private void takeBack(Worker worker, boolean isWell) {
        synchronized (this) {
            if (isWell && !isClosed) {
                idle.push(worker);
                return;
            }
        }
        worker.kill();
    }

    @Override
    public void close() {
        List<Worker> all;
        synchronized (this) {
            isClosed = true;
            all = new ArrayList<>(idle);
            idle.clear();
        }
        all.forEach(Worker::endInput); // all at the same time
        all.forEach(Worker::kill);
    }
}
