package dev.bag.lower;

import dev.bag.kernel.OperatorFailure;
import dev.bag.schedule.Execution;

/**
 * How often a task that fails is run again, from its source, with nothing left of the attempt that failed.
 *
 * @param retries at most so many times more
 */
record Attempts(int retries) {

    static final Attempts ONE = new Attempts(0);

    /** Those that the runner of {@code execution} grants. */
    static Attempts of(Execution execution) {
        return new Attempts(execution.pool().workspace().retries());
    }

    /** One attempt at a task. It leaves its results only when nothing can fail any more. */
    @FunctionalInterface
    interface Attempt {

        /** Does the task, or gives up all it has made and throws. */
        void run() throws Throwable;
    }

    /** Whether tasks may be run again at all. */
    boolean areSeveral() {
        return retries > 0;
    }

    /** Runs {@code attempt} until it succeeds or may not be run again; then the last failure is thrown. */
    void run(Execution execution, Attempt attempt) throws Throwable {
        for (int left = retries; ; left--) {
            try {
                attempt.run();
                return;
            } catch (Throwable e) {
                if (left == 0 || execution.stopping() || !mayPass(e)) {
                    throw e;
                }
            }
        }
    }

    /** An Error will not pass by itself, and who interrupts wants an end. */
    private static boolean mayPass(Throwable failure) {
        Throwable thrown = failure instanceof OperatorFailure known ? known.thrown() : failure;
        return thrown instanceof Exception && !(thrown instanceof InterruptedException);
    }
}
