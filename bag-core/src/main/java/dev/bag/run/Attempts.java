package dev.bag.run;

import dev.bag.kernel.OperatorFailure;
import dev.bag.run.call.Waits;
import dev.bag.run.watch.RunTally;
import dev.bag.run.watch.StageWatch.TaskWatch;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.value.Retry;
import org.jspecify.annotations.Nullable;

/**
 * How often a task that fails is still run again, from its source, with nothing left of the attempt that failed. The next
 * attempt comes at once, or after a wait in which no thread has anything to do with it.
 */
final class Attempts {

    private final TaskRules rules;
    private final RunTally tally;
    private int made;
    /** Whether an attempt has failed, and the next one has not begun. */
    private boolean isBetween;

    /** As many attempts as {@code rules} say. */
    Attempts(TaskRules rules, RunTally tally) {
        this.rules = rules;
        this.tally = tally;
    }

    /** One attempt at a task, or a part of one that goes on later. */
    @FunctionalInterface
    interface Attempt<R extends @Nullable Object> {

        /** Does the task, or gives up all it has made and throws. What it returns has not changed anything yet. */
        R run() throws Throwable;
    }

    /** Lets the next attempt follow. */
    @FunctionalInterface
    interface Later {

        /** Returns what begins the next attempt, which is expected from now on. */
        Batch expected();
    }

    /**
     * Runs {@code attempt} until it succeeds or may not be run again; then the last failure is thrown.
     *
     * @param later asked if there is a next attempt to wait for
     * @return what the attempt has returned; null if the next one comes later
     */
    <R> @Nullable R run(Execution execution, TaskWatch task, Attempt<@Nullable R> attempt, Later later)
            throws Throwable {
        while (true) {
            if (isBetween) {
                isBetween = false;
                task.begunAgain();
            }
            try {
                return attempt.run();
            } catch (Throwable e) {
                Throwable failure = timeoutOr(e, execution);
                if (!mayFollow(failure, execution)) {
                    throw failure;
                }
                made++;
                isBetween = true;
                tally.retried();
                task.runsAgain(failure, rules.retry().attempts() - made);
            }
            long nanos = Waits.before(made + 1, rules.retry());
            if (nanos > 0) {
                execution.resumeAfter(nanos, later.expected(), rules.alarm());
                return null;
            }
        }
    }

    /** An attempt that was interrupted because it took too long fails for that reason. */
    static Throwable timeoutOr(Throwable thrown, Execution execution) {
        OperatorFailure known = thrown instanceof OperatorFailure failure ? failure : null;
        Throwable cause = known == null ? thrown : known.thrown();
        Throwable reason = execution.orTimeout(cause);
        if (reason == cause) {
            return thrown;
        }
        return known == null ? reason : known.because(reason);
    }

    /** An Error will not pass by itself, and an interrupt asks for an end. */
    private boolean mayFollow(Throwable failure, Execution execution) throws Throwable {
        Throwable thrown = failure instanceof OperatorFailure known ? known.thrown() : failure;
        Retry retry = rules.retry();
        if (made + 1 >= retry.attempts()
                || execution.stopping()
                || !(thrown instanceof Exception)
                || thrown instanceof InterruptedException) {
            return false;
        }
        try {
            return retry.when().testChecked(thrown);
        } catch (Throwable e) {
            if (e != failure) {
                e.addSuppressed(failure);
            }
            throw e;
        }
    }
}
