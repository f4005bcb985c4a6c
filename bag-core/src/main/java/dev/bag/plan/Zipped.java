package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;
import java.util.List;

/** What the function returns for the records at the same place of two bags that are partitioned alike. */
public record Zipped<A, B, R>(
        Plan<A> left,
        Plan<B> right,
        CheckedBiFunction<? super A, ? super B, ? extends R> function,
        String operator,
        Shape shape)
        implements Within<R> {

    /** Checks that there are as many partitions on both sides. */
    public Zipped {
        if (left.partitionCount() != right.partitionCount()) {
            throw new IllegalArgumentException(operator + ": one bag has " + left.partitionCount()
                    + (left.partitionCount() == 1 ? " partition" : " partitions") + ", the other "
                    + right.partitionCount()
                    + "; bring both to the same number with repartition(n)");
        }
    }

    /** Of two bags. */
    public Zipped(
            Plan<A> left,
            Plan<B> right,
            CheckedBiFunction<? super A, ? super B, ? extends R> function,
            String operator) {
        this(left, right, function, operator, left.shape().with(right.shape()));
    }

    @Override
    public List<Node> inputs() {
        return List.of(left, right);
    }

    @Override
    public Zipped<A, B, R> withInputs(List<? extends Node> inputs) {
        return new Zipped<>(Inputs.plan(inputs, 0), Inputs.plan(inputs, 1), function, operator);
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
        return false;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.zipped(this);
    }
}
