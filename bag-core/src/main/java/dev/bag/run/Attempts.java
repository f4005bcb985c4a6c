package dev.bag.run;

import dev.bag.kernel.OperatorFailure;
import dev.bag.run.StageWatch.TaskWatch;
import dev.bag.schedule.Execution;
import org.jspecify.annotations.Nullable;

/** How often a task that fails is still run again, from its source, with nothing left of the attempt that failed. */
final class Attempts {

    private int left;
    private final RunTally tally;

    /** At most so many more attempts. */
    Attempts(int retries, RunTally tally) {
        this.tally = tally;
        left = retries;
    }

    /** One attempt at a task, or a part of one that goes on later. */
    @FunctionalInterface
    interface Attempt<R extends @Nullable Object> {

        /** Does the task, or gives up all it has made and throws. What it returns has not changed anything yet. */
        R run() throws Throwable;
    }

    /** Runs {@code attempt} until it succeeds or may not be run again; then the last failure is thrown. */
    <R extends @Nullable Object> R run(Execution execution, TaskWatch task, Attempt<R> attempt) throws Throwable {
        while (true) {
            try {
                return attempt.run();
            } catch (Throwable e) {
                if (left == 0 || execution.stopping() || !mayPass(e)) {
                    throw e;
                }
                tally.retried();
                task.runsAgain(e, left);
                left--;
            }
        }
    }

    /** An Error will not pass by itself, and an interrupt asks for an end. */
    private static boolean mayPass(Throwable failure) {
        Throwable thrown = failure instanceof OperatorFailure known ? known.thrown() : failure;
        return thrown instanceof Exception && !(thrown instanceof InterruptedException);
    }
}
