package dev.bag.lower;

import dev.bag.plan.Plan;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A run whose records are read as they come. One thread at a time reads. */
public final class Streaming {

    private static final int FEW = 256;
    private static final int PATIENCE = 8;
    private static final long NAP_NANOS = 50_000;

    private final Pool pool;
    private final LoweredStream lowered;
    private final RunScope scope;
    private @Nullable Execution execution;
    /** How many times in a row there were few records. */
    private int fewAtOnce;

    private Streaming(Pool pool, LoweredStream lowered, RunScope scope) {
        this.pool = pool;
        this.lowered = lowered;
        this.scope = scope;
    }

    /** A run of {@code plan}, which begins when the first records are asked for. */
    public static Streaming of(Plan<?> plan, Pool pool) {
        RunScope scope = RunScope.open(pool);
        try {
            return new Streaming(pool, Lowering.lowerStream(plan, pool.parallelism(), scope), scope);
        } catch (Throwable e) {
            RunScope.close(scope.space());
            throw e;
        }
    }

    /** The next records, at least one; null after the last and after a failure. Waits for them. */
    public @Nullable Object @Nullable [] next() {
        if (execution == null) {
            execution = begin();
        }
        Execution running = execution;
        try {
            while (running.failure() == null) {
                @Nullable Object[] records = lowered.stream().poll();
                if (records == null) {
                    break;
                }
                if (records.length > 0) {
                    fewAtOnce = records.length < FEW ? fewAtOnce + 1 : 0;
                    return records;
                }
                awaitNews(running);
            }
        } catch (OutOfMemoryError e) {
            running.fail(e);
        }
        running.await();
        lowered.stream().drop();
        return null;
    }

    /**
     * Waits until there are records. To be woken costs the thread that wakes more than to make a few records: so a reader
     * that has often been woken for few first lets some come together, and only then says that it waits.
     */
    private void awaitNews(Execution running) {
        if (fewAtOnce > PATIENCE && !running.callersHelp()) {
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        running.awaitUntil(lowered.stream()::hasNews);
        lowered.stream().signOut();
    }

    private Execution begin() {
        scope.begin(lowered.what());
        try {
            Execution begun = pool.begin(lowered.batches(), over -> {});
            scope.space().onFailure(begun::fail);
            return begun;
        } catch (Throwable e) { // a runner that is closed
            scope.end(e);
            throw e;
        }
    }

    /** The failure, after {@link #next} has returned null; null when all records were read. */
    public @Nullable Throwable failure() {
        return execution == null ? null : execution.failure();
    }

    /** What else failed. */
    public List<Throwable> otherFailures() {
        return execution == null ? List.of() : execution.otherFailures();
    }

    /** Stops what still runs and closes what is open. */
    public void close() throws Exception {
        Throwable failure = failure();
        if (execution != null) {
            execution.fail(new InterruptedException("the stream was closed"));
            execution.await();
        }
        try (scope) {
            lowered.openThings().closeAll();
        } finally {
            scope.end(failure);
        }
    }
}
