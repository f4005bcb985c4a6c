package dev.bag;

import dev.bag.build.EntryValues.OnValue;
import dev.bag.build.EntryValues.ValueFold;
import dev.bag.build.Joining;
import dev.bag.build.NaturalOrder;
import dev.bag.build.PlanText;
import dev.bag.build.Reducing;
import dev.bag.build.Shuffles;
import dev.bag.build.ValueOrder;
import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedBinaryOperator;
import dev.bag.function.CheckedConsumer;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedPredicate;
import dev.bag.key.EntryOrder;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Filtered;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Mapped;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Shuffled.SpreadByKey;
import dev.bag.plan.Sorted;
import dev.bag.plan.Value.Folded;
import dev.bag.show.HtmlTable;
import dev.bag.show.Table;
import dev.bag.source.Sink;
import dev.bag.trait.Traits.EntryKey;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.Pair;
import dev.bag.value.Storage;
import java.nio.file.Path;
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
 * A {@link Bag} of entries, each a key and a value. A key may occur any number of times until an operator says otherwise.
 * The words <b>lazy</b>, <b>narrow</b> and <b>shuffle</b> mean what they mean for a {@link Bag}, and the same rules hold:
 * plans are immutable, run in parallel, and give the same result on every run.
 *
 * <p>Keys are compared by {@code equals}; a key that is an array, by its content. A key class must define {@code equals} and
 * {@code hashCode} by content, as records, enums, Strings, numbers and collections of those do. An array inside another
 * key does not, because it is equal to itself only. Such keys fail the run, with the name of their class. Keys come out in
 * the same order on every JVM if their {@code hashCode} does not depend on the JVM: true of records that leave it to the
 * compiler, but not of classes that call {@code hashCode()} of an enum.
 *
 * @param <K> the type of the keys, which are never null
 * @param <V> the type of the values, which are never null
 */
public final class KeyedBag<K, V> {

    private static final int SHOWN = 20;

    private final Plan<Pair<K, V>> plan;

    private KeyedBag(Plan<Pair<K, V>> plan) {
        this.plan = plan;
    }

    static <K, V> KeyedBag<K, V> of(Plan<Pair<K, V>> plan) {
        return new KeyedBag<>(plan);
    }

    // ---- narrow ----

    /**
     * Returns the entries as a bag of pairs. Costs nothing.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions.
     */
    public Bag<Pair<K, V>> entries() {
        return Bag.of(plan);
    }

    /**
     * Returns a bag of the keys of all entries.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one entry at a time.
     */
    public Bag<K> keys() {
        return Bag.of(new Mapped<>(plan, Pair::first, "keys"));
    }

    /**
     * Returns a bag of the values of all entries.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one entry at a time.
     */
    public Bag<V> values() {
        return Bag.of(new Mapped<>(plan, Pair::second, "values"));
    }

    /**
     * Returns a keyed bag of the same keys, each with the result of {@code f} for its value.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one entry at a time. Entries that are partitioned by
     * key stay so.
     *
     * @param f called once for each entry, by several threads at once. A null result fails the run
     */
    public <R> KeyedBag<K, R> mapValues(CheckedFunction<? super V, ? extends R> f) {
        Objects.requireNonNull(f, "f");
        return of(new Mapped<>(plan, new OnValue<K, V, R>(f), "mapValues"));
    }

    /**
     * Returns a bag with the result of {@code f} for each key and value.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one entry at a time.
     *
     * @param f called once for each entry, by several threads at once. A null result fails the run
     */
    public <R> Bag<R> mapEntries(CheckedBiFunction<? super K, ? super V, ? extends R> f) {
        Objects.requireNonNull(f, "f");
        return Bag.of(new Mapped<>(plan, entry -> f.applyChecked(entry.first(), entry.second()), "mapEntries"));
    }

    /**
     * Returns a keyed bag of the entries that have a key for which {@code keep} is true.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one entry at a time. A partition may become empty but
     * stays one.
     *
     * @param keep called once for each entry, by several threads at once
     */
    public KeyedBag<K, V> filterKeys(CheckedPredicate<? super K> keep) {
        Objects.requireNonNull(keep, "keep");
        return of(new Filtered<>(plan, entry -> keep.testChecked(entry.first()), "filterKeys"));
    }

