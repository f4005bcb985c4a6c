package dev.bag.source;

import dev.bag.value.Location;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if input cannot be read: it is cut, corrupt, malformed, changed or gone. The message begins with the file,
 * gives the place and the limit, and ends with what to do; it reaches the user as it is.
 */
public class SourceException extends IOException {

    private static final long serialVersionUID = 1;

    /** Serializable, as exceptions are. */
    private final Location location;

    /**
     * Creates an exception for a place.
     *
     * @param location the file, and the place in it
     * @param message the whole message, beginning with the file
     * @param cause what a codec or the file system threw; may be null
     */
    public SourceException(Location location, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.location = location;
    }

    /** Returns the file, and the place in it. */
    public Location location() {
        return location;
    }
}
