package dev.bag;

import dev.bag.value.Location;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A run failed. The message says what failed, where, on which record and what to do; the cause is what the user's own
 * function threw, unchanged, or what reading the input ran into; the trace begins at the line that called the action.
 * What else failed before everything had stopped is among the suppressed exceptions.
 */
public final class BagException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String operator;
    /** From 0, or -1; this and what follows are such that the exception can be serialized. */
    private final int partition;

    private final @Nullable Location location;
    private final @Nullable String recordExcerpt;

    BagException(
            String message,
            Throwable cause,
            String operator,
            OptionalInt partition,
            Optional<Location> location,
            Optional<String> recordExcerpt) {
        super(message, cause);
        this.operator = operator;
        this.partition = partition.orElse(-1);
        this.location = location.orElse(null);
        this.recordExcerpt = recordExcerpt.orElse(null);
    }

    /** The operator that failed: the name the user gave it, or its own, such as {@code map}. */
    public String operator() {
        return operator;
    }

    /** The partition it failed in, from 0. */
    public OptionalInt partition() {
        return partition < 0 ? OptionalInt.empty() : OptionalInt.of(partition);
    }

    /** The file, the line (from 1) and the byte offset at which the record begins, where they are known. */
    public Optional<Location> location() {
        return Optional.ofNullable(location);
    }

    /** At most 200 characters of the record it failed on. */
    public Optional<String> recordExcerpt() {
        return Optional.ofNullable(recordExcerpt);
    }
}