    /**
     * Returns a keyed bag of the entries that have a value for which {@code keep} is true.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one entry at a time. A partition may become empty but
     * stays one.
     *
     * @param keep called once for each entry, by several threads at once
     */
    public KeyedBag<K, V> filterValues(CheckedPredicate<? super V> keep) {
        Objects.requireNonNull(keep, "keep");
        return of(new Filtered<>(plan, entry -> keep.testChecked(entry.second()), "filterValues"));
    }

    /**
     * Returns the same bag, with a name for the operator above: errors, {@link #explain} and listeners call it so.
     *
     * <p><b>Lazy.</b> Keeps order and partitions.
     *
     * @param name not blank
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public KeyedBag<K, V> named(String name) {
        return of(new Named<>(plan, name));
    }

    /**
     * Returns the same bag without the records that cannot be read, or on which a function fails, as {@code policy} says; see
     * {@link Bag#onError}.
     *
     * <p><b>Lazy.</b> Keeps order and partitions.
     *
     * @param policy {@link ErrorPolicy#fail()}, {@link ErrorPolicy#skip}, or {@code deadLetter}
     * @throws IllegalArgumentException if there is something at the path of the dead letters that is no list of them
     */
    public KeyedBag<K, V> onError(ErrorPolicy policy) {
        return of(Actions.guarded(plan, policy));
    }

    // ---- shuffling ----

    /**
     * Returns the fold of the values of each key. Each partition folds its own values first, so that one accumulator
     * for each key and partition is moved.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; keys are in the order in which they were first seen. Holds an accumulator for each key, on disk if
     * memory is short.
     *
     * @param fold its results are not null
     */
    public <A extends @Nullable Object, R> KeyedBag<K, R> foldValues(Fold<? super V, A, ? extends R> fold) {
        return folded(fold, "foldValues");
    }

    /**
     * Returns the values of each key merged by {@code op}, in the order of the bag.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; keys are in the order in which they were first seen. Holds a value for each key, on disk if memory
     * is short.
     *
     * @param op must be associative; need not be commutative. A null result fails the run
     */
    public KeyedBag<K, V> reduceValues(CheckedBinaryOperator<V> op) {
        return folded(Reducing.ofSome(Objects.requireNonNull(op, "op")), "reduceValues");
    }

    /**
     * Returns the values of each key, in input order, as an unmodifiable list.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; keys are in the order in which they were first seen. Holds all values, on disk if memory is short;
     * {@link #foldValues} holds one accumulator for each key. A list that does not fit into memory reads from disk;
     * walk it by its iterator.
     */
    public KeyedBag<K, List<V>> groupValues() {
        return of(GroupedByKey.<Pair<K, V>, K, V>of(plan, new EntryKey<>(), Pair::second, "groupValues"));
    }

    /**
     * Returns, for each key that both bags have, each of its values here paired with each of its values in
     * {@code other}. Keys come in the order in which they are first seen here; the values of a key in input order,
     * those of {@code other} varying first.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as the bag that has more of them, at most 64 and
     * behind a pipelined source at least 16. Holds both bags, on disk if memory is short (a hash join). A bag that lies
     * by its key already is not moved. See {@link #joinBroadcast} for a small bag.
     *
     * @param other the bag to look keys up in
     */
    public <W> KeyedBag<K, Pair<V, W>> join(KeyedBag<? extends K, W> other) {
        return of(Joining.inner(plan, widened(other)));
    }

    /**
     * Returns the pairs of {@link #join}, and each value here that has no partner in {@code other}, paired with an
     * empty {@code Optional}.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as the bag that has more of them, at most 64 and
     * behind a pipelined source at least 16. Order and memory as for {@link #join}.
     *
     * @param other the bag to look keys up in
     */
    public <W> KeyedBag<K, Pair<V, Optional<W>>> leftJoin(KeyedBag<? extends K, W> other) {
        return of(Joining.left(plan, widened(other)));
    }

    /**
     * Returns the pairs of {@link #join}, and each value of {@code other} that has no partner here, paired with an
     * empty {@code Optional}. In a partition these come last.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as the bag that has more of them, at most 64 and
     * behind a pipelined source at least 16. Order and memory as for {@link #join}.
     *
     * @param other the bag to look keys up in
     */
    public <W> KeyedBag<K, Pair<Optional<V>, W>> rightJoin(KeyedBag<? extends K, W> other) {
        return of(Joining.right(plan, widened(other)));
    }

