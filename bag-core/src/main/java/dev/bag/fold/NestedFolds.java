package dev.bag.fold;

import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedPredicate;
import dev.bag.trait.Traits.Retaining;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Folds made of other folds. */
final class NestedFolds {

    private NestedFolds() {}

    /** A fold of what a function makes of each record. */
    record MappedFold<T, U, A extends @Nullable Object, R extends @Nullable Object>(
            CheckedFunction<? super T, ? extends U> mapper, Fold<? super U, A, R> fold)
            implements Fold<T, A, R>, Retaining {

        MappedFold {
            Objects.requireNonNull(mapper, "f");
            Objects.requireNonNull(fold, "fold");
        }

        @Override
        public A zero() {
            return fold.zero();
        }

        @Override
        public A add(A accumulator, T record) {
            U mapped = Objects.requireNonNull(
                    mapper.apply(record),
                    "mapping: the function returned null, and a record is never null. "
                            + "Leave these records out with filtering, or return an Optional.");
            return fold.add(accumulator, mapped);
        }

        @Override
        public A merge(A left, A right) {
            return fold.merge(left, right);
        }

        @Override
        public R finish(A accumulator) {
            return fold.finish(accumulator);
        }

        @Override
        public boolean mergesExactly() {
            return fold.mergesExactly();
        }

        /** What the function makes of a record may be anything, whatever that is of which copies are known. */
        @Override
        public Retained retained() {
            return Retaining.by(fold) == Retained.NOTHING ? Retained.NOTHING : Retained.ANYTHING;
        }
    }

    /** A fold of some of the records. */
    record FilteredFold<T, A extends @Nullable Object, R extends @Nullable Object>(
            CheckedPredicate<? super T> keep, Fold<? super T, A, R> fold) implements Fold<T, A, R>, Retaining {

        FilteredFold {
            Objects.requireNonNull(keep, "p");
            Objects.requireNonNull(fold, "fold");
        }

        @Override
        public A zero() {
            return fold.zero();
        }

        @Override
        public A add(A accumulator, T record) {
            return keep.test(record) ? fold.add(accumulator, record) : accumulator;
        }

        @Override
        public A merge(A left, A right) {
            return fold.merge(left, right);
        }

        @Override
        public R finish(A accumulator) {
            return fold.finish(accumulator);
        }

        @Override
        public boolean mergesExactly() {
            return fold.mergesExactly();
        }

        @Override
        public Retained retained() {
            return Retaining.by(fold);
        }
    }

    /** Two folds of the same records. */
    record BothFold<
                    T,
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    R extends @Nullable Object,
                    S extends @Nullable Object>(
            Fold<? super T, A, R> first, Fold<? super T, B, S> second)
            implements Fold<T, BothFold.Two<A, B>, Pair<R, S>>, Retaining {

        BothFold {
            Objects.requireNonNull(first, "a");
            Objects.requireNonNull(second, "b");
        }

        /** The accumulators of both. */
        record Two<A extends @Nullable Object, B extends @Nullable Object>(Slot<A> first, Slot<B> second)
                implements Serializable {}

        @Override
        public Two<A, B> zero() {
            return new Two<>(new Slot<>(first.zero()), new Slot<>(second.zero()));
        }

        @Override
        public Two<A, B> add(Two<A, B> two, T record) {
            two.first().add(first, record);
            two.second().add(second, record);
            return two;
        }

        @Override
        public Two<A, B> merge(Two<A, B> left, Two<A, B> right) {
            left.first().merge(first, right.first());
            left.second().merge(second, right.second());
            return left;
        }

        @Override
        public Pair<R, S> finish(Two<A, B> two) {
            return new Pair<>(two.first().finish(first), two.second().finish(second));
        }

        @Override
        public boolean mergesExactly() {
            return first.mergesExactly() && second.mergesExactly();
        }

        @Override
        public Retained retained() {
            Retained byFirst = Retaining.by(first);
            Retained bySecond = Retaining.by(second);
            return byFirst.compareTo(bySecond) > 0 ? byFirst : bySecond;
        }
    }

    /** A fold of the records of each key. */
    record GroupedFold<T, K, A extends @Nullable Object, R extends @Nullable Object>(
            CheckedFunction<? super T, ? extends K> key, Fold<? super T, A, R> fold)
            implements Fold<T, LinkedHashMap<K, Slot<A>>, Map<K, R>> {

        GroupedFold {
            Objects.requireNonNull(key, "f");
            Objects.requireNonNull(fold, "fold");
        }

        @Override
        public LinkedHashMap<K, Slot<A>> zero() {
            return new LinkedHashMap<>();
        }

        @Override
        public LinkedHashMap<K, Slot<A>> add(LinkedHashMap<K, Slot<A>> groups, T record) {
            groups.computeIfAbsent(keyOf(record), newKey -> new Slot<>(fold.zero()))
                    .add(fold, record);
            return groups;
        }

        private K keyOf(T record) {
            return Objects.requireNonNull(
                    key.apply(record),
                    "grouping: the function returned null, and a key is never null. "
                            + "Leave these records out with filtering, or return an Optional.");
        }

        @Override
        public LinkedHashMap<K, Slot<A>> merge(LinkedHashMap<K, Slot<A>> left, LinkedHashMap<K, Slot<A>> right) {
            right.forEach((newKey, later) -> {
                Slot<A> group = left.putIfAbsent(newKey, later);
                if (group != null) {
                    group.merge(fold, later);
                }
            });
            return left;
        }

        @Override
        public Map<K, R> finish(LinkedHashMap<K, Slot<A>> groups) {
            Map<K, R> results = new LinkedHashMap<>();
            groups.forEach((each, group) -> results.put(each, group.finish(fold)));
            return Collections.unmodifiableMap(results);
        }

        @Override
        public boolean mergesExactly() {
            return fold.mergesExactly();
        }
    }

    /**
     * The accumulator of a fold inside another fold. The inner fold may return a new accumulator for every record; the
     * slot stays the same, so that nothing else has to be made anew.
     */
    static final class Slot<A extends @Nullable Object> implements Serializable {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // a slot is as serializable as what is in it
        private A accumulator;

        Slot(A accumulator) {
            this.accumulator = accumulator;
        }

        <T> void add(Fold<? super T, A, ?> fold, T record) {
            accumulator = fold.add(accumulator, record);
        }

        void merge(Fold<?, A, ?> fold, Slot<A> later) {
            accumulator = fold.merge(accumulator, later.accumulator);
        }

        <R extends @Nullable Object> R finish(Fold<?, A, ? extends R> fold) {
            return fold.finish(accumulator);
        }
    }
}
