package dev.bag.process;

import dev.bag.value.Command;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a child has printed. A pump reads them, and one thread at a time takes them. Few pieces wait: then the pump
 * waits, and with it the child.
 */
final class PipeOutput {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MOST_PIECES = 4;
    private static final byte[] NONE = {};

    private final Command command;
    private final Runnable whenReady;

    /** Guarded by this, as those below. */
    private final Deque<Deque<String>> pieces = new ArrayDeque<>();

    private @Nullable Throwable failure;
    private boolean hasEnded;

    /** {@code whenReady} is called when there are lines, or nothing more comes. */
    PipeOutput(Command command, Runnable whenReady) {
        this.command = command;
        this.whenReady = whenReady;
    }

    /** Returns whether {@link #next} returns a line, or throws. */
    synchronized boolean isReady() {
        return !pieces.isEmpty() || failure != null;
    }

    /** Returns whether nothing more comes. */
    synchronized boolean hasEnded() {
        return hasEnded && pieces.isEmpty() && failure == null;
    }

    /** Returns the next line; after the last one, throws what has failed. */
    synchronized String next() throws Throwable {
        Deque<String> piece = pieces.peek();
        if (piece == null) {
            throw failure == null ? new IllegalStateException("no line is ready") : failure;
        }
        String line = piece.remove();
        if (piece.isEmpty()) {
            pieces.remove();
            notifyAll();
        }
        return line;
    }

    /** Nothing more comes, because of {@code thrown} if that is not null. Only the first time counts. */
    void end(@Nullable Throwable thrown) {
        synchronized (this) {
            if (!hasEnded) {
                hasEnded = true;
                failure = thrown;
            }
            notifyAll();
        }
        whenReady.run();
    }

    /** On a pump: takes the lines of {@code printed}. */
    void readAll(InputStream printed) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        byte[] begun = NONE;
        try (printed) {
            for (int read = printed.read(buffer); read >= 0; read = printed.read(buffer)) {
                int begin = 0;
                Deque<String> lines = new ArrayDeque<>();
                for (int end = lineEnd(buffer, 0, read); end >= 0; end = lineEnd(buffer, begin, read)) {
                    lines.add(line(begun, buffer, begin, end));
                    begun = NONE;
                    begin = end + 1;
                }
                begun = joined(begun, buffer, begin, read);
                if (!lines.isEmpty() && !put(lines)) {
                    return;
                }
            }
        }
        if (begun.length > 0) {
            put(new ArrayDeque<>(List.of(line(begun, begun, 0, 0))));
        }
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private byte[] joined(byte[] begun, byte[] more, int from, int to) throws IOException {
        if (begun.length + (long) (to - from) > command.mostHeld()) {
            throw Pumps.tooMuch(command, "a line of more than");
        }
        byte[] joined = Arrays.copyOf(begun, begun.length + to - from);
        System.arraycopy(more, from, joined, begun.length, to - from);
        return joined;
    }

    private String line(byte[] begun, byte[] rest, int from, int to) throws IOException {
        byte[] bytes = begun.length == 0 ? rest : joined(begun, rest, from, to);
        int begin = begun.length == 0 ? from : 0;
        int end = begun.length == 0 ? to : bytes.length;
        boolean isWide = end > begin && bytes[end - 1] == '\r';
        return Pumps.text(bytes, begin, isWide ? end - 1 : end, command);
    }

    /** Waits until few pieces wait. Returns false if nothing is wanted any more. */
    private boolean put(Deque<String> lines) {
        synchronized (this) {
            while (pieces.size() >= MOST_PIECES && !hasEnded) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    return false; // nobody interrupts a pump to go on
                }
            }
            if (hasEnded) {
                return false;
            }
            pieces.add(lines);
        }
        whenReady.run();
        return true;
    }
}
