package dev.bag.optimize;

import dev.bag.fold.Folds;
import dev.bag.function.CheckedFunction;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Expanded;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.Mapped;
import dev.bag.plan.Plan;
import dev.bag.plan.Shuffled.Routing;
import dev.bag.plan.Shuffled.SpreadByKey;
import dev.bag.trait.Expander;
import dev.bag.trait.Traits.EntryKey;
import dev.bag.trait.Traits.KeepsKeys;
import dev.bag.value.Pair;
import java.util.List;

/** Plans of entries, and shuffles of such. */
final class Entries {

    private Entries() {}

    /** Numbers below {@code count} by what is left when they are divided by 7, with a factor so that keys come mixed. */
    static Plan<Pair<Integer, Integer>> of(int count, int partitions) {
        return new Mapped<>(Optimized.numbers(count, partitions), n -> new Pair<>(n * 5 % 7, n), "keyBy");
    }

    static <V> Plan<Pair<Integer, V>> spread(Plan<Pair<Integer, V>> plan, int count) {
        return new SpreadByKey<>(plan, new EntryKey<Integer, V>(), count, "partitionByKey");
    }

    static <V> FoldedByKey<Pair<Integer, V>, Integer, ?, List<Pair<Integer, V>>> grouped(
            Plan<Pair<Integer, V>> plan, int count) {
        return grouped(plan, new EntryKey<>(), count);
    }

    static <V> FoldedByKey<Pair<Integer, V>, Integer, ?, List<Pair<Integer, V>>> grouped(
            Plan<Pair<Integer, V>> plan, CheckedFunction<Pair<Integer, V>, Integer> key, int count) {
        return new FoldedByKey<>(plan, key, Folds.<Pair<Integer, V>>toList(), count, "groupValues");
    }

    static <V, W> Cogrouped<Integer, V, W, Pair<Integer, Pair<List<V>, List<W>>>> cogrouped(
            Plan<Pair<Integer, V>> left, Plan<Pair<Integer, W>> right, int count) {
        return new Cogrouped<>(left, right, null, count, Routing.BY_HASH, Routing.BY_HASH, "cogroup");
    }

    /** The same entries, by an operation that says that it keeps keys. */
    static <V> Plan<Pair<Integer, V>> valuesMapped(Plan<Pair<Integer, V>> plan) {
        return new Mapped<>(plan, new Same<V>(), "mapValues");
    }

    /** Each entry twice, by an operation that says that it keeps keys. */
    static <V> Plan<Pair<Integer, V>> doubled(Plan<Pair<Integer, V>> plan) {
        return new Expanded<>(plan, new Twice<V>(), "match");
    }

    private record Same<V>() implements CheckedFunction<Pair<Integer, V>, Pair<Integer, V>>, KeepsKeys {

        @Override
        public Pair<Integer, V> applyChecked(Pair<Integer, V> entry) {
            return entry;
        }
    }

    private record Twice<V>() implements Expander<Pair<Integer, V>, Pair<Integer, V>>, KeepsKeys {

        @Override
        public void expand(Pair<Integer, V> entry, Output<? super Pair<Integer, V>> out) {
            out.accept(entry);
            out.accept(entry);
        }
    }
}
