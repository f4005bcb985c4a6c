package dev.bag;

import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The values of delayed ones in the order in which they are there. They are computed from when the first is asked for. */
final class CompletedStream<T extends @Nullable Object> extends AbstractSpliterator<T> {

    private final Function<Consumer<? super T>, CompletableFuture<?>> computation;
    /** Holds values, and in the end what {@link #END} or a failure is in. */
    private final BlockingQueue<Completed<T>> completed = new LinkedBlockingQueue<>();

    private @Nullable CompletableFuture<?> run;
    private boolean isOver;

    /** A value, or the end of all: with a failure, or with none. */
    private record Completed<T extends @Nullable Object>(
            @Nullable T value, boolean isEnd, @Nullable Throwable failure) {}

    private CompletedStream(int count, Function<Consumer<? super T>, CompletableFuture<?>> computation) {
        super(count, 0);
        this.computation = computation;
    }

    /**
     * Returns the values as a stream.
     *
     * @param computation begins to compute them, and hands each on when it is there; cancelled when the stream is closed
     */
    static <T extends @Nullable Object> Stream<T> of(
            int count, Function<Consumer<? super T>, CompletableFuture<?>> computation) {
        CompletedStream<T> values = new CompletedStream<>(count, computation);
        return StreamSupport.stream(values, false).onClose(values::close);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // that of telling of the end, which cannot fail
    private CompletableFuture<?> begin() {
        CompletableFuture<?> begun = computation.apply(value -> completed.add(new Completed<>(value, false, null)));
        begun.whenComplete((all, failure) -> completed.add(new Completed<>(null, true, failure)));
        return begun;
    }

    @Override
    @SuppressWarnings("NullAway") // null only if a T may be
    public boolean tryAdvance(Consumer<? super T> action) {
        if (isOver) {
            return false;
        }
        if (run == null) {
            run = begin();
        }
        Completed<T> next = take();
        if (!next.isEnd()) {
            action.accept(next.value());
            return true;
        }
        isOver = true;
        if (next.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        if (next.failure() instanceof Error failure) {
            throw failure;
        }
        return false;
    }

    private Completed<T> take() {
        try {
            return completed.take();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            return new Completed<>(
                    null, true, new IllegalStateException("asCompleted: the reading thread was interrupted", e));
        }
    }

    private void close() {
        isOver = true;
        CompletableFuture<?> begun = run;
        if (begun != null) {
            begun.cancel(true);
        }
    }
}
