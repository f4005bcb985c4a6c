package dev.bag.build;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedBinaryOperator;
import dev.bag.function.CheckedConsumer;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedPredicate;
import dev.bag.key.Keys;
import dev.bag.plan.Filtered;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Plan;
import dev.bag.plan.Scanned;
import dev.bag.trait.Traits.KeepsKeys;
import dev.bag.value.Pair;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The plans of operators whose function is not quite the user's. */
public final class RecordWise {

    private RecordWise() {}

    /** The records for which {@code drop} returns false. */
    public static <T> Plan<T> filteredOut(Plan<T> plan, CheckedPredicate<? super T> drop) {
        Objects.requireNonNull(drop, "drop");
        return new Filtered<>(plan, record -> !drop.testChecked(record), "filterNot");
    }

    /** The records of a class, without the others. */
    public static <T, R> Plan<R> ofClass(Plan<T> plan, Class<R> type) {
        return new Mapped.NotNull<>(plan, new OfClass<T, R>(Objects.requireNonNull(type, "type")), "filter");
    }

    /** The records, which are all of a class. */
    public static <T, R> Plan<R> cast(Plan<T> plan, Class<R> type) {
        Objects.requireNonNull(type, "type");
        return new Mapped<>(plan, type::cast, "cast");
    }

    /** The records, each behind its key. */
    public static <T, K> Plan<Pair<K, T>> keyed(Plan<T> plan, CheckedFunction<? super T, ? extends K> f) {
        Objects.requireNonNull(f, "f");
        return new Mapped<>(plan, record -> new Pair<>(Keys.notNull(f.applyChecked(record)), record), "keyBy");
    }

    /** The same records, once {@code action} has seen them. */
    public static <T> Plan<T> peeked(Plan<T> plan, CheckedConsumer<? super T> action) {
        Objects.requireNonNull(action, "action");
        return new Mapped<>(
                plan,
                record -> {
                    action.acceptChecked(record);
                    return record;
                },
                "peek");
    }

    /** What {@code f} makes of the records of each partition. */
    public static <T, R> Plan<R> mappedPartitions(
            Plan<T> plan, CheckedFunction<? super Iterator<T>, ? extends Iterator<? extends R>> f) {
        Objects.requireNonNull(f, "f");
        return new MappedPartitions<T, R>(plan, (index, records) -> f.applyChecked(records), "mapPartitions");
    }

    /** The running fold that begins with the first record. */
    public static <T> Plan<T> scanned(Plan<T> plan, CheckedBinaryOperator<T> op) {
        return new Scanned<T, T>(
                plan, new Scanned.Start.FirstRecord<>(first -> first), Objects.requireNonNull(op, "op"));
    }

    /** The running fold that begins with {@code initial}. */
    public static <T, A> Plan<A> scanned(
            Plan<T> plan, A initial, CheckedBiFunction<? super A, ? super T, ? extends A> op) {
        return new Scanned<>(
                plan,
                new Scanned.Start.Initial<T, A>(Objects.requireNonNull(initial, "initial")),
                Objects.requireNonNull(op, "op"));
    }

    /** The records of a class, as such; null for others. */
    private record OfClass<T, R>(Class<R> type) implements CheckedFunction<T, @Nullable R>, KeepsKeys {

        @Override
        public @Nullable R applyChecked(T record) {
            return type.isInstance(record) ? type.cast(record) : null;
        }
    }
}
