package dev.bag.plan;

import java.util.List;

/** The elements of delayed iterables: one partition each, and one empty partition when there are none. */
public record FromDelayed<T>(List<Value<? extends Iterable<? extends T>>> values) implements Leaf<T> {

    @Override
    public Shape shape() {
        return Shape.of(Math.max(1, values.size()));
    }

    @Override
    public List<Value<? extends Iterable<? extends T>>> inputs() {
        return values;
    }

    @Override
    public FromDelayed<T> withInputs(List<? extends Node> inputs) {
        return new FromDelayed<>(Inputs.<Value<? extends Iterable<? extends T>>>all(inputs));
    }

    @Override
    public String operator() {
        return "fromDelayed";
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.fromDelayed(this);
    }
}
