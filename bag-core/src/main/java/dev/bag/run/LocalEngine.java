package dev.bag.run;

import dev.bag.plan.Value;
import dev.bag.run.watch.RunObserver;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import dev.bag.spill.Workspace;
import dev.bag.stage.Goal;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs in this process. Owns the threads, the memory and the folder for what does not fit, says how often a task
 * may be run, and makes the observer of a run.
 */
public final class LocalEngine implements Engine {
    private final Pool pool;
    private final Workspace workspace;
    private final TaskRules rules;
    private final Supplier<@Nullable RunObserver> observers;
    /** What works through stages, or null if this does. */
    private final @Nullable Cluster cluster;

    private LocalEngine(
            Function<LocalEngine, Pool> pool,
            Workspace workspace,
            TaskRules rules,
            Supplier<@Nullable RunObserver> observers,
            @Nullable Cluster cluster) {
        this.pool = pool.apply(this);
        this.workspace = workspace;
        this.rules = rules;
        this.observers = observers;
        this.cluster = cluster;
    }

    /**
     * Returns an engine with so many threads.
     *
     * @param executor lends its threads in place of own ones; null if there is none
     * @param rules what holds for each task
     * @param observers makes what is told of a run, or null
     */
    public static LocalEngine of(
            int threads,
            @Nullable Executor executor,
            Workspace workspace,
            TaskRules rules,
            Supplier<@Nullable RunObserver> observers) {
        return new LocalEngine(engine -> Pool.of(threads, executor, engine), workspace, rules, observers, null);
    }

    /** Returns an engine with threads for calls, whose stages a cluster works through, which is closed with it. */
    public static LocalEngine of(
            int threads, Workspace workspace, Supplier<@Nullable RunObserver> observers, Cluster cluster) {
        return new LocalEngine(engine -> Pool.of(threads, null, engine), workspace, TaskRules.NONE, observers, cluster);
    }

    /** Returns an engine without threads: everything runs on the calling one. */
    public static LocalEngine inline(Supplier<@Nullable RunObserver> observers) {
        return new LocalEngine(Pool::inline, Workspace.byDefault(1), TaskRules.NONE, observers, null);
    }

    /** Returns an engine for tests, whose tasks run in an order that can be repeated; see {@link Pool#ordered}. */
    public static LocalEngine ordered(
            int parallelism,
            IntUnaryOperator order,
            Workspace workspace,
            TaskRules rules,
            Supplier<@Nullable RunObserver> observers) {
        return new LocalEngine(engine -> Pool.ordered(parallelism, order, engine), workspace, rules, observers, null);
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
        if (cluster != null) {
            cluster.close();
        }
    }

    @Nullable Cluster cluster() {
        return cluster;
    }

    Pool pool() {
        return pool;
    }

    /** Returns the memory and the folder that all runs of this engine share. */
    public Workspace workspace() {
        return workspace;
    }

    TaskRules rules() {
        return rules;
    }

    @Nullable RunObserver newObserver() {
        return observers.get();
    }
}
