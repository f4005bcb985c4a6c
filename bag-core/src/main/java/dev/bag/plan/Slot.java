package dev.bag.plan;

import java.util.List;

/**
 * The records of another operation of the same stage, by its number there: what stands for an input where a stage is a
 * flat list of operations.
 *
 * @param <T> the type of the records
 */
public record Slot<T>(int index, int partitionCount) implements Plan<T> {
    @Override
    public List<Node> inputs() {
        return List.of();
    }

    @Override
    public String operator() {
        return "#" + index;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        throw new IllegalStateException("a slot is an input of a stage's operations and none of them");
    }
}
