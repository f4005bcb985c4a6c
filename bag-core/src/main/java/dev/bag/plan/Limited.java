package dev.bag.plan;

/** The first {@code count} records of the bag, in partition order. */
public record Limited<T>(Plan<T> input, long count) implements Narrow<T, T> {

    /** Checks the count. */
    public Limited {
        if (count < 0) {
            throw new IllegalArgumentException("limit(" + count + "): the count must be 0 or more");
        }
    }

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new Limited<>(input, count);
    }

    @Override
    public String operator() {
        return "limit";
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.limited(this);
    }
}
