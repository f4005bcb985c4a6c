package dev.bag.plan;

import dev.bag.value.Pair;

/** Each record with its index in the whole bag, from 0. */
public record Indexed<T>(Plan<T> input) implements Narrow<T, Pair<T, Long>> {

    @Override
    public Plan<Pair<T, Long>> withInput(Plan<T> input) {
        return new Indexed<>(input);
    }

    @Override
    public String operator() {
        return "zipWithIndex";
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.indexed(this);
    }
}
