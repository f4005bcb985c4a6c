package dev.bag.lower;

import dev.bag.plan.Value;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import dev.bag.spill.RunSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run: values are lowered, their batches run on a pool, and the results or the failure taken out. */
public final class Run {

    private final Lowered lowered;
    private final Pool pool;
    private final RunSpace space;

    private Run(Lowered lowered, Pool pool, RunSpace space) {
        this.lowered = lowered;
        this.pool = pool;
        this.space = space;
    }

    /** The results in the order of what was asked for, or the failure. */
    public record Outcome(
            List<@Nullable Object> results, @Nullable Throwable failure, List<Throwable> otherFailures) {}

    /** Lowers {@code wanted}, to be run on {@code pool}; nothing runs yet. */
    public static Run of(List<? extends Value<?>> wanted, Pool pool) {
        return of(space -> Lowering.lower(wanted, space), pool);
    }

    static Run of(Function<RunSpace, Lowered> lowering, Pool pool) {
        RunSpace space = pool.workspace().open();
        try {
            return new Run(lowering.apply(space), pool, space);
        } catch (Throwable e) {
            close(space);
            throw e;
        }
    }

    /** Runs everything and returns when nothing of it runs any more. */
    public Outcome run() {
        Execution execution = pool.begin(lowered.batches(), over -> {});
        space.onFailure(execution::fail);
        execution.await();
        return outcome(execution);
    }

    /** Starts everything; {@code whenOver} is given the outcome on the thread that ends the run. */
    public Execution start(Consumer<Outcome> whenOver) {
        Execution execution = pool.start(lowered.batches(), over -> whenOver.accept(outcome(over)));
        space.onFailure(execution::fail);
        return execution;
    }

    static void close(RunSpace space) {
        try {
            space.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome outcome(Execution execution) {
        Throwable failure = execution.failure();
        try (space) {
            lowered.openThings().closeAll();
        } catch (Exception e) {
            failure = failure == null ? e : failure;
        }
        List<@Nullable Object> results = new ArrayList<>();
        if (failure == null) {
            lowered.results().forEach(result -> results.add(result.get()));
        }
        return new Outcome(results, failure, execution.otherFailures());
    }
}
