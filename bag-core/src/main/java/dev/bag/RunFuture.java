package dev.bag;

import dev.bag.run.Engine;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The future of a run. To cancel it, or to complete it from outside as {@code orTimeout} does, cancels the run. */
final class RunFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    /** Set once the run has started. */
    private volatile Engine.@Nullable Started run;

    /**
     * Whether no thread waits for the run any more. The thread that starts the run sets the field above and then looks at
     * this one. The thread that gives it up sets this one and then looks above. So one of both sees the other.
     */
    private volatile boolean isUnwanted;

    void cancels(Engine.Started started) {
        run = started;
        if (isUnwanted) {
            stop(started);
        }
    }

    /** The run has ended with {@code result}. */
    void ended(T result) {
        super.complete(result);
    }

    /** The run has failed. */
    void failed(Throwable failure) {
        super.completeExceptionally(failure);
    }

    @Override
    public boolean complete(T value) {
        return stopped(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return stopped(super.completeExceptionally(failure));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return stopped(super.cancel(mayInterruptIfRunning));
    }

    private boolean stopped(boolean completedHere) {
        if (completedHere) {
            isUnwanted = true;
            Engine.Started started = run;
            if (started != null) {
                stop(started);
            }
        }
        return completedHere;
    }

    private void stop(Engine.Started started) {
        started.cancel(new InterruptedException(
                isCancelled() ? "the future was cancelled" : "the future was completed from outside"));
    }
}
