package dev.bag;

import dev.bag.build.ExactSample;
import dev.bag.build.Expanders;
import dev.bag.build.Generated;
import dev.bag.build.InMemory;
import dev.bag.build.InputSize;
import dev.bag.build.Matching;
import dev.bag.build.NaturalOrder;
import dev.bag.build.NumberRange;
import dev.bag.build.Outsides;
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
import dev.bag.plan.Between.Multiplied;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Expanded;
import dev.bag.plan.Filtered;
import dev.bag.plan.InOrder.Indexed;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.InOrder.Skipped;
import dev.bag.plan.InOrder.TakenWhile;
import dev.bag.plan.Leaf.FromDelayed;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.Sampled;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Sorted;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Folded;
import dev.bag.plan.Zipped;
import dev.bag.show.HtmlTable;
import dev.bag.show.Table;
import dev.bag.source.Sink;
import dev.bag.source.Source;
import dev.bag.value.Command;
import dev.bag.value.CommandResult;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.InFlight;
import dev.bag.value.Isolation;
import dev.bag.value.Pair;
import dev.bag.value.Stats;
import dev.bag.value.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
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
 * on at the same time. Within a partition, all operators up to the next shuffle run as one loop over its records, so
 * nothing between them is stored. Results, their order and the number of partitions depend on the data and the options
 * only, never on the number of threads.
 *
 * <p>Each operator says in a line what it does to the bag:
 *
 * <ul>
 *   <li><b>Lazy</b>: nothing runs until an action. Arguments are checked when the operator is called.
 *   <li><b>Narrow</b>: keeps the order of the records and the partitions they are in, and holds one record at a time.
 *   <li><b>Shuffle</b>: records move between partitions by key, or in a sort by rank. The result has as many partitions
 *       as the input, with two bounds: at most 64, and at least 16 behind a {@linkplain dev.bag.source.Part#pipelined()
 *       pipelined} source, which is one that cannot be cut, such as a {@code .gz}, and that several threads work on all
 *       the same. {@link #repartition} and {@link KeyedBag#partitionByKey} choose another number.
 * </ul>
 *
 * <p>Records are never null. Functions are called by several threads at once, each for another record, so they must not
 * write to shared state. An exception of a function reaches the caller of the action as the cause of one
 * {@link BagException}, which names the operator and the partition, and the file and line of the record where there is
 * one.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param <T> the type of the records
 */
public final class Bag<T> {

    private static final int SHOWN = 20;

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
     * Returns a bag of the given records, in memory; see {@link #from(Collection)}.
     *
     * <p><b>Lazy.</b> One partition for each record up to 64, else 64 partitions; 1 partition if there are none.
     *
     * @param records the records, none of them null; copied
     * @throws NullPointerException if a record is null
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Bag<T> of(T... records) {
        return from(Arrays.asList(records));
    }

    /**
     * Returns a bag without records.
     *
     * <p><b>Lazy.</b> 1 partition.
     */
    public static <T> Bag<T> empty() {
        return from(List.of());
    }

    /**
     * Returns a bag of the records of a collection, in its order.
     *
     * <p><b>Lazy.</b> One partition for each record up to 64, else 64 partitions of sizes that differ by at most 1; 1
     * partition if there are none. Holds a copy of the collection.
     *
     * @param records the records, none of them null; copied now, so later changes make no difference
     * @throws NullPointerException if a record is null
     */
    public static <T> Bag<T> from(Collection<? extends T> records) {
        return from(records, InMemory.defaultPartitions(records.size()));
    }

    /**
     * Returns a bag of the records of a collection, in its order, cut into a given number of partitions.
     *
     * <p><b>Lazy.</b> {@code partitions} partitions of sizes that differ by at most 1; fewer only if there are fewer
     * records, and never less than 1. Holds a copy of the collection.
     *
     * @param records the records, none of them null; copied now, so later changes make no difference
     * @param partitions the number of partitions, at least 1
     * @throws NullPointerException if a record is null
     * @throws IllegalArgumentException if {@code partitions} is less than 1
     */
    public static <T> Bag<T> from(Collection<? extends T> records, int partitions) {
        return from(InMemory.of(records, partitions));
    }

    /**
     * Returns a bag of the records of a source. Asks the source for its name and parts, and reads no record.
     *
     * <p><b>Lazy.</b> One partition for each part of the source.
     *
     * @param source where the records come from
     */
    public static <T> Bag<T> from(Source<T> source) {
        return new Bag<>(Read.of(Objects.requireNonNull(source, "source")));
    }

    /**
     * Returns a bag of the records that {@code records} gives out.
     *
     * <p><b>Lazy.</b> 1 partition.
     *
     * <p>Each action asks for one iterator and walks it once, on one thread at a time, in chunks that other threads
     * work on. It is walked only as far as its records are wanted, so it may be infinite under {@link #limit},
     * {@link #take}, {@link #first} or {@link #stream()}.
     *
     * @param records gives out the records, none of them null
     */
    public static <T> Bag<T> generate(Iterable<? extends T> records) {
        return from(new Generated<>(Objects.requireNonNull(records, "records")));
    }

    /**
     * Returns a bag of the numbers from {@code start} (inclusive) to {@code end} (exclusive). It is empty if
     * {@code end} is not greater than {@code start}. Numbers are made as they are needed, not stored.
     *
     * <p><b>Lazy.</b> One partition for each number up to 64, else 64 partitions; 1 partition if there are none.
     *
     * @param start the first number
     * @param end the number after the last one
     */
    public static Bag<Long> range(long start, long end) {
        return range(start, end, InMemory.defaultPartitions(NumberRange.count(start, end)));
    }

    /**
     * Returns a bag of the numbers from {@code start} (inclusive) to {@code end} (exclusive), cut into a given number
     * of partitions.
     *
     * <p><b>Lazy.</b> {@code partitions} partitions of sizes that differ by at most 1; fewer only if there are fewer
     * numbers, and never less than 1.
     *
     * @param start the first number
     * @param end the number after the last one
     * @param partitions the number of partitions, at least 1
     * @throws IllegalArgumentException if {@code partitions} is less than 1
     */
    public static Bag<Long> range(long start, long end, int partitions) {
        return from(NumberRange.of(start, end, partitions));
    }

    /**
     * Returns a bag of the records of all bags, one bag after the other. Nothing moves.
     *
     * <p><b>Lazy.</b> The partitions of all bags, in their order; 1 partition if there are no bags.
     *
     * @param bags the bags
     */
    public static <T> Bag<T> concatAll(List<? extends Bag<? extends T>> bags) {
        List<Plan<? extends T>> plans = new ArrayList<>(bags.size());
        for (Bag<? extends T> bag : bags) {
            plans.add(bag.plan);
        }
        return plans.isEmpty() ? empty() : new Bag<>(Concatenated.of(plans));
    }

    /**
     * Returns a bag of the elements of delayed iterables, in their order.
     *
     * <p><b>Lazy.</b> One partition for each delayed value; 1 partition if there are none. A value is computed when its
     * partition is read, so that {@code take(1)} computes the first ones only, and is dropped when the partition has been read.
     * With {@code retries} it is held until the run is over, as are values that something else in the run needs later.
     *
     * @param delayed the iterables, which have no null elements
     */
    public static <T> Bag<T> fromDelayed(List<? extends Delayed<? extends Iterable<? extends T>>> delayed) {
        List<Value<? extends Iterable<? extends T>>> values = new ArrayList<>(delayed.size());
        for (Delayed<? extends Iterable<? extends T>> each : delayed) {
            values.add(each.plan());
        }
        return values.isEmpty() ? empty() : new Bag<>(new FromDelayed<T>(List.copyOf(values)));
    }

    /**
     * Returns a bag of all elements of all records, one level deep, in order. An iterable is walked only as far as its
     * elements are wanted.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time.
     *
     * @param bag iterables, which have no null elements
     */
    public static <T> Bag<T> flatten(Bag<? extends Iterable<? extends T>> bag) {
        return new Bag<>(new Expanded<>(bag.plan, Expanders.<T>flattening(), "flatten"));
    }

    // ---- narrow: one record at a time ----

    /**
     * Returns a bag with the result of {@code f} for each record.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time.
     *
     * @param f called once for each record, by several threads at once. A null result fails the run; see
     *     {@link #mapNotNull}
     */
    public <R> Bag<R> map(CheckedFunction<? super T, ? extends R> f) {
        return new Bag<>(new Mapped<>(plan, Objects.requireNonNull(f, "f"), "map"));
    }

    /**
     * Returns a bag with the result of {@code f} for each record, without the nulls.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time.
     *
     * @param f called once for each record, by several threads at once
     */
    public <R> Bag<R> mapNotNull(CheckedFunction<? super T, ? extends @Nullable R> f) {
        return new Bag<>(new Mapped.NotNull<>(plan, Objects.requireNonNull(f, "f"), "mapNotNull"));
    }

    /**
     * Returns a bag of the records for which {@code keep} is true.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. A partition may become empty but
     * stays one.
     *
     * @param keep called once for each record, by several threads at once
     */
    public Bag<T> filter(CheckedPredicate<? super T> keep) {
        return new Bag<>(new Filtered<>(plan, Objects.requireNonNull(keep, "keep"), "filter"));
    }

    /**
     * Returns a bag of the records for which {@code drop} is false.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. A partition may become empty but
     * stays one.
     *
     * @param drop called once for each record, by several threads at once
     */
    public Bag<T> filterNot(CheckedPredicate<? super T> drop) {
        return new Bag<>(RecordWise.filteredOut(plan, drop));
    }

    /**
     * Returns a bag of the records that are instances of a class, cast to it.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. A partition may become empty but
     * stays one.
     *
     * @param type the class of the records to keep
     */
    public <R> Bag<R> filter(Class<R> type) {
        return new Bag<>(RecordWise.ofClass(plan, type));
    }

    /**
     * Returns a bag of the same records, cast to a class.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time.
     *
     * @param type the class of all records. A record of another class fails the run with a {@link ClassCastException}
     *     as the cause
     */
    public <R> Bag<R> cast(Class<R> type) {
        return new Bag<>(RecordWise.cast(plan, type));
    }

    /**
     * Returns a bag of the same records, each of which is passed to {@code action} as it goes by. The action sees only
     * records that are wanted further on.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time.
     *
     * @param action called by several threads at once
     */
    public Bag<T> peek(CheckedConsumer<? super T> action) {
        return new Bag<>(RecordWise.peeked(plan, action));
    }

    /**
     * Returns a bag of all elements of the iterables that {@code f} returns, in order. An iterable is walked only as
     * far as its elements are wanted.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time.
     *
     * @param f called once for each record, by several threads at once. A null result, or an element that is null,
     *     fails the run
     */
    public <R> Bag<R> flatMap(CheckedFunction<? super T, ? extends Iterable<? extends R>> f) {
        return new Bag<>(new Expanded<>(plan, Expanders.<T, R>iterating(Objects.requireNonNull(f, "f")), "flatMap"));
    }

    /**
     * Returns a bag of all elements of the streams that {@code f} returns, in order. Each stream is closed after its
     * last element that is wanted.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time.
     *
     * @param f called once for each record, by several threads at once. A null result, or an element that is null,
     *     fails the run
     */
    public <R> Bag<R> flatMapStream(CheckedFunction<? super T, ? extends Stream<? extends R>> f) {
        return new Bag<>(
                new Expanded<>(plan, Expanders.<T, R>streaming(Objects.requireNonNull(f, "f")), "flatMapStream"));
    }

    /**
     * Returns a bag of all that {@code f} passes to its second argument, in order. This is the cheapest way to make
     * several records of one.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time.
     *
     * @param f called once for each record, by several threads at once, and to its end even if no more records are
     *     wanted. The consumer must not be used after the call, nor be given null
     */
    public <R> Bag<R> mapMulti(CheckedBiConsumer<? super T, ? super Consumer<R>> f) {
        return new Bag<>(new Expanded<>(plan, Expanders.<T, R>pushing(Objects.requireNonNull(f, "f")), "mapMulti"));
    }

    /**
     * Returns a bag with the result of {@code f} for each record and the value of {@code value}, which is computed
     * once, before the first record is mapped.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. Holds the value. If the value is
     * computed from this bag, the input is read twice.
     *
     * @param value computed in the same run
     * @param f called once for each record, by several threads at once. A null result fails the run
     */
    public <U extends @Nullable Object, R> Bag<R> mapWith(
            Delayed<U> value, CheckedBiFunction<? super T, ? super U, ? extends R> f) {
        Objects.requireNonNull(value, "value");
        return new Bag<>(new Mapped.With<>(plan, value.plan(), Objects.requireNonNull(f, "f")));
    }

    /**
     * Returns a bag with the result of {@code f} for each record and a resource, such as a connection or a parser that
     * is not thread-safe.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. A partition is worked on by one
     * task.
     *
     * @param open called once for each partition that has records, before the first of them. A resource that is
     *     {@link AutoCloseable} is closed after the partition, also if the run fails or is cancelled
     * @param f called once for each record, by one thread at a time for each resource. A null result fails the run
     */
    public <S, R> Bag<R> mapWithResource(
            CheckedSupplier<? extends S> open, CheckedBiFunction<? super S, ? super T, ? extends R> f) {
        return new Bag<>(
                new Mapped.WithResource<>(plan, Objects.requireNonNull(open, "open"), Objects.requireNonNull(f, "f")));
    }

    // ---- narrow: outside of the runner's threads ----

    /**
     * Returns a bag with the result of {@code f} for each record, where {@code f} spends its time waiting: for a server, a
     * database, a disk. It is called on threads of its own, virtual ones from Java 21 on, and holds no thread of the runner.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions. Holds at most twice {@code inFlight} records or results of each
     * partition that is worked on; a partition is worked on by one task.
     *
     * @param f called once for each record, by several threads at once. A null result fails the run. It is interrupted if
     *     its result is not wanted any more
     * @param inFlight the most calls at the same time, of all partitions and all runs of a runner together; at least 1
     * @throws IllegalArgumentException if {@code inFlight} is less than 1
     * @see #mapAsync(CheckedFunction, InFlight)
     */
    public <R> Bag<R> mapAsync(CheckedFunction<? super T, ? extends R> f, int inFlight) {
        return mapAsync(f, InFlight.of(inFlight));
    }

    /**
     * Returns a bag with the result of {@code f} for each record, as {@link #mapAsync(CheckedFunction, int)} does, with a
     * limit of the rate.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions. Holds at most twice as many records or results as there may be
     * calls in flight, of each partition that is worked on; a partition is worked on by one task.
     *
     * <p>If {@code f} fails, the run fails as with {@link #map}: with the failure of the first such record of the partition,
     * though later ones may have failed before; {@link #onError} can leave the record out. Where a run needs
     * few records only, as under {@link #take}, calls for records behind those may have begun; they are interrupted. {@link
     * #limit} makes no more calls than it needs. With {@link Runner#inline()} calls are made one after the other, on the
     * calling thread.
     *
     * @param f called once for each record, by several threads at once. A null result fails the run
     * @param inFlight the most calls at the same time, and in a second, of all partitions and all runs of a runner together
     */
    public <R> Bag<R> mapAsync(CheckedFunction<? super T, ? extends R> f, InFlight inFlight) {
        return new Bag<>(Outsides.<T, R>called(plan, f, inFlight));
    }

    /**
     * Returns a bag with what the stage completes with that {@code f} returns for each record, such as the future of a client
     * that does not block. Apart from that it is as {@link #mapAsync(CheckedFunction, InFlight)}, under a name of its own
     * because the compiler could not tell the two apart by a lambda.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions. Holds at most twice as many records or results as there may be
     * stages in flight, of each partition that is worked on; a partition is worked on by one task.
     *
     * @param f called once for each record, by several threads at once. A stage that completes with null fails the run. A
     *     stage is cancelled when its result is no longer wanted
     * @param inFlight the most stages that have not completed at the same time, and calls in a second, of all partitions and
     *     all runs of a runner together
     */
    public <R> Bag<R> mapAsyncStage(
            CheckedFunction<? super T, ? extends CompletionStage<? extends R>> f, InFlight inFlight) {
        return new Bag<>(Outsides.<T, R>staged(plan, f, inFlight));
    }

    /**
     * Returns a bag of the lines that a command prints, which reads the records as lines: {@code words.pipe(Command.of("sort"))}.
     *
     * <p><b>Lazy.</b> Keeps partitions; the lines of each are in the order in which they were printed. One process for each
     * partition, also for an empty one, and as many at the same time as the runner has threads. Holds a bounded number of
     * lines. A partition is worked on by one task.
     *
     * <p>Records are sent as their {@code toString} in UTF-8, each with a line end behind it; one with a line end in it fails
     * the run. The program may stop reading when it likes, as {@code head} does. The run fails, with
     * the end of what was printed to the error stream, if the program cannot be started, ends with an exit code that the command
     * does not {@linkplain Command#accept accept}, takes too long, or prints what is not UTF-8. When its lines are not wanted any more, and when
     * the run or the JVM ends, the program is ended with all that it has started.
     *
     * @param command what is run, without an input
     * @throws IllegalArgumentException if {@code command} has an input
     */
    public Bag<String> pipe(Command command) {
        return new Bag<>(Outsides.piped(plan, command));
    }

    /**
     * Returns a bag of what has become of a command for each record. Commands run at the same time, as many as the runner has
     * threads, and hold no thread of the runner.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions. One process for each record; holds what it prints. A partition is
     * worked on by one task.
     *
     * <p>A command fails, with the end of what was printed to the error stream, if the program cannot be started, ends with an
     * exit code that the command does not {@linkplain Command#accept accept}, takes too long, or prints too much or what is not
     * UTF-8; {@link #onError} can leave the record out. When its result is not wanted any more, and when the run or the JVM ends,
     * the program is ended with all that it has started.
     *
     * @param command called once for each record, by several threads at once
     */
    public Bag<CommandResult> exec(CheckedFunction<? super T, Command> command) {
        return new Bag<>(Outsides.executed(plan, command));
    }

    /**
     * Returns a bag with the result of {@code f} for each record, where {@code f} is called in worker processes: for what may
     * crash, leak or hang, such as native libraries, without taking the run down. A worker is a JVM like this one; it is
     * started when it is first needed, takes one record after the other, and is ended with the run.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions. Holds at most twice as many records or results as there are workers,
     * of each partition that is worked on; a partition is worked on by one task.
     *
     * @param f is sent to each worker by Java's serialization, as it is when this is called; called once for each record, by
     *     one thread of each worker. A null result fails the run
     * @param workers the most workers at the same time in a run; at least 1
     * @throws IllegalArgumentException if {@code workers} is less than 1, or {@code f} uses an object that is not {@link
     *     java.io.Serializable}
     * @see #mapIsolated(CheckedFunction, Isolation)
     */
    public <R> Bag<R> mapIsolated(CheckedFunction<? super T, ? extends R> f, int workers) {
        return mapIsolated(f, Isolation.of(workers));
    }

    /**
     * Returns a bag with the result of {@code f} for each record, called in worker processes as by {@link
     * #mapIsolated(CheckedFunction, int)}, with a limit of the time of each call, or with options of the JVMs.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions. Holds at most twice as many records or results as there are workers,
     * of each partition that is worked on; a partition is worked on by one task.
     *
     * <p>If a worker ends, for whatever reason, runs out of memory, or takes longer than its time limit, another one takes its
     * place and gets the record again. A record that has ended three workers fails the run; {@link #onError} can leave it out. What
     * {@code f} throws fails the run as with {@link #map}. Deaths are counted in {@link Report#workerDeaths} and told to {@link
     * RunListener#workerDied}.
     *
     * <p>Records and results are copied: objects of any class can be sent as {@link Runner.Builder#memory} says, and each
     * call costs an exchange between two processes, so it pays for functions that take long. Static fields are those of the worker, and keep what {@code f} leaves there. What {@code f} prints comes out at
     * {@link System#err} of this JVM. Counters, context carriers and JVM options of this JVM do not reach a worker. Classes come from
     * the same class path and module path; those that are not there, as in jshell, are sent by this JVM.
     *
     * @param f is sent to each worker by Java's serialization, as it is when this is called; called once for each record, by
     *     one thread of each worker. A null result fails the run
     * @throws IllegalArgumentException if {@code f} uses an object that is not {@link java.io.Serializable}
     */
    public <R> Bag<R> mapIsolated(CheckedFunction<? super T, ? extends R> f, Isolation isolation) {
        return new Bag<>(Outsides.<T, R>isolated(plan, f, isolation));
    }

    // ---- narrow: a whole partition ----

    /**
     * Returns a bag of the records that {@code f} makes of each partition.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds what {@code f} holds. A partition is worked on by one
     * task.
     *
     * @param f called once for each partition, with an iterator of its records, and returns an iterator of others, none
     *     of them null. A partition is read only as far as the returned iterator asks; if that is {@link AutoCloseable}
     *     it is closed after the partition
     */
    public <R> Bag<R> mapPartitions(CheckedFunction<? super Iterator<T>, ? extends Iterator<? extends R>> f) {
        return new Bag<>(RecordWise.<T, R>mappedPartitions(plan, f));
    }

    /**
     * Returns a bag of the records that {@code f} makes of each partition and its number; see {@link #mapPartitions}.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds what {@code f} holds. A partition is worked on by one
     * task.
     *
     * @param f called once for each partition, with its number from 0 and an iterator of its records
     */
    public <R> Bag<R> mapPartitionsWithIndex(
            CheckedBiFunction<? super Integer, ? super Iterator<T>, ? extends Iterator<? extends R>> f) {
        return new Bag<>(new MappedPartitions<T, R>(plan, Objects.requireNonNull(f, "f"), "mapPartitionsWithIndex"));
    }

    /**
     * Returns a bag of pairs: each record of this bag with the record at the same place in the same partition of
     * {@code other}. Nothing is dropped: partitions of different lengths fail the run.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. A partition is worked on by one
     * task.
     *
     * @param other a bag with as many partitions as this one
     * @throws IllegalArgumentException if the numbers of partitions differ
     */
    public <B> Bag<Pair<T, B>> zip(Bag<B> other) {
        return new Bag<>(new Zipped<T, B, Pair<T, B>>(plan, other.plan, Pair::new, "zip"));
    }

    /**
     * Returns a bag with the result of {@code f} for each record of this bag and the record at the same place of
     * {@code other}; see {@link #zip}.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. A partition is worked on by one
     * task.
     *
     * @param other a bag with as many partitions as this one
     * @param f called once for each pair, by several threads at once. A null result fails the run
     * @throws IllegalArgumentException if the numbers of partitions differ
     */
    public <B, R> Bag<R> zipWith(Bag<B> other, CheckedBiFunction<? super T, ? super B, ? extends R> f) {
        return new Bag<>(new Zipped<T, B, R>(plan, other.plan, Objects.requireNonNull(f, "f"), "zipWith"));
    }

    /**
     * Returns a bag of pairs: each record with its index in the whole bag, from 0.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. Partitions are worked on one
     * after the other.
     */
    public Bag<Pair<T, Long>> zipWithIndex() {
        return new Bag<>(new Indexed<>(plan));
    }

    /**
     * Returns a bag of the running fold of the whole bag, which begins with the first record: a, op(a, b), op(op(a, b),
     * c), …
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. Partitions are worked on one
     * after the other.
     *
     * @param op called with what has come out last and the next record; need not be associative. A null result fails
     *     the run
     */
    public Bag<T> scan(CheckedBinaryOperator<T> op) {
        return new Bag<>(RecordWise.scanned(plan, op));
    }

    /**
     * Returns a bag of the running fold of the whole bag, which begins with {@code initial}: initial, op(initial, a),
     * op(op(initial, a), b), … It has one record more than this bag.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. Partitions are worked on one
     * after the other.
     *
     * @param initial comes out first
     * @param op called with what has come out last and the next record; need not be associative. A null result fails
     *     the run
     */
    public <A> Bag<A> scan(A initial, CheckedBiFunction<? super A, ? super T, ? extends A> op) {
        return new Bag<>(RecordWise.scanned(plan, initial, op));
    }

    /**
     * Returns a bag of about {@code fraction} of the records. Whether a record is chosen depends on the seed and on its
     * partition and place in it (Bernoulli sampling): the choice is the same for any number of threads, and records
     * stay chosen when a bag grows at its end.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time. A partition is worked on by one
     * task.
     *
     * @param fraction from 0 to 1
     * @param seed another seed chooses other records
     * @throws IllegalArgumentException if {@code fraction} is not from 0 to 1
     */
    public Bag<T> sample(double fraction, long seed) {
        return new Bag<>(new Sampled<>(plan, fraction, seed));
    }

    /**
     * Returns a bag of the same records, in the same order, in another number of partitions.
     *
     * <p><b>Lazy.</b> {@code n} partitions. If that is fewer than there are, neighbouring partitions are joined, evenly
     * by number, and nothing moves. If it is more, the records are counted and cut anew so that sizes differ by at most
     * 1; all records are held in between, on disk if memory is short.
     *
     * @param n the number of partitions, at least 1
     * @throws IllegalArgumentException if {@code n} is less than 1
     */
    public Bag<T> repartition(int n) {
        return new Bag<>(Repartitioned.of(plan, n));
    }

    /**
     * Returns a bag of the same records, in the same order, in as many partitions as the input of this bag has times
     * {@code size}.
     *
     * <p><b>Lazy.</b> The size of the input divided by {@code size}, rounded up, is the number of partitions; it is at
     * least 1, and known when this is called: no record is read. Memory as for {@link #repartition(int)}.
     *
     * <p>The input is what the sources below hold before anything is done with it: for files their bytes as they are
     * stored, compressed or not; for records in memory an estimate from some of them. Each bag that was made from a
     * source counts once, and as a whole. So the partitions are smaller than {@code size} if the operators in between
     * drop records, as {@link #filter(CheckedPredicate) filter} and {@link #limit} do, and larger if they make records
     * longer or more, or if files are compressed.
     *
     * @param size such as {@code "64MB"} or {@code "1 GiB"}; at least 1 byte; see {@link dev.bag.value.ByteSize}
     * @throws IllegalArgumentException if {@code size} is no size, if a source does not know its size, as that of
     *     {@link #generate}, or if there would be more than 2<sup>31</sup> - 1 partitions
     */
    public Bag<T> repartitionBySize(String size) {
        return repartition(InputSize.partitions(plan, Objects.requireNonNull(size, "size")));
    }

    /**
     * Returns a bag of the records of one partition. The others are not read.
     *
     * <p><b>Lazy.</b> 1 partition. Keeps order.
     *
     * @param index the number of the partition, from 0
     * @throws IndexOutOfBoundsException if there is no partition of this number
     */
    public Bag<T> partition(int index) {
        return new Bag<>(new SelectedPartition<>(plan, index));
    }

    /** Returns the number of partitions. Runs nothing. */
    public int partitionCount() {
        return plan.partitionCount();
    }

    /**
     * Returns the records of each partition as a delayed list, in the order of the partitions.
     *
     * <p><b>Lazy.</b> Computing one reads that partition only; {@link Delayed#all} computes several in one run.
     */
    public List<Delayed<List<T>>> partitions() {
        return Actions.gatherEach(plan);
    }

    /**
     * Returns a bag of all pairs of a record of this bag and a record of {@code other}.
     *
     * <p><b>Lazy.</b> n × m partitions, if this bag has n and the other m: first the m of this bag's first partition.
     * In a partition the pairs of the first record of this bag come first. The records of both bags are held, on disk
     * if memory is short; pairs are made as they are needed.
     *
     * @param other the bag of the second records
     * @throws IllegalArgumentException if there would be more than 2<sup>31</sup> - 1 partitions
     */
    public <B> Bag<Pair<T, B>> product(Bag<B> other) {
        return new Bag<>(Multiplied.of(plan, Objects.requireNonNull(other, "other").plan));
    }

    /**
     * Returns a bag of the records of this bag and then those of {@code other}. Nothing moves.
     *
     * <p><b>Lazy.</b> The partitions of both bags, in their order.
     *
     * @param other the bag of the last records
     */
    public Bag<T> concat(Bag<? extends T> other) {
        return new Bag<>(Concatenated.of(List.of(plan, Objects.requireNonNull(other, "other").plan)));
    }

    /**
     * Returns the same bag, with a name for the operator above: errors, {@link #explain} and listeners call it so.
     *
     * <p><b>Lazy.</b> Keeps order and partitions.
     *
     * @param name not blank
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public Bag<T> named(String name) {
        return new Bag<>(new Named<>(plan, name));
    }

    /**
     * Returns the same bag without the records that cannot be read, or on which a function fails, as {@code policy} says.
     *
     * <p>It is for the operators above this one that work on one record at a time, such as {@code map}, {@code filter},
     * {@code flatMap} and {@code keyBy}, up to the source, and for what the source itself makes of one record: decoding a line,
     * parsing it, binding it to a class; a source of your own says of a record that it can be left out by throwing a {@link
     * dev.bag.source.BadRecordException}. It reaches up to the nearest operator that looks at several records, which it does not
     * cover: a shuffle, a sort, {@code limit}, {@code skip}, {@code takeWhile}, {@code scan}, {@code zip}, {@code mapPartitions},
     * or another {@code onError}. Operators below this one, and what the action calls, are not covered. Neither are a file that
     * cannot be read on (an option of its source), an {@link Error}, an interrupt, and the opening of a resource.
     *
     * <p>A record that fails is left out where it fails: no operator behind sees anything of it. An operator that makes several
     * records of one hands them on when all are made, so none comes of a record that fails; only of one of which more than 10,000
     * are made they come as they are made, and those that have come stay. What a function has done elsewhere is not undone.
     *
     * <p>A record that is left out does not fail its task, so it is not tried again. It counts once in a run, by the attempt at
     * its task that succeeds, and however many results of the run it is read for. One more than {@code limit} fails the run; the
     * {@link BagException} names the last one. If several results of a run are computed from an operator, it is covered only if
     * each of them has a policy. A record that is not read, because {@code take} has enough, does not count. {@link
     * Report#leftOut} has the number, {@link RunListener#recordSkipped} each of them.
     *
     * <p><b>Dead letters.</b> {@link ErrorPolicy#deadLetter(java.nio.file.Path, long)} names a file of one line of JSON for each
     * record, in the order of the partitions, whatever the number of threads: {@code operator}, {@code file}, {@code entry},
     * {@code line}, {@code offset} and {@code partition} (from 0) where they are known, {@code error} (a class), {@code message}
     * (at most 2,000 characters), and {@code record}, its text, at most 65,536 characters; {@code "cut":true} says that it has
     * more. Each run that succeeds writes the file anew, whole, at its end and after all other output, without lines if nothing has failed, so that an old
     * one does not mislead; a run that fails leaves it as it was, as does a stream that is closed before its end. Folders are made.
     * A file in which there is something else than dead letters is refused. Policies of one run may name the same file.
     *
     * <p><b>Lazy.</b> Keeps order and partitions. Costs nothing until a record fails, but for operators that make several records
     * of one, which hold those.
     *
     * @param policy {@link ErrorPolicy#fail()}, {@link ErrorPolicy#skip}, or {@code deadLetter}
     * @throws IllegalArgumentException if there is something at the path of the dead letters that is no list of them
     */
    public Bag<T> onError(ErrorPolicy policy) {
        return new Bag<>(Actions.guarded(plan, policy));
    }

    /**
     * Returns the result of {@code f} for this bag. So an operator of one's own can stand in a chain of others.
     *
     * <pre>{@code
     * Bag<String> words = lines.through(MyOperators::words).map(String::toLowerCase);
     * }</pre>
     *
     * @param f called at once
     */
    public <R extends @Nullable Object> R through(Function<? super Bag<T>, ? extends R> f) {
        return f.apply(this);
    }

    // ---- over the whole bag, in order ----

    /**
     * Returns a bag of the first {@code n} records of the bag, or all if there are fewer. Reading stops as soon as
     * there are enough.
     *
     * <p><b>Lazy.</b> Keeps order and partitions; later partitions become empty. Holds one record at a time. Partitions
     * are worked on one after the other.
     *
     * @param n at least 0
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public Bag<T> limit(long n) {
        return new Bag<>(new Limited<>(plan, n));
    }

    /**
     * Returns a bag of the records of the bag after the first {@code n}.
     *
     * <p><b>Lazy.</b> Keeps order and partitions; the first partitions become empty. Holds one record at a time.
     * Partitions are worked on one after the other.
     *
     * @param n at least 0
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public Bag<T> skip(long n) {
        return new Bag<>(new Skipped<>(plan, n));
    }

    /**
     * Returns a bag of the records of the bag before the first one for which {@code keep} is false. Reading stops
     * there.
     *
     * <p><b>Lazy.</b> Keeps order and partitions; later partitions become empty. Holds one record at a time. Partitions
     * are worked on one after the other.
     *
     * @param keep called once for each record, up to the first for which it is false
     */
    public Bag<T> takeWhile(CheckedPredicate<? super T> keep) {
        return new Bag<>(new TakenWhile<>(plan, Objects.requireNonNull(keep, "keep")));
    }

    /**
     * Returns a bag of exactly {@code k} records, in input order. Every record is as likely to be chosen as any other:
     * each draws a random number from the seed, its partition and its place in it, and the {@code k} lowest are chosen.
     * The choice is the same for any number of threads. A bag with fewer records fails the run.
     *
     * <p><b>Lazy.</b> 1 partition. A partition of this bag is worked on by one task, which holds at most {@code 2 k}
     * records.
     *
     * @param k at least 0
     * @param seed another seed chooses other records
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public Bag<T> sampleExactly(int k, long seed) {
        return new Bag<>(ExactSample.of(plan, k, seed));
    }

    // ---- keyed or shuffling ----

    /**
     * Returns a keyed bag of the records, each with the key that {@code f} returns for it.
     *
     * <p><b>Lazy, narrow.</b> Keeps order and partitions; holds one record at a time.
     *
     * @param f called once for each record, by several threads at once. A null key fails the run
     */
    public <K> KeyedBag<K, T> keyBy(CheckedFunction<? super T, ? extends K> f) {
        return KeyedBag.of(RecordWise.keyed(plan, f));
    }

    /**
     * Returns the records of each key, in input order, as an unmodifiable list.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; keys are in the order in which they were first seen. Holds all records, on disk if memory is short;
     * {@link #foldBy} holds one accumulator for each key.
     *
     * <p>A group that does not fit into memory is a list that reads from disk. Walk it by its iterator: {@code get}
     * reads on from where the last call was, or from the beginning.
     *
     * @param f the key of a record; called by several threads at once. A null key fails the run, and so does a key
     *     without a hash of its content; see {@link KeyedBag}
     */
    public <K> KeyedBag<K, List<T>> groupBy(CheckedFunction<? super T, ? extends K> f) {
        return KeyedBag.of(Shuffles.grouped(plan, f, "groupBy"));
    }

    /**
     * Returns a bag with the result of {@code f} for each key and an iterator of its records, which are in input order.
     * Records that {@code f} does not read are skipped.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; keys are in the order in which they were first seen. Holds all records, on disk if memory is short;
     * a group may be larger than memory.
     *
     * @param key the key of a record; called by several threads at once. A null key fails the run
     * @param f called once for each key. The iterator must not be used after the call. A null result fails the run
     */
    public <K, R> Bag<R> groupByStreaming(
            CheckedFunction<? super T, ? extends K> key,
            CheckedBiFunction<? super K, ? super Iterator<T>, ? extends R> f) {
        Objects.requireNonNull(f, "f");
        return new Bag<>(Shuffles.streamed(plan, key, f));
    }

    /**
     * Returns the fold of the records of each key. Each partition folds its own records first, so that one accumulator
     * for each key and partition is moved.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; keys are in the order in which they were first seen. Holds an accumulator for each key, on disk if
     * memory is short.
     *
     * @param f the key of a record; called by several threads at once. A null key fails the run, and so does a key
     *     without a hash of its content; see {@link KeyedBag}
     * @param fold its results are not null
     */
    public <K, A extends @Nullable Object, R> KeyedBag<K, R> foldBy(
            CheckedFunction<? super T, ? extends K> f, Fold<? super T, A, ? extends R> fold) {
        return KeyedBag.of(Shuffles.folded(plan, f, fold, "foldBy"));
    }

    /**
     * Returns the number of records of each key.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; keys are in the order in which they were first seen. Holds a number for each key, on disk if memory
     * is short.
     *
     * @param f the key of a record; called by several threads at once. A null key fails the run, and so does a key
     *     without a hash of its content; see {@link KeyedBag}
     */
    public <K> KeyedBag<K, Long> countBy(CheckedFunction<? super T, ? extends K> f) {
        return KeyedBag.of(Shuffles.folded(plan, f, Folds.counting(), "countBy"));
    }

    /**
     * Returns the number of times that each record occurs. {@code frequencies().topByValue(10)} are the ten most
     * frequent.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; records are in the order in which they were first seen. Holds a number for each distinct record, on
     * disk if memory is short. Records are keys; see {@link KeyedBag}.
     */
    public KeyedBag<T, Long> frequencies() {
        return KeyedBag.of(Shuffles.folded(plan, record -> record, Folds.counting(), "frequencies"));
    }

    /**
     * Returns a bag of the distinct records; of records that are equal, the first.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; records are in the order in which they were first seen. Holds each distinct record, on disk if
     * memory is short. Records are keys; see {@link KeyedBag}.
     */
    public Bag<T> distinct() {
        return new Bag<>(Shuffles.distinct(plan, record -> record, "distinct"));
    }

    /**
     * Returns a bag of the first record of each key.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16; records are in the order in which their keys were first seen. Holds one record for each key, on disk
     * if memory is short.
     *
     * @param f the key of a record; called by several threads at once. A null key fails the run, and so does a key
     *     without a hash of its content; see {@link KeyedBag}
     */
    public Bag<T> distinctBy(CheckedFunction<? super T, ?> f) {
        return new Bag<>(Shuffles.distinct(plan, f, "distinctBy"));
    }

    /**
     * Returns a bag of the records in natural order, over all partitions; records that are equal keep their order.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16. Holds all records; see {@link #sorted(Comparator)}.
     *
     * <p>Records that are not {@link Comparable} fail the run with a {@link ClassCastException} as the cause.
     */
    public Bag<T> sorted() {
        return new Bag<>(Sorted.of(plan, NaturalOrder.<T>get(), "sorted"));
    }

    /**
     * Returns a bag of the records in the order of a comparator, over all partitions; records that are equal keep their
     * order.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16. Holds all records, on disk if memory is short; with {@code limit} or {@code take} after it, only
     * those that are taken. Sorted runs are merged (an external merge sort), each partition its own range of them.
     *
     * @param comparator called by several threads at once
     */
    public Bag<T> sorted(Comparator<? super T> comparator) {
        return new Bag<>(Sorted.of(plan, Objects.requireNonNull(comparator, "comparator"), "sorted"));
    }

    /**
     * Returns a bag of the records in the natural order of their keys, over all partitions; records with equal keys
     * keep their order.
     *
     * <p><b>Lazy, shuffle.</b> The result has as many partitions as this bag, at most 64 and behind a pipelined source
     * at least 16. Holds all records and keys; see {@link #sorted(Comparator)}.
     *
     * @param f the key of a record; called once for each, by several threads at once. A null key fails the run
     */
    public <K extends Comparable<? super K>> Bag<T> sortBy(CheckedFunction<? super T, ? extends K> f) {
        return new Bag<>(Shuffles.sortedBy(plan, Objects.requireNonNull(f, "f")));
    }

    /**
     * Returns the {@code k} largest records in natural order; see {@link #topK(int, Comparator)}.
     *
     * @param k 0 or more
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public Delayed<List<T>> topK(int k) {
        return topK(k, NaturalOrder.<T>get());
    }

    /**
     * Returns the {@code k} largest records, or all if there are fewer: the largest first, records that are equal in
     * input order.
     *
     * <p><b>Lazy.</b> Holds at most {@code 2 k} records a task.
     *
     * @param k 0 or more
     * @param comparator called by several threads at once
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public Delayed<List<T>> topK(int k, Comparator<? super T> comparator) {
        return folded(Folds.topK(k, comparator), "topK");
    }

    /**
     * Returns the {@code k} smallest records in natural order; see {@link #bottomK(int, Comparator)}.
     *
     * @param k 0 or more
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public Delayed<List<T>> bottomK(int k) {
        return bottomK(k, NaturalOrder.<T>get());
    }

    /**
     * Returns the {@code k} smallest records, or all if there are fewer: the smallest first, records that are equal in
     * input order.
     *
     * <p><b>Lazy.</b> Holds at most {@code 2 k} records a task.
     *
     * @param k 0 or more
     * @param comparator called by several threads at once
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public Delayed<List<T>> bottomK(int k, Comparator<? super T> comparator) {
        if (k < 0) {
            throw new IllegalArgumentException("bottomK(" + k + "): k must be 0 or more");
        }
        return folded(Folds.topK(k, comparator.reversed()), "bottomK");
    }

    // ---- folds ----

    /**
     * Returns the fold of all records. Parts of the bag are folded at the same time and merged with their neighbours,
     * in the order of the bag.
     *
     * <p><b>Lazy.</b> Holds one accumulator a task.
     *
     * @param fold what to make of the records
     */
    public <A extends @Nullable Object, R extends @Nullable Object> Delayed<R> fold(
            Fold<? super T, A, ? extends R> fold) {
        return folded(fold, "fold");
    }

    /**
     * Returns the fold of all records by three functions. Parts of the bag are folded at the same time and merged with
     * their neighbours, in the order of the bag.
     *
     * <p><b>Lazy.</b> Holds one accumulator a task.
     *
     * @param zero returns a new accumulator, once for each part, so that accumulators may be mutable
     * @param add returns the accumulator of one more record; it may be the same object
     * @param merge returns the accumulator of a part and the part after it; must be associative
     */
    public <A extends @Nullable Object> Delayed<A> fold(
            CheckedSupplier<A> zero, CheckedBiFunction<A, ? super T, A> add, CheckedBinaryOperator<A> merge) {
        return folded(Fold.<T, A>of(zero, add, merge), "fold");
    }

    /**
     * Returns all records merged by {@code op}, in the order of the bag; empty for an empty bag.
     *
     * <p><b>Lazy.</b> Holds one record a task.
     *
     * @param op must be associative; need not be commutative. A null result fails the run
     */
    public Delayed<Optional<T>> reduce(CheckedBinaryOperator<T> op) {
        return folded(Reducing.by(Objects.requireNonNull(op, "op")), "reduce");
    }

    /**
     * Returns what a collector of the JDK makes of all records, in the order of the bag. Parts of the bag are collected
     * at the same time and combined with their neighbours.
     *
     * <p><b>Lazy.</b> Holds one container of the collector a task.
     *
     * @param collector such as those of {@link java.util.stream.Collectors}; its characteristics make no difference
     */
    public <A extends @Nullable Object, R extends @Nullable Object> Delayed<R> collect(
            Collector<? super T, A, ? extends R> collector) {
        return folded(Fold.<T, A, R>of(collector), "collect");
    }

    /** Returns the number of records; 0 for an empty bag. <b>Lazy.</b> */
    public Delayed<Long> count() {
        return folded(Folds.<T>counting(), "count");
    }

    /**
     * Returns the sum of the numbers that {@code f} returns, compensated for rounding (Neumaier 1974); 0 for an empty
     * bag. <b>Lazy.</b> See {@link Folds#summing}.
     *
     * @param f called once for each record, by several threads at once
     */
    public Delayed<Double> sum(CheckedToDoubleFunction<? super T> f) {
        return folded(Folds.<T>summing(f), "sum");
    }

    /**
     * Returns the exact sum of the numbers that {@code f} returns; 0 for an empty bag. A sum beyond {@code long} fails
     * the run with an {@link ArithmeticException} as the cause. <b>Lazy.</b>
     *
     * @param f called once for each record, by several threads at once
     */
    public Delayed<Long> sumLong(CheckedToLongFunction<? super T> f) {
        return folded(Folds.<T>summingLong(f), "sumLong");
    }

    /**
     * Returns the arithmetic mean of the numbers that {@code f} returns; NaN for an empty bag. <b>Lazy.</b>
     *
     * @param f called once for each record, by several threads at once
     */
    public Delayed<Double> mean(CheckedToDoubleFunction<? super T> f) {
        return folded(Folds.<T>averaging(f), "mean");
    }

    /**
     * Returns count, sum, mean, variance, minimum and maximum of the numbers that {@code f} returns (Welford 1962,
     * merged as by Chan, Golub and LeVeque 1979). <b>Lazy.</b> See {@link Folds#stats}.
     *
     * @param f called once for each record, by several threads at once
     */
    public Delayed<Stats> stats(CheckedToDoubleFunction<? super T> f) {
        return folded(Folds.<T>stats(f), "stats");
    }

    /**
     * Returns the smallest record, the first if several are equal; empty for an empty bag. <b>Lazy.</b>
     *
     * @param comparator called by several threads at once
     */
    public Delayed<Optional<T>> min(Comparator<? super T> comparator) {
        return folded(Folds.<T>min(comparator), "min");
    }

    /**
     * Returns the largest record, the first if several are equal; empty for an empty bag. <b>Lazy.</b>
     *
     * @param comparator called by several threads at once
     */
    public Delayed<Optional<T>> max(Comparator<? super T> comparator) {
        return folded(Folds.<T>max(comparator), "max");
    }

    /**
     * Returns whether {@code predicate} is true for any record; false for an empty bag. <b>Lazy.</b> Reading stops at
     * the first record for which it is.
     *
     * @param predicate called by several threads at once
     */
    public Delayed<Boolean> anyMatch(CheckedPredicate<? super T> predicate) {
        return folded(Matching.any(predicate), "anyMatch");
    }

    /**
     * Returns whether {@code predicate} is true for all records; true for an empty bag. <b>Lazy.</b> Reading stops at
     * the first record for which it is not.
     *
     * @param predicate called by several threads at once
     */
    public Delayed<Boolean> allMatch(CheckedPredicate<? super T> predicate) {
        return folded(Matching.all(predicate), "allMatch");
    }

    /**
     * Returns whether {@code predicate} is false for all records; true for an empty bag. <b>Lazy.</b> Reading stops at
     * the first record for which it is not.
     *
     * @param predicate called by several threads at once
     */
    public Delayed<Boolean> noneMatch(CheckedPredicate<? super T> predicate) {
        return folded(Matching.none(predicate), "noneMatch");
    }

    private <A extends @Nullable Object, R extends @Nullable Object> Delayed<R> folded(
            Fold<? super T, A, ? extends R> fold, String operator) {
        return Delayed.of(new Folded<T, A, R>(plan, Objects.requireNonNull(fold, "fold"), operator));
    }

    // ---- actions ----

    /**
     * Returns all records, in order. <b>Runs the plan.</b>
     *
     * @return an unmodifiable list
     * @throws BagException if anything fails
     */
    public List<T> compute() {
        return compute(Runner.current());
    }

    /**
     * Returns all records, in order, as {@link #compute()} does.
     *
     * @param runner where the plan runs
     * @return an unmodifiable list
     * @throws BagException if anything fails
     */
    public List<T> compute(Runner runner) {
        return Actions.run(runner, Actions.gather(plan, "compute"));
    }

    /**
     * Starts to compute all records, in order, and returns at once. <b>Runs the plan.</b>
     *
     * @return completed with an unmodifiable list, or with a {@link BagException}; cancelling it cancels the run, and
     *     so does {@code orTimeout}
     */
    public CompletableFuture<List<T>> computeAsync() {
        return computeAsync(Runner.current());
    }

    /**
     * Starts to compute all records, as {@link #computeAsync()} does.
     *
     * @param runner where the plan runs
     * @return completed with an unmodifiable list, or with a {@link BagException}
     */
    public CompletableFuture<List<T>> computeAsync(Runner runner) {
        return Actions.start(runner, Actions.gather(plan, "compute"));
    }

    /**
     * Returns the first {@code n} records, or all if there are fewer. <b>Runs the plan</b>, partition after partition,
     * until there are enough.
     *
     * @param n at least 0
     * @return an unmodifiable list
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails on the way
     */
    public List<T> take(int n) {
        return take(n, Runner.current());
    }

    /**
     * Returns the first {@code n} records, as {@link #take(int)} does.
     *
     * @param n at least 0
     * @param runner where the plan runs
     * @return an unmodifiable list
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails on the way
     */
    public List<T> take(int n, Runner runner) {
        return Actions.run(runner, Actions.gatherFirst(plan, n));
    }

    /**
     * Returns the first record; empty if there is none. <b>Runs the plan</b> until there is one.
     *
     * @throws BagException if anything fails on the way
     */
    public Optional<T> first() {
        return first(Runner.current());
    }

    /**
     * Returns the first record, as {@link #first()} does.
     *
     * @param runner where the plan runs
     * @throws BagException if anything fails on the way
     */
    public Optional<T> first(Runner runner) {
        return take(1, runner).stream().findFirst();
    }

    /**
     * Returns the records as a stream, in order. <b>Runs the plan</b> when the stream is walked: work goes on in a
     * bounded number of partitions ahead of the reader, and waits for a slow one.
     *
     * <p>A failure is thrown by the stream as a {@link BagException}.
     *
     * @return a stream to close unless it is read to its end: closing it cancels the run and closes its files
     */
    public Stream<T> stream() {
        return stream(Runner.current());
    }

    /**
     * Returns the records as a stream, in order, as {@link #stream()} does.
     *
     * @param runner where the plan runs
     * @return a stream to close unless it is read to its end
     */
    public Stream<T> stream(Runner runner) {
        return RecordStream.of(plan, runner);
    }

    /**
     * Returns the records as a stream, in the order in which they come: those of a partition in their order, those of several
     * partitions mixed. So a partition that takes long holds back no other. <b>Runs the plan</b> when the stream is walked. Apart
     * from that it is as {@link #stream()}.
     *
     * @return a stream to close unless it is read to its end
     */
    public Stream<T> streamUnordered() {
        return streamUnordered(Runner.current());
    }

    /**
     * Returns the records as a stream, in the order in which they come, as {@link #streamUnordered()} does.
     *
     * @param runner where the plan runs
     * @return a stream to close unless it is read to its end
     */
    public Stream<T> streamUnordered(Runner runner) {
        return RecordStream.unordered(plan, runner);
    }

    /**
     * Returns a publisher of the records, in order, for libraries that speak Reactive Streams. Each subscriber <b>runs the plan</b>
     * afresh, when it asks for the first record. The run goes no further ahead than {@link #stream()} does, and waits when no
     * more is asked for. To cancel the subscription cancels the run and closes its files.
     *
     * <p>A failure is passed to {@code onError} as a {@link BagException}. Signals come from threads of their own, one at a time.
     *
     * @return a publisher that keeps the rules of Reactive Streams
     */
    public Flow.Publisher<T> publisher() {
        return publisher(Runner.current());
    }

    /**
     * Returns a publisher of the records, in order, as {@link #publisher()} does.
     *
     * @param runner where the plan runs
     * @return a publisher that keeps the rules of Reactive Streams
     */
    public Flow.Publisher<T> publisher(Runner runner) {
        return new RecordPublisher<>(plan, Objects.requireNonNull(runner, "runner"));
    }

    /**
     * Passes each record to {@code action}. <b>Runs the plan.</b>
     *
     * @param action called by several threads at once; records of different partitions come in no order
     * @throws BagException if anything fails
     */
    public void forEach(CheckedConsumer<? super T> action) {
        forEach(action, Runner.current());
    }

    /**
     * Passes each record to {@code action}, as {@link #forEach(CheckedConsumer)} does.
     *
     * @param action called by several threads at once; records of different partitions come in no order
     * @param runner where the plan runs
     * @throws BagException if anything fails
     */
    public void forEach(CheckedConsumer<? super T> action, Runner runner) {
        Actions.run(runner, Actions.consume(plan, Objects.requireNonNull(action, "action"), "forEach"));
    }

    /**
     * Passes an iterator of the records of each partition to {@code action}. <b>Runs the plan.</b>
     *
     * @param action called by several threads at once, once for each partition; what it does not read is not read at
     *     all
     * @throws BagException if anything fails
     */
    public void forEachPartition(CheckedConsumer<? super Iterator<T>> action) {
        forEachPartition(action, Runner.current());
    }

    /**
     * Passes an iterator of the records of each partition to {@code action}, as
     * {@link #forEachPartition(CheckedConsumer)} does.
     *
     * @param action called by several threads at once, once for each partition
     * @param runner where the plan runs
     * @throws BagException if anything fails
     */
    public void forEachPartition(CheckedConsumer<? super Iterator<T>> action, Runner runner) {
        Actions.run(runner, Actions.consumePartitions(plan, Objects.requireNonNull(action, "action")));
    }

    /**
     * Writes all records to a sink, whole or not at all. <b>Runs the plan.</b> Partitions are written at the same time, each
     * in its order by a writer of its own; when all are complete, the sink commits them in the order of the partitions.
     * Holds one record of each partition at a time, besides what the writers hold. If anything fails, nothing that was
     * written counts.
     *
     * @param sink where the records are written to
     * @return what the sink has committed
     * @throws BagException if anything fails
     */
    public <R extends @Nullable Object> R write(Sink<? super T, ? extends R> sink) {
        return write(sink, Runner.current());
    }

    /**
     * Writes all records to a sink, as {@link #write(Sink)} does.
     *
     * @param sink where the records are written to
     * @param runner where the plan runs
     * @return what the sink has committed
     * @throws BagException if anything fails
     */
    public <R extends @Nullable Object> R write(Sink<? super T, ? extends R> sink, Runner runner) {
        return this.<R>writeLater(sink).compute(runner);
    }

    /**
     * Returns a delayed value that writes all records to a sink, as {@link #write(Sink)} does. Computed together with other
     * values, it shares their passes: several outputs and folds of a bag read its input once.
     *
     * <p><b>Lazy.</b> Each run writes anew. A sink commits when everything else of the run has succeeded, unless another
     * value is made of its result; of several sinks, one may have committed when the commit of another one fails.
     *
     * <pre>{@code
     * Delayed<Long> count = errors.count();
     * Results results = Delayed.computeAll(errors.writeLater(table), count);
     * }</pre>
     *
     * @param sink where the records are written to
     */
    public <R extends @Nullable Object> Delayed<R> writeLater(Sink<? super T, ? extends R> sink) {
        return Delayed.of(Actions.<T, R>written(plan, sink));
    }

    /**
     * Computes all records now and keeps them in memory, as {@link #persist(Storage)} does. They stay the same objects
     * as long as they fit into the memory of the runner; what does not fit, or is needed by other runs, is written to
     * disk.
     *
     * @return the kept records; close them after the last run that reads them
     * @throws BagException if anything fails
     */
    public Persisted<T> persist() {
        return persist(Storage.MEMORY);
    }

    /**
     * Computes all records now and keeps them in memory, as {@link #persist()} does.
     *
     * @param runner where the plan runs
     * @return the kept records; close them after the last run that reads them
     * @throws BagException if anything fails
     */
    public Persisted<T> persist(Runner runner) {
        return persist(Storage.MEMORY, runner);
    }

    /**
     * Computes all records now, once, and keeps them in their partitions, to be read by any number of later runs.
     * <b>Runs the plan.</b>
     *
     * <pre>{@code
     * try (Persisted<Event> events = parsed.persist()) {
     *     long count = events.bag().count().compute();
     *     List<Event> latest = events.bag().topK(10, byTime).compute();
     * }
     * }</pre>
     *
     * @param storage where the records are kept
     * @return the kept records; close them after the last run that reads them
     * @throws BagException if anything fails; nothing is kept then
     */
    public Persisted<T> persist(Storage storage) {
        return persist(storage, Runner.current());
    }

    /**
     * Computes all records now, once, and keeps them, as {@link #persist(Storage)} does.
     *
     * @param storage where the records are kept
     * @param runner where the plan runs, and the records count against its memory
     * @return the kept records; close them after the last run that reads them
     * @throws BagException if anything fails; nothing is kept then
     */
    public Persisted<T> persist(Storage storage, Runner runner) {
        return Actions.persist(runner, plan, Objects.requireNonNull(storage, "storage"));
    }

    // ---- look ----

    /**
     * Returns one line of at most 78 characters: the partitions, and the operators from the source on. Runs nothing.
     */
    @Override
    public String toString() {
        return PlanText.line("Bag", plan);
    }

    /**
     * Returns how this bag would be run: the stages with their operators and partitions, what ends each, and why a file
     * is not split. Runs nothing.
     */
    public String explain() {
        return Actions.explain(Actions.gather(plan, "compute"));
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

    /** Prints the first 20 records as a table, as {@link #show(int)} does. */
    public void show() {
        show(SHOWN);
    }

    /**
     * Prints the first records as a table to {@link System#out}. The components of Java records, the entries of maps, both
     * parts of pairs, fields of JSON and CSV are columns, in the order in which they first occur; of other records there is one column.
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
     * Prints the first records as a table, as {@link #show(int)} does.
     *
     * @param n how many rows at most, 0 or more
     * @param runner where the plan runs
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails
     */
    public void show(int n, Runner runner) {
        Actions.print(table(n, "show", runner));
    }

    /** Returns the first 20 records as an HTML table, as {@link #toHtml(int)} does. */
    public String toHtml() {
        return toHtml(SHOWN);
    }

    /**
     * Returns the first records as an HTML table, for notebooks: what {@link #show(int)} prints, an element {@code table}.
     *
     * @param n how many rows at most, 0 or more
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails
     */
    public String toHtml(int n) {
        return toHtml(n, Runner.current());
    }

    /**
     * Returns the first records as an HTML table, as {@link #toHtml(int)} does.
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
        return Actions.table(plan, n, operator, Table.Kind.RECORDS, runner);
    }
}
