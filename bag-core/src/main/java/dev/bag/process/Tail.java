package dev.bag.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads all that a child prints to its error stream, and keeps the end; passes all of it on, if that is wanted. */
final class Tail {

    private static final int MOST_BYTES = 65_536;
    private static final int MOST_CHARS_SHOWN = 2_000;
    private static final int PATIENCE_MILLIS = 1_000;

    private final @Nullable OutputStream copy;
    private final CountDownLatch end = new CountDownLatch(1);
    /** The last bytes, as a ring; guarded by this, as the number of all bytes is. */
    private byte[] bytes = new byte[1024];

    private long count;

    Tail(@Nullable OutputStream copy) {
        this.copy = copy;
    }

    /** On a pump. */
    void readAll(InputStream printed) {
        byte[] buffer = new byte[8192];
        try (printed) {
            for (int read = printed.read(buffer); read >= 0; read = printed.read(buffer)) {
                add(buffer, read);
                if (copy != null) {
                    copy.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // it was closed when the child was ended
        } finally {
            end.countDown();
        }
    }

    private synchronized void add(byte[] read, int length) {
        if (count + length > bytes.length && bytes.length < MOST_BYTES) {
            byte[] larger = new byte[(int) Math.min(MOST_BYTES, Math.max(2L * bytes.length, count + length))];
            System.arraycopy(bytes, 0, larger, 0, (int) count);
            bytes = larger;
        }
        for (int i = 0; i < length; i++) {
            bytes[(int) (count++ % bytes.length)] = read[i];
        }
    }

    void awaitEnd() throws InterruptedException {
        end.await();
    }

    /** As {@link #awaitEnd()}, but not long: a program that the child has started may have it open still. */
    void awaitEndShortly() throws InterruptedException {
        end.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns the end of what was printed so far. */
    synchronized String text() {
        int length = (int) Math.min(count, bytes.length);
        byte[] last = new byte[length];
        for (int i = 0; i < length; i++) {
            last[i] = bytes[(int) ((count - length + i) % bytes.length)];
        }
        return new String(last, StandardCharsets.UTF_8);
    }

    /** Returns what is said of it in a message: its end, in quotes. */
    String lastLines() {
        String text = text().strip();
        if (text.isEmpty()) {
            return " and an empty error stream";
        }
        boolean isCut = text.length() > MOST_CHARS_SHOWN;
        return "; its error stream ends with: "
                + (isCut ? "…" + text.substring(text.length() - MOST_CHARS_SHOWN) : text);
    }
}
