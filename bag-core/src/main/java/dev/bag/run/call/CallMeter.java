package dev.bag.run.call;

import dev.bag.plan.Value;

/**
 * Is told of the functions that one thread calls, one after the other, so that what they count can be told apart. It is
 * entered once for many of them, because that takes as long as a small call.
 */
public interface CallMeter {

    /** The calling thread calls functions from now on. */
    void enter();

    /** It calls none any more. */
    void leave();

    /** It calls that of {@code node} next. */
    void begins(CallTask task, Value<?> node);

    /** The function has returned, and what it has done counts. */
    void returned();

    /** It has thrown something, and what it has done does not count. */
    void failed(boolean isAttemptedAgain);
}
