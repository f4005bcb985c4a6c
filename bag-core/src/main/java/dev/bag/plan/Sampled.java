package dev.bag.plan;

import java.util.List;

/** The records that {@link SampleChoice} picks by seed, partition and position. */
public record Sampled<T>(Plan<T> input, double fraction, long seed, Shape shape) implements Narrow<T, T> {

    /** Checks the fraction. */
    public Sampled {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "sample(" + fraction + ", " + seed + "): the fraction must be between 0 and 1");
        }
    }

    /** Over {@code input}. */
    public Sampled(Plan<T> input, double fraction, long seed) {
        this(input, fraction, seed, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Sampled<T> withInputs(List<? extends Node> inputs) {
        return new Sampled<>(Inputs.plan(inputs, 0), fraction, seed);
    }

    @Override
    public String operator() {
        return "sample";
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
        return true;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.sampled(this);
    }
}
