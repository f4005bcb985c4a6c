package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;

/** What the function answers for the records at the same place of two bags that are partitioned alike. */
public record Zipped<A, B, R>(
        Plan<A> left, Plan<B> right, CheckedBiFunction<? super A, ? super B, ? extends R> function, String operator)
        implements Binary<A, B, R> {

    /** Checks that there are as many partitions on both sides. */
    public Zipped {
        if (left.partitionCount() != right.partitionCount()) {
            throw new IllegalArgumentException(operator + ": one bag has " + left.partitionCount()
                    + (left.partitionCount() == 1 ? " partition" : " partitions") + ", the other "
                    + right.partitionCount()
                    + "; bring both to the same number with repartition(n)");
        }
    }

    @Override
    public Plan<R> withInputs(Plan<A> left, Plan<B> right) {
        return new Zipped<>(left, right, function, operator);
    }

    @Override
    public int partitionCount() {
        return left.partitionCount();
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.zipped(this);
    }
}