    /**
     * Returns the pairs of {@link #join}, and each value of either bag that has no partner in the other, paired with an
     * empty {@code Optional}. In a partition those of {@code other} come last.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as the bag that has more of them, at most 64 and
     * behind a pipelined source at least 16. Order and memory as for {@link #join}.
     *
     * @param other the bag to look keys up in
     */
    public <W> KeyedBag<K, Pair<Optional<V>, Optional<W>>> fullJoin(KeyedBag<? extends K, W> other) {
        return of(Joining.full(plan, widened(other)));
    }

    /**
     * Returns the entries that have a key which occurs in {@code other}, once each.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as the bag that has more of them, at most 64 and
     * behind a pipelined source at least 16; keys are in the order in which they were first seen. Holds both bags, on
     * disk if memory is short (a hash join).
     *
     * @param other the bag of the keys to keep
     */
    public KeyedBag<K, V> semiJoin(KeyedBag<? extends K, ?> other) {
        return of(Joining.existing(plan, widened(other), true, "semiJoin"));
    }

    /**
     * Returns the entries that have a key which does not occur in {@code other}.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as the bag that has more of them, at most 64 and
     * behind a pipelined source at least 16; keys are in the order in which they were first seen. Holds both bags, on
     * disk if memory is short (a hash join).
     *
     * @param other the bag of the keys to drop
     */
    public KeyedBag<K, V> antiJoin(KeyedBag<? extends K, ?> other) {
        return of(Joining.existing(plan, widened(other), false, "antiJoin"));
    }

    /**
     * Returns, for each key of either bag, its values in both, in input order, as unmodifiable lists. A list is empty
     * if only the other bag has the key.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as the bag that has more of them, at most 64 and
     * behind a pipelined source at least 16; the keys of this bag come first, in the order in which they were first
     * seen. Holds both bags, on disk if memory is short (a hash join).
     *
     * @param other the bag of the second lists
     */
    public <W> KeyedBag<K, Pair<List<V>, List<W>>> cogroup(KeyedBag<? extends K, W> other) {
        return of(Cogrouped.of(plan, KeyedBag.<K, W>widened(other), "cogroup"));
    }

    /**
     * Returns the pairs of {@link #join}, in the order of this bag, with a bag that fits into memory. The small bag is
     * computed first, and all entries of this bag are looked up in it; this bag does not move.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds the small bag.
     *
     * @param small the bag to look keys up in; must fit into memory
     */
    public <W> KeyedBag<K, Pair<V, W>> joinBroadcast(KeyedBag<? extends K, W> small) {
        return of(Joining.broadcast(plan, widened(small)));
    }

    @SuppressWarnings("unchecked") // an entry with a key of a subtype of K is an entry with a K
    private static <K, W> Plan<Pair<K, W>> widened(KeyedBag<? extends K, W> bag) {
        return (Plan<Pair<K, W>>) (Plan<?>) Objects.requireNonNull(bag, "other").plan;
    }

    /**
     * Returns a keyed bag of the entries in the natural order of their keys, over all partitions; entries with equal
     * keys keep their order.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16. Holds all entries; see {@link #sortByKey(Comparator)}.
     *
     * <p>Keys that are not {@link Comparable} fail the run with a {@link ClassCastException} as the cause.
     */
    public KeyedBag<K, V> sortByKey() {
        return of(Sorted.of(plan, EntryOrder.by(NaturalOrder.<K>get()), "sortByKey"));
    }

    /**
     * Returns a keyed bag of the entries in the order of their keys, over all partitions; entries with equal keys keep
     * their order.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16. Holds all entries, on disk if memory is short; with {@code take} after it, only those that are
     * taken. Sorted runs are merged (an external merge sort), each partition its own range of them.
     *
     * @param comparator called by several threads at once
     */
    public KeyedBag<K, V> sortByKey(Comparator<? super K> comparator) {
        Objects.requireNonNull(comparator, "comparator");
        return of(Sorted.of(plan, EntryOrder.by(comparator), "sortByKey"));
    }

    /**
     * Returns a keyed bag of the same entries in {@code n} partitions, with all entries of a key in the same partition.
     * Joins and folds by key that follow need not move them again.
     *
     * <p><b>Lazy, shuffle.</b> {@code n} partitions; in each the entries are in input order. Holds all entries, on disk
     * if memory is short.
     *
     * @param n the number of partitions, at least 1
     * @throws IllegalArgumentException if {@code n} is less than 1
     */
    public KeyedBag<K, V> partitionByKey(int n) {
        return of(new SpreadByKey<>(plan, new EntryKey<K, V>(), n, "partitionByKey"));
    }

