package dev.bag;

import dev.bag.value.Location;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a run. The message says which operator failed, where, on which record, and what to do. The cause is
 * the exception of the user's own function, unchanged, or of reading the input. The stack trace begins at the line that
 * called the action. Other failures, until everything had stopped, are suppressed exceptions.
 *
 * <p>If the function ran an action itself, and that failed, the message of the inner failure follows below the outer
 * one, indented, and the cause is the inner {@code BagException}.
 */
public final class BagException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String operator;
    /** From 0, or -1: optionals are not serializable. The same holds for the fields below. */
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

    /** Returns the operator that failed: the name that the user gave it, or its own, such as {@code map}. */
    public String operator() {
        return operator;
    }

    /** Returns the partition in which the operator failed, from 0; empty if it failed between partitions. */
    public OptionalInt partition() {
        return partition < 0 ? OptionalInt.empty() : OptionalInt.of(partition);
    }

    /**
     * Returns the file, the line (from 1) and the byte offset at which the record begins; empty if they are not known.
     */
    public Optional<Location> location() {
        return Optional.ofNullable(location);
    }

    /** Returns at most 200 characters of the record on which the operator failed; empty if it was not one record. */
    public Optional<String> recordExcerpt() {
        return Optional.ofNullable(recordExcerpt);
    }
}
