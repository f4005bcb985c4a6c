package dev.bag;

import dev.bag.build.ExactSample;
import dev.bag.build.Expanders;
import dev.bag.build.Generated;
import dev.bag.build.InMemory;
import dev.bag.build.InputSize;
import dev.bag.build.Keying;
import dev.bag.build.Matching;
import dev.bag.build.NaturalOrder;
import dev.bag.build.NumberRange;
import dev.bag.build.PlanText;
import dev.bag.build.RecordWise;
import dev.bag.build.Reducing;
import dev.bag.build.Shuffles;
import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.function.CheckedBiConsumer;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedBinaryOperator;
import dev.bag.function.CheckedConsumer;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedPredicate;
import dev.bag.function.CheckedSupplier;
import dev.bag.function.CheckedToDoubleFunction;
import dev.bag.function.CheckedToLongFunction;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Expanded;
import dev.bag.plan.Filtered;
import dev.bag.plan.Folded;
import dev.bag.plan.FromDelayed;
import dev.bag.plan.Indexed;
import dev.bag.plan.Limited;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedNotNull;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.MappedWith;
import dev.bag.plan.MappedWithResource;
import dev.bag.plan.Multiplied;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Read;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.Sampled;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Skipped;
import dev.bag.plan.Sorted;
import dev.bag.plan.TakenWhile;
import dev.bag.plan.Value;
import dev.bag.plan.Zipped;
import dev.bag.source.Source;
import dev.bag.value.Pair;
import dev.bag.value.Stats;
import dev.bag.value.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A lazy, parallel collection of records: an ordered list of partitions, each an ordered run of records.
 *
 * <p>A bag is a description. Building one runs nothing; an <i>action</i> ({@link #compute}, {@link #take},
 * {@link #forEach}, … and those of {@link Delayed}) runs the plan on all cores, afresh each time. Partitions are worked
 * on at the same time; within one, all operators up to the next shuffle run as one loop over its records, so nothing
 * between them is stored. Results, their order and the number of partitions depend on the data and the options only,
 * never on the number of threads.
 *
 * <p>Records are never null. Functions are called by several threads at once, each for another record, so they must not
 * write to shared state. What a function throws reaches the caller of the action as the cause of one
 * {@link BagException}, which names the operator, the partition, and the file and line where there are such.
 *
 * <p>In what follows, <b>lazy</b> means that nothing runs until an action; <b>narrow</b> that order and partitions are
 * kept and one record is held at a time; <b>shuffle</b> that records move between partitions by key, whose order in a
 * partition of the result is that in which they were first seen.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param <T> the records
 */
public final class Bag<T> {

    private final Plan<T> plan;

    private Bag(Plan<T> plan) {
        this.plan = plan;
    }

    static <T> Bag<T> of(Plan<T> plan) {
        return new Bag<>(plan);
    }

    Plan<T> plan() {
        return plan;
    }

    // ---- start ----

    /**
     * A bag of these records, in memory; as {@link #from(Collection)}.
     *
     * @param records none null; copied
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Bag<T> of(T... records) {
        return from(Arrays.asList(records));
    }

    /** A bag without records, of 1 partition. */
    public static <T> Bag<T> empty() {
        return from(List.of());
    }

    /**
     * A bag of the records of a collection, in its order: one partition for each record up to 64, else 64 partitions
     * whose sizes differ by at most 1.
     *
     * @param records none null; copied now, so later changes make no difference
     */
    public static <T> Bag<T> from(Collection<? extends T> records) {
        return from(records, InMemory.defaultPartitions(records.size()));
    }

    /**
     * A bag of the records of a collection, in its order, in {@code partitions} partitions whose sizes differ by at most
     * 1; in fewer only where there are fewer records, never in less than 1.
     *
     * @param records none null; copied now, so later changes make no difference
     * @param partitions at least 1
     */
    public static <T> Bag<T> from(Collection<? extends T> records, int partitions) {
        return from(InMemory.of(records, partitions));
    }

    /** A bag of the records of a source, one partition for each of its parts. Reads nothing but what the source lists. */
    public static <T> Bag<T> from(Source<T> source) {
        return new Bag<>(Read.of(Objects.requireNonNull(source, "source")));
    }

    /**
     * A bag of what {@code records} gives out, of 1 partition.
     *
     * <p><b>Lazy.</b> Each action asks for one iterator and walks it once, on one thread at a time, in chunks that other
     * threads work on. It is walked only as far as its records are wanted, so it may be infinite under {@link #limit},
     * {@link #take}, {@link #first} or {@link #stream()}.
     *
     * @param records gives out no null
     */
    public static <T> Bag<T> generate(Iterable<? extends T> records) {
        return from(new Generated<>(Objects.requireNonNull(records, "records")));
    }

    /**
     * The numbers from {@code start} up to but without {@code end}, in at most 64 partitions; empty when {@code end} is
     * not above {@code start}. Numbers are made as they are needed, not stored.
     */
    public static Bag<Long> range(long start, long end) {
        return range(start, end, InMemory.defaultPartitions(NumberRange.count(start, end)));
    }

    /**
     * As {@link #range(long, long)}, in {@code partitions} partitions whose sizes differ by at most 1.
     *
     * @param partitions at least 1
     */
    public static Bag<Long> range(long start, long end, int partitions) {
        return from(NumberRange.of(start, end, partitions));
    }

    /**
     * The partitions of all bags, in their order. Of none: an empty bag.
     *
     * <p><b>Lazy.</b> Nothing moves.
     */
    public static <T> Bag<T> concatAll(List<? extends Bag<? extends T>> bags) {
        List<Plan<? extends T>> plans = new ArrayList<>(bags.size());
        for (Bag<? extends T> bag : bags) {
            plans.add(bag.plan);
        }
        return plans.isEmpty() ? empty() : new Bag<>(Concatenated.of(plans));
    }

    /**
     * The elements of delayed iterables, one partition each, in their order.
     *
     * <p><b>Lazy.</b> Each action computes the values first, in the same run.
     */
    public static <T> Bag<T> fromDelayed(List<? extends Delayed<? extends Iterable<? extends T>>> delayed) {
        List<Value<? extends Iterable<? extends T>>> values = new ArrayList<>(delayed.size());
        for (Delayed<? extends Iterable<? extends T>> each : delayed) {
            values.add(each.plan());
        }
        return values.isEmpty() ? empty() : new Bag<>(new FromDelayed<T>(List.copyOf(values)));
    }

    /**
     * All elements of all records, one level deep, in order.
     *
     * <p><b>Lazy, narrow.</b>
     */
    public static <T> Bag<T> flatten(Bag<? extends Iterable<? extends T>> bag) {
        return new Bag<>(new Expanded<>(bag.plan, Expanders.<T>flattening(), "flatten"));
    }

    // ---- narrow: one record at a time ----

    /**
     * What {@code f} answers for each record.
     *
     * <p><b>Lazy, narrow.</b>
     *
     * @param f never answers null: that fails and says so; see {@link #mapNotNull}
     */
    public <R> Bag<R> map(CheckedFunction<? super T, ? extends R> f) {
        return new Bag<>(new Mapped<>(plan, Objects.requireNonNull(f, "f"), "map"));
    }

    /**
     * What {@code f} answers for each record, without the nulls.
     *
     * <p><b>Lazy, narrow.</b>
     */
    public <R> Bag<R> mapNotNull(CheckedFunction<? super T, ? extends @Nullable R> f) {
        return new Bag<>(new MappedNotNull<>(plan, Objects.requireNonNull(f, "f"), "mapNotNull"));
    }

    /**
     * The records for which {@code keep} answers true.
     *
     * <p><b>Lazy, narrow.</b> A partition may become empty but stays one.
     */
    public Bag<T> filter(CheckedPredicate<? super T> keep) {
        return new Bag<>(new Filtered<>(plan, Objects.requireNonNull(keep, "keep"), "filter"));
    }

    /**
     * The records for which {@code drop} answers false.
     *
     * <p><b>Lazy, narrow.</b> A partition may become empty but stays one.
     */
    public Bag<T> filterNot(CheckedPredicate<? super T> drop) {
        return new Bag<>(RecordWise.filteredOut(plan, drop));
    }

    /**
     * The records that are of class {@code type}, as such.
     *
     * <p><b>Lazy, narrow.</b>
     */
    public <R> Bag<R> filter(Class<R> type) {
        return new Bag<>(RecordWise.ofClass(plan, type));
    }

    /**
     * The records as being of class {@code type}; one that is not fails the run.
     *
     * <p><b>Lazy, narrow.</b>
     */
    public <R> Bag<R> cast(Class<R> type) {
        return new Bag<>(RecordWise.cast(plan, type));
    }

    /**
     * The same records, each shown to {@code action} as it passes. Called only for records that are wanted further on,
     * by several threads at once.
     *
     * <p><b>Lazy, narrow.</b>
     */
    public Bag<T> peek(CheckedConsumer<? super T> action) {
        return new Bag<>(RecordWise.peeked(plan, action));
    }

    /**
     * All elements of what {@code f} answers for each record, in order. An iterable is walked only as far as its
     * elements are wanted.
     *
     * <p><b>Lazy, narrow.</b>
     */
    public <R> Bag<R> flatMap(CheckedFunction<? super T, ? extends Iterable<? extends R>> f) {
        return new Bag<>(new Expanded<>(plan, Expanders.<T, R>iterating(Objects.requireNonNull(f, "f")), "flatMap"));
    }

    /**
     * All elements of the streams that {@code f} answers, in order; each stream is closed.
     *
     * <p><b>Lazy, narrow.</b>
     */
    public <R> Bag<R> flatMapStream(CheckedFunction<? super T, ? extends Stream<? extends R>> f) {
        return new Bag<>(
                new Expanded<>(plan, Expanders.<T, R>streaming(Objects.requireNonNull(f, "f")), "flatMapStream"));
    }

    /**
     * All that {@code f} gives to its second argument for each record, in order; the cheapest way to make several records
     * of one. That consumer must not be kept after the call; {@code f} is called to its end even when no more is wanted.
     *
     * <p><b>Lazy, narrow.</b>
     */
    public <R> Bag<R> mapMulti(CheckedBiConsumer<? super T, ? super Consumer<R>> f) {
        return new Bag<>(new Expanded<>(plan, Expanders.<T, R>pushing(Objects.requireNonNull(f, "f")), "mapMulti"));
    }

    /**
     * What {@code f} answers for each record and the value of {@code value}, which is computed once, before.
     *
     * <p><b>Lazy, narrow.</b> When the value comes from this bag itself, the input is read twice.
     */
    public <U extends @Nullable Object, R> Bag<R> mapWith(
            Delayed<U> value, CheckedBiFunction<? super T, ? super U, ? extends R> f) {
        Objects.requireNonNull(value, "value");
        return new Bag<>(new MappedWith<>(plan, value.plan(), Objects.requireNonNull(f, "f")));
    }

    /**
     * What {@code f} answers for each record and a resource, such as a connection or a parser that is not thread-safe.
     *
     * <p><b>Lazy, narrow.</b> A partition is worked on by one task.
     *
     * @param open called once for each partition that has records, before the first of them; what it answers is closed
     *     after the partition if it is {@link AutoCloseable}, also on failure and cancel
     */
    public <S, R> Bag<R> mapWithResource(
            CheckedSupplier<? extends S> open, CheckedBiFunction<? super S, ? super T, ? extends R> f) {
        return new Bag<>(
                new MappedWithResource<>(plan, Objects.requireNonNull(open, "open"), Objects.requireNonNull(f, "f")));
    }

    // ---- narrow: a whole partition ----

    /**
     * What the iterator that {@code f} makes of each partition's iterator gives out.
     *
     * <p><b>Lazy, narrow.</b> A partition is worked on by one task, and read only as far as {@code f} asks. An iterator
     * that is {@link AutoCloseable} is closed after it.
     */
    public <R> Bag<R> mapPartitions(CheckedFunction<? super Iterator<T>, ? extends Iterator<? extends R>> f) {
        return new Bag<>(RecordWise.<T, R>mappedPartitions(plan, f));
    }

    /** As {@link #mapPartitions}, with the number of the partition, from 0, as the first argument. */
    public <R> Bag<R> mapPartitionsWithIndex(
            CheckedBiFunction<? super Integer, ? super Iterator<T>, ? extends Iterator<? extends R>> f) {
        return new Bag<>(new MappedPartitions<T, R>(plan, Objects.requireNonNull(f, "f"), "mapPartitionsWithIndex"));
    }

    /**
     * The records of two bags that are partitioned alike, in pairs. Partitions of different lengths fail when run: nothing
     * is dropped.
     *
     * <p><b>Lazy, narrow.</b> A partition is worked on by one task.
     *
     * @throws IllegalArgumentException when the numbers of partitions differ
     */
    public <B> Bag<Pair<T, B>> zip(Bag<B> other) {
        return new Bag<>(new Zipped<T, B, Pair<T, B>>(plan, other.plan, Pair::new, "zip"));
    }

    /** As {@link #zip}, with what {@code f} makes of each pair. */
    public <B, R> Bag<R> zipWith(Bag<B> other, CheckedBiFunction<? super T, ? super B, ? extends R> f) {
        return new Bag<>(new Zipped<T, B, R>(plan, other.plan, Objects.requireNonNull(f, "f"), "zipWith"));
    }

    /**
     * Each record with its index in the whole bag, from 0.
     *
     * <p><b>Lazy, narrow.</b> Partitions are worked on one after the other.
     */
    public Bag<Pair<T, Long>> zipWithIndex() {
        return new Bag<>(new Indexed<>(plan));
    }

    /**
     * The running fold of the whole bag, beginning with the first record: a, op(a, b), op(op(a, b), c), …
     *
     * <p><b>Lazy, narrow.</b> Partitions are worked on one after the other.
     */
    public Bag<T> scan(CheckedBinaryOperator<T> op) {
        return new Bag<>(RecordWise.scanned(plan, op));
    }

    /** As {@link #scan(CheckedBinaryOperator)}, beginning with {@code initial}, which comes out first. */
    public <A> Bag<A> scan(A initial, CheckedBiFunction<? super A, ? super T, ? extends A> op) {
        return new Bag<>(RecordWise.scanned(plan, initial, op));
    }

    /**
     * About {@code fraction} of the records, chosen by seed, partition and position: the same for any number of threads,
     * and those chosen stay chosen when a bag grows at its end.
     *
     * <p><b>Lazy, narrow.</b> A partition is worked on by one task.
     *
     * @param fraction from 0 to 1
     * @param seed another one chooses others
     */
    public Bag<T> sample(double fraction, long seed) {
        return new Bag<>(new Sampled<>(plan, fraction, seed));
    }

    /**
     * The same records in the same order in {@code n} partitions. Fewer: neighbours are joined, evenly by number, and
     * nothing moves. More: sizes differ by at most 1 record; the records are kept in memory in between.
     *
     * <p><b>Lazy.</b>
     *
     * @param n at least 1
     */
    public Bag<T> repartition(int n) {
        return new Bag<>(Repartitioned.of(plan, n));
    }

    /**
     * As {@link #repartition(int)}, with as many partitions as the input of this bag has times {@code size}, rounded up;
     * at least 1. Known when this is called: no record is read and nothing is run.
     *
     * <p>The input is what the sources below are before anything is done with them: of files their bytes as they are
     * stored, compressed or not, of records in memory an estimate from some of them. Each bag that was made from a source
     * counts once, and as a whole. So the partitions are smaller than {@code size} where the operators in between drop
     * records, as a filter or {@link #limit} do, and larger where they make records longer or more, or where files are
     * compressed. A source that does not know its size, such as {@link #generate}, is an error.
     *
     * <p><b>Lazy.</b>
     *
     * @param size such as {@code "64MB"} or {@code "1 GiB"}; at least 1 byte; see {@link dev.bag.value.ByteSize}
     * @throws IllegalArgumentException for another text, for a source of unknown size, and for more than 2<sup>31</sup> - 1
     *     partitions
     */
    public Bag<T> repartitionBySize(String size) {
        return repartition(InputSize.partitions(plan, Objects.requireNonNull(size, "size")));
    }

    /**
     * One partition as a bag of 1 partition.
     *
     * <p><b>Lazy.</b> The others are not read.
     *
     * @param index from 0
     */
    public Bag<T> partition(int index) {
        return new Bag<>(new SelectedPartition<>(plan, index));
    }

    /** How many partitions there are; runs nothing. */
    public int partitionCount() {
        return plan.partitionCount();
    }

    /** The records of each partition as a delayed list. */
    public List<Delayed<List<T>>> partitions() {
        return Actions.gatherEach(plan);
    }

    /**
     * All pairs of a record of this bag and one of {@code other}: n × m partitions, the m of this bag's first partition
     * first, in each the pairs of this bag's first record first.
     *
     * <p><b>Lazy.</b> The records of both bags are kept in memory; pairs are made as they are needed.
     */
    public <B> Bag<Pair<T, B>> product(Bag<B> other) {
        return new Bag<>(Multiplied.of(plan, Objects.requireNonNull(other, "other").plan));
    }

    /** This bag's partitions and then those of {@code other}. <b>Lazy.</b> Nothing moves. */
    public Bag<T> concat(Bag<? extends T> other) {
        return new Bag<>(Concatenated.of(List.of(plan, Objects.requireNonNull(other, "other").plan)));
    }

    /** The same bag; the operator above is called {@code name} in errors, {@link #explain} and progress. */
    public Bag<T> named(String name) {
        return new Bag<>(new Named<>(plan, name));
    }

    /** What {@code f} answers for this bag: a way to write one's own operators into a chain. */
    public <R extends @Nullable Object> R through(Function<? super Bag<T>, ? extends R> f) {
        return f.apply(this);
    }

    // ---- over the whole bag, in order ----

    /**
     * The first {@code n} records of the bag. Reading stops as soon as there are enough.
     *
     * <p><b>Lazy.</b> Keeps partitions, of which later ones become empty. They are worked on one after the other.
     *
     * @param n at least 0
     */
    public Bag<T> limit(long n) {
        return new Bag<>(new Limited<>(plan, n));
    }

    /**
     * The records of the bag after the first {@code n}.
     *
     * <p><b>Lazy.</b> Keeps partitions, of which the first ones become empty. They are worked on one after the other.
     *
     * @param n at least 0
     */
    public Bag<T> skip(long n) {
        return new Bag<>(new Skipped<>(plan, n));
    }

    /**
     * The records of the bag before the first one for which {@code keep} answers false. Reading stops there.
     *
     * <p><b>Lazy.</b> Keeps partitions, of which later ones become empty. They are worked on one after the other.
     */
    public Bag<T> takeWhile(CheckedPredicate<? super T> keep) {
        return new Bag<>(new TakenWhile<>(plan, Objects.requireNonNull(keep, "keep")));
    }

    /**
     * Exactly {@code k} records, in input order, each as likely as any other; in 1 partition. The same for any number of
     * threads. A bag with fewer records fails when run.
     *
     * <p><b>Lazy.</b> A partition is worked on by one task; about {@code 2 k} records are held for each.
     *
     * @param k at least 0
     * @param seed another one chooses others
     */
    public Bag<T> sampleExactly(int k, long seed) {
        return new Bag<>(ExactSample.of(plan, k, seed));
    }

    // ---- keyed or shuffling ----

    /** The records with the key that {@code f} answers for each, as a keyed bag. <b>Lazy, narrow.</b> */
    public <K> KeyedBag<K, T> keyBy(CheckedFunction<? super T, ? extends K> f) {
        Objects.requireNonNull(f, "f");
        return KeyedBag.of(new Mapped<>(plan, record -> new Pair<>(Keying.key(f, record), record), "keyBy"));
    }

    /**
     * The records of each key, in input order.
     *
     * <p><b>Lazy, shuffle.</b> All records are held, on disk where memory is short; {@link #foldBy} holds one accumulator a
     * key. A group that does not fit into memory is a list that reads from disk: go through it by its iterator, for
     * {@code get} reads on from where the last one was, or from the beginning.
     */
    public <K> KeyedBag<K, List<T>> groupBy(CheckedFunction<? super T, ? extends K> f) {
        return KeyedBag.of(Shuffles.grouped(plan, f, "groupBy"));
    }

    /**
     * What {@code f} answers for each key and an iterator of its records, in input order. What it does not read is
     * skipped.
     *
     * <p><b>Lazy, shuffle.</b>
     */
    public <K, R> Bag<R> groupByStreaming(
            CheckedFunction<? super T, ? extends K> key,
            CheckedBiFunction<? super K, ? super Iterator<T>, ? extends R> f) {
        Objects.requireNonNull(f, "f");
        return new Bag<>(Shuffles.streamed(plan, key, f));
    }

    /**
     * The fold of the records of each key. Each partition folds its own first, so only one accumulator a key and
     * partition is moved.
     *
     * <p><b>Lazy, shuffle.</b> Holds an accumulator for each key.
     */
    public <K, A extends @Nullable Object, R> KeyedBag<K, R> foldBy(
            CheckedFunction<? super T, ? extends K> f, Fold<? super T, A, ? extends R> fold) {
        return KeyedBag.of(Shuffles.folded(plan, f, fold, "foldBy"));
    }

    /** How many records have each key. <b>Lazy, shuffle.</b> Holds a number for each key. */
    public <K> KeyedBag<K, Long> countBy(CheckedFunction<? super T, ? extends K> f) {
        return KeyedBag.of(Shuffles.folded(plan, f, Folds.counting(), "countBy"));
    }

    /** How often each record occurs. <b>Lazy, shuffle.</b> Holds a number for each distinct record. */
    public KeyedBag<T, Long> frequencies() {
        return KeyedBag.of(Shuffles.folded(plan, record -> record, Folds.counting(), "frequencies"));
    }

    /** The distinct records, of equal ones the first. <b>Lazy, shuffle.</b> Holds each distinct record. */
    public Bag<T> distinct() {
        return new Bag<>(Shuffles.distinct(plan, record -> record, "distinct"));
    }

    /** The first record of each key. <b>Lazy, shuffle.</b> Holds one record a key. */
    public Bag<T> distinctBy(CheckedFunction<? super T, ?> f) {
        return new Bag<>(Shuffles.distinct(plan, f, "distinctBy"));
    }

    /** As {@link #sorted(Comparator)}, in natural order; records that are not {@link Comparable} fail the run. */
    public Bag<T> sorted() {
        return new Bag<>(Sorted.of(plan, NaturalOrder.<T>get(), "sorted"));
    }

    /**
     * The records in the order of {@code comparator}, over all partitions; equal ones keep their order.
     *
     * <p><b>Lazy, shuffle.</b> All records are held.
     */
    public Bag<T> sorted(Comparator<? super T> comparator) {
        return new Bag<>(Sorted.of(plan, Objects.requireNonNull(comparator, "comparator"), "sorted"));
    }

    /** The records in the natural order of what {@code f} answers, which is asked once a record; equal ones keep theirs. */
    public <K extends Comparable<? super K>> Bag<T> sortBy(CheckedFunction<? super T, ? extends K> f) {
        return new Bag<>(Shuffles.sortedBy(plan, Objects.requireNonNull(f, "f")));
    }

    /** As {@link #topK(int, Comparator)}, in natural order. */
    public Delayed<List<T>> topK(int k) {
        return topK(k, NaturalOrder.<T>get());
    }

    /** The {@code k} largest records, the largest first, equal ones in input order. Holds {@code k} records a task. */
    public Delayed<List<T>> topK(int k, Comparator<? super T> comparator) {
        return folded(Folds.topK(k, comparator), "topK");
    }

    /** As {@link #bottomK(int, Comparator)}, in natural order. */
    public Delayed<List<T>> bottomK(int k) {
        return bottomK(k, NaturalOrder.<T>get());
    }

    /** The {@code k} smallest records, the smallest first, equal ones in input order. Holds {@code k} records a task. */
    public Delayed<List<T>> bottomK(int k, Comparator<? super T> comparator) {
        if (k < 0) {
            throw new IllegalArgumentException("bottomK(" + k + "): k must be 0 or more");
        }
        return folded(Folds.topK(k, comparator.reversed()), "bottomK");
    }

    // ---- folds ----

    /** The fold of all records. Parts are merged with their neighbours, in order. */
    public <A extends @Nullable Object, R extends @Nullable Object> Delayed<R> fold(
            Fold<? super T, A, ? extends R> fold) {
        return folded(fold, "fold");
    }

    /**
     * The fold of all records by three functions. Parts are merged with their neighbours, in order.
     *
     * @param zero called for each part, so that an accumulator may be mutable
     * @param add answers the accumulator with one more record
     * @param merge answers the accumulator of a part and the part after it; associative
     */
    public <A extends @Nullable Object> Delayed<A> fold(
            CheckedSupplier<A> zero, CheckedBiFunction<A, ? super T, A> add, CheckedBinaryOperator<A> merge) {
        return folded(Fold.<T, A>of(zero, add, merge), "fold");
    }

    /** All records merged by {@code op}, which is associative; empty for an empty bag. */
    public Delayed<Optional<T>> reduce(CheckedBinaryOperator<T> op) {
        return folded(Reducing.by(Objects.requireNonNull(op, "op")), "reduce");
    }

    /** What a JDK collector makes of all records, in order, in parallel. */
    public <A extends @Nullable Object, R extends @Nullable Object> Delayed<R> collect(
            Collector<? super T, A, ? extends R> collector) {
        return folded(Fold.<T, A, R>of(collector), "collect");
    }

    /** How many records there are. */
    public Delayed<Long> count() {
        return folded(Folds.<T>counting(), "count");
    }

    /** The sum of what {@code f} answers, compensated for rounding; 0 for an empty bag. */
    public Delayed<Double> sum(CheckedToDoubleFunction<? super T> f) {
        return folded(Folds.<T>summing(f), "sum");
    }

    /** The exact sum of what {@code f} answers; one beyond {@code long} fails the run. 0 for an empty bag. */
    public Delayed<Long> sumLong(CheckedToLongFunction<? super T> f) {
        return folded(Folds.<T>summingLong(f), "sumLong");
    }

    /** The mean of what {@code f} answers; NaN for an empty bag. */
    public Delayed<Double> mean(CheckedToDoubleFunction<? super T> f) {
        return folded(Folds.<T>averaging(f), "mean");
    }

    /** Count, sum, mean, variance, least and greatest of what {@code f} answers, numerically stable. */
    public Delayed<Stats> stats(CheckedToDoubleFunction<? super T> f) {
        return folded(Folds.<T>stats(f), "stats");
    }

    /** The least record, of equal ones the first. */
    public Delayed<Optional<T>> min(Comparator<? super T> comparator) {
        return folded(Folds.<T>min(comparator), "min");
    }

    /** The greatest record, of equal ones the first. */
    public Delayed<Optional<T>> max(Comparator<? super T> comparator) {
        return folded(Folds.<T>max(comparator), "max");
    }

    /** Whether any record matches; reading stops at one that does. False for an empty bag. */
    public Delayed<Boolean> anyMatch(CheckedPredicate<? super T> predicate) {
        return folded(Matching.any(predicate), "anyMatch");
    }

    /** Whether all records match; reading stops at one that does not. True for an empty bag. */
    public Delayed<Boolean> allMatch(CheckedPredicate<? super T> predicate) {
        return folded(Matching.all(predicate), "allMatch");
    }

    /** Whether no record matches; reading stops at one that does. True for an empty bag. */
    public Delayed<Boolean> noneMatch(CheckedPredicate<? super T> predicate) {
        return folded(Matching.none(predicate), "noneMatch");
    }

    private <A extends @Nullable Object, R extends @Nullable Object> Delayed<R> folded(
            Fold<? super T, A, ? extends R> fold, String operator) {
        return Delayed.of(new Folded<T, A, R>(plan, Objects.requireNonNull(fold, "fold"), operator));
    }

    // ---- actions ----

    /**
     * All records, in order. <b>Runs the plan.</b>
     *
     * @return an unmodifiable list
     * @throws BagException when anything fails
     */
    public List<T> compute() {
        return compute(Runner.current());
    }

    /** As {@link #compute()}, on {@code runner}. */
    public List<T> compute(Runner runner) {
        return Actions.run(runner, Actions.gather(plan, "compute"));
    }

    /** As {@link #compute()}, without waiting. Cancelling the future cancels the run, and so does {@code orTimeout}. */
    public CompletableFuture<List<T>> computeAsync() {
        return computeAsync(Runner.current());
    }

    /** As {@link #computeAsync()}, on {@code runner}. */
    public CompletableFuture<List<T>> computeAsync(Runner runner) {
        return Actions.start(runner, Actions.gather(plan, "compute"));
    }

    /**
     * The first {@code n} records, or all if there are fewer. <b>Runs the plan</b>, partition after partition, until
     * there are enough.
     *
     * @param n at least 0
     * @return an unmodifiable list
     * @throws BagException when anything fails on the way
     */
    public List<T> take(int n) {
        return take(n, Runner.current());
    }

    /** As {@link #take(int)}, on {@code runner}. */
    public List<T> take(int n, Runner runner) {
        if (n < 0) {
            throw new IllegalArgumentException("take(" + n + "): the count must be 0 or more");
        }
        return Actions.run(runner, Actions.gather(new Limited<>(plan, n), "take"));
    }

    /** The first record, if there is one. <b>Runs the plan</b> until there is. */
    public Optional<T> first() {
        return first(Runner.current());
    }

    /** As {@link #first()}, on {@code runner}. */
    public Optional<T> first(Runner runner) {
        return take(1, runner).stream().findFirst();
    }

    /**
     * The records as a stream, in order. Nothing runs until it is walked; then a bounded number of partitions is worked on
     * ahead of the reader, and work waits for a slow one. Close it when it is not read to its end: that cancels the run
     * and closes its files.
     */
    public Stream<T> stream() {
        return stream(Runner.current());
    }

    /** As {@link #stream()}, on {@code runner}. */
    public Stream<T> stream(Runner runner) {
        return RecordStream.of(plan, runner);
    }

    /**
     * Shows each record to {@code action}, by several threads at once, in no order across partitions. <b>Runs the
     * plan.</b>
     *
     * @throws BagException when anything fails
     */
    public void forEach(CheckedConsumer<? super T> action) {
        forEach(action, Runner.current());
    }

    /** As {@link #forEach(CheckedConsumer)}, on {@code runner}. */
    public void forEach(CheckedConsumer<? super T> action, Runner runner) {
        Actions.run(runner, Actions.consume(plan, Objects.requireNonNull(action, "action"), "forEach"));
    }

    /**
     * Gives {@code action} the iterator of each partition, several at once. What it does not read is not read.
     * <b>Runs the plan.</b>
     *
     * @throws BagException when anything fails
     */
    public void forEachPartition(CheckedConsumer<? super Iterator<T>> action) {
        forEachPartition(action, Runner.current());
    }

    /** As {@link #forEachPartition(CheckedConsumer)}, on {@code runner}. */
    public void forEachPartition(CheckedConsumer<? super Iterator<T>> action, Runner runner) {
        Actions.run(runner, Actions.consumePartitions(plan, Objects.requireNonNull(action, "action")));
    }

    /**
     * As {@link #persist(Storage)}, in memory: the records are the same objects afterwards, as long as they fit into what
     * the runner may keep. What does not fit, or is needed by other runs, is written to disk.
     */
    public Persisted<T> persist() {
        return persist(Storage.MEMORY);
    }

    /** As {@link #persist()}, on {@code runner}. */
    public Persisted<T> persist(Runner runner) {
        return persist(Storage.MEMORY, runner);
    }

    /**
     * Computes all records now, once, and keeps them as the partitions they are, to be read by any number of later runs.
     * <b>Runs the plan.</b>
     *
     * <pre>{@code
     * try (Persisted<Event> events = parsed.persist()) {
     *     long count = events.bag().count().compute();
     *     List<Event> latest = events.bag().topK(10, byTime).compute();
     * }
     * }</pre>
     *
     * @return to be closed after the last run that reads it
     * @throws BagException when anything fails; nothing is kept then
     */
    public Persisted<T> persist(Storage storage) {
        return persist(storage, Runner.current());
    }

    /** As {@link #persist(Storage)}, on {@code runner}. */
    public Persisted<T> persist(Storage storage, Runner runner) {
        return Actions.persist(runner, plan, Objects.requireNonNull(storage, "storage"));
    }

    // ---- look ----

    /** This bag in one line of at most 78 characters: its partitions, and the operators from the source on. Runs nothing. */
    @Override
    public String toString() {
        return PlanText.line("Bag", plan);
    }

    /**
     * How this bag would be run: the stages with their operators and partitions, what ends each, and why a file is not
     * split. Runs nothing.
     */
    public String explain() {
        return Actions.explain(Actions.gather(plan, "compute"));
    }
}
