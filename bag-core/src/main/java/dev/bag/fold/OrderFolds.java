package dev.bag.fold;

import dev.bag.trait.Copies;
import dev.bag.trait.Traits.LargestValueFirst;
import dev.bag.trait.Traits.RetainsCopies;
import dev.bag.trait.Traits.WithFloor;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first records in some order. */
final class OrderFolds {

    private OrderFolds() {}

    /** The first record in some order, the earliest of equals. */
    record LeastFold<T>(Comparator<? super T> order)
            implements Fold<T, LeastFold.Least<T>, Optional<T>>, RetainsCopies {

        LeastFold {
            Objects.requireNonNull(order, "comparator");
        }

        /** The first record so far, or null. An {@link Optional} could not be written to disk. */
        record Least<T>(@Nullable T record) implements Serializable {}

        @Override
        public Least<T> zero() {
            return new Least<>(null);
        }

        @Override
        public Least<T> add(Least<T> least, T record) {
            T before = least.record();
            return before == null || order.compare(record, before) < 0 ? new Least<>(Copies.of(record)) : least;
        }

        @Override
        public Least<T> merge(Least<T> left, Least<T> right) {
            T later = right.record();
            return later == null ? left : add(left, later);
        }

        @Override
        public Optional<T> finish(Least<T> least) {
            return Optional.ofNullable(least.record());
        }

        @Override
        public boolean mergesExactly() {
            return true;
        }
    }

    /** The first {@code size} records in some order. */
    record TopFold<T>(int size, Comparator<? super T> order)
            implements Fold<T, TopList<T>, List<T>>, RetainsCopies, WithFloor<TopList<T>> {

        TopFold {
            Objects.requireNonNull(order, "comparator");
            if (size < 0) {
                throw new IllegalArgumentException("topK(" + size + "): k must be 0 or more");
            }
        }

        @Override
        public TopList<T> zero() {
            return new TopList<>();
        }

        @Override
        public TopList<T> add(TopList<T> top, T record) {
            top.add(record, size, order);
            return top;
        }

        @Override
        public boolean hasFloor() {
            return order instanceof LargestValueFirst;
        }

        @Override
        public boolean wantsValue(TopList<T> top, long value) {
            return !top.hasBar
                    || !(top.records.get(size - 1) instanceof Pair<?, ?> bar)
                    || !(bar.second() instanceof Long least)
                    || value > least;
        }

        @Override
        public TopList<T> merge(TopList<T> left, TopList<T> right) {
            left.addAll(right, size, order);
            return left;
        }

        @Override
        public List<T> finish(TopList<T> top) {
            return top.toList(size, order);
        }

        @Override
        public boolean mergesExactly() {
            return true;
        }
    }

    /**
     * The first {@code size} records of all in some order, equal ones in the order they came.
     *
     * <p>Records are appended until there are twice as many as wanted; then a stable sort decides which half stays. Its
     * last record is from then on the bar: what is not before it can be thrown away at once. Appending keeps equal
     * records in input order, so none needs a number to tell which came first, and each record costs O(log size)
     * comparisons at most, on average.
     *
     * <p>Size and order are handed in rather than held, so that this holds data only and can be written to disk
     * whatever the comparator is; they must be the same each time.
     */
    static final class TopList<T> implements Serializable {

        private static final long serialVersionUID = 1L;

        private final ArrayList<T> records = new ArrayList<>();

        /** Whether the first {@code size} records are sorted, so that the last of them is the bar. */
        private boolean hasBar;

        void add(T record, int size, Comparator<? super T> order) {
            if (mayBelong(record, size, order)) {
                records.add(Copies.of(record));
                cutIfLong(size, order);
            }
        }

        /** Adds what came after all that is here. */
        void addAll(TopList<T> later, int size, Comparator<? super T> order) {
            records.addAll(later.records);
            cutIfLong(size, order);
        }

        List<T> toList(int size, Comparator<? super T> order) {
            cut(size, order);
            return Collections.unmodifiableList(records);
        }

        private boolean mayBelong(T record, int size, Comparator<? super T> order) {
            return size > 0 && (!hasBar || order.compare(record, records.get(size - 1)) < 0);
        }

        private void cutIfLong(int size, Comparator<? super T> order) {
            if (records.size() >= 2L * size) {
                cut(size, order);
            }
        }

        private void cut(int size, Comparator<? super T> order) {
            records.sort(order);
            if (records.size() >= size) {
                records.subList(size, records.size()).clear();
                hasBar = true;
            }
        }
    }
}
