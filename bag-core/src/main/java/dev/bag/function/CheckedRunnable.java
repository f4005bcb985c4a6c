package dev.bag.function;

import java.io.Serializable;

/**
 * A {@link Runnable} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>What it throws reaches the caller of an action once, unwrapped, as the cause of one {@code BagException}.
 */
@FunctionalInterface
public interface CheckedRunnable extends Runnable, Serializable {

    /**
     * Runs.
     *
     * @throws Throwable whatever the implementation throws, checked or not
     */
    void runChecked() throws Throwable;

    /** As {@code runChecked}; what that throws is thrown on as it is, without a wrapper. */
    @Override
    default void run() {
        try {
            runChecked();
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
