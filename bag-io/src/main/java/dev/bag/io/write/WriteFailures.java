package dev.bag.io.write;

import dev.bag.source.SinkException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** What is told if a file cannot be written. */
final class WriteFailures {

    private WriteFailures() {}

    /** Some work on a file. */
    @FunctionalInterface
    interface Work<R> {
        R run() throws IOException;
    }

    /** Does {@code work}; what it throws names {@code file}. An interrupt passes as it is. */
    static <R> R naming(String file, Work<R> work) throws IOException {
        try {
            return work.run();
        } catch (SinkException | ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw cannotWrite(file, e);
        } catch (UnsupportedOperationException e) {
            throw cannotWrite(file, new IOException("the file system is read only, or lacks what is needed", e));
        }
    }

    static SinkException cannotWrite(String file, IOException cause) {
        return new SinkException(
                file + ": cannot be written: " + reason(cause)
                        + ".\n  Nothing was written. Mend that, or choose another" + " place.",
                cause);
    }

    static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (cause instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (cause instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " exists, and is no folder";
        }
        if (cause instanceof FileSystemException e && e.getReason() != null) {
            return e.getReason();
        }
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }

    /**
     * Does {@code work}, which may be done twice, to its end even if the thread is interrupted: half of it would be worse than
     * the wait.
     */
    static <R> R uninterrupted(Work<R> work) throws IOException {
        boolean isInterrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    isInterrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
