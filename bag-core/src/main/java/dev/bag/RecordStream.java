package dev.bag;

import dev.bag.plan.Plan;
import dev.bag.run.Engine;
import dev.bag.stage.Goal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The records of a run as a stream of the JDK. One that is neither read to its end nor closed is closed when the garbage
 * collector finds that it can no longer be read.
 */
final class RecordStream<T> extends AbstractSpliterator<T> {

    private final Engine.RecordReader run;
    private final Throwable caller;
    private @Nullable Object @Nullable [] piece = {};
    private int next;
    private boolean ended;

    private RecordStream(Engine.RecordReader run, int order, Throwable caller) {
        super(Long.MAX_VALUE, order | Spliterator.NONNULL);
        this.run = run;
        this.caller = caller;
    }

    /** In the order of the bag. */
    static <T> Stream<T> of(Plan<T> plan, Runner runner) {
        return of(runner.engine().read(new Goal.Stream(plan, true)), Spliterator.ORDERED);
    }

    /** As they come. */
    static <T> Stream<T> unordered(Plan<T> plan, Runner runner) {
        return of(runner.engine().read(new Goal.Stream(plan, false)), 0);
    }

    private static <T> Stream<T> of(Engine.RecordReader reader, int order) {
        RecordStream<T> records = new RecordStream<>(reader, order, new Throwable());
        Engine.RecordReader run = records.run; // not the stream itself, which must become unreachable
        Forgotten.register(records, () -> closeQuietly(run));
        return StreamSupport.stream(records, false).onClose(records::close);
    }

    private static void closeQuietly(Engine.RecordReader run) {
        try {
            run.close();
        } catch (Exception e) {
            // no caller is left to be told, and what could be closed is closed
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a run of a Plan<T> hands out records of type T
    public boolean tryAdvance(Consumer<? super T> action) {
        while (piece != null && next == piece.length) {
            advance();
        }
        if (piece == null) {
            return false;
        }
        T record = (T) piece[next];
        piece[next++] = null; // it may be large, and the piece stays until it is read
        action.accept(record);
        return true;
    }

    private void advance() {
        piece = ended ? null : run.next();
        next = 0;
        if (piece == null && !ended) {
            ended = true;
            Throwable failure = run.failure();
            close();
            if (failure != null) {
                throw Failures.exception(failure, run.otherFailures(), caller);
            }
        }
    }

    private void close() {
        ended = true;
        piece = null;
        try {
            run.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
