package dev.bag.run;

import dev.bag.kernel.OperatorFailure;
import dev.bag.schedule.Execution;
import org.jspecify.annotations.Nullable;

/**
 * How often a task that fails is run again, from its source, with nothing left of the attempt that failed.
 *
 * @param retries at most so many times more
 */
record Attempts(int retries) {

    /** One attempt at a task. */
    @FunctionalInterface
    interface Attempt<R extends @Nullable Object> {

        /** Does the task, or gives up all it has made and throws. What is answered has not changed anything yet. */
        R run() throws Throwable;
    }

    /** Whether tasks may be run again at all. */
    boolean areSeveral() {
        return retries > 0;
    }

    /** Runs {@code attempt} until it succeeds or may not be run again; then the last failure is thrown. */
    <R extends @Nullable Object> R run(Execution execution, TaskWatch task, Attempt<R> attempt) throws Throwable {
        for (int left = retries; ; left--) {
            try {
                return attempt.run();
            } catch (Throwable e) {
                if (left == 0 || execution.stopping() || !mayPass(e)) {
                    throw e;
                }
                task.runsAgain(e, left);
            }
        }
    }

    /** An Error will not pass by itself, and who interrupts wants an end. */
    private static boolean mayPass(Throwable failure) {
        Throwable thrown = failure instanceof OperatorFailure known ? known.thrown() : failure;
        return thrown instanceof Exception && !(thrown instanceof InterruptedException);
    }
}
