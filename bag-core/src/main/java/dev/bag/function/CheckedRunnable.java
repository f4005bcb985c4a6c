package dev.bag.function;

import java.io.Serializable;

/**
 * A {@link Runnable} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>An exception that it throws reaches the caller of an action once, unwrapped, as the cause of one
 * {@code BagException}.
 */
@FunctionalInterface
public interface CheckedRunnable extends Runnable, Serializable {

    /**
     * Runs.
     *
     * @throws Throwable whatever the implementation throws, checked or not
     */
    void runChecked() throws Throwable;

    /** Calls {@code runChecked}, and throws what that throws, without a wrapper. */
    @Override
    default void run() {
        try {
            runChecked();
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
