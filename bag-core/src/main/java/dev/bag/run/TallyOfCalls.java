package dev.bag.run;

import dev.bag.plan.Value;
import dev.bag.run.call.CallMeter;
import dev.bag.run.call.CallTask;
import org.jspecify.annotations.Nullable;

/** What the functions of calls count: it counts when the call has returned. */
final class TallyOfCalls implements CallMeter {

    private final RunTally run;
    private final Tally tally = new Tally();
    private @Nullable Tally before;

    TallyOfCalls(RunTally run) {
        this.run = run;
    }

    @Override
    public void enter() {
        before = tally.enter();
    }

    @Override
    public void leave() {
        Tally.leave(before);
        before = null;
    }

    @Override
    public void begins(CallTask task, Value<?> node) {}

    @Override
    public void returned() {
        if (!tally.countsNothing()) {
            run.commit(tally, null);
        }
    }

    @Override
    public void failed(boolean isAttemptedAgain) {
        tally.takeCounts();
        if (isAttemptedAgain) {
            run.retried();
        }
    }
}
