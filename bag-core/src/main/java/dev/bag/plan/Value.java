package dev.bag.plan;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedRunnable;
import dev.bag.function.CheckedSupplier;
import dev.bag.function.CheckedTriFunction;
import dev.bag.source.Sink;
import dev.bag.value.Retry;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a delayed value means.
 *
 * @param <T> the value, which may be null
 */
public sealed interface Value<T extends @Nullable Object> extends Node {

    @Override
    Value<T> withInputs(List<? extends Node> inputs);

    /** A value that is there already. */
    record Constant<T extends @Nullable Object>(T value) implements Value<T> {

        @Override
        public List<Node> inputs() {
            return List.of();
        }

        @Override
        public Constant<T> withInputs(List<? extends Node> inputs) {
            return new Constant<>(value);
        }

        @Override
        public String operator() {
            return "value";
        }
    }

    /**
     * A value that a run computes once, however often it comes upon it. It is known by a number, which copies over other
     * inputs share.
     */
    sealed interface Computed<T extends @Nullable Object> extends Value<T> {

        /** Returns the number. Later ones are larger, within one process. */
        long id();
    }

    /** Gives numbers to what is computed. */
    final class Ids {

        private static final AtomicLong LAST = new AtomicLong();

        private Ids() {}

        /** Returns the next number. */
        public static long next() {
            return LAST.incrementAndGet();
        }

        /** Returns the number that was given last. */
        public static long last() {
            return LAST.get();
        }
    }

    /**
     * How a function is called.
     *
     * @param retry how often, if it fails; null if the runner decides
     * @param timeout how long one attempt may take; null if it may take any time
     * @param blocking whether the call waits, so that it must not hold the thread of a core
     */
    record Manner(@Nullable Retry retry, @Nullable Duration timeout, boolean blocking) implements Serializable {

        /** As the runner does by itself. */
        public static final Manner PLAIN = new Manner(null, null, false);

        /** Checks the time. */
        public Manner {
            if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
                throw new IllegalArgumentException("timeout(" + timeout + "): it must be more than 0");
            }
        }

