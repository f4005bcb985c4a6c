package dev.bag.isolate;

import dev.bag.isolate.Frames.Frame;
import dev.bag.isolate.Frames.Kind;
import dev.bag.process.Child;
import dev.bag.schedule.GuestThreads;
import dev.bag.serial.SentRecords;
import dev.bag.value.Isolation;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A worker, seen from the JVM of the run. One call at a time uses it. A pump reads its frames from its start to its end: it
 * brings results to the call that waits and classes to the worker, and says how it died.
 *
 * <p>The race is a worker that dies just before a call begins to wait: both happen under the lock of this, so that the call
 * finds that it is dead, or is told.
 */
final class Worker {

    /** A pipe takes so many bytes at once, however busy the other side is. */
    private static final int DIRECT_BYTES = 4_096;

    private final Child child;
    private final Frames frames;
    private final ClassLoader loader;
    private final SentRecords sent = SentRecords.writing();
    private final SentRecords received = SentRecords.reading();

    /** Guarded by this, as how it died: what the call waits for that uses this. */
    private @Nullable CompletableFuture<Frame> pending;

    private @Nullable Died death;

    private Worker(Child child, ClassLoader loader) {
        this.child = child;
        this.frames = new Frames(child.output(), child.input());
        this.loader = loader;
    }

    /** Starts one and gives it the function. */
    static Worker start(Isolation isolation, byte[] function, ClassLoader loader)
            throws IOException, InterruptedException {
        Worker worker = new Worker(Child.start(Launch.command(isolation), System.err), loader);
        boolean isWell = false;
        try {
            GuestThreads.startPlatform(worker::pump);
            Frame frame = worker.exchange(Kind.FUNCTION, function, null);
            if (frame.kind() == Kind.FAILURE) {
                Throwable thrown = worker.thrown(frame);
                throw new IOException(
                        "the function of mapIsolated(…) cannot be made in a worker process: " + thrown, thrown);
            }
            isWell = true;
            return worker;
        } catch (Died e) {
            throw new IOException("a worker process for mapIsolated(…) does not start: it " + e.reason(), e.getCause());
        } finally {
            if (!isWell) {
                worker.kill();
            }
        }
    }

    /** A worker has ended, or was late. */
    static final class Died extends Exception {

        private static final long serialVersionUID = 1;

        private final String reason;

        Died(String reason, @Nullable Throwable cause) {
            super("a worker process " + reason, cause);
            this.reason = reason;
        }

        /** What it did: the end of a sentence about it. */
        String reason() {
            return reason;
        }
    }

    /** What the function has come to. */
    record Answer(@Nullable Object made, @Nullable Throwable thrown) {

        /** What it has returned; or throws what it has thrown. */
        @Nullable Object result() throws Throwable {
            if (thrown != null) {
                throw thrown;
            }
            return made;
        }
    }

    /**
     * Calls the function for {@code record}.
     *
     * @param limit how long it may take; null if that does not matter
     * @throws IOException if the record or the result cannot be sent
     */
    Answer call(Object record, @Nullable Duration limit) throws IOException, InterruptedException, Died {
        Frame frame = exchange(Kind.RECORD, sent.write(record), limit);
        return frame.kind() == Kind.FAILURE
                ? new Answer(null, thrown(frame))
                : new Answer(received.read(frame.content(), loader), null);
    }

    private Throwable thrown(Frame frame) throws IOException {
        return received.read(frame.content(), loader) instanceof Throwable thrown
                ? thrown
                : new IOException("a worker process has sent no failure");
    }

    private Frame exchange(Kind kind, byte[] content, @Nullable Duration limit) throws InterruptedException, Died {
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        synchronized (this) {
            if (death != null) {
                throw death;
            }
            pending = answer;
        }
        if (content.length <= DIRECT_BYTES) {
            send(kind, content);
        } else {
            GuestThreads.startPlatform(() -> send(kind, content)); // so that the wait for it can be interrupted
        }
        try {
            return limit == null ? answer.get() : answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Died died ? died : new Died("cannot be read: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new Died("was ended after " + limit.toMillis() + " ms, its time limit", e);
        }
    }

    private void send(Kind kind, byte[] content) {
        try {
            frames.write(kind, content);
        } catch (IOException e) {
            // it has ended, which the pump will find
        }
    }

    /** Whether it can take a record. */
    synchronized boolean isIdle() {
        return death == null && pending == null;
    }

    private void pump() {
        @Nullable IOException broken = null;
        try {
            for (Frame frame = frames.read(); frame != null; frame = frames.read()) {
                if (frame.kind() == Kind.CLASS_NAME) {
                    send(Kind.CLASS_BYTES, classBytes(new String(frame.content(), StandardCharsets.UTF_8)));
                } else {
                    arrived(frame);
                }
            }
        } catch (IOException e) {
            broken = e;
        } finally {
            died(broken);
        }
    }

    private byte[] classBytes(String name) {
        try (InputStream bytes = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            return bytes == null ? new byte[0] : bytes.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private void arrived(Frame frame) {
        CompletableFuture<Frame> waits;
        synchronized (this) {
            waits = pending;
            pending = null;
        }
        if (waits != null) {
            waits.complete(frame);
        }
    }

    private String reasonOfDeath(@Nullable IOException broken) {
        try {
            if (broken == null || broken instanceof EOFException) {
                return "has ended with exit code " + child.awaitExit() + child.errorText();
            }
            if (child.endsShortly()) { // a JVM that crashes says so where its frames are
                return "has ended with exit code " + child.awaitExit() + " and printed: " + frames.strayText();
            }
            return "cannot be read: " + broken.getMessage();
        } catch (InterruptedException | IOException e) {
            return "has ended";
        }
    }

    private void died(@Nullable IOException broken) {
        Died now = new Died(reasonOfDeath(broken), broken);
        CompletableFuture<Frame> waits;
        synchronized (this) {
            death = now;
            waits = pending;
        }
        if (waits != null) {
            waits.completeExceptionally(now);
        }
    }

    /** Lets it end by itself. */
    void endInput() {
        try {
            child.input().close();
        } catch (IOException e) {
            // it has ended
        }
    }

    /** Ends it with all that it has started, if it has not ended by itself, and waits for that. */
    void kill() {
        child.killAtOnce();
    }
}
