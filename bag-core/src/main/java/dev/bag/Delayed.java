package dev.bag;

import dev.bag.build.PlanText;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedRunnable;
import dev.bag.function.CheckedSupplier;
import dev.bag.function.CheckedTriFunction;
import dev.bag.plan.Called;
import dev.bag.plan.Constant;
import dev.bag.plan.NamedValue;
import dev.bag.plan.Value;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One value that is computed when it is asked for: by a call, from other delayed values, or as the fold of a bag.
 *
 * <p>Building one runs nothing. {@link #compute} runs it and all it depends on, each once, independent ones at the same
 * time. {@link #computeAll} computes several in one run: what they share is read and computed once. Another action
 * computes everything again.
 *
 * <p>Immutable and safe for use by several threads. A value may be null.
 *
 * @param <T> the value
 */
public final class Delayed<T extends @Nullable Object> {

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

    /** A value that is there already. */
    public static <T extends @Nullable Object> Delayed<T> value(T value) {
        return new Delayed<>(new Constant<>(value));
    }

    /** What {@code f} answers. */
    public static <T extends @Nullable Object> Delayed<T> call(CheckedSupplier<? extends T> f) {
        Objects.requireNonNull(f, "f");
        return called(List.of(), arguments -> f.getChecked(), "call");
    }

    /** What {@code f} answers for the value of {@code a}. */
    public static <A extends @Nullable Object, T extends @Nullable Object> Delayed<T> call(
            CheckedFunction<? super A, ? extends T> f, Delayed<A> a) {
        return mapped(f, a, "call");
    }

    /** What {@code f} answers for the values of {@code a} and {@code b}. */
    public static <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> Delayed<T> call(
            CheckedBiFunction<? super A, ? super B, ? extends T> f, Delayed<A> a, Delayed<B> b) {
        Objects.requireNonNull(f, "f");
        return called(
                List.of(a.plan, b.plan),
                arguments -> f.applyChecked(Delayed.<A>argument(arguments, 0), Delayed.<B>argument(arguments, 1)),
                "call");
    }

    /** What {@code f} answers for the values of {@code a}, {@code b} and {@code c}. */
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
        return called(
                List.of(a.plan, b.plan, c.plan),
                arguments -> f.applyChecked(
                        Delayed.<A>argument(arguments, 0),
                        Delayed.<B>argument(arguments, 1),
                        Delayed.<C>argument(arguments, 2)),
                "call");
    }

    /** Null, once {@code f} has run. */
    public static Delayed<@Nullable Void> run(CheckedRunnable f) {
        Objects.requireNonNull(f, "f");
        return called(
                List.of(),
                arguments -> {
                    f.runChecked();
                    return null;
                },
                "run");
    }

    /** All values as a list, in their order, computed at the same time as far as there are threads. */
    public static <T extends @Nullable Object> Delayed<List<T>> all(List<? extends Delayed<? extends T>> delayed) {
        List<Value<?>> plans = new ArrayList<>(delayed.size());
        for (Delayed<? extends T> each : delayed) {
            plans.add(each.plan);
        }
        return called(plans, Delayed::<T>listOf, "all");
    }

    /** The values of this and {@code other} as a pair. */
    public <U extends @Nullable Object> Delayed<Pair<T, U>> zip(Delayed<U> other) {
        return called(
                List.of(plan, other.plan),
                arguments -> new Pair<>(Delayed.<T>argument(arguments, 0), Delayed.<U>argument(arguments, 1)),
                "zip");
    }

    /** What {@code f} answers for the value. */
    public <R extends @Nullable Object> Delayed<R> map(CheckedFunction<? super T, ? extends R> f) {
        return mapped(f, this, "map");
    }

    /** The same value; the operation above is called {@code name} in errors, {@link #explain} and progress. */
    public Delayed<T> named(String name) {
        return new Delayed<>(new NamedValue<>(plan, name));
    }

    private static <A extends @Nullable Object, T extends @Nullable Object> Delayed<T> mapped(
            CheckedFunction<? super A, ? extends T> f, Delayed<A> a, String operator) {
        Objects.requireNonNull(f, "f");
        return called(List.of(a.plan), arguments -> f.applyChecked(Delayed.<A>argument(arguments, 0)), operator);
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

    // ---- actions ----

    /**
     * The value. <b>Runs</b> all it depends on.
     *
     * @throws BagException when anything fails
     */
    public T compute() {
        return compute(Runner.current());
    }

    /** As {@link #compute()}, on {@code runner}. */
    public T compute(Runner runner) {
        return Actions.run(runner, plan);
    }

    /** As {@link #compute()}, without waiting. Cancelling the future cancels the run. */
    public CompletableFuture<T> computeAsync() {
        return computeAsync(Runner.current());
    }

    /** As {@link #computeAsync()}, on {@code runner}. */
    public CompletableFuture<T> computeAsync(Runner runner) {
        return Actions.start(runner, plan);
    }

    /**
     * Several values in one run: what they share is read and computed once, in one pass.
     *
     * @throws BagException when anything fails
     */
    public static Results computeAll(Delayed<?>... delayed) {
        return computeAll(Runner.current(), delayed);
    }

    /** As {@link #computeAll(Delayed...)}, on {@code runner}. */
    public static Results computeAll(Runner runner, Delayed<?>... delayed) {
        List<Value<?>> plans = new ArrayList<>(delayed.length);
        for (Delayed<?> each : delayed) {
            plans.add(each.plan);
        }
        return new Results(delayed.clone(), Actions.run(runner, plans));
    }

    // ---- look ----

    /** This value in one line of at most 78 characters. Runs nothing. */
    @Override
    public String toString() {
        return PlanText.line(plan);
    }

    /** How this value would be computed: stages, partitions, what is shared. Runs nothing. */
    public String explain() {
        return Actions.explain(plan);
    }
}
