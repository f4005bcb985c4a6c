package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;
import java.util.List;

/** What the function answers for each record and one value, which is computed before. */
public record MappedWith<T, U, R>(
        Plan<T> input, Value<U> value, CheckedBiFunction<? super T, ? super U, ? extends R> function)
        implements Narrow<T, R> {

    @Override
    public Plan<R> withInput(Plan<T> input) {
        return new MappedWith<>(input, value, function);
    }

    @Override
    public String operator() {
        return "mapWith";
    }

    @Override
    public List<Node> inputs() {
        return List.of(input, value);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.mappedWith(this);
    }
}
