package dev.bag.plan;

import dev.bag.plan.Within.Narrow;
import java.util.List;

/** The same records; the operation below is called {@code name} in messages. */
public record Named<T>(Plan<T> input, String name, Shape shape) implements Narrow<T, T> {

    /** Checks the name. */
    public Named {
        if (name.isBlank()) {
            throw new IllegalArgumentException("named(\"" + name + "\"): the name must not be blank");
        }
    }

    /** Over {@code input}. */
    public Named(Plan<T> input, String name) {
        this(input, name, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Named<T> withInputs(List<? extends Node> inputs) {
        return new Named<>(Inputs.plan(inputs, 0), name);
    }

    @Override
    public String operator() {
        return name;
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
        return true;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.named(this);
    }
}
