package dev.bag;

import dev.bag.schedule.Execution;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The future of a run: cancelling it cancels the run. */
final class RunFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    /** Set once the run has started; a cancel before that is passed on then. */
    private volatile @Nullable Execution execution;

    void cancels(Execution started) {
        execution = started;
        if (isCancelled()) {
            stop(started);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        Execution started = execution;
        if (cancelled && started != null) {
            stop(started);
        }
        return cancelled;
    }

    private static void stop(Execution started) {
        started.fail(new InterruptedException("the future was cancelled"));
    }
}