        /** Returns whether nothing was said. */
        public boolean isPlain() {
            return retry == null && timeout == null && !blocking;
        }
    }

    /** What a function returns for the values of the arguments, in their order. */
    record Called<T extends @Nullable Object>(
            List<Value<?>> arguments, Object function, CallForm form, String operator, Manner manner, long id)
            implements Computed<T> {

        /** A call that is a computation of its own, of a function of all values. */
        public Called(
                List<Value<?>> arguments, CheckedFunction<@Nullable Object[], ? extends T> function, String operator) {
            this(arguments, function, CallForm.OF_ALL, operator);
        }

        private Called(List<Value<?>> arguments, Object function, CallForm form, String operator) {
            this(arguments, function, form, operator, Manner.PLAIN, Ids.next());
        }

        /** A call that is a computation of its own; so are those below. */
        public static <T extends @Nullable Object> Called<T> of(
                CheckedSupplier<? extends T> function, String operator) {
            return new Called<>(List.of(), function, CallForm.SUPPLIER, operator);
        }

        /** A call of what returns nothing. */
        public static Called<@Nullable Void> of(CheckedRunnable function, String operator) {
            return new Called<>(List.of(), function, CallForm.RUNNABLE, operator);
        }

        /** A call of a function of one value. */
        public static <A extends @Nullable Object, T extends @Nullable Object> Called<T> of(
                CheckedFunction<? super A, ? extends T> function, Value<A> a, String operator) {
            return new Called<>(List.of(a), function, CallForm.FUNCTION, operator);
        }

        /** A call of a function of two values. */
        public static <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> Called<T> of(
                CheckedBiFunction<? super A, ? super B, ? extends T> function,
                Value<A> a,
                Value<B> b,
                String operator) {
            return new Called<>(List.of(a, b), function, CallForm.BI_FUNCTION, operator);
        }

        /** A call of a function of three values. */
        public static <
                        A extends @Nullable Object,
                        B extends @Nullable Object,
                        C extends @Nullable Object,
                        T extends @Nullable Object>
                Called<T> of(
                        CheckedTriFunction<? super A, ? super B, ? super C, ? extends T> function,
                        Value<A> a,
                        Value<B> b,
                        Value<C> c,
                        String operator) {
            return new Called<>(List.of(a, b, c), function, CallForm.TRI_FUNCTION, operator);
        }

        /** Calls the function; {@code values} returns the value of the argument with a number. */
        public @Nullable Object call(IntFunction<? extends @Nullable Object> values) throws Throwable {
            return form.call(function, values, arguments.size());
        }

        /** The same call in another manner: a computation of its own. */
        public Called<T> in(Manner other) {
            return new Called<>(arguments, function, form, operator, other, Ids.next());
        }

        /** The same call, which waits for {@code others} as well: a computation of its own. */
        public Called<T> after(List<Value<?>> others) {
            List<Value<?>> all = new ArrayList<>(arguments);
            all.addAll(others);
            return new Called<>(all, form.ofFirst(function, arguments.size()), form, operator, manner, Ids.next());
        }

        @Override
        public List<Value<?>> inputs() {
            return arguments;
        }

        @Override
        public Called<T> withInputs(List<? extends Node> inputs) {
            return new Called<>(Inputs.<Value<?>>all(inputs), function, form, operator, manner, id);
        }
    }

    /** The value of the value that a function returns for that of the input. It is known only when that has been called. */
    record FlatMapped<S extends @Nullable Object, T extends @Nullable Object>(
            Value<S> input,
            CheckedFunction<? super S, ? extends Value<? extends T>> function,
            String operator,
            Manner manner,
            long id)
            implements Computed<T> {

        /** One that is a computation of its own. */
        public FlatMapped(Value<S> input, CheckedFunction<? super S, ? extends Value<? extends T>> function) {
            this(input, function, "flatMap", Manner.PLAIN, Ids.next());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public FlatMapped<S, T> withInputs(List<? extends Node> inputs) {
            return new FlatMapped<>(Inputs.<S>value(inputs, 0), function, operator, manner, id);
        }
    }

    /**
     * The value below, or what a function returns for the exception with which that fails. What is below is planned by itself,
     * when the run comes here, because its failure must not fail the run: so it is none of the inputs.
     */
    record Recovered<T extends @Nullable Object>(
            Value<T> below, CheckedFunction<? super Exception, ? extends T> function, long id) implements Computed<T> {

        /** One that is a computation of its own. */
        public Recovered(Value<T> below, CheckedFunction<? super Exception, ? extends T> function) {
            this(below, function, Ids.next());
        }

        @Override
        public List<Node> inputs() {
            return List.of();
        }

        @Override
        public Recovered<T> withInputs(List<? extends Node> inputs) {
            return new Recovered<>(below, function, id);
        }

        @Override
        public String operator() {
            return "recover";
        }
    }

    /** The value that is there first among several, which are planned by themselves as below {@link Recovered}. */
    record FirstOf<T extends @Nullable Object>(List<Value<? extends T>> alternatives, long id) implements Computed<T> {

        /** One that is a computation of its own. */
        public FirstOf(List<Value<? extends T>> alternatives) {
            this(List.copyOf(alternatives), Ids.next());
        }

        @Override
        public List<Node> inputs() {
            return List.of();
        }

        @Override
        public FirstOf<T> withInputs(List<? extends Node> inputs) {
            return new FirstOf<>(alternatives, id);
        }

        @Override
        public String operator() {
            return "firstOf";
        }
    }

    /** The fold of all records of a bag; parts are merged with their neighbours, in order. */
    record Folded<S, A extends @Nullable Object, T extends @Nullable Object>(
            Plan<S> input, Fold<? super S, A, ? extends T> fold, String operator, long id) implements Computed<T> {

        /** A fold that is a computation of its own. */
        public Folded(Plan<S> input, Fold<? super S, A, ? extends T> fold, String operator) {
            this(input, fold, operator, Ids.next());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public Folded<S, A, T> withInputs(List<? extends Node> inputs) {
            return new Folded<>(Inputs.plan(inputs, 0), fold, operator, id);
        }
    }

    /**
     * All records of a bag, taken as they are by a reader, or to be kept. Nothing is computed of them, so the value is
     * none.
     *
     * @param <S> the type of the records
     */
    record Taken<S>(Plan<S> input, String operator) implements Value<Object> {
        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public Taken<S> withInputs(List<? extends Node> inputs) {
            return new Taken<>(Inputs.plan(inputs, 0), operator);
        }
    }

    /**
     * What a sink returns when all records of a bag have been written to it, each partition by itself.
     *
     * @param <S> the type of the records
     */
    record Written<S, T extends @Nullable Object>(
            Plan<S> input, Sink<? super S, ? extends T> sink, String operator, long id) implements Computed<T> {

        /** A writing that is done by itself. */
        public Written(Plan<S> input, Sink<? super S, ? extends T> sink, String operator) {
            this(input, sink, operator, Ids.next());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public Written<S, T> withInputs(List<? extends Node> inputs) {
            return new Written<>(Inputs.plan(inputs, 0), sink, operator, id);
        }
    }

    /** The same value; the operation below is called {@code operator} in messages. */
    record NamedValue<T extends @Nullable Object>(Value<T> input, String operator) implements Value<T> {

        /** Checks the name. */
        public NamedValue {
            if (operator.isBlank()) {
                throw new IllegalArgumentException("named(\"" + operator + "\"): the name must not be blank");
            }
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public NamedValue<T> withInputs(List<? extends Node> inputs) {
            return new NamedValue<>(Inputs.value(inputs, 0), operator);
        }
    }

    /** The value of that number among those that a stage needs; see {@link Leaf.Slot}. */
    record ValueSlot<T extends @Nullable Object>(int index) implements Value<T> {

        /** Checks the number. */
        public ValueSlot {
            if (index < 0) {
                throw new IllegalArgumentException("value slot " + index);
            }
        }

        @Override
        public List<Node> inputs() {
            return List.of();
        }

        @Override
        public ValueSlot<T> withInputs(List<? extends Node> inputs) {
            return new ValueSlot<>(index);
        }

        @Override
        public String operator() {
            return "value slot " + index;
        }
    }
}
