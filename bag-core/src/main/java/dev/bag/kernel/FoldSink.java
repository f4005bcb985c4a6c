package dev.bag.kernel;

import dev.bag.fold.Fold;
import dev.bag.kernel.Operator.Place;
import dev.bag.trait.Traits.Decidable;
import dev.bag.trait.Traits.LongSum;
import dev.bag.trait.Traits.PartitionNumbered;
import dev.bag.trait.Traits.Retaining;
import dev.bag.trait.Traits.Retaining.Retained;
import dev.bag.trait.Traits.WithFloor;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Folds the records it is given. */
public final class FoldSink extends Link implements Retention.Keeper {

    private final Place place;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final Decided decided;
    /** The fold, if it can be decided; asked once here and not for each record. */
    private final @Nullable Decidable decidable;

    /** The fold, if it takes no notice of what records are. */
    private final @Nullable LongSum<Object, @Nullable Object> count;

    /** The fold, if it does not want all entries. */
    private final @Nullable WithFloor<@Nullable Object> floor;

    /** What the fold keeps of records. */
    private final Retained retained;

    private Retention retention = Retention.NONE;
    private long position;
    private @Nullable Object accumulator;

    /**
     * Whether the result of a fold cannot change any more, whatever comes: shared by all its sinks. Each sink has a
     * position, in the order in which one thread would give records to them. A sink that decides the fold stops itself
     * and those behind it, but none before it: they may decide otherwise, or fail, and then that counts.
     */
    public static final class Decided {

        /** The position of the first sink that has decided; written under the lock of this, read between records. */
        private volatile long by = Long.MAX_VALUE;

        private @Nullable Object accumulator;

        private synchronized void by(long position, @Nullable Object decision) {
            if (position < by) {
                accumulator = decision;
                by = position;
            }
        }

        /** Whether anything has decided it. */
        public boolean isDecided() {
            return by != Long.MAX_VALUE;
        }

        /** Whether what comes before {@code position} has decided it. */
        public boolean isBefore(long position) {
            return by < position;
        }

        /** What has decided it, also if that sink was given its records anew. */
        public synchronized @Nullable Object accumulator() {
            return accumulator;
        }
    }

    /** A fold of one part of the bag. */
    public FoldSink(Place place, Fold<Object, @Nullable Object, ?> fold, Decided decided) {
        this.place = place;
        this.fold = fold;
        this.decided = decided;
        this.decidable = fold instanceof Decidable canBe ? canBe : null;
        this.count = fold instanceof LongSum<?, ?> sum && sum.onlyCounts() ? countOf(sum) : null;
        this.floor = fold instanceof WithFloor<?> withFloor && withFloor.hasFloor() ? floorOf(withFloor) : null;
        this.retained = Retaining.by(fold);
        this.accumulator = zero();
    }

    @Override
    public void begin(long newPosition, Retention ofTask) {
        position = newPosition;
        retention = ofTask;
    }

    private @Nullable Object zero() {
        try {
            return fold instanceof PartitionNumbered<?> numbered
                    ? numbered.zero(place.numbering().partitionOf(place.partition()))
                    : fold.zero();
        } catch (Throwable e) {
            throw place.failure(null, e);
        }
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            if (retained != Retained.NOTHING && retention.isOfViews()) {
                retention.mayKeep(record, retained);
            }
            accumulator = fold.add(accumulator, record);
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
        if (decidable != null && decidable.isDecidedBy(accumulator)) {
            decided.by(position, accumulator);
            end(BOTH);
        }
    }

    @Override
    public boolean wantsMore() {
        if (decidable != null && decided.by <= position && !has(BOTH)) {
            end(BOTH);
        }
        return super.wantsMore();
    }

    @Override
    public boolean isOver() {
        return !wantsMore();
    }

    /** Another part of the bag may decide. */
    @Override
    @Nullable Link watched() {
        return decidable == null ? null : this;
    }

    @Override
    int outCount() {
        return 0;
    }

    @Override
    Sink out(int i) {
        throw new IndexOutOfBoundsException(i);
    }

    @SuppressWarnings("unchecked") // a fold that is a sum has but one accumulator
    private static LongSum<Object, @Nullable Object> countOf(LongSum<?, ?> sum) {
        return (LongSum<Object, @Nullable Object>) sum;
    }

    @SuppressWarnings("unchecked") // a fold has but one accumulator
    private static WithFloor<@Nullable Object> floorOf(WithFloor<?> floor) {
        return (WithFloor<@Nullable Object>) floor;
    }

    /** Returns which entries are wanted, by their values if these are longs; null if all are. */
    @Nullable LongPredicate wantedValues() {
        return floor == null ? null : value -> floor.wantsValue(accumulator, value);
    }

    /** Whether this may be told how many records there are, instead of being given them. */
    boolean onlyCounts() {
        return count != null;
    }

    /** Counts {@code records} more; only if this {@link #onlyCounts}. */
    void add(long records) {
        accumulator = Objects.requireNonNull(count).plus(accumulator, records);
    }

    /** What the records so far have come to. */
    public @Nullable Object accumulator() {
        return accumulator;
    }
}
