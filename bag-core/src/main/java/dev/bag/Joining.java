package dev.bag;

import dev.bag.function.CheckedBiFunction;
import dev.bag.kernel.BroadcastFold;
import dev.bag.kernel.KeyTable;
import dev.bag.plan.Auxiliary;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Expanded;
import dev.bag.plan.Expander;
import dev.bag.plan.Folded;
import dev.bag.plan.KeepsKeys;
import dev.bag.plan.MappedWith;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The joins: for each key what a cogroup has on both sides, in pairs. */
final class Joining {

    private Joining() {}

    /** What to make of one key and its values on both sides: entries with that key. */
    @FunctionalInterface
    private interface Match<K, V, W, R> extends Serializable {

        void give(K key, List<V> left, List<W> right, Expander.Output<? super Pair<K, R>> out);
    }

    private record Matches<K, V, W, R>(Match<K, V, W, R> match)
            implements Expander<Pair<K, Pair<List<V>, List<W>>>, Pair<K, R>>, KeepsKeys, Auxiliary {

        @Override
        public void expand(Pair<K, Pair<List<V>, List<W>>> entry, Output<? super Pair<K, R>> out) {
            match.give(entry.first(), entry.second().first(), entry.second().second(), out);
        }

        @Override
        public boolean comesFirst() {
            return false;
        }
    }

    static <K, V, W> Plan<Pair<K, Pair<V, W>>> inner(Plan<Pair<K, V>> left, Plan<Pair<K, W>> right) {
        return matched(left, right, "join", (key, ours, theirs, out) -> pairs(key, ours, theirs, out));
    }

    static <K, V, W> Plan<Pair<K, Pair<V, Optional<W>>>> left(Plan<Pair<K, V>> left, Plan<Pair<K, W>> right) {
        return matched(left, right, "leftJoin", (key, ours, theirs, out) -> pairs(key, ours, optional(theirs), out));
    }

    static <K, V, W> Plan<Pair<K, Pair<Optional<V>, W>>> right(Plan<Pair<K, V>> left, Plan<Pair<K, W>> right) {
        return matched(left, right, "rightJoin", (key, ours, theirs, out) -> pairs(key, optional(ours), theirs, out));
    }

    static <K, V, W> Plan<Pair<K, Pair<Optional<V>, Optional<W>>>> full(Plan<Pair<K, V>> left, Plan<Pair<K, W>> right) {
        return matched(
                left, right, "fullJoin", (key, ours, theirs, out) -> pairs(key, optional(ours), optional(theirs), out));
    }

    /** The entries of the left side whose key occurs, or does not, on the right. */
    static <K, V, W> Plan<Pair<K, V>> existing(
            Plan<Pair<K, V>> left, Plan<Pair<K, W>> right, boolean wanted, String operator) {
        return matched(left, right, operator, (key, ours, theirs, out) -> {
            if (theirs.isEmpty() != wanted) {
                each(key, ours, out);
            }
        });
    }

    /** The inner join with a side that fits into memory: nothing of the left side moves. */
    static <K, V, W> Plan<Pair<K, Pair<V, W>>> broadcast(Plan<Pair<K, V>> left, Plan<Pair<K, W>> small) {
        Value<KeyTable> table = new Folded<>(small, new BroadcastFold<K, W>(), "broadcast");
        Plan<List<Pair<K, Pair<V, W>>>> matches = new MappedWith<>(left, table, new Lookup<K, V, W>());
        return new Expanded<>(matches, Expanders.<Pair<K, Pair<V, W>>>flattening(), "joinBroadcast");
    }

    private record Lookup<K, V, W>()
            implements CheckedBiFunction<Pair<K, V>, KeyTable, List<Pair<K, Pair<V, W>>>>, Auxiliary {

        @Override
        public List<Pair<K, Pair<V, W>>> applyChecked(Pair<K, V> entry, KeyTable table) {
            return matches(entry, table.get(entry.first()));
        }

        @Override
        public boolean comesFirst() {
            return true;
        }
    }

    @SuppressWarnings("unchecked") // the table holds lists of the small side's values
    private static <K, V, W> List<Pair<K, Pair<V, W>>> matches(Pair<K, V> entry, @Nullable Object values) {
        if (values == null) {
            return List.of();
        }
        List<Pair<K, Pair<V, W>>> matches = new ArrayList<>();
        for (W value : (List<W>) values) {
            matches.add(new Pair<>(entry.first(), new Pair<>(entry.second(), value)));
        }
        return matches;
    }

    private static <K, V, W, R> Plan<Pair<K, R>> matched(
            Plan<Pair<K, V>> left, Plan<Pair<K, W>> right, String operator, Match<K, V, W, R> match) {
        return new Expanded<>(Cogrouped.of(left, right, operator), new Matches<>(match), operator);
    }

    private static <K, A, B> void pairs(
            K key, Iterable<A> left, Iterable<B> right, Expander.Output<? super Pair<K, Pair<A, B>>> out) {
        for (A a : left) {
            for (B b : right) {
                if (!out.wantsMore()) {
                    return;
                }
                out.accept(new Pair<>(key, new Pair<>(a, b)));
            }
        }
    }

    private static <K, A> void each(K key, List<A> values, Expander.Output<? super Pair<K, A>> out) {
        for (A value : values) {
            out.accept(new Pair<>(key, value));
        }
    }

    /** The values as such, or one nothing where there are none. Made when they are asked for: they may be on disk. */
    private static <A> Iterable<Optional<A>> optional(List<A> values) {
        return values.isEmpty() ? List.of(Optional.empty()) : () -> new Present<>(values.iterator());
    }

    private record Present<A>(Iterator<A> values) implements Iterator<Optional<A>> {

        @Override
        public boolean hasNext() {
            return values.hasNext();
        }

        @Override
        public Optional<A> next() {
            return Optional.of(values.next());
        }
    }
}
