package dev.bag.build;

import dev.bag.kernel.BroadcastFold;
import dev.bag.key.KeyTable;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Expanded;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Folded;
import dev.bag.trait.Expander;
import dev.bag.trait.Traits.KeepsKeys;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The joins: what is made, for each key, of its values on both sides. */
public final class Joining {

    private Joining() {}

    /** What to make of one key and its values on both sides: entries with that key. */
    @FunctionalInterface
    private interface Match<K, V, W, R> extends Serializable {

        void give(K key, List<V> left, List<W> right, Expander.Output<? super Pair<K, R>> out);
    }

    private record Matches<K, V, W, R>(Match<K, V, W, R> match)
            implements Expander<Pair<K, Pair<List<V>, List<W>>>, Pair<K, R>>, KeepsKeys {

        @Override
        public void expand(Pair<K, Pair<List<V>, List<W>>> entry, Output<? super Pair<K, R>> out) {
            match.give(entry.first(), entry.second().first(), entry.second().second(), out);
        }
    }

    /** For each key the pairs of its values on both sides. */
    public static <K, V, W> Plan<Pair<K, Pair<V, W>>> inner(Plan<Pair<K, V>> left, Plan<Pair<K, W>> right) {
        return matched(left, right, "join", (key, ours, theirs, out) -> pairs(key, ours, theirs, out));
    }

    /** As {@link #inner}, and the values of the left side whose key does not occur on the right. */
    public static <K, V, W> Plan<Pair<K, Pair<V, Optional<W>>>> left(Plan<Pair<K, V>> left, Plan<Pair<K, W>> right) {
        return matched(left, right, "leftJoin", (key, ours, theirs, out) -> pairs(key, ours, optional(theirs), out));
    }

    /** As {@link #inner}, and the values of the right side whose key does not occur on the left. */
    public static <K, V, W> Plan<Pair<K, Pair<Optional<V>, W>>> right(Plan<Pair<K, V>> left, Plan<Pair<K, W>> right) {
        return matched(left, right, "rightJoin", (key, ours, theirs, out) -> pairs(key, optional(ours), theirs, out));
    }

    /** As {@link #inner}, and the values of both sides whose key does not occur on the other. */
    public static <K, V, W> Plan<Pair<K, Pair<Optional<V>, Optional<W>>>> full(
            Plan<Pair<K, V>> left, Plan<Pair<K, W>> right) {
        return matched(
                left, right, "fullJoin", (key, ours, theirs, out) -> pairs(key, optional(ours), optional(theirs), out));
    }

    /** The entries of the left side whose key occurs, or does not, on the right. */
    public static <K, V, W> Plan<Pair<K, V>> existing(
            Plan<Pair<K, V>> left, Plan<Pair<K, W>> right, boolean wanted, String operator) {
        return matched(left, right, operator, (key, ours, theirs, out) -> {
            if (theirs.isEmpty() != wanted) {
                each(key, ours, out);
            }
        });
    }

    private static <K, V, W, R> Plan<Pair<K, R>> matched(
            Plan<Pair<K, V>> left, Plan<Pair<K, W>> right, String operator, Match<K, V, W, R> match) {
        return Cogrouped.of(left, right, new Matches<>(match), operator);
    }

    /** The inner join with a side that fits into memory: nothing of the left side moves. */
    public static <K, V, W> Plan<Pair<K, Pair<V, W>>> broadcast(Plan<Pair<K, V>> left, Plan<Pair<K, W>> small) {
        Value<KeyTable> table = new Folded<>(small, new BroadcastFold<K, W>(), "broadcast");
        return new Expanded.With<>(left, table, new Lookup<K, V, W>(), "joinBroadcast");
    }

    private record Lookup<K, V, W>() implements Expander.With<Pair<K, V>, KeyTable, Pair<K, Pair<V, W>>>, KeepsKeys {

        @Override
        @SuppressWarnings("unchecked") // the table holds lists of the small side's values
        public void expand(Pair<K, V> entry, KeyTable table, Expander.Output<? super Pair<K, Pair<V, W>>> out) {
            Object values = table.get(entry.first());
            if (values != null) {
                pairs(entry.first(), List.of(entry.second()), (List<W>) values, out);
            }
        }
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
