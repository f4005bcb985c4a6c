package dev.bag.kernel;

import dev.bag.fold.Fold;
import dev.bag.trait.Decidable;
import org.jspecify.annotations.Nullable;

/** Folds the records it is given. */
public final class FoldSink implements Sink {

    private final Place place;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final Decided decided;
    /** The fold, if it can be decided; asked once here and not for each record. */
    private final @Nullable Decidable decidable;

    private @Nullable Object accumulator;

    /** Whether the result of a fold cannot change any more, whatever comes; told to all its parts. */
    public static final class Decided {

        /** Written by the part that decides, read by all, between records. */
        private volatile boolean yes;

        private volatile @Nullable Object accumulator;

        private void by(@Nullable Object decision) {
            accumulator = decision;
            yes = true;
        }

        /** What has decided it, also if that part had to be read anew; otherwise {@code merged}. */
        public @Nullable Object orElse(@Nullable Object merged) {
            return yes ? accumulator : merged;
        }
    }

    /** A fold of one part of the bag. */
    public FoldSink(Place place, Fold<Object, @Nullable Object, ?> fold, Decided decided) {
        this.place = place;
        this.fold = fold;
        this.decided = decided;
        this.decidable = fold instanceof Decidable canBe ? canBe : null;
        this.accumulator = zero();
    }

    private @Nullable Object zero() {
        try {
            return fold.zero();
        } catch (Throwable e) {
            throw place.failure(null, e);
        }
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            accumulator = fold.add(accumulator, record);
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
        if (decidable != null && decidable.isDecidedBy(accumulator)) {
            decided.by(accumulator);
        }
    }

    @Override
    public boolean wantsMore() {
        return decidable == null || !decided.yes;
    }

    /** What the records so far have come to. */
    public @Nullable Object accumulator() {
        return accumulator;
    }
}
