package dev.bag;

import dev.bag.build.Joining;
import dev.bag.build.NaturalOrder;
import dev.bag.build.OnValue;
import dev.bag.build.PlanText;
import dev.bag.build.Reducing;
import dev.bag.build.Shuffles;
import dev.bag.build.ValueFold;
import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedBinaryOperator;
import dev.bag.function.CheckedConsumer;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedPredicate;
import dev.bag.kernel.EntryOrder;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Filtered;
import dev.bag.plan.Folded;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Mapped;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Sorted;
import dev.bag.plan.SpreadByKey;
import dev.bag.trait.EntryKey;
import dev.bag.value.Pair;
import dev.bag.value.Storage;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Bag} of entries, each a key and a value. A key may occur any number of times until an operator says
 * otherwise. What is said of bags holds here: lazy, parallel, immutable, the same answer on every run.
 *
 * <p>Keys are compared by {@code equals}; a key that is an array, by its content. Their class must have a hash of its
 * content; records, enums, Strings, numbers and collections of those do, but not if there are arrays in them, which are
 * equal to themselves only. Other keys fail the run, by name. For any other class {@code hashCode} is asked, and the order of keys is
 * the same in every JVM if that is: one that hashes an enum by {@code Enum.hashCode} is not; a record does it right.
 *
 * @param <K> the keys, never null
 * @param <V> the values, never null
 */
public final class KeyedBag<K, V> {

    private final Plan<Pair<K, V>> plan;

    private KeyedBag(Plan<Pair<K, V>> plan) {
        this.plan = plan;
    }

    static <K, V> KeyedBag<K, V> of(Plan<Pair<K, V>> plan) {
        return new KeyedBag<>(plan);
    }

    // ---- narrow ----

    /** The entries as a bag of pairs. Costs nothing. */
    public Bag<Pair<K, V>> entries() {
        return Bag.of(plan);
    }

    /** The keys of all entries. <b>Lazy, narrow.</b> */
    public Bag<K> keys() {
        return Bag.of(new Mapped<>(plan, Pair::first, "keys"));
    }

    /** The values of all entries. <b>Lazy, narrow.</b> */
    public Bag<V> values() {
        return Bag.of(new Mapped<>(plan, Pair::second, "values"));
    }

    /** The same keys, with what {@code f} answers for each value. <b>Lazy, narrow.</b> */
    public <R> KeyedBag<K, R> mapValues(CheckedFunction<? super V, ? extends R> f) {
        Objects.requireNonNull(f, "f");
        return of(new Mapped<>(plan, new OnValue<K, V, R>(f), "mapValues"));
    }

    /** What {@code f} answers for each key and value. <b>Lazy, narrow.</b> */
    public <R> Bag<R> mapEntries(CheckedBiFunction<? super K, ? super V, ? extends R> f) {
        Objects.requireNonNull(f, "f");
        return Bag.of(new Mapped<>(plan, entry -> f.applyChecked(entry.first(), entry.second()), "mapEntries"));
    }

    /** The entries for whose key {@code keep} answers true. <b>Lazy, narrow.</b> */
    public KeyedBag<K, V> filterKeys(CheckedPredicate<? super K> keep) {
        Objects.requireNonNull(keep, "keep");
        return of(new Filtered<>(plan, entry -> keep.testChecked(entry.first()), "filterKeys"));
    }

    /** The entries for whose value {@code keep} answers true. <b>Lazy, narrow.</b> */
    public KeyedBag<K, V> filterValues(CheckedPredicate<? super V> keep) {
        Objects.requireNonNull(keep, "keep");
        return of(new Filtered<>(plan, entry -> keep.testChecked(entry.second()), "filterValues"));
    }

    /** The same bag; the operator above is called {@code name} in errors, {@link #explain} and progress. */
    public KeyedBag<K, V> named(String name) {
        return of(new Named<>(plan, name));
    }

    // ---- shuffling ----

    /** The fold of the values of each key. <b>Lazy, shuffle.</b> Holds an accumulator for each key. */
    public <A extends @Nullable Object, R> KeyedBag<K, R> foldValues(Fold<? super V, A, ? extends R> fold) {
        return folded(fold, "foldValues");
    }

    /** The values of each key merged by {@code op}, which is associative. <b>Lazy, shuffle.</b> */
    public KeyedBag<K, V> reduceValues(CheckedBinaryOperator<V> op) {
        return folded(Reducing.ofSome(Objects.requireNonNull(op, "op")), "reduceValues");
    }

