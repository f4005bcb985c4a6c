package dev.bag.lower;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedPredicate;
import dev.bag.kernel.EntryOrder;
import dev.bag.plan.Sorted;
import dev.bag.trait.Expander;
import dev.bag.trait.LongSum;
import java.util.Comparator;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The one place where types are forgotten. A plan is typed by its records' parameters, a kernel passes objects; which
 * object meets which function is what the plan has fixed.
 */
@SuppressWarnings("unchecked")
final class Untyped {

    private Untyped() {}

    static CheckedFunction<Object, ? extends Object> function(CheckedFunction<?, ?> function) {
        return (CheckedFunction<Object, ? extends Object>) function;
    }

    static CheckedFunction<Object, ? extends @Nullable Object> toNullable(
            CheckedFunction<?, ? extends @Nullable Object> function) {
        return (CheckedFunction<Object, ? extends @Nullable Object>) function;
    }

    static CheckedPredicate<Object> predicate(CheckedPredicate<?> predicate) {
        return (CheckedPredicate<Object>) predicate;
    }

    static CheckedBiFunction<Object, Object, ? extends Object> function(CheckedBiFunction<?, ?, ?> function) {
        return (CheckedBiFunction<Object, Object, ? extends Object>) function;
    }

    static CheckedBiFunction<Object, @Nullable Object, ? extends Object> withNullable(
            CheckedBiFunction<?, ?, ?> function) {
        return (CheckedBiFunction<Object, @Nullable Object, ? extends Object>) function;
    }

    static CheckedBiFunction<Integer, Iterator<Object>, ? extends Iterator<?>> onIterators(
            CheckedBiFunction<?, ?, ?> function) {
        return (CheckedBiFunction<Integer, Iterator<Object>, ? extends Iterator<?>>) function;
    }

    static Expander<Object, Object> expander(Expander<?, ?> expander) {
        return (Expander<Object, Object>) expander;
    }

    static Expander.With<Object, @Nullable Object, Object> expander(Expander.With<?, ?, ?> expander) {
        return (Expander.With<Object, @Nullable Object, Object>) expander;
    }

    /** The order of what is kept of the records of a sort: them, or each in a pair behind its key. */
    static Comparator<Object> order(Sorted<?, ?> plan) {
        return (Comparator<Object>) (plan.key() == null ? plan.comparator() : EntryOrder.by(plan.comparator()));
    }

    static Fold<Object, @Nullable Object, @Nullable Object> fold(
            Fold<?, ? extends @Nullable Object, ? extends @Nullable Object> fold) {
        return (Fold<Object, @Nullable Object, @Nullable Object>) fold;
    }

    static LongSum<Object, Object> sum(LongSum<?, ?> sum) {
        return (LongSum<Object, Object>) sum;
    }
}
