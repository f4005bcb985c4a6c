package dev.bag.outside;

import dev.bag.function.CheckedFunction;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Guest;
import dev.bag.schedule.GuestThreads;
import java.io.Serializable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function. It waits until the {@link Limiter} starts it, runs on a thread of its own, and is done.
 *
 * <p>The race is a call that is given up just when it begins or ends: both happen under the lock of this, so that its thread is
 * interrupted while it runs the function, or not at all. A call that was given up before it began runs nothing.
 */
final class Call<T, R> implements Limiter.Startable {

    private final Target<T> target;
    private final Window<T, R> window;
    private final T record;

    /** The thread that runs the function, and the stage it has returned; guarded by this, as is whether it was given up. */
    private @Nullable Thread thread;

    private @Nullable CompletionStage<?> stage;
    private boolean isGivenUp;

    /** Both written before {@link #isDone}. */
    private @Nullable Object result;

    private @Nullable Throwable failure;
    private volatile boolean isDone;

    /**
     * What is called.
     *
     * @param returnsStages whether its result is what the returned stage completes with
     */
    record Target<T>(CheckedFunction<? super T, ? extends @Nullable Object> function, boolean returnsStages)
            implements Serializable {}

    Call(Target<T> target, Window<T, R> window, T record) {
        this.target = target;
        this.window = window;
        this.record = record;
    }

    /** On a thread of its own. */
    @Override
    public void start() {
        window.started();
        try {
            GuestThreads.start(this::run);
        } catch (Throwable e) { // no memory for a thread
            done(null, e);
        }
    }

    private void run() {
        try {
            Execution execution = window.execution();
            if (!Guest.during(execution, this::call)) {
                done(null, new InterruptedException("the run was stopped"));
            }
        } catch (Throwable e) { // no memory for the visit
            if (!isDone) {
                done(null, e);
            }
        }
    }

    private void call() {
        if (!begins()) {
            done(null, new InterruptedException("the call was given up"));
            return;
        }
        @Nullable Object made = null;
        @Nullable Throwable thrown = null;
        try {
            made = window.execution().surrounded(() -> target.function().apply(record));
        } catch (Throwable e) {
            thrown = e;
        }
        synchronized (this) {
            thread = null;
        }
        Thread.interrupted(); // what was meant for the function
        if (thrown == null && target.returnsStages() && made != null) {
            await((CompletionStage<?>) made);
        } else {
            done(made, thrown);
        }
    }

    private synchronized boolean begins() {
        thread = isGivenUp ? null : Thread.currentThread();
        return !isGivenUp;
    }

    private void await(CompletionStage<?> made) {
        boolean isLate;
        synchronized (this) {
            stage = made;
            isLate = isGivenUp;
        }
        made.whenComplete((value, thrown) -> done(value, thrown == null ? null : unwrapped(thrown)));
        if (isLate) {
            cancel(made);
        }
    }

    /** Gives up the call: it does not begin any more, or its thread is interrupted, or its stage cancelled. */
    void giveUp() {
        CompletionStage<?> pending;
        synchronized (this) {
            isGivenUp = true;
            pending = stage;
            if (thread != null) {
                thread.interrupt();
            }
        }
        if (pending != null && !isDone) {
            cancel(pending);
        }
    }

    /** Also of a stage that cannot be cancelled nothing is awaited any more, and another call may be made. */
    private void cancel(CompletionStage<?> given) {
        try {
            given.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            // it goes on, and its result is forgotten
        }
        done(null, new InterruptedException("the call was given up"));
    }

    /** Once only, but for a stage that its client completes once more. */
    private void done(@Nullable Object made, @Nullable Throwable thrown) {
        synchronized (this) {
            if (isDone) {
                return;
            }
            result = made;
            failure = thrown;
            isDone = true;
        }
        window.ended(this);
    }

    boolean isDone() {
        return isDone;
    }

    /** What the function has returned, when this is done; or throws what it has thrown. */
    @SuppressWarnings("unchecked") // the function returns an R, or a stage of an R
    @Nullable R result() throws Throwable {
        if (failure != null) {
            throw failure;
        }
        return (@Nullable R) result;
    }

    /** What a stage has failed with, without what stages put around it. */
    static Throwable unwrapped(Throwable thrown) {
        boolean isAround = thrown instanceof CompletionException || thrown instanceof ExecutionException;
        Throwable cause = thrown.getCause();
        if (isAround && cause != null) {
            return cause;
        }
        return thrown instanceof CancellationException
                ? new IllegalStateException("the stage that the function returned was cancelled", thrown)
                : thrown;
    }
}
