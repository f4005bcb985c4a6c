package dev.bag.lower;

import dev.bag.plan.Plan;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run whose records are read as they come. One thread at a time reads. */
public final class Streaming {

    private final Pool pool;
    private final LoweredStream lowered;
    private final RunScope scope;
    private @Nullable Execution execution;

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
    public Object @Nullable [] next() {
        if (execution == null) {
            execution = begin();
        }
        Execution running = execution;
        while (running.failure() == null) {
            Object[] piece = lowered.stream().poll();
            if (piece == null) {
                running.await();
                return null;
            }
            if (piece.length > 0) {
                return piece;
            }
            running.awaitUntil(lowered.stream()::hasNews);
        }
        running.await();
        return null;
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

    /** The failure, after {@link #next} has answered null; null when all records were read. */
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