    /**
     * Returns the number of values of each key.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; keys are in the order in which they were first seen. Holds a number for each key, on disk if memory
     * is short.
     */
    public KeyedBag<K, Long> countKeys() {
        return of(Shuffles.folded(plan, new EntryKey<K, V>(), Folds.counting(), "countKeys"));
    }

    private <A extends @Nullable Object, R> KeyedBag<K, R> folded(
            Fold<? super V, A, ? extends R> fold, String operator) {
        return of(Shuffles.folded(plan, new EntryKey<K, V>(), ValueFold.<K, V, A, R>of(fold), operator));
    }

    // ---- folds ----

    /** Returns the number of entries; 0 for an empty bag. <b>Lazy.</b> {@link #countKeys} counts those of each key. */
    public Delayed<Long> count() {
        return entries().count();
    }

    /**
     * Returns the {@code k} entries with the largest values in natural order; see {@link #topByValue(int, Comparator)}.
     *
     * <pre>{@code
     * List<Pair<String, Long>> mostFrequent = words.frequencies().topByValue(10).compute();
     * }</pre>
     *
     * @param k 0 or more
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public Delayed<List<Pair<K, V>>> topByValue(int k) {
        return topByValue(k, NaturalOrder.<V>get());
    }

    /**
     * Returns the {@code k} entries with the largest values, or all if there are fewer: the largest value first,
     * entries with equal values in input order.
     *
     * <p><b>Lazy.</b> Holds at most {@code 2 k} entries a task.
     *
     * @param k 0 or more
     * @param comparator called by several threads at once
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public Delayed<List<Pair<K, V>>> topByValue(int k, Comparator<? super V> comparator) {
        return largestByValue(k, Objects.requireNonNull(comparator, "comparator"), "topByValue");
    }

    /**
     * Returns the {@code k} entries with the smallest values in natural order; see
     * {@link #bottomByValue(int, Comparator)}.
     *
     * @param k 0 or more
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public Delayed<List<Pair<K, V>>> bottomByValue(int k) {
        return bottomByValue(k, NaturalOrder.<V>get());
    }

    /**
     * Returns the {@code k} entries with the smallest values, or all if there are fewer: the smallest value first,
     * entries with equal values in input order.
     *
     * <p><b>Lazy.</b> Holds at most {@code 2 k} entries a task.
     *
     * @param k 0 or more
     * @param comparator called by several threads at once
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public Delayed<List<Pair<K, V>>> bottomByValue(int k, Comparator<? super V> comparator) {
        Objects.requireNonNull(comparator, "comparator");
        return largestByValue(k, comparator.reversed(), "bottomByValue");
    }

    private Delayed<List<Pair<K, V>>> largestByValue(int k, Comparator<? super V> order, String operator) {
        if (k < 0) {
            throw new IllegalArgumentException(operator + "(" + k + "): k must be 0 or more");
        }
        return Delayed.of(new Folded<>(plan, Folds.topK(k, new ValueOrder<K, V>(order)), operator));
    }

    // ---- actions ----

    /**
     * Returns all entries as an unmodifiable map, in the order of the bag. A key that occurs twice fails the run; the
     * message names the key and both partitions.
     *
     * <p><b>Lazy.</b> Holds all entries in memory.
     */
    public Delayed<Map<K, V>> toMap() {
        return Delayed.of(new Folded<>(plan, new MapFold<K, V>(), "toMap"));
    }

    /** Returns the number of partitions. Runs nothing. */
    public int partitionCount() {
        return plan.partitionCount();
    }

    /**
     * Returns all entries, in order. <b>Runs the plan.</b>
     *
     * @return an unmodifiable list
     * @throws BagException if anything fails
     */
    public List<Pair<K, V>> compute() {
        return entries().compute();
    }

    /**
     * Returns all entries, in order, as {@link #compute()} does.
     *
     * @param runner where the plan runs
     * @return an unmodifiable list
     * @throws BagException if anything fails
     */
    public List<Pair<K, V>> compute(Runner runner) {
        return entries().compute(runner);
    }

    /**
     * Starts to compute all entries, in order, and returns at once; see {@link Bag#computeAsync()}. <b>Runs the
     * plan.</b>
     *
     * @return completed with an unmodifiable list, or with a {@link BagException}; cancelling it cancels the run
     */
    public CompletableFuture<List<Pair<K, V>>> computeAsync() {
        return entries().computeAsync();
    }

