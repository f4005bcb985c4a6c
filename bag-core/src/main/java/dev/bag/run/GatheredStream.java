package dev.bag.run;

import dev.bag.kernel.GatherFold;
import dev.bag.plan.Plan;
import dev.bag.plan.Value.Folded;
import dev.bag.stage.Goal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads records of a cluster, which are gathered when the first one is asked for. */
final class GatheredStream implements Engine.RecordReader {

    private final Engine.Prepared run;
    private Engine.@Nullable Outcome outcome;
    private boolean isRead;

    GatheredStream(Goal.Stream goal, Engine engine) {
        this.run = engine.prepare(new Goal.Values(List.of(gathered(goal.plan()))));
    }

    private static <T> Folded<T, ?, ?> gathered(Plan<T> plan) {
        return new Folded<>(plan, new GatherFold<T>(), "stream");
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        Engine.Outcome known = outcome == null ? run.run() : outcome;
        outcome = known;
        if (isRead || known.failure() != null) {
            return null;
        }
        isRead = true;
        List<?> records = (List<?>) Objects.requireNonNull(known.results().get(0));
        return records.isEmpty() ? null : records.toArray();
    }

    @Override
    public @Nullable Throwable failure() {
        return outcome == null ? null : outcome.failure();
    }

    @Override
    public List<Throwable> otherFailures() {
        return outcome == null ? List.of() : outcome.otherFailures();
    }

    @Override
    public void close() {}
}
