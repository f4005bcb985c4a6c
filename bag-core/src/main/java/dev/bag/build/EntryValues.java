package dev.bag.build;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.trait.Traits.InDoubles;
import dev.bag.trait.Traits.KeepsKeys;
import dev.bag.trait.Traits.LongSum;
import dev.bag.trait.Traits.Retaining;
import dev.bag.value.Pair;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is done to the values of entries, as done to the entries: a function, and a fold. */
public final class EntryValues {

    private EntryValues() {}

    /** The same key with what a function returns for the value. */
    public record OnValue<K, V, R>(CheckedFunction<? super V, ? extends R> f)
            implements CheckedFunction<Pair<K, V>, Pair<K, R>>, KeepsKeys {

        @Override
        public Pair<K, R> applyChecked(Pair<K, V> entry) throws Throwable {
            R value = f.applyChecked(entry.second());
            return new Pair<>(
                    entry.first(),
                    Objects.requireNonNull(value, "the function returned null, and a value is never null"));
        }
    }

    /** A fold of values as one of entries. */
    public static class ValueFold<K, V, A extends @Nullable Object, R> implements Fold<Pair<K, V>, A, R>, Retaining {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // folds are serializable
        private final Fold<? super V, A, ? extends R> fold;

        ValueFold(Fold<? super V, A, ? extends R> fold) {
            this.fold = Objects.requireNonNull(fold, "fold");
        }

        /** Has the trait that {@code fold} has. */
        @SuppressWarnings("unchecked") // a fold has but one kind of records and of accumulators
        public static <K, V, A extends @Nullable Object, R> ValueFold<K, V, A, R> of(
                Fold<? super V, A, ? extends R> fold) {
            if (fold instanceof LongSum<?, ?> sum) {
                return new OfSum<>(fold, (LongSum<? super V, A>) sum);
            }
            return fold instanceof InDoubles<?> inDoubles
                    ? new OfDoubles<>(fold, (InDoubles<? super V>) inDoubles)
                    : new ValueFold<>(fold);
        }

        @Override
        public A zero() {
            return fold.zero();
        }

        @Override
        public A add(A accumulator, Pair<K, V> entry) {
            return fold.add(accumulator, entry.second());
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

        private static final class OfSum<K, V, A extends @Nullable Object, R> extends ValueFold<K, V, A, R>
                implements LongSum<Pair<K, V>, A> {

            private static final long serialVersionUID = 1L;

            @SuppressWarnings("serial") // a fold, too
            private final LongSum<? super V, A> sum;

            OfSum(Fold<? super V, A, ? extends R> fold, LongSum<? super V, A> sum) {
                super(fold);
                this.sum = sum;
            }

            @Override
            public long number(Pair<K, V> entry) {
                return sum.number(entry.second());
            }

            @Override
            public A plus(A accumulator, long number) {
                return sum.plus(accumulator, number);
            }

            @Override
            public boolean isLong(A accumulator) {
                return sum.isLong(accumulator);
            }

            @Override
            public long toLong(A accumulator) {
                return sum.toLong(accumulator);
            }
        }

        private static final class OfDoubles<K, V, A extends @Nullable Object, R> extends ValueFold<K, V, A, R>
                implements InDoubles<Pair<K, V>> {

            private static final long serialVersionUID = 1L;

            @SuppressWarnings("serial") // a fold, too
            private final InDoubles<? super V> inDoubles;

            OfDoubles(Fold<? super V, A, ? extends R> fold, InDoubles<? super V> inDoubles) {
                super(fold);
                this.inDoubles = inDoubles;
            }

            @Override
            public int width() {
                return inDoubles.width();
            }

            @Override
            public void begin(double[] numbers, int at) {
                inDoubles.begin(numbers, at);
            }

            @Override
            public void add(double[] numbers, int at, Pair<K, V> entry) {
                inDoubles.add(numbers, at, entry.second());
            }

            @Override
            public void merge(double[] left, int at, double[] right, int rightAt) {
                inDoubles.merge(left, at, right, rightAt);
            }
        }
    }
}
