package dev.bag.lower;

import dev.bag.plan.Plan;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import dev.bag.spill.RunSpace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run whose records are read as they come. One thread at a time reads. */
public final class Streaming {

    private final Pool pool;
    private final LoweredStream lowered;
    private final RunSpace space;
    private @Nullable Execution execution;

    private Streaming(Pool pool, LoweredStream lowered, RunSpace space) {
        this.pool = pool;
        this.lowered = lowered;
        this.space = space;
    }

    /** A run of {@code plan}, which begins when the first records are asked for. */
    public static Streaming of(Plan<?> plan, Pool pool) {
        RunSpace space = pool.workspace().open();
        return new Streaming(pool, Lowering.lowerStream(plan, pool.parallelism(), space), space);
    }

    /** The next records, at least one; null after the last and after a failure. Waits for them. */
    public Object @Nullable [] next() {
        if (execution == null) {
            execution = pool.begin(lowered.batches(), over -> {});
            space.onFailure(execution::fail);
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
        if (execution != null) {
            execution.fail(new InterruptedException("the stream was closed"));
            execution.await();
        }
        try (space) {
            lowered.openThings().closeAll();
        }
    }
}
