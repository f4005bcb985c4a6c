package dev.bag.kernel;

import dev.bag.value.Location;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure on its way from another process, in parts that can be sent each by itself.
 *
 * @param operator what failed
 * @param record on which, or a text of that
 * @param thrown what was thrown
 * @param partition from 0, or -1
 * @param location where in the input
 */
public record SentFailure(
        Operator operator,
        @Nullable Object record,
        Throwable thrown,
        int partition,
        int partitionCount,
        @Nullable Location location) {

    /** Returns the parts of {@code failure}. */
    public static SentFailure of(OperatorFailure failure) {
        return new SentFailure(
                failure.operator(),
                failure.record(),
                failure.thrown(),
                failure.partition().orElse(-1),
                failure.partitionCount(),
                failure.location().orElse(null));
    }

    /** Returns the failure again. */
    public OperatorFailure failure() {
        OperatorFailure failure = partition < 0
                ? OperatorFailure.of(operator, record, thrown)
                : OperatorFailure.in(operator, partition, partitionCount, record, thrown);
        failure.locate(() -> Optional.ofNullable(location));
        return failure;
    }
}
