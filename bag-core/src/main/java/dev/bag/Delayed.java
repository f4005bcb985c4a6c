package dev.bag;

import dev.bag.build.Calls;
import dev.bag.build.PlanText;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedRunnable;
import dev.bag.function.CheckedSupplier;
import dev.bag.function.CheckedTriFunction;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Called;
import dev.bag.plan.Value.Constant;
import dev.bag.plan.Value.FlatMapped;
import dev.bag.plan.Value.Manner;
import dev.bag.plan.Value.NamedValue;
import dev.bag.plan.Value.Recovered;
import dev.bag.show.HtmlTable;
import dev.bag.value.Pair;
import dev.bag.value.Retry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One value that is computed when it is asked for: by a call, from other delayed values, or as the fold of a bag.
 *
 * <p>Building one runs nothing. {@link #compute} runs it and all that it depends on, each once, independent ones at the
 * same time. {@link #computeAll} computes several in one run: what they share is read and computed once. Another action
 * computes everything again.
 *
 * <p>Immutable and safe for use by several threads. A value may be null.
 *
 * @param <T> the type of the value
 */
public final class Delayed<T extends @Nullable Object> {

    private static final int SHOWN = 20;

    private final Value<T> plan;

    private Delayed(Value<T> plan) {
        this.plan = plan;
    }

    static <T extends @Nullable Object> Delayed<T> of(Value<T> plan) {
        return new Delayed<>(plan);
    }

    Value<T> plan() {
        return plan;
    }

    /**
     * Returns a delayed value that is there already. <b>Lazy.</b>
     *
     * @param value the value; may be null
     */
    public static <T extends @Nullable Object> Delayed<T> value(T value) {
        return new Delayed<>(new Constant<>(value));
    }

    /**
     * Returns the delayed result of {@code f}. <b>Lazy.</b>
     *
     * @param f called once for each run
     */
    public static <T extends @Nullable Object> Delayed<T> call(CheckedSupplier<? extends T> f) {
        Objects.requireNonNull(f, "f");
        return new Delayed<>(Called.of(f, "call"));
    }

    /**
     * Returns the delayed result of {@code f} for the value of {@code a}. <b>Lazy.</b>
     *
     * @param f called once for each run, when the argument is there
     * @param a the argument
     */
    public static <A extends @Nullable Object, T extends @Nullable Object> Delayed<T> call(
            CheckedFunction<? super A, ? extends T> f, Delayed<A> a) {
        return mapped(f, a, "call");
    }

    /**
     * Returns the delayed result of {@code f} for the values of {@code a} and {@code b}, which are computed at the same
     * time. <b>Lazy.</b>
     *
     * @param f called once for each run, when both arguments are there
     * @param a the first argument
     * @param b the second argument
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> Delayed<T> call(
            CheckedBiFunction<? super A, ? super B, ? extends T> f, Delayed<A> a, Delayed<B> b) {
        Objects.requireNonNull(f, "f");
        return new Delayed<>(Called.of(f, a.plan, b.plan, "call"));
    }

    /**
     * Returns the delayed result of {@code f} for the values of {@code a}, {@code b} and {@code c}, which are computed
     * at the same time. <b>Lazy.</b>
     *
     * @param f called once for each run, when all arguments are there
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    T extends @Nullable Object>
            Delayed<T> call(
                    CheckedTriFunction<? super A, ? super B, ? super C, ? extends T> f,
                    Delayed<A> a,
                    Delayed<B> b,
                    Delayed<C> c) {
        Objects.requireNonNull(f, "f");
        return new Delayed<>(Called.of(f, a.plan, b.plan, c.plan, "call"));
    }

    /**
     * Returns a delayed null that is there once {@code f} has run. <b>Lazy.</b>
     *
     * @param f run once for each run
     */
    public static Delayed<@Nullable Void> run(CheckedRunnable f) {
        Objects.requireNonNull(f, "f");
        return new Delayed<>(Called.of(f, "run"));
    }

    /**
     * Returns all values as a delayed list, in their order. They are computed at the same time, as far as there are
     * threads. <b>Lazy.</b>
     *
     * @param delayed the values of the list
     */
    public static <T extends @Nullable Object> Delayed<List<T>> all(List<? extends Delayed<? extends T>> delayed) {
        List<Value<?>> plans = new ArrayList<>(delayed.size());
        for (Delayed<? extends T> each : delayed) {
            plans.add(each.plan);
        }
        return called(plans, Delayed::<T>listOf, "all");
    }

    /**
     * Returns all values as a delayed map, by their keys. They are computed at the same time, as far as there are threads.
     * The map cannot be changed, and has the order of {@code delayed}. <b>Lazy:</b> only the keys are looked at now.
     *
     * @param delayed the values of the map; not kept
     */
    public static <K, V extends @Nullable Object> Delayed<Map<K, V>> allOf(
            Map<? extends K, ? extends Delayed<? extends V>> delayed) {
        List<K> keys = new ArrayList<>(delayed.size());
        List<Value<?>> plans = new ArrayList<>(delayed.size());
        for (Map.Entry<? extends K, ? extends Delayed<? extends V>> each : delayed.entrySet()) {
            Delayed<? extends V> value = each.getValue();
            keys.add(each.getKey());
            plans.add(value.plan);
        }
        return called(plans, values -> Delayed.<K, V>mapOf(keys, values), "allOf");
    }

    /**
     * Returns {@code f} as a function of delayed values: called with one, it returns the delayed result.
     *
     * <pre>{@code
     * DelayedFunction<Path, Config> parse = Delayed.function(Parser::parse);
     * Delayed<Config> config = parse.on(path);
     * }</pre>
     *
     * <b>Lazy.</b>
     *
     * @param f called once for each run and each {@code Delayed} that was made of it
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> DelayedFunction<A, R> function(
            CheckedFunction<? super A, ? extends R> f) {
        return new DelayedFunction<>(Objects.requireNonNull(f, "f"));
    }

    /**
     * Returns {@code f} as a function of two delayed values, as {@link #function} does of one. <b>Lazy.</b>
     *
     * @param f called once for each run and each {@code Delayed} that was made of it
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            DelayedFunction2<A, B, R> function2(CheckedBiFunction<? super A, ? super B, ? extends R> f) {
        return new DelayedFunction2<>(Objects.requireNonNull(f, "f"));
    }

    /**
     * Returns the values of this and {@code other} as a delayed pair. <b>Lazy.</b>
     *
     * @param other the second value of the pair
     */
    public <U extends @Nullable Object> Delayed<Pair<T, U>> zip(Delayed<U> other) {
        return new Delayed<>(Called.<T, U, Pair<T, U>>of(Pair::new, plan, other.plan, "zip"));
    }

    /**
     * Returns the delayed result of {@code f} for the values of this and {@code other}. <b>Lazy.</b>
     *
     * @param other the second argument
     * @param f called once for each run
     */
    public <U extends @Nullable Object, R extends @Nullable Object> Delayed<R> zipWith(
            Delayed<U> other, CheckedBiFunction<? super T, ? super U, ? extends R> f) {
        Objects.requireNonNull(f, "f");
        return new Delayed<>(Called.of(f, plan, other.plan, "zipWith"));
    }

    /**
     * Returns the delayed result of {@code f} for the value of this. <b>Lazy.</b>
     *
     * @param f called once for each run
     */
    public <R extends @Nullable Object> Delayed<R> map(CheckedFunction<? super T, ? extends R> f) {
        return mapped(f, this, "map");
    }

    /**
     * Returns the same value, with a name for the operation above: errors, {@link #explain} and listeners call it so.
     *
     * @param name not blank
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public Delayed<T> named(String name) {
        return new Delayed<>(new NamedValue<>(plan, name));
    }

    /**
     * Returns the value of the {@code Delayed} that {@code f} returns for the value of this. So a graph may grow while it is
     * computed, as deep and as wide as memory allows: each step of a search may add further ones.
     *
     * <pre>{@code
     * static Delayed<Integer> size(Tree tree) {
     *     return Delayed.call(tree::children)
     *             .flatMap(children -> Delayed.all(children.stream().map(Search::size).toList()))
     *             .map(sizes -> sizes.stream().mapToInt(n -> n).sum() + 1);
     * }
     * }</pre>
     *
     * <p><b>Lazy.</b> What the new {@code Delayed} shares with the rest of the run is computed once, as everywhere. A value
     * that no part of the graph reads any more is kept for functions that are still to be called, as long as there is memory
     * for it; if one comes back to it later, it is computed again. A bag of the new {@code Delayed} is read in a run of its own,
     * inside this one.
     *
     * @param f called once for each run; a null that it returns fails
     */
    public <R extends @Nullable Object> Delayed<R> flatMap(
            CheckedFunction<? super T, ? extends Delayed<? extends R>> f) {
        Objects.requireNonNull(f, "f");
        return new Delayed<>(new FlatMapped<T, R>(plan, value -> planOf(f.applyChecked(value))));
    }

    private static <R extends @Nullable Object> Value<? extends R> planOf(@Nullable Delayed<? extends R> made) {
        return Objects.requireNonNull(made, "the function returned null, and a Delayed was expected").plan;
    }

    /**
     * Returns the delayed result of the call above, which is made only when all of {@code others} are there. Their values do
     * not matter; if one of them fails, this fails. What is no call is computed at any time, and returned then. <b>Lazy.</b>
     *
     * <p>It returns another {@code Delayed}; if the one without it is used as well, the function is called for both.
     *
     * @param others what comes first
     */
    public Delayed<T> after(Delayed<?>... others) {
        return new Delayed<>(Calls.after(plan, plans(Arrays.asList(others))));
    }

    /**
     * Returns the delayed result of the call above, which is attempted again if it fails: {@link #call}, {@link #run}, {@link
     * #map}, {@link #zipWith}, {@link #flatMap}, a {@link #function}. With it {@code Runner.local().retries(n)} does not count
     * for this call. <b>Lazy.</b>
     *
     * <p>It returns another {@code Delayed}; if the one without it is used as well, the function is called for both.
     *
     * @param retry how often, after what waits, and for which exceptions; a wait holds no thread
     * @throws IllegalStateException if what is above calls no function of the user: a fold of a bag, a value, {@link #all}
     */
    public Delayed<T> retry(Retry retry) {
        Objects.requireNonNull(retry, "retry");
        return new Delayed<>(
                Calls.inManner(plan, "retry", manner -> new Manner(retry, manner.timeout(), manner.blocking())));
    }

    /**
     * Returns the delayed result of the call above, which fails with a {@link java.util.concurrent.TimeoutException} if it takes
     * longer. Then the thread of the call is interrupted. A call that does not return soon after is left running on its own
     * daemon thread, which the message names; nobody waits for it, and it is not attempted again. <b>Lazy.</b>
     *
     * <p>The call runs on a thread of its own, as by {@link #blocking}. The time begins with each attempt anew.
     *
     * @param timeout more than 0
     * @throws IllegalArgumentException if {@code timeout} is 0 or less
     * @throws IllegalStateException if what is above calls no function, as for {@link #retry}
     */
    public Delayed<T> timeout(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        return new Delayed<>(
                Calls.inManner(plan, "timeout", manner -> new Manner(manner.retry(), timeout, manner.blocking())));
    }

    /**
     * Returns the delayed result of the call above, which runs on a thread of its own and not on one of the runner's: for calls
     * that wait, for the network or another process, so that the cores go on. At most 256 run at the same time in a run; they
     * are virtual threads on Java 21 and later. <b>Lazy.</b>
     *
     * @throws IllegalStateException if what is above calls no function, as for {@link #retry}
     */
    public Delayed<T> blocking() {
        return new Delayed<>(
                Calls.inManner(plan, "blocking", manner -> new Manner(manner.retry(), manner.timeout(), true)));
    }

    /**
     * Returns the value of this, or what {@code f} returns for the exception with which it fails. <b>Lazy.</b>
     *
     * <p>As {@link CompletableFuture#exceptionally} does, it covers all that this is computed from, as far as no other {@code
     * recover} below it does: the exception comes from wherever it was thrown first. What else needs the part that has failed
     * fails all the same. An {@code Error} is not covered, nor is the end of the run. Bags below it are read in a run of their
     * own, inside this one.
     *
     * @param f is given the user's own exception, as it was thrown; what it throws is the failure
     */
    public Delayed<T> recover(CheckedFunction<? super Exception, ? extends T> f) {
        return new Delayed<>(new Recovered<>(plan, Objects.requireNonNull(f, "f")));
    }

    /**
     * Returns the value that is there first. The others are not needed any more: those that run are interrupted, those that
     * have not begun do not begin, unless something else needs them. If all fail, the first one's exception is the cause, and
     * those of the others are suppressed exceptions. <b>Lazy.</b>
     *
     * @param alternatives at least one
     * @throws IllegalArgumentException if there is none
     */
    @SafeVarargs
    public static <T extends @Nullable Object> Delayed<T> firstOf(Delayed<? extends T>... alternatives) {
        List<Value<? extends T>> plans = new ArrayList<>(alternatives.length);
        for (Delayed<? extends T> each : alternatives) {
            plans.add(each.plan);
        }
        return new Delayed<>(Calls.firstOf(plans));
    }

    /**
     * Returns the values in the order in which they are there. <b>Runs</b> all of them, in one run, from when the first one is
     * asked for; the stream waits for the next one. Closing it cancels what still runs. If one fails, so does the stream, behind
     * the values that were there before. Inside of a task all are computed before the first one is returned.
     *
     * <pre>{@code
     * try (Stream<Page> pages = Delayed.asCompleted(urls.stream().map(fetch::on).toList())) {
     *     pages.forEach(this::show);
     * }
     * }</pre>
     *
     * @param delayed what to compute
     * @return to be closed, if it may not be read to its end
     */
    public static <T extends @Nullable Object> Stream<T> asCompleted(List<? extends Delayed<? extends T>> delayed) {
        return asCompleted(delayed, Runner.current());
    }

    /**
     * Returns the values in the order in which they are there, as {@link #asCompleted(List)} does.
     *
     * @param delayed what to compute
     * @param runner where it runs
     * @return to be closed, if it may not be read to its end
     */
    public static <T extends @Nullable Object> Stream<T> asCompleted(
            List<? extends Delayed<? extends T>> delayed, Runner runner) {
        List<Delayed<? extends T>> copied = List.copyOf(delayed);
        return CompletedStream.of(copied.size(), heard -> {
            List<Delayed<Boolean>> each = new ArrayList<>(copied.size());
            for (Delayed<? extends T> value : copied) {
                each.add(value.handedTo(heard));
            }
            return all(each).computeAsync(runner);
        });
    }

    private Delayed<Boolean> handedTo(Consumer<? super T> heard) {
        return map(value -> {
            heard.accept(value);
            return true;
        });
    }

    private static List<Value<?>> plans(List<? extends Delayed<?>> delayed) {
        List<Value<?>> plans = new ArrayList<>(delayed.size());
        for (Delayed<?> each : delayed) {
            plans.add(each.plan);
        }
        return plans;
    }

    private static <A extends @Nullable Object, T extends @Nullable Object> Delayed<T> mapped(
            CheckedFunction<? super A, ? extends T> f, Delayed<A> a, String operator) {
        Objects.requireNonNull(f, "f");
        return new Delayed<>(Called.of(f, a.plan, operator));
    }

    private static <T extends @Nullable Object> Delayed<T> called(
            List<Value<?>> arguments, CheckedFunction<@Nullable Object[], ? extends T> f, String operator) {
        return new Delayed<>(new Called<>(arguments, f, operator));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // each argument is the value of a Delayed<A>, null only if an A may be
    private static <A extends @Nullable Object> A argument(@Nullable Object[] arguments, int index) {
        return (A) arguments[index];
    }

    @SuppressWarnings("unchecked") // each argument is the value of a Delayed of that type
    private static <T extends @Nullable Object> List<T> listOf(@Nullable Object[] arguments) {
        return (List<T>) Collections.unmodifiableList(Arrays.asList(arguments));
    }

    private static <K, V extends @Nullable Object> Map<K, V> mapOf(List<K> keys, @Nullable Object[] values) {
        Map<K, V> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            map.put(keys.get(i), Delayed.<V>argument(values, i));
        }
        return Collections.unmodifiableMap(map);
    }

    // ---- actions ----

    /**
     * Returns the value. <b>Runs</b> all that it depends on.
     *
     * @throws BagException if anything fails
     */
    public T compute() {
        return compute(Runner.current());
    }

    /**
     * Returns the value, as {@link #compute()} does.
     *
     * @param runner where the plan runs
     * @throws BagException if anything fails
     */
    public T compute(Runner runner) {
        return Actions.run(runner, plan);
    }

    /**
     * Starts to compute the value, and returns at once. <b>Runs</b> all that it depends on.
     *
     * @return completed with the value, or with a {@link BagException}; cancelling it cancels the run
     */
    public CompletableFuture<T> computeAsync() {
        return computeAsync(Runner.current());
    }

    /**
     * Starts to compute the value, as {@link #computeAsync()} does.
     *
     * @param runner where the plan runs
     * @return completed with the value, or with a {@link BagException}
     */
    public CompletableFuture<T> computeAsync(Runner runner) {
        return Actions.start(runner, plan);
    }

    /**
     * Computes the value now, and returns it as one that is there: what is made of it does not compute it again. <b>Runs</b> all
     * that it depends on. The value is held as long as the result is.
     *
     * @throws BagException if anything fails
     */
    public Delayed<T> persist() {
        return persist(Runner.current());
    }

    /**
     * Computes the value now, as {@link #persist()} does.
     *
     * @param runner where the plan runs
     * @throws BagException if anything fails
     */
    public Delayed<T> persist(Runner runner) {
        return value(compute(runner));
    }

    /**
     * Computes several values in one run. What they share is read and computed once, in one pass.
     *
     * <pre>{@code
     * Results results = Delayed.computeAll(count, longest);
     * long theCount = results.get(count);
     * }</pre>
     *
     * @param delayed the values to compute
     * @return the values; {@link Results#get} returns each by its {@code Delayed}
     * @throws BagException if anything fails
     */
    public static Results computeAll(Delayed<?>... delayed) {
        return computeAll(Runner.current(), delayed);
    }

    /**
     * Computes several values in one run, as {@link #computeAll(Delayed...)} does.
     *
     * @param runner where the plan runs
     * @param delayed the values to compute
     * @return the values
     * @throws BagException if anything fails
     */
    public static Results computeAll(Runner runner, Delayed<?>... delayed) {
        List<Value<?>> plans = new ArrayList<>(delayed.length);
        for (Delayed<?> each : delayed) {
            plans.add(each.plan);
        }
        return new Results(delayed.clone(), Actions.run(runner, plans));
    }

    // ---- look ----

    /**
     * Returns what this value is computed from, in one line of at most 78 characters, such as {@code Delayed[total: call(zip(load,
     * load))]}. Runs nothing.
     */
    @Override
    public String toString() {
        return PlanText.line(plan);
    }

    /** Returns how this value would be computed: stages, partitions, and what is shared. Runs nothing. */
    public String explain() {
        return Actions.explain(plan);
    }

    /**
     * Draws how this value would be computed: stages as frames, what each reads, its operators and ends, and what goes from one to
     * the next. Runs nothing.
     *
     * @param file where the picture is written, in place of what is there: {@code .svg} and {@code .html} with the module bag-view,
     *     {@code .dot} for Graphviz without
     * @throws IllegalArgumentException if the name of {@code file} ends otherwise
     * @throws IllegalStateException if bag-view is needed and not there
     * @throws java.io.UncheckedIOException if {@code file} cannot be written
     */
    public void visualize(Path file) {
        Actions.draw(plan, file);
    }

    /** Computes this value and prints it as a table, as {@link #show(int)} does, with at most 20 rows. */
    public void show() {
        show(SHOWN);
    }

    /**
     * Computes this value and prints it as a table to {@link System#out}: a row for each element of a collection or entry of a
     * map, or one row. The components of Java records, the entries of maps, both parts of pairs, fields of JSON and CSV
     * are columns. Long texts are cut, so that a row takes a line of the terminal.
     *
     * @param n how many rows at most, 0 or more; all are computed
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails
     */
    public void show(int n) {
        show(n, Runner.current());
    }

    /**
     * Computes this value and prints it as a table, as {@link #show(int)} does.
     *
     * @param n how many rows at most, 0 or more; all are computed
     * @param runner where the value is computed
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails
     */
    public void show(int n, Runner runner) {
        Actions.print(Actions.table(plan, n, "show", runner));
    }

    /** Computes this value and returns it as an HTML table, as {@link #toHtml(int)} does, with at most 20 rows. */
    public String toHtml() {
        return toHtml(SHOWN);
    }

    /**
     * Computes this value and returns it as an HTML table, for notebooks: what {@link #show(int)} prints, an element {@code table}.
     *
     * @param n how many rows at most, 0 or more; all are computed
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails
     */
    public String toHtml(int n) {
        return toHtml(n, Runner.current());
    }

    /**
     * Computes this value and returns it as an HTML table, as {@link #toHtml(int)} does.
     *
     * @param n how many rows at most, 0 or more; all are computed
     * @param runner where the value is computed
     * @throws IllegalArgumentException if {@code n} is negative
     * @throws BagException if anything fails
     */
    public String toHtml(int n, Runner runner) {
        return HtmlTable.of(Actions.table(plan, n, "toHtml", runner));
    }
}
