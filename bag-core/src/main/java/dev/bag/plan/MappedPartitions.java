package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;
import dev.bag.plan.Within.Narrow;
import dev.bag.trait.Outside;
import java.util.Iterator;
import java.util.List;

/** What the iterators returned for (index, records) of each partition give out. */
public record MappedPartitions<T, R>(
        Plan<T> input,
        CheckedBiFunction<? super Integer, ? super Iterator<T>, ? extends Iterator<? extends R>> function,
        String operator,
        Shape shape)
        implements Narrow<T, R> {

    /** Over {@code input}. */
    public MappedPartitions(
            Plan<T> input,
            CheckedBiFunction<? super Integer, ? super Iterator<T>, ? extends Iterator<? extends R>> function,
            String operator) {
        this(input, function, operator, input.shape().nested(operator));
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public MappedPartitions<T, R> withInputs(List<? extends Node> inputs) {
        return new MappedPartitions<>(Inputs.plan(inputs, 0), function, operator);
    }

    @Override
    public Flow flow() {
        return Flow.WHOLE_PARTITION;
    }

    @Override
    public boolean oneForOne() {
        return false;
    }

    @Override
    public boolean keepsKeys() {
        return false;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.mappedPartitions(this);
    }

    /** What comes back of the records of each partition from work elsewhere. */
    public record Elsewhere<T, R>(Plan<T> input, Outside<? super T, ? extends R> outside, String operator, Shape shape)
            implements Narrow<T, R> {

        /** Over {@code input}. */
        public Elsewhere(Plan<T> input, Outside<? super T, ? extends R> outside, String operator) {
            this(input, outside, operator, input.shape());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public Elsewhere<T, R> withInputs(List<? extends Node> inputs) {
            return new Elsewhere<>(Inputs.plan(inputs, 0), outside, operator);
        }

        /** Records come back in order, so that one thread at a time sends and takes those of a partition. */
        @Override
        public Flow flow() {
            return Flow.WHOLE_PARTITION;
        }

        @Override
        public boolean oneForOne() {
            return outside.oneForOne();
        }

        @Override
        public boolean keepsKeys() {
            return false;
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.mappedElsewhere(this);
        }
    }
}
