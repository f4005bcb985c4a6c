package dev.bag.io.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a response, as they come. Unlike the stream of the JDK it does not wait for ever. The next bytes are asked for
 * when the last ones have been read, so little of it is in memory.
 */
final class Body implements BodySubscriber<Body>, Closeable {

    /** What comes: bytes, or an end, which has none and may have a reason. */
    private record Arrival(
            List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

    private static final int MOST_USELESS = 512;

    private final Duration patience;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    /** Only for the thread that reads. */
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();

    private @Nullable Arrival end;

    Body(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<Body> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (!subscription.complete(given)) {
            given.cancel(); // it was closed before
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        arrivals.add(new Arrival(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        arrivals.add(new Arrival(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival(List.of(), true, null));
    }

    /**
     * Reads at least one byte.
     *
     * @return how many; -1 at the end
     * @throws IOException if the connection broke, or nothing comes for too long
     */
    int read(ByteBuffer into) throws IOException {
        while (waiting.isEmpty()) {
            if (end != null) {
                return ended(end);
            }
            take();
        }
        ByteBuffer from = waiting.element();
        int count = Math.min(from.remaining(), into.remaining());
        into.put(from.slice().limit(count));
        from.position(from.position() + count);
        if (!from.hasRemaining()) {
            waiting.remove();
            if (waiting.isEmpty() && end == null) {
                subscription.join().request(1);
            }
        }
        return count;
    }

    private static int ended(Arrival end) throws IOException {
        if (end.failure == null) {
            return -1;
        }
        throw new IOException(end.failure.getMessage(), end.failure);
    }

    private void take() throws IOException {
        try {
            Arrival arrival = arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (arrival == null) {
                throw new HttpTimeoutException("nothing came for " + patience.toSeconds() + " seconds");
            }
            end = arrival.last ? arrival : null;
            for (ByteBuffer each : arrival.bytes) {
                if (each.hasRemaining()) {
                    waiting.add(each);
                }
            }
            if (waiting.isEmpty() && end == null) {
                subscription.join().request(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    /** Reads a few bytes that are not of use, so that the connection can be used again. */
    void finish() throws IOException {
        ByteBuffer useless = ByteBuffer.allocate(MOST_USELESS);
        while (useless.hasRemaining() && read(useless) >= 0) {
            // until the end, if that is near
        }
    }

    /** Gives up what has not come yet. */
    @Override
    public void close() {
        if (!subscription.isDone() && subscription.complete(NOTHING)) {
            return;
        }
        subscription.join().cancel();
    }

    private static final Flow.Subscription NOTHING = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };
}
