package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedSupplier;
import dev.bag.plan.Within.Narrow;
import dev.bag.trait.Traits.KeepsKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the function returns for each record, which is never null. */
public record Mapped<T, R>(
        Plan<T> input, CheckedFunction<? super T, ? extends R> function, String operator, Shape shape)
        implements Narrow<T, R> {

    /** Over {@code input}. */
    public Mapped(Plan<T> input, CheckedFunction<? super T, ? extends R> function, String operator) {
        this(input, function, operator, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Mapped<T, R> withInputs(List<? extends Node> inputs) {
        return new Mapped<>(Inputs.plan(inputs, 0), function, operator);
    }

    @Override
    public Flow flow() {
        return Flow.EACH_RECORD;
    }

    @Override
    public boolean oneForOne() {
        return true;
    }

    @Override
    public boolean keepsKeys() {
        return function instanceof KeepsKeys;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.mapped(this);
    }

    /** What the function returns for each record, without the nulls. */
    public record NotNull<T, R>(
            Plan<T> input, CheckedFunction<? super T, ? extends @Nullable R> function, String operator, Shape shape)
            implements Narrow<T, R> {

        /** Over {@code input}. */
        public NotNull(Plan<T> input, CheckedFunction<? super T, ? extends @Nullable R> function, String operator) {
            this(input, function, operator, input.shape());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public NotNull<T, R> withInputs(List<? extends Node> inputs) {
            return new NotNull<>(Inputs.plan(inputs, 0), function, operator);
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
            return function instanceof KeepsKeys;
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.mappedNotNull(this);
        }
    }

    /** What the function returns for each record and one value, which is computed before. */
    public record With<T, U, R>(
            Plan<T> input, Value<U> value, CheckedBiFunction<? super T, ? super U, ? extends R> function, Shape shape)
            implements Narrow<T, R> {

        /** Over {@code input}. */
        public With(Plan<T> input, Value<U> value, CheckedBiFunction<? super T, ? super U, ? extends R> function) {
            this(input, value, function, input.shape());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input, value);
        }

        @Override
        public With<T, U, R> withInputs(List<? extends Node> inputs) {
            return new With<>(Inputs.plan(inputs, 0), Inputs.value(inputs, 1), function);
        }

        @Override
        public String operator() {
            return "mapWith";
        }

        @Override
        public Flow flow() {
            return Flow.EACH_RECORD;
        }

        @Override
        public boolean oneForOne() {
            return true;
        }

        @Override
        public boolean keepsKeys() {
            return false;
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.mappedWith(this);
        }
    }

    /**
     * What the function returns for each record and a resource that is opened once for each partition and closed after
     * it.
     */
    public record WithResource<T, S, R>(
            Plan<T> input,
            CheckedSupplier<? extends S> open,
            CheckedBiFunction<? super S, ? super T, ? extends R> function,
            Shape shape)
            implements Narrow<T, R> {

        /** Over {@code input}. */
        public WithResource(
                Plan<T> input,
                CheckedSupplier<? extends S> open,
                CheckedBiFunction<? super S, ? super T, ? extends R> function) {
            this(input, open, function, input.shape());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public WithResource<T, S, R> withInputs(List<? extends Node> inputs) {
            return new WithResource<>(Inputs.plan(inputs, 0), open, function);
        }

        @Override
        public String operator() {
            return "mapWithResource";
        }

        @Override
        public Flow flow() {
            return Flow.WHOLE_PARTITION;
        }

        @Override
        public boolean oneForOne() {
            return true;
        }

        @Override
        public boolean keepsKeys() {
            return false;
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.mappedWithResource(this);
        }
    }
}
