package dev.bag.source;

import dev.bag.value.Location;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by {@link Chunk#next()} if one record cannot be made, and the next call goes on with the one after it: text that is
 * not of its charset, a line that is too long, a row that does not fit. Only this, of what a source throws, can be let pass
 * by a policy, as {@code Bag.onError} sets one.
 */
public class BadRecordException extends SourceException {

    private static final long serialVersionUID = 1;

    private final @Nullable String text;

    /**
     * Creates an exception for a record.
     *
     * @param location the file, and the place in it
     * @param message the whole message, beginning with the file
     * @param cause what a library threw; may be null
     * @param text what stands there, as far as it can be shown; null if it cannot
     */
    public BadRecordException(Location location, String message, @Nullable Throwable cause, @Nullable String text) {
        super(location, message, cause);
        this.text = text;
    }

    /** Returns what stands there, or the beginning of it; empty if it cannot be shown. */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }
}
