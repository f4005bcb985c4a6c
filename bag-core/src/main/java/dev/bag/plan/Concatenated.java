package dev.bag.plan;

import java.util.List;

/** The partitions of all bags, in their order. */
public record Concatenated<T>(List<Plan<? extends T>> bags, Shape shape) implements Within<T> {

    /** The partitions of {@code bags} appended; without any, use an empty bag. */
    public static <T> Concatenated<T> of(List<? extends Plan<? extends T>> bags) {
        long count = 0;
        Shape shape = Shape.of(1);
        for (Plan<? extends T> bag : bags) {
            count += bag.partitionCount();
            shape = shape.with(bag.shape());
        }
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("concat: " + count
                    + " partitions are more than an int counts; use repartition(n) on the bags first");
        }
        return new Concatenated<>(List.copyOf(bags), shape.withPartitions((int) count));
    }

    @Override
    public List<Plan<? extends T>> inputs() {
        return bags;
    }

    @Override
    public Concatenated<T> withInputs(List<? extends Node> inputs) {
        return of(Inputs.<Plan<? extends T>>all(inputs));
    }

    @Override
    public String operator() {
        return "concat";
    }

    @Override
    public Flow flow() {
        return Flow.EACH_RECORD;
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
        return cases.concatenated(this);
    }
}
