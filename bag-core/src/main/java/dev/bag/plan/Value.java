package dev.bag.plan;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.source.Sink;
import java.util.List;
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

    /** What a function returns for the values of the arguments, in their order. */
    record Called<T extends @Nullable Object>(
            List<Value<?>> arguments, CheckedFunction<@Nullable Object[], ? extends T> function, String operator)
            implements Value<T> {

        @Override
        public List<Value<?>> inputs() {
            return arguments;
        }

        @Override
        public Called<T> withInputs(List<? extends Node> inputs) {
            return new Called<>(Inputs.<Value<?>>all(inputs), function, operator);
        }
    }

    /** The fold of all records of a bag; parts are merged with their neighbours, in order. */
    record Folded<S, A extends @Nullable Object, T extends @Nullable Object>(
            Plan<S> input, Fold<? super S, A, ? extends T> fold, String operator) implements Value<T> {

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public Folded<S, A, T> withInputs(List<? extends Node> inputs) {
            return new Folded<>(Inputs.plan(inputs, 0), fold, operator);
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
    record Written<S, T extends @Nullable Object>(Plan<S> input, Sink<? super S, ? extends T> sink, String operator)
            implements Value<T> {

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public Written<S, T> withInputs(List<? extends Node> inputs) {
            return new Written<>(Inputs.plan(inputs, 0), sink, operator);
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
