package dev.bag.outside;

import dev.bag.trait.Outside;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Calls on the thread that reads the records, one after the other: where no other thread may run functions of a plan. */
final class CallsInTurn<T, R> implements Outside.Work<T, R> {

    private final Call.Target<T> target;
    private final Limiter limiter;
    private @Nullable T record;

    CallsInTurn(Call.Target<T> target, Limiter limiter) {
        this.target = target;
        this.limiter = limiter;
    }

    @Override
    public boolean hasRoom() {
        return record == null;
    }

    @Override
    public void take(T taken) {
        record = taken;
    }

    @Override
    public void end() {}

    @Override
    public boolean isReady() {
        return record != null;
    }

    @Override
    @SuppressWarnings("unchecked") // the function returns an R, or a stage of an R
    public @Nullable R next() throws Throwable {
        T taken = Objects.requireNonNull(record);
        record = null;
        limiter.awaitTurn();
        Object made = target.function().applyChecked(taken);
        return (@Nullable R) (target.returnsStages() && made != null ? awaited((CompletionStage<?>) made) : made);
    }

    private static @Nullable Object awaited(CompletionStage<?> stage) throws Throwable {
        try {
            return stage.toCompletableFuture().get();
        } catch (InterruptedException e) {
            stage.toCompletableFuture().cancel(true);
            throw e;
        } catch (ExecutionException | CancellationException e) {
            throw Call.unwrapped(e);
        }
    }

    @Override
    public boolean hasEnded() {
        return false;
    }

    @Override
    public void whenReady(Runnable ready) {
        ready.run();
    }

    @Override
    public void close() {
        record = null;
    }
}
