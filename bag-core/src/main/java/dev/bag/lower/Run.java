package dev.bag.lower;

import dev.bag.plan.Value;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run: values are lowered, their batches run on a pool, and the results or the failure taken out. */
public final class Run {

    private final Lowered lowered;
    private final Pool pool;
    private final RunScope scope;

    private Run(Lowered lowered, Pool pool, RunScope scope) {
        this.lowered = lowered;
        this.pool = pool;
        this.scope = scope;
    }

    /** The results in the order of what was asked for, or the failure. */
    public record Outcome(
            List<@Nullable Object> results, @Nullable Throwable failure, List<Throwable> otherFailures) {}

    /** Lowers {@code wanted}, to be run on {@code pool}; nothing runs yet. */
    public static Run of(List<? extends Value<?>> wanted, Pool pool) {
        return of(scope -> Lowering.lower(wanted, scope), pool);
    }

    static Run of(Function<RunScope, Lowered> lowering, Pool pool) {
        RunScope scope = RunScope.open(pool);
        try {
            return new Run(lowering.apply(scope), pool, scope);
        } catch (Throwable e) {
            RunScope.close(scope.space());
            throw e;
        }
    }

    /** Runs everything and returns when nothing of it runs any more. */
    public Outcome run() {
        scope.begin(lowered.what());
        try {
            Execution execution = pool.begin(lowered.batches(), over -> {});
            scope.space().onFailure(execution::fail);
            execution.await();
            return outcome(execution);
        } catch (Throwable e) { // a runner that is closed, or a debugger that stops a thread
            close(e);
            throw e;
        }
    }

    /** Starts everything; {@code whenOver} is given the outcome on the thread that ends the run. */
    public Execution start(Consumer<Outcome> whenOver) {
        scope.begin(lowered.what());
        try {
            Execution execution = pool.start(lowered.batches(), over -> whenOver.accept(outcomeOrError(over)));
            scope.space().onFailure(execution::fail);
            return execution;
        } catch (Throwable e) { // as above
            close(e);
            throw e;
        }
    }

    /** As {@link #outcome}; what is thrown there must not be lost, because somebody waits for the outcome. */
    private Outcome outcomeOrError(Execution execution) {
        try {
            return outcome(execution);
        } catch (Throwable e) {
            return new Outcome(List.of(), e, List.of());
        }
    }

    private Outcome outcome(Execution execution) {
        Throwable failure = close(execution.failure());
        List<@Nullable Object> results = new ArrayList<>();
        if (failure == null) {
            lowered.results().forEach(result -> results.add(result.get()));
        }
        return new Outcome(results, failure, execution.otherFailures());
    }

    /** Closes what is open. Returns why the run failed, {@code failure} or what comes up now, if it did. */
    private @Nullable Throwable close(@Nullable Throwable failure) {
        Throwable first = failure;
        try (scope) {
            lowered.openThings().closeAll();
        } catch (Exception e) {
            first = first == null ? e : first;
        }
        scope.end(first);
        return first;
    }
}
