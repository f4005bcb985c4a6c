package dev.bag.build;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Plan;
import dev.bag.plan.Shuffled;
import dev.bag.plan.Shuffled.Distinct;
import dev.bag.plan.Sorted;
import dev.bag.value.Pair;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The plans of operators that move records between partitions, by a key of each record. */
public final class Shuffles {

    private Shuffles() {}

    /** The records of each key. */
    public static <T, K> Plan<Pair<K, List<T>>> grouped(
            Plan<T> plan, CheckedFunction<? super T, ? extends K> f, String operator) {
        Objects.requireNonNull(f, "f");
        return GroupedByKey.<T, K, T>of(plan, f, record -> record, operator);
    }

    /** What {@code f} returns for each key and its records, one after the other. */
    public static <T, K, R> Plan<R> streamed(
            Plan<T> plan,
            CheckedFunction<? super T, ? extends K> key,
            CheckedBiFunction<? super K, ? super Iterator<T>, ? extends R> f) {
        Objects.requireNonNull(key, "key");
        return GroupedByKey.<T, K, T, R>of(
                plan,
                key,
                record -> record,
                group -> f.applyChecked(group.first(), group.second().iterator()),
                "groupByStreaming");
    }

    /** The fold of the records of each key. */
    public static <T, K, A extends @Nullable Object, R> Plan<Pair<K, R>> folded(
            Plan<T> plan,
            CheckedFunction<? super T, ? extends K> f,
            Fold<? super T, A, ? extends R> fold,
            String operator) {
        Objects.requireNonNull(f, "f");
        Objects.requireNonNull(fold, "fold");
        return new FoldedByKey<T, K, A, R>(plan, f, fold, Shuffled.partitionsFor(plan), operator);
    }

    /** The first record of each key. */
    public static <T> Plan<T> distinct(Plan<T> plan, CheckedFunction<? super T, ?> f, String operator) {
        Objects.requireNonNull(f, "f");
        return new Distinct<T, Object>(plan, f, Shuffled.partitionsFor(plan), operator);
    }

    /** The records in the natural order of their keys. */
    public static <T, K extends Comparable<? super K>> Plan<T> sortedBy(
            Plan<T> plan, CheckedFunction<? super T, ? extends K> f) {
        return Sorted.<T, K>by(f, plan, NaturalOrder.<K>get(), "sortBy");
    }
}
