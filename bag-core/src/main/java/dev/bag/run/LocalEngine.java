package dev.bag.run;

import dev.bag.plan.Value;
import dev.bag.run.Engine.RunObserver;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import dev.bag.spill.Workspace;
import dev.bag.stage.Goal;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs in this process. Owns the threads, the memory and the folder for what does not fit, says how often a task
 * may be run, and makes the observer of a run.
 */
public final class LocalEngine implements Engine {
    private final Pool pool;
    private final Workspace workspace;
    private final int retries;
    private final Supplier<@Nullable RunObserver> observers;

    private LocalEngine(int threads, Workspace workspace, int retries, Supplier<@Nullable RunObserver> observers) {
        this.pool = threads == 0 ? Pool.inline(this) : Pool.of(threads, this);
        this.workspace = workspace;
        this.retries = retries;
        this.observers = observers;
    }

    /**
     * Returns an engine with threads of its own.
     *
     * @param retries how many more attempts a task has that fails
     * @param observers makes what is told of a run, or null
     */
    public static LocalEngine of(
            int threads, Workspace workspace, int retries, Supplier<@Nullable RunObserver> observers) {
        return new LocalEngine(threads, workspace, retries, observers);
    }

    /** Returns an engine without threads: everything runs on the calling one. */
    public static LocalEngine inline() {
        return new LocalEngine(0, Workspace.byDefault(1), 0, () -> null);
    }

    /** Returns the engine that runs the task of the calling thread, or null when it is in none. */
    public static @Nullable Engine current() {
        Execution execution = Execution.current();
        return execution == null ? null : (Engine) execution.pool().owner();
    }

    @Override
    public Prepared prepare(Goal goal) {
        return LocalRun.of(goal, this);
    }

    /** Returns values, computed by a run of their own inside the one of the calling thread; throws why that has failed. */
    List<@Nullable Object> computed(List<Value<?>> wanted) throws Throwable {
        Outcome outcome = prepare(new Goal.Values(wanted)).run();
        Throwable failure = outcome.failure();
        if (failure != null) {
            throw failure;
        }
        return outcome.results();
    }

    @Override
    public RecordReader read(Goal.Stream goal) {
        return Streaming.of(goal, this);
    }

    @Override
    public int parallelism() {
        return pool.parallelism();
    }

    @Override
    public void close() {
        pool.close();
    }

    Pool pool() {
        return pool;
    }

    /** Returns the memory and the folder that all runs of this engine share. */
    public Workspace workspace() {
        return workspace;
    }

    int retries() {
        return retries;
    }

    @Nullable RunObserver newObserver() {
        return observers.get();
    }
}
