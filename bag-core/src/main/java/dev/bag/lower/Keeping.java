package dev.bag.lower;

import dev.bag.plan.Plan;
import dev.bag.schedule.Pool;
import dev.bag.spill.RunSpace;
import dev.bag.value.Storage;
import java.util.List;

/**
 * A run whose records are kept, as {@link KeptPartitions}. They have a space of their own, which outlives that of the run,
 * so that whatever run needs their memory can spill them. What cannot be spilled then stays in memory.
 */
public final class Keeping {

    private final Run run;
    private final RunSpace kept;
    private final ShuffleOutput output;

    private Keeping(Run run, RunSpace kept, ShuffleOutput output) {
        this.run = run;
        this.kept = kept;
        this.output = output;
    }

    /** A run of {@code plan} on {@code pool}; nothing runs yet. */
    public static Keeping of(Plan<?> plan, Storage storage, Pool pool) {
        RunSpace kept = pool.workspace().open();
        try {
            ShuffleOutput output = new ShuffleOutput(kept.newArea(storage));
            Run run = Run.of(
                    scope -> {
                        scope.keepsIn(kept);
                        return Lowering.lowerKept(plan, output, scope);
                    },
                    pool);
            return new Keeping(run, kept, output);
        } catch (Throwable e) {
            RunScope.close(kept);
            throw e;
        }
    }

    /** Runs everything; the only result are the {@link KeptPartitions}. A run that fails leaves nothing. */
    public Run.Outcome run() {
        try {
            Run.Outcome outcome = run.run();
            if (outcome.failure() != null) {
                RunScope.close(kept);
                return outcome;
            }
            return new Run.Outcome(List.of(new KeptPartitions(kept, output.segments())), null, outcome.otherFailures());
        } catch (Throwable e) { // as what awaits a run may throw anything
            RunScope.close(kept);
            throw e;
        }
    }
}
