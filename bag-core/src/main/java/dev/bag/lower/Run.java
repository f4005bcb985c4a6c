package dev.bag.lower;

import dev.bag.plan.Value;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run: values are lowered, their batches run on a pool, and the results or the failure taken out. */
public final class Run {

    private final Lowered lowered;

    private Run(Lowered lowered) {
        this.lowered = lowered;
    }

    /** The results in the order of what was asked for, or the failure. */
    public record Outcome(
            List<@Nullable Object> results, @Nullable Throwable failure, List<Throwable> otherFailures) {}

    /** Lowers {@code wanted}; nothing runs yet. */
    public static Run of(List<? extends Value<?>> wanted) {
        return new Run(Lowering.lower(wanted));
    }

    /** Runs everything and returns when nothing of it runs any more. */
    public Outcome run(Pool pool) {
        return outcome(pool.run(lowered.batches()));
    }

    /** Starts everything; {@code whenOver} is given the outcome on the thread that ends the run. */
    public Execution start(Pool pool, Consumer<Outcome> whenOver) {
        return pool.start(lowered.batches(), execution -> whenOver.accept(outcome(execution)));
    }

    private Outcome outcome(Execution execution) {
        Throwable failure = execution.failure();
        try {
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
