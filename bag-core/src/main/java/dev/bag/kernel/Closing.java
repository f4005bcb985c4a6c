package dev.bag.kernel;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Closes several things, the last one first, all of them even if some fail; the first failure is thrown at the end. */
public final class Closing {

    private final Deque<Closer> closers = new ArrayDeque<>();

    /** Something to do at the end. */
    @FunctionalInterface
    public interface Closer {

        /** Does it. */
        void close() throws Exception;
    }

    /** Adds what is to be closed before all that was added earlier. */
    public void add(Closer closer) {
        closers.push(closer);
    }

    /** As {@link #closeAll}, of things that fail with IOExceptions only. */
    public void closeFiles() throws IOException {
        try {
            closeAll();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Closes all that was added. */
    public void closeAll() throws Exception {
        @Nullable Throwable first = null;
        for (Closer closer : closers) {
            try {
                closer.close();
            } catch (Throwable e) {
                if (first == null) {
                    first = e;
                } else if (e != first) { // the JVM throws one and the same OutOfMemoryError again
                    first.addSuppressed(e);
                }
            }
        }
        closers.clear();
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof Exception exception) {
            throw exception;
        }
    }
}
