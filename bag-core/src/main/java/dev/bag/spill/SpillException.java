package dev.bag.spill;

import dev.bag.serial.RecordException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something cannot be written to disk or read back. The message is complete: it names the file or class, and the remedy. */
public final class SpillException extends IOException {

    private static final long serialVersionUID = 1;

    private static final String MORE_MEMORY = "give the runner more memory with memory(...)";

    private SpillException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static SpillException noFolder(Path tempDirectory, IOException cause) {
        return new SpillException(
                "cannot spill to " + tempDirectory + ": " + reason(cause)
                        + ". Choose another folder with Runner.local().tempDirectory(...), or " + MORE_MEMORY + ".",
                cause);
    }

    static SpillException cannotWrite(Path file, IOException cause) {
        return new SpillException(
                "cannot spill to " + file + ": " + reason(cause)
                        + ". Free some space there, choose another folder with "
                        + "Runner.local().tempDirectory(...), or " + MORE_MEMORY + ".",
                cause);
    }

    static SpillException cannotRead(Path file, long position, IOException cause) {
        return new SpillException(
                String.format(
                        Locale.ROOT,
                        "%s, byte %,d: what was spilled cannot be read back: %s. Keep other programs out of this folder, "
                                + "or %s, so that nothing is spilled.",
                        file,
                        position,
                        reason(cause),
                        MORE_MEMORY),
                cause);
    }

    static SpillException damaged(Path file, long position) {
        return new SpillException(
                String.format(
                        Locale.ROOT,
                        "%s, byte %,d: the file was changed or damaged while the run used it. Keep other programs out of "
                                + "this folder, or choose another with Runner.local().tempDirectory(...).",
                        file,
                        position),
                null);
    }

    static SpillException unwritable(RecordException failure) {
        return new SpillException(
                failure.getMessage() + ". Use a record, an enum or a class of plain fields instead, or " + MORE_MEMORY
                        + ", so that nothing is spilled.",
                failure.getCause());
    }

    static SpillException unreadable(RecordException failure) {
        return new SpillException(
                failure.getMessage() + ". Let its class make the objects it was given, or " + MORE_MEMORY
                        + ", so that nothing is spilled.",
                failure.getCause());
    }

    static SpillException unreadable(Path file, long position, RecordException failure) {
        SpillException noPlace = unreadable(failure);
        return new SpillException(
                String.format(Locale.ROOT, "%s, byte %,d: %s", file, position, noPlace.getMessage()),
                failure.getCause());
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such folder or file";
        }
        if (cause instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (cause instanceof FileSystemException e && e.getReason() != null) {
            return e.getReason();
        }
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }
}
