package dev.bag.plan;

/** One partition of the bag, as a bag of one. */
public record SelectedPartition<T>(Plan<T> input, int index) implements Unary<T, T> {

    /** Checks the index. */
    public SelectedPartition {
        if (index < 0 || index >= input.partitionCount()) {
            throw new IndexOutOfBoundsException(
                    "partition(" + index + "): the bag has partitions 0 to " + (input.partitionCount() - 1));
        }
    }

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new SelectedPartition<>(input, index);
    }

    @Override
    public String operator() {
        return "partition";
    }

    @Override
    public int partitionCount() {
        return 1;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.selectedPartition(this);
    }
}
