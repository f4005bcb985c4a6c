package dev.bag.process;

import dev.bag.value.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way to a child, as lines in blocks. One thread at a time puts them here, a pump writes them. Few blocks wait,
 * so that a child which reads slowly holds back what comes.
 */
final class PipeInput {

    private static final int BLOCK_BYTES = 1 << 16;
    private static final int MOST_BLOCKS = 4;

    private final Runnable whenRoom;
    /** Of the thread that puts. */
    private ByteArrayOutputStream open = new ByteArrayOutputStream();

    /** Guarded by this, as the two below. */
    private final Deque<byte[]> blocks = new ArrayDeque<>();

    private boolean hasEnded;
    /** Whether nothing is read any more: the child has closed its standard input, or has ended. */
    private boolean isBroken;

    /** {@code whenRoom} is called when there is room again. */
    PipeInput(Runnable whenRoom) {
        this.whenRoom = whenRoom;
    }

    /** Returns whether another record may be put. Never again when the child reads no more: it decides what it needs. */
    synchronized boolean hasRoom() {
        return !isBroken && blocks.size() < MOST_BLOCKS;
    }

    void put(Object record) throws IOException {
        byte[] line =
                record instanceof Utf8 text ? text.toBytes() : record.toString().getBytes(StandardCharsets.UTF_8);
        for (byte each : line) {
            if (each == '\n') {
                throw new IllegalArgumentException(
                        "the record has a line end in it, and each record is one line for the command."
                                + " Replace the line ends by something else before pipe(…)");
            }
        }
        open.write(line);
        open.write('\n');
        if (open.size() >= BLOCK_BYTES) {
            flush();
        }
    }

    /** Lets the child have what was put. */
    void flush() {
        if (open.size() > 0) {
            synchronized (this) {
                if (!isBroken) {
                    blocks.add(open.toByteArray());
                }
                notifyAll();
            }
            open = new ByteArrayOutputStream();
        }
    }

    /** No more is put. */
    void end() {
        flush();
        synchronized (this) {
            hasEnded = true;
            notifyAll();
        }
    }

    /** Nothing is read any more. */
    synchronized void giveUp() {
        isBroken = true;
        blocks.clear();
        notifyAll();
    }

    /** On a pump: writes to {@code input} what is put, until the end. */
    void writeAll(OutputStream input) {
        try (input) {
            for (byte[] block = take(); block != null; block = take()) {
                whenRoom.run();
                input.write(block);
                input.flush();
            }
        } catch (IOException e) {
            giveUp(); // the pipe is broken
        }
    }

    private synchronized byte @Nullable [] take() {
        while (blocks.isEmpty() && !hasEnded && !isBroken) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null; // nobody interrupts a pump to go on
            }
        }
        return blocks.poll();
    }
}
