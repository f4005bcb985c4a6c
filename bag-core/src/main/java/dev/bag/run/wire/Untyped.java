package dev.bag.run.wire;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedPredicate;
import dev.bag.key.EntryOrder;
import dev.bag.plan.Sorted;
import dev.bag.source.Sink;
import dev.bag.trait.Expander;
import dev.bag.trait.Outside;
import dev.bag.trait.Traits.InDoubles;
import dev.bag.trait.Traits.LongSum;
import java.util.Comparator;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The one place where types are forgotten. A plan is typed by its records' parameters, a kernel passes objects; which
 * object meets which function is what the plan has fixed.
 */
@SuppressWarnings("unchecked") // the plan was typed when it was built
public final class Untyped {

    private Untyped() {}

    public static CheckedFunction<Object, ? extends Object> function(CheckedFunction<?, ?> function) {
        return (CheckedFunction<Object, ? extends Object>) function;
    }

    public static CheckedFunction<Object, ? extends @Nullable Object> toNullable(
            CheckedFunction<?, ? extends @Nullable Object> function) {
        return (CheckedFunction<Object, ? extends @Nullable Object>) function;
    }

    public static CheckedPredicate<Object> predicate(CheckedPredicate<?> predicate) {
        return (CheckedPredicate<Object>) predicate;
    }

    public static CheckedBiFunction<Object, Object, ? extends Object> function(CheckedBiFunction<?, ?, ?> function) {
        return (CheckedBiFunction<Object, Object, ? extends Object>) function;
    }

    public static CheckedBiFunction<Object, @Nullable Object, ? extends Object> withNullable(
            CheckedBiFunction<?, ?, ?> function) {
        return (CheckedBiFunction<Object, @Nullable Object, ? extends Object>) function;
    }

    public static CheckedBiFunction<Integer, Iterator<Object>, ? extends Iterator<?>> onIterators(
            CheckedBiFunction<?, ?, ?> function) {
        return (CheckedBiFunction<Integer, Iterator<Object>, ? extends Iterator<?>>) function;
    }

    public static Expander<Object, Object> expander(Expander<?, ?> expander) {
        return (Expander<Object, Object>) expander;
    }

    public static Expander.With<Object, @Nullable Object, Object> expander(Expander.With<?, ?, ?> expander) {
        return (Expander.With<Object, @Nullable Object, Object>) expander;
    }

    /** The order of what is kept of the records of a sort: them, or each in a pair behind its key. */
    public static Comparator<Object> order(Sorted<?, ?> plan) {
        return (Comparator<Object>) (plan.key() == null ? plan.comparator() : EntryOrder.by(plan.comparator()));
    }

    public static Fold<Object, @Nullable Object, @Nullable Object> fold(
            Fold<?, ? extends @Nullable Object, ? extends @Nullable Object> fold) {
        return (Fold<Object, @Nullable Object, @Nullable Object>) fold;
    }

    public static Sink<Object, ? extends @Nullable Object> sink(Sink<?, ? extends @Nullable Object> sink) {
        return (Sink<Object, ? extends @Nullable Object>) sink;
    }

    public static Sink.Output<Object, @Nullable Object, ? extends @Nullable Object> output(
            Sink.Output<?, ? extends @Nullable Object, ? extends @Nullable Object> output) {
        return (Sink.Output<Object, @Nullable Object, ? extends @Nullable Object>) output;
    }

    public static Outside<Object, Object> outside(Outside<?, ?> outside) {
        return (Outside<Object, Object>) outside;
    }

    public static InDoubles<Object> inDoubles(InDoubles<?> fold) {
        return (InDoubles<Object>) fold;
    }

    public static LongSum<Object, Object> sum(LongSum<?, ?> sum) {
        return (LongSum<Object, Object>) sum;
    }
}