    /**
     * Starts to compute all entries, as {@link #computeAsync()} does.
     *
     * @param runner where the plan runs
     * @return completed with an unmodifiable list, or with a {@link BagException}
     */
    public CompletableFuture<List<Pair<K, V>>> computeAsync(Runner runner) {
        return entries().computeAsync(runner);
    }

    /**
     * Returns the first {@code n} entries, or all if there are fewer. <b>Runs the plan</b>, partition after partition,
     * until there are enough.
     *
     * @param n at least 0
     * @return an unmodifiable list
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails on the way
     */
    public List<Pair<K, V>> take(int n) {
        return entries().take(n);
    }

    /**
     * Returns the first {@code n} entries, as {@link #take(int)} does.
     *
     * @param n at least 0
     * @param runner where the plan runs
     * @return an unmodifiable list
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails on the way
     */
    public List<Pair<K, V>> take(int n, Runner runner) {
        return entries().take(n, runner);
    }

    /**
     * Returns the first entry; empty if there is none. <b>Runs the plan</b> until there is one.
     *
     * @throws BagException if anything fails on the way
     */
    public Optional<Pair<K, V>> first() {
        return entries().first();
    }

    /**
     * Returns the first entry, as {@link #first()} does.
     *
     * @param runner where the plan runs
     * @throws BagException if anything fails on the way
     */
    public Optional<Pair<K, V>> first(Runner runner) {
        return entries().first(runner);
    }

    /**
     * Returns the entries as a stream, in order; see {@link Bag#stream()}. <b>Runs the plan</b> when the stream is
     * walked.
     *
     * @return a stream to close unless it is read to its end
     */
    public Stream<Pair<K, V>> stream() {
        return entries().stream();
    }

    /**
     * Returns the entries as a stream, in order, as {@link #stream()} does.
     *
     * @param runner where the plan runs
     * @return a stream to close unless it is read to its end
     */
    public Stream<Pair<K, V>> stream(Runner runner) {
        return entries().stream(runner);
    }

    /**
     * Passes each entry to {@code action}. <b>Runs the plan.</b>
     *
     * @param action called by several threads at once; entries of different partitions come in no order
     * @throws BagException if anything fails
     */
    public void forEach(CheckedConsumer<? super Pair<K, V>> action) {
        entries().forEach(action);
    }

    /**
     * Passes each entry to {@code action}, as {@link #forEach(CheckedConsumer)} does.
     *
     * @param action called by several threads at once; entries of different partitions come in no order
     * @param runner where the plan runs
     * @throws BagException if anything fails
     */
    public void forEach(CheckedConsumer<? super Pair<K, V>> action, Runner runner) {
        entries().forEach(action, runner);
    }

    /**
     * Passes an iterator of the entries of each partition to {@code action}. <b>Runs the plan.</b>
     *
     * @param action called by several threads at once, once for each partition; what it does not read is not read at
     *     all
     * @throws BagException if anything fails
     */
    public void forEachPartition(CheckedConsumer<? super Iterator<Pair<K, V>>> action) {
        entries().forEachPartition(action);
    }

    /**
     * Passes an iterator of the entries of each partition to {@code action}, as
     * {@link #forEachPartition(CheckedConsumer)} does.
     *
     * @param action called by several threads at once, once for each partition
     * @param runner where the plan runs
     * @throws BagException if anything fails
     */
    public void forEachPartition(CheckedConsumer<? super Iterator<Pair<K, V>>> action, Runner runner) {
        entries().forEachPartition(action, runner);
    }

    /**
     * Writes all entries to a sink, as {@link Bag#write(Sink)} does. <b>Runs the plan.</b>
     *
     * @param sink where the entries are written to
     * @return what the sink has committed
     * @throws BagException if anything fails
     */
    public <R extends @Nullable Object> R write(Sink<? super Pair<K, V>, ? extends R> sink) {
        return entries().<R>write(sink);
    }

    /**
     * Writes all entries to a sink, as {@link #write(Sink)} does.
     *
     * @param sink where the entries are written to
     * @param runner where the plan runs
     * @return what the sink has committed
     * @throws BagException if anything fails
     */
    public <R extends @Nullable Object> R write(Sink<? super Pair<K, V>, ? extends R> sink, Runner runner) {
        return entries().<R>write(sink, runner);
    }

    /**
     * Returns a delayed value that writes all entries to a sink, as {@link Bag#writeLater(Sink)} does. <b>Lazy.</b>
     *
     * @param sink where the entries are written to
     */
    public <R extends @Nullable Object> Delayed<R> writeLater(Sink<? super Pair<K, V>, ? extends R> sink) {
        return entries().writeLater(sink);
    }

