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
    private final Shared shared;
    private final Fold<Object, @Nullable Object, ?> fold;
    /** As in {@link #shared}; here where they are asked for each record. */
    private final @Nullable Decidable decidable;

    private final Retained retained;

    private Retention retention = Retention.NONE;
    private long position;
    private @Nullable Object accumulator;

    /**
     * What all sinks of a fold share: what the fold says about itself, which is found out once and not for each of a million
     * partitions, and whether its result cannot change any more, whatever comes. Each sink has a
     * position, in the order in which one thread would give records to them. A sink that decides the fold stops itself
     * and those behind it, but none before it: they may decide otherwise, or fail, and then that counts.
     */
    public static final class Shared {

        private final Fold<Object, @Nullable Object, ?> fold;
        /** The fold, if it can be decided. */
        private final @Nullable Decidable decidable;

        /** The fold, if it takes no notice of what records are. */
        private final @Nullable LongSum<Object, @Nullable Object> count;

        /** The fold, if it does not want all entries. */
        private final @Nullable WithFloor<@Nullable Object> floor;

        /** The fold, if its messages name partitions. */
        private final @Nullable PartitionNumbered<?> numbered;

        /** What the fold keeps of records. */
        private final Retained retained;

        /** The position of the first sink that has decided; written under the lock of this, read between records. */
        private volatile long by = Long.MAX_VALUE;

        private @Nullable Object accumulator;

        /** A fold that no sink has decided. */
        public Shared(Fold<Object, @Nullable Object, ?> fold) {
            this.fold = fold;
            this.decidable = fold instanceof Decidable canBe ? canBe : null;
            this.count = fold instanceof LongSum<?, ?> sum && sum.onlyCounts() ? countOf(sum) : null;
            this.floor = fold instanceof WithFloor<?> withFloor && withFloor.hasFloor() ? floorOf(withFloor) : null;
            this.numbered = fold instanceof PartitionNumbered<?> byPartition ? byPartition : null;
            this.retained = Retaining.by(fold);
        }

        @SuppressWarnings("unchecked") // a fold that is a sum has but one accumulator
        private static LongSum<Object, @Nullable Object> countOf(LongSum<?, ?> sum) {
            return (LongSum<Object, @Nullable Object>) sum;
        }

        @SuppressWarnings("unchecked") // a fold has but one accumulator
        private static WithFloor<@Nullable Object> floorOf(WithFloor<?> floor) {
            return (WithFloor<@Nullable Object>) floor;
        }

        private synchronized void by(long position, @Nullable Object decision) {
            if (position < by) {
                accumulator = decision;
                by = position;
            }
        }

        /** Returns whether records may come after which no further one changes the result. */
        public boolean isDecidable() {
            return decidable != null;
        }

        /** Whether anything has decided it. */
        public boolean isDecided() {
            return by != Long.MAX_VALUE;
        }

        /** Whether what comes before {@code position} has decided it. */
        public boolean isDecidedBefore(long position) {
            return by < position;
        }

        /** What has decided it, also if that sink was given its records anew. */
        public synchronized @Nullable Object accumulator() {
            return accumulator;
        }
    }

    /** A fold of one part of the bag. */
    public FoldSink(Place place, Shared shared) {
        this.place = place;
        this.shared = shared;
        this.fold = shared.fold;
        this.decidable = shared.decidable;
        this.retained = shared.retained;
        this.accumulator = zero();
    }

    @Override
    public void begin(long newPosition, Retention ofTask) {
        position = newPosition;
        retention = ofTask;
    }

    private @Nullable Object zero() {
        try {
            PartitionNumbered<?> numbered = shared.numbered;
            return numbered == null
                    ? fold.zero()
                    : numbered.zero(place.numbering().partitionOf(place.partition()));
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
            shared.by(position, accumulator);
            end(BOTH);
        }
    }

    @Override
    public boolean wantsMore() {
        if (decidable != null && shared.by <= position && !has(BOTH)) {
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

    /** Returns which entries are wanted, by their values if these are longs; null if all are. */
    @Nullable LongPredicate wantedValues() {
        WithFloor<@Nullable Object> floor = shared.floor;
        return floor == null ? null : value -> floor.wantsValue(accumulator, value);
    }

    /** Whether this may be told how many records there are, instead of being given them. */
    boolean onlyCounts() {
        return shared.count != null;
    }

    /** Counts {@code records} more; only if this {@link #onlyCounts}. */
    void add(long records) {
        accumulator = Objects.requireNonNull(shared.count).plus(accumulator, records);
    }

    /** What the records so far have come to. */
    public @Nullable Object accumulator() {
        return accumulator;
    }
}