    /** The values of each key, in input order. <b>Lazy, shuffle.</b> All values are held. */
    public KeyedBag<K, List<V>> groupValues() {
        return of(GroupedByKey.<Pair<K, V>, K, V>of(plan, new EntryKey<>(), Pair::second, "groupValues"));
    }

    /**
     * For each key that both bags have, each of its values here with each of its values there. Keys in the order in which
     * they are first seen here; the values of a key in input order, those there varying first.
     *
     * <p><b>Lazy, shuffle.</b> Both bags are held; see {@link #joinBroadcast} for a small one.
     */
    public <W> KeyedBag<K, Pair<V, W>> join(KeyedBag<? extends K, W> other) {
        return of(Joining.inner(plan, widened(other)));
    }

    /** As {@link #join}, and each value here whose key is not there, with nothing. */
    public <W> KeyedBag<K, Pair<V, Optional<W>>> leftJoin(KeyedBag<? extends K, W> other) {
        return of(Joining.left(plan, widened(other)));
    }

    /** As {@link #join}, and each value there whose key is not here, with nothing; after those that are. */
    public <W> KeyedBag<K, Pair<Optional<V>, W>> rightJoin(KeyedBag<? extends K, W> other) {
        return of(Joining.right(plan, widened(other)));
    }

    /** As {@link #join}, and each value on either side whose key is not on the other, with nothing. */
    public <W> KeyedBag<K, Pair<Optional<V>, Optional<W>>> fullJoin(KeyedBag<? extends K, W> other) {
        return of(Joining.full(plan, widened(other)));
    }

    /** The entries whose key occurs in {@code other}, once each. <b>Lazy, shuffle.</b> Both bags are held. */
    public KeyedBag<K, V> semiJoin(KeyedBag<? extends K, ?> other) {
        return of(Joining.existing(plan, widened(other), true, "semiJoin"));
    }

    /** The entries whose key does not occur in {@code other}. <b>Lazy, shuffle.</b> Both bags are held. */
    public KeyedBag<K, V> antiJoin(KeyedBag<? extends K, ?> other) {
        return of(Joining.existing(plan, widened(other), false, "antiJoin"));
    }

    /**
     * For each key of either bag its values on both sides, in input order, as unmodifiable lists; one is empty where only
     * the other has the key. Keys of this bag first.
     *
     * <p><b>Lazy, shuffle.</b> Both bags are held.
     */
    public <W> KeyedBag<K, Pair<List<V>, List<W>>> cogroup(KeyedBag<? extends K, W> other) {
        return of(Cogrouped.of(plan, KeyedBag.<K, W>widened(other), "cogroup"));
    }

    /**
     * As {@link #join}, in the order of this bag, with a bag that fits into memory: it is computed first and looked up by
     * all, and nothing of this bag moves.
     *
     * <p><b>Lazy, narrow.</b> The small bag is held.
     */
    public <W> KeyedBag<K, Pair<V, W>> joinBroadcast(KeyedBag<? extends K, W> small) {
        return of(Joining.broadcast(plan, widened(small)));
    }

    @SuppressWarnings("unchecked") // an entry with a key of a subtype of K is an entry with a K
    private static <K, W> Plan<Pair<K, W>> widened(KeyedBag<? extends K, W> bag) {
        return (Plan<Pair<K, W>>) (Plan<?>) Objects.requireNonNull(bag, "other").plan;
    }

    /** As {@link #sortByKey(Comparator)}, in natural order; keys that are not {@link Comparable} fail the run. */
    public KeyedBag<K, V> sortByKey() {
        return of(Sorted.of(plan, EntryOrder.by(NaturalOrder.<K>get()), "sortByKey"));
    }

    /** The entries in the order of their keys, over all partitions; equal ones keep theirs. <b>Lazy, shuffle.</b> */
    public KeyedBag<K, V> sortByKey(Comparator<? super K> comparator) {
        Objects.requireNonNull(comparator, "comparator");
        return of(Sorted.of(plan, EntryOrder.by(comparator), "sortByKey"));
    }

    /**
     * The same entries in {@code n} partitions, all of one key in the same one, in input order.
     *
     * <p><b>Lazy, shuffle.</b> All entries are held.
     *
     * @param n at least 1
     */
    public KeyedBag<K, V> partitionByKey(int n) {
        return of(new SpreadByKey<>(plan, new EntryKey<K, V>(), n, "partitionByKey"));
    }

