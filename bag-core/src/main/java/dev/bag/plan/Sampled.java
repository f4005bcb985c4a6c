package dev.bag.plan;

/** The records that {@link SampleChoice} picks by seed, partition and position. */
public record Sampled<T>(Plan<T> input, double fraction, long seed) implements Narrow<T, T> {

    /** Checks the fraction. */
    public Sampled {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "sample(" + fraction + ", " + seed + "): the fraction must be between 0 and 1");
        }
    }

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new Sampled<>(input, fraction, seed);
    }

    @Override
    public String operator() {
        return "sample";
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.sampled(this);
    }
}