    /**
     * Computes all entries now and keeps them in memory; see {@link Bag#persist()}. <b>Runs the plan.</b>
     *
     * @return the kept records; close them after the last run that reads them
     * @throws BagException if anything fails
     */
    public Persisted<Pair<K, V>> persist() {
        return entries().persist();
    }

    /**
     * Computes all entries now and keeps them in memory, as {@link #persist()} does.
     *
     * @param runner where the plan runs
     * @return the kept records; close them after the last run that reads them
     * @throws BagException if anything fails
     */
    public Persisted<Pair<K, V>> persist(Runner runner) {
        return entries().persist(runner);
    }

    /**
     * Computes all entries now and keeps them in their partitions; see {@link Bag#persist(Storage)}. <b>Runs the
     * plan.</b>
     *
     * @param storage where the entries are kept
     * @return the kept records; close them after the last run that reads them
     * @throws BagException if anything fails
     */
    public Persisted<Pair<K, V>> persist(Storage storage) {
        return entries().persist(storage);
    }

    /**
     * Computes all entries now and keeps them, as {@link #persist(Storage)} does.
     *
     * @param storage where the entries are kept
     * @param runner where the plan runs, and the entries count against its memory
     * @return the kept records; close them after the last run that reads them
     * @throws BagException if anything fails
     */
    public Persisted<Pair<K, V>> persist(Storage storage, Runner runner) {
        return entries().persist(storage, runner);
    }

    // ---- look ----

    /**
     * Returns one line of at most 78 characters: the partitions, and the operators from the source on. Runs nothing.
     */
    @Override
    public String toString() {
        return PlanText.line("KeyedBag", plan);
    }

    /**
     * Returns how this bag would be run: the stages with their operators and partitions, and what ends each. Runs
     * nothing.
     */
    public String explain() {
        return entries().explain();
    }

    /**
     * Draws how this bag would be computed: stages as frames, what each reads, its operators and ends, and what goes from one to
     * the next. Runs nothing.
     *
     * @param file where the picture is written, in place of what is there: {@code .svg} and {@code .html} with the module bag-view,
     *     {@code .dot} for Graphviz without
     * @throws IllegalArgumentException if the name of {@code file} ends otherwise
     * @throws IllegalStateException if bag-view is needed and not there
     * @throws java.io.UncheckedIOException if {@code file} cannot be written
     */
    public void visualize(Path file) {
        Actions.draw(Actions.gather(plan, "compute"), file);
    }

    /** Prints the first 20 entries as a table, as {@link #show(int)} does. */
    public void show() {
        show(SHOWN);
    }

    /**
     * Prints the first entries as a table to {@link System#out}. Columns are the key and the value, or the
     * fields of the value: the components of Java records, the entries of maps, both parts of pairs, fields of JSON and CSV.
     * Long texts are cut, so that a row takes a line of the terminal: as wide as the environment variable {@code COLUMNS} or
     * {@code stty} says, or 80 characters. Reads no further than {@link #take} of one more would.
     *
     * @param n how many rows at most, 0 or more
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails
     */
    public void show(int n) {
        show(n, Runner.current());
    }

    /**
     * Prints the first entries as a table, as {@link #show(int)} does.
     *
     * @param n how many rows at most, 0 or more
     * @param runner where the plan runs
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails
     */
    public void show(int n, Runner runner) {
        Actions.print(table(n, "show", runner));
    }

    /** Returns the first 20 entries as an HTML table, as {@link #toHtml(int)} does. */
    public String toHtml() {
        return toHtml(SHOWN);
    }

    /**
     * Returns the first entries as an HTML table, for notebooks: what {@link #show(int)} prints, an element {@code table}.
     *
     * @param n how many rows at most, 0 or more
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails
     */
    public String toHtml(int n) {
        return toHtml(n, Runner.current());
    }

    /**
     * Returns the first entries as an HTML table, as {@link #toHtml(int)} does.
     *
     * @param n how many rows at most, 0 or more
     * @param runner where the plan runs
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails
     */
    public String toHtml(int n, Runner runner) {
        return HtmlTable.of(table(n, "toHtml", runner));
    }

    private Table table(int n, String operator, Runner runner) {
        return Actions.table(plan, n, operator, Table.Kind.ENTRIES, runner);
    }
}
