package dev.bag.plan;

import dev.bag.plan.Within.Narrow;
import dev.bag.trait.Expander;
import dev.bag.trait.Traits.KeepsKeys;
import java.util.List;

/** All that the expander gives out for each record, in order. */
public record Expanded<T, R>(Plan<T> input, Expander<? super T, R> expander, String operator, Shape shape)
        implements Narrow<T, R> {

    /** Over {@code input}. */
    public Expanded(Plan<T> input, Expander<? super T, R> expander, String operator) {
        this(input, expander, operator, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Expanded<T, R> withInputs(List<? extends Node> inputs) {
        return new Expanded<>(Inputs.plan(inputs, 0), expander, operator);
    }

    @Override
    public Flow flow() {
        return Flow.EACH_RECORD;
    }

    @Override
    public boolean oneForOne() {
        return false;
    }

    @Override
    public boolean keepsKeys() {
        return expander instanceof KeepsKeys;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.expanded(this);
    }

    /** All that the expander gives out for each record and one value, which is computed before. */
    public record With<T, U, R>(
            Plan<T> input,
            Value<U> value,
            Expander.With<? super T, ? super U, R> expander,
            String operator,
            Shape shape)
            implements Narrow<T, R> {

        /** Over {@code input}. */
        public With(Plan<T> input, Value<U> value, Expander.With<? super T, ? super U, R> expander, String operator) {
            this(input, value, expander, operator, input.shape());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input, value);
        }

        @Override
        public With<T, U, R> withInputs(List<? extends Node> inputs) {
            return new With<>(Inputs.plan(inputs, 0), Inputs.value(inputs, 1), expander, operator);
        }

        @Override
        public Flow flow() {
            return Flow.EACH_RECORD;
        }

        @Override
        public boolean oneForOne() {
            return false;
        }

        @Override
        public boolean keepsKeys() {
            return expander instanceof KeepsKeys;
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.expandedWith(this);
        }
    }
}
