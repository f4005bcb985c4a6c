package dev.bag.spill;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something could not be written to disk or read back. The message says what, why, and what to do about it. */
public final class SpillException extends IOException {

    private static final long serialVersionUID = 1;

    SpillException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** {@code path} cannot be written to. */
    static SpillException cannotWrite(Object path, IOException cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new SpillException(
                "cannot spill to " + path + ": " + reason
                        + ". Free some space there, choose another folder with Runner.local().tempDirectory(...),"
                        + " or give the runner more memory with memory(...)",
                cause);
    }
}
