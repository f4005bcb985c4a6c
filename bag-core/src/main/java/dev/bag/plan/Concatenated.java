package dev.bag.plan;

import java.util.List;

/** The partitions of all bags, in their order. */
public record Concatenated<T>(List<Plan<? extends T>> bags, int partitionCount) implements Plan<T> {

    /** The partitions of {@code bags} appended; without any, use an empty bag. */
    public static <T> Concatenated<T> of(List<? extends Plan<? extends T>> bags) {
        long count = 0;
        for (Plan<? extends T> bag : bags) {
            count += bag.partitionCount();
        }
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("concat: " + count
                    + " partitions are more than an int counts; use repartition(n) on the bags first");
        }
        return new Concatenated<>(List.copyOf(bags), (int) count);
    }

    @Override
    public List<Plan<? extends T>> inputs() {
        return bags;
    }

    @Override
    public String operator() {
        return "concat";
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.concatenated(this);
    }
}
