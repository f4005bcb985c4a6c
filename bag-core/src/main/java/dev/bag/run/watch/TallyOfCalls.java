package dev.bag.run.watch;

import dev.bag.plan.Value;
import dev.bag.run.call.CallMeter;
import dev.bag.run.call.CallTask;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What the functions of calls count: it counts when the call has returned. And how many calls there were. */
public final class TallyOfCalls implements CallMeter {

    private static final VarHandle MADE = made("made");

    private final RunTally run;
    /** Null if nobody asks. */
    private final @Nullable CallCount count;

    private final Tally tally = new Tally();
    /** Calls that have ended. Written by the thread that makes them, and read by those that ask; only the number itself matters. */
    @SuppressWarnings("UnusedVariable") // read and written through MADE only
    private long made;

    /** Between {@link #enter} and {@link #leave}. Another thread may be told of the end of a call that it leaves running. */
    private @Nullable Thread owner;

    private @Nullable Tally before;

    public TallyOfCalls(RunTally run) {
        this.run = run;
        this.count = run.calls();
    }

    @Override
    public void enter() {
        before = tally.enter();
        if (count != null) {
            owner = Thread.currentThread();
            count.enter(this);
        }
    }

    @Override
    public void leave() {
        tally.leave(before);
        before = null;
        if (count != null) {
            owner = null;
            count.leave(this);
        }
    }

    @Override
    public void begins(CallTask task, Value<?> node) {}

    @Override
    public void returned() {
        if (count != null) {
            ended(count);
        }
        if (!tally.countsNothing()) {
            run.commit(tally, null);
        }
    }

    @Override
    public void failed(boolean isAttemptedAgain) {
        tally.takeCounts();
        if (isAttemptedAgain) {
            run.retried();
        } else if (count != null) {
            ended(count);
        }
    }

    private void ended(CallCount asked) {
        if (owner == Thread.currentThread()) {
            MADE.setOpaque(this, (long) MADE.getOpaque(this) + 1);
        } else {
            asked.addOne();
        }
    }

    /** Returns how many calls were counted here. */
    long made() {
        return (long) MADE.getOpaque(this);
    }

    private static VarHandle made(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(TallyOfCalls.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
