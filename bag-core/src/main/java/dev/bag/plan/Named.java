package dev.bag.plan;

/** The same records; the operation below is called {@code name} in messages. */
public record Named<T>(Plan<T> input, String name) implements Narrow<T, T> {

    /** Checks the name. */
    public Named {
        if (name.isBlank()) {
            throw new IllegalArgumentException("named(\"" + name + "\"): the name must not be blank");
        }
    }

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new Named<>(input, name);
    }

    @Override
    public String operator() {
        return name;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.named(this);
    }
}