    /** How many values each key has. <b>Lazy, shuffle.</b> Holds a number for each key. */
    public KeyedBag<K, Long> countKeys() {
        return of(Shuffles.folded(plan, new EntryKey<K, V>(), Folds.counting(), "countKeys"));
    }

    private <A extends @Nullable Object, R> KeyedBag<K, R> folded(
            Fold<? super V, A, ? extends R> fold, String operator) {
        return of(Shuffles.folded(plan, new EntryKey<K, V>(), ValueFold.<K, V, A, R>of(fold), operator));
    }

    // ---- actions ----

    /** All entries as a map in the order of the bag; a key that occurs twice fails the run. */
    public Delayed<Map<K, V>> toMap() {
        return Delayed.of(new Folded<>(plan, new MapFold<K, V>(), "toMap"));
    }

    /** How many partitions there are; runs nothing. */
    public int partitionCount() {
        return plan.partitionCount();
    }

    /** As {@link Bag#compute()}, of the entries. */
    public List<Pair<K, V>> compute() {
        return entries().compute();
    }

    /** As {@link Bag#compute(Runner)}, of the entries. */
    public List<Pair<K, V>> compute(Runner runner) {
        return entries().compute(runner);
    }

    /** As {@link Bag#computeAsync()}, of the entries. */
    public CompletableFuture<List<Pair<K, V>>> computeAsync() {
        return entries().computeAsync();
    }

    /** As {@link Bag#computeAsync(Runner)}, of the entries. */
    public CompletableFuture<List<Pair<K, V>>> computeAsync(Runner runner) {
        return entries().computeAsync(runner);
    }

    /** As {@link Bag#take(int)}, of the entries. */
    public List<Pair<K, V>> take(int n) {
        return entries().take(n);
    }

    /** As {@link Bag#take(int, Runner)}, of the entries. */
    public List<Pair<K, V>> take(int n, Runner runner) {
        return entries().take(n, runner);
    }

    /** As {@link Bag#first()}, of the entries. */
    public Optional<Pair<K, V>> first() {
        return entries().first();
    }

    /** As {@link Bag#first(Runner)}, of the entries. */
    public Optional<Pair<K, V>> first(Runner runner) {
        return entries().first(runner);
    }

    /** As {@link Bag#stream()}, of the entries. */
    public Stream<Pair<K, V>> stream() {
        return entries().stream();
    }

    /** As {@link Bag#stream(Runner)}, of the entries. */
    public Stream<Pair<K, V>> stream(Runner runner) {
        return entries().stream(runner);
    }

    /** As {@link Bag#forEach(CheckedConsumer)}, of the entries. */
    public void forEach(CheckedConsumer<? super Pair<K, V>> action) {
        entries().forEach(action);
    }

    /** As {@link Bag#forEach(CheckedConsumer, Runner)}, of the entries. */
    public void forEach(CheckedConsumer<? super Pair<K, V>> action, Runner runner) {
        entries().forEach(action, runner);
    }

    /** As {@link Bag#forEachPartition(CheckedConsumer)}, of the entries. */
    public void forEachPartition(CheckedConsumer<? super Iterator<Pair<K, V>>> action) {
        entries().forEachPartition(action);
    }

    /** As {@link Bag#forEachPartition(CheckedConsumer, Runner)}, of the entries. */
    public void forEachPartition(CheckedConsumer<? super Iterator<Pair<K, V>>> action, Runner runner) {
        entries().forEachPartition(action, runner);
    }

    /** As {@link Bag#persist()}, of the entries. */
    public Persisted<Pair<K, V>> persist() {
        return entries().persist();
    }

    /** As {@link Bag#persist(Runner)}, of the entries. */
    public Persisted<Pair<K, V>> persist(Runner runner) {
        return entries().persist(runner);
    }

    /** As {@link Bag#persist(Storage)}, of the entries. */
    public Persisted<Pair<K, V>> persist(Storage storage) {
        return entries().persist(storage);
    }

    /** As {@link Bag#persist(Storage, Runner)}, of the entries. */
    public Persisted<Pair<K, V>> persist(Storage storage, Runner runner) {
        return entries().persist(storage, runner);
    }

    // ---- look ----

    /** As {@link Bag#toString()}. */
    @Override
    public String toString() {
        return PlanText.line("KeyedBag", plan);
    }

    /** As {@link Bag#explain()}. */
    public String explain() {
        return entries().explain();
    }
}
