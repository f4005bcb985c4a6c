package dev.bag;

import dev.bag.value.Location;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run failed. The message says what failed, where, on which record and what to do; the cause is what the user's own
 * function threw, unchanged, or what reading the input ran into; the trace begins at the line that called the action.
 * What else failed before everything had stopped is among the suppressed exceptions.
 */
public final class BagException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String operator;
    private final transient OptionalInt partition;
    private final transient Optional<Location> location;
    private final transient Optional<String> recordExcerpt;

    BagException(
            String message,
            Throwable cause,
            String operator,
            OptionalInt partition,
            Optional<Location> location,
            Optional<String> recordExcerpt) {
        super(message, cause);
        this.operator = operator;
        this.partition = partition;
        this.location = location;
        this.recordExcerpt = recordExcerpt;
    }

    /** The operator that failed: the name the user gave it, or its own, such as {@code map}. */
    public String operator() {
        return operator;
    }

    /** The partition it failed in, from 0. */
    public OptionalInt partition() {
        return partition;
    }

    /** The file, the line (from 1) and the byte offset at which the record begins, where they are known. */
    public Optional<Location> location() {
        return location;
    }

    /** At most 200 characters of the record it failed on. */
    public Optional<String> recordExcerpt() {
        return recordExcerpt;
    }
}
