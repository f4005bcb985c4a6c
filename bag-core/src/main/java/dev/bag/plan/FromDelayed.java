package dev.bag.plan;

import java.util.List;

/** The elements of delayed iterables: one partition each, and one empty partition when there are none. */
public record FromDelayed<T>(List<Value<? extends Iterable<? extends T>>> values) implements Plan<T> {

    @Override
    public List<Value<? extends Iterable<? extends T>>> inputs() {
        return values;
    }

    @Override
    public String operator() {
        return "fromDelayed";
    }

    @Override
    public int partitionCount() {
        return Math.max(1, values.size());
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.fromDelayed(this);
    }
}
