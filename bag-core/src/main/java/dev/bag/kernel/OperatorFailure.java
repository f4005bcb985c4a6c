package dev.bag.kernel;

import dev.bag.trait.Copies;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.Location;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An operator failed. Made where it is known which one, completed on the way up where the place is known, and turned into
 * a {@code BagException} for the user. Costs nothing until it happens.
 */
public final class OperatorFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Operator operator;
    private final transient @Nullable Object record;
    private final transient Throwable thrown;
    private transient OptionalInt partition = OptionalInt.empty();
    private transient int partitionCount;
    private transient Optional<Location> location = Optional.empty();
    private transient @Nullable Excess excess;

    private OperatorFailure(Operator operator, @Nullable Object record, Throwable thrown) {
        super(null, thrown, true, false);
        this.operator = operator;
        this.record = record == null ? null : copied(record);
        this.thrown = thrown;
    }

    /** It may be shown when its buffer has been used again. One that cannot be copied is told all the same. */
    private static Object copied(Object record) {
        try {
            return Copies.of(record);
        } catch (RuntimeException | StackOverflowError e) {
            return record;
        }
    }

    /** What to throw when {@code thrown} came out of {@code operator}: a failure from further down stays as it is. */
    public static OperatorFailure of(Operator operator, @Nullable Object record, Throwable thrown) {
        return thrown instanceof OperatorFailure known ? known : new OperatorFailure(operator, record, thrown);
    }

    /** Something that an operator does. */
    @FunctionalInterface
    public interface Work<R extends @Nullable Object> {

        /** Does it. */
        R run() throws Throwable;
    }

    /** Does {@code work} of {@code operator}, where no record and no partition is at hand: what it throws names that. */
    public static <R extends @Nullable Object> R naming(Operator operator, Work<R> work) {
        try {
            return work.run();
        } catch (Throwable e) {
            throw of(operator, null, e);
        }
    }

    /** As {@link #of(Operator, Object, Throwable)}, in a partition numbered from 0. */
    public static OperatorFailure in(
            Operator operator, int partition, int partitionCount, @Nullable Object record, Throwable thrown) {
        OperatorFailure failure = of(operator, record, thrown);
        if (failure.partition.isEmpty()) {
            failure.partition = OptionalInt.of(partition);
            failure.partitionCount = partitionCount;
        }
        return failure;
    }

    /** Returns the same failure for another reason. */
    public OperatorFailure because(Throwable reason) {
        OperatorFailure failure = new OperatorFailure(operator, record, reason);
        failure.partition = partition;
        failure.partitionCount = partitionCount;
        failure.location = location;
        return failure;
    }

    /**
     * Says of a failure that the records which failed are more than a policy lets pass.
     *
     * @param count how many they are, with this one
     */
    public record Excess(ErrorPolicy policy, long count) {}

    /** Returns this failure, after which a policy lets no more pass. */
    public OperatorFailure beyondLimit(ErrorPolicy policy, long count) {
        excess = new Excess(policy, count);
        return this;
    }

    /** Returns what is said of the limit that is exceeded, if one is. */
    public Optional<Excess> excess() {
        return Optional.ofNullable(excess);
    }

    /** Adds the place in the input, unless a more exact one is known. A place that cannot be found out stays unknown. */
    void locate(Supplier<Optional<Location>> place) {
        if (location.isEmpty()) {
            try {
                location = place.get();
            } catch (RuntimeException | StackOverflowError e) {
                addSuppressed(e);
            }
        }
    }

    /** Whether the place in the input is known. */
    boolean isLocated() {
        return location.isPresent();
    }

    /** The operator that failed. */
    public Operator operator() {
        return operator;
    }

    /** The record it failed on, where it was one. */
    public @Nullable Object record() {
        return record;
    }

    /** What was thrown. */
    public Throwable thrown() {
        return thrown;
    }

    /** The partition, from 0. */
    public OptionalInt partition() {
        return partition;
    }

    /** How many partitions there are, where the partition is known. */
    public int partitionCount() {
        return partitionCount;
    }

    /** Where in the input the record begins. */
    public Optional<Location> location() {
        return location;
    }
}
