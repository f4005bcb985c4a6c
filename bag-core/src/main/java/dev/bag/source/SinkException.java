package dev.bag.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if output cannot be written, whatever the record: the disk is full, access is denied, a file is there already. The
 * message begins with the file and ends with what to do; it reaches the user as it is.
 */
public class SinkException extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message the whole message, beginning with the file
     * @param cause what the file system threw; may be null
     */
    public SinkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
