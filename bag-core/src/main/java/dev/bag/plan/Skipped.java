package dev.bag.plan;

/** The records of the bag after the first {@code count}, in partition order. */
public record Skipped<T>(Plan<T> input, long count) implements Narrow<T, T> {

    /** Checks the count. */
    public Skipped {
        if (count < 0) {
            throw new IllegalArgumentException("skip(" + count + "): the count must be 0 or more");
        }
    }

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new Skipped<>(input, count);
    }

    @Override
    public String operator() {
        return "skip";
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.skipped(this);
    }
}
