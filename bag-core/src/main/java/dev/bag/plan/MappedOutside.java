package dev.bag.plan;

import dev.bag.plan.Within.Narrow;
import dev.bag.trait.Outside;
import java.util.List;

/** What comes back of the records of each partition from work elsewhere. */
public record MappedOutside<T, R>(Plan<T> input, Outside<? super T, ? extends R> outside, String operator, Shape shape)
        implements Narrow<T, R> {

    /** Over {@code input}. */
    public MappedOutside(Plan<T> input, Outside<? super T, ? extends R> outside, String operator) {
        this(input, outside, operator, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public MappedOutside<T, R> withInputs(List<? extends Node> inputs) {
        return new MappedOutside<>(Inputs.plan(inputs, 0), outside, operator);
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
        return cases.mappedOutside(this);
    }
}
