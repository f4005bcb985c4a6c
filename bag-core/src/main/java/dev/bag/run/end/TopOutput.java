package dev.bag.run.end;

import dev.bag.kernel.RecordsPart;
import dev.bag.source.Part;
import java.util.AbstractList;
import java.util.List;

/** The first records of a sort, in the partitions that they have among all, which are cut evenly. */
final class TopOutput extends Produced {

    private final int partitionCount;
    private long all;
    private Object[] first = {};

    TopOutput(int partitionCount) {
        this.partitionCount = partitionCount;
    }

    /** Of {@code count} records those that come first. */
    void set(long count, Object[] records) {
        all = count;
        first = records;
    }

    List<Part<?>> parts() {
        return new AbstractList<>() {
            @Override
            public Part<?> get(int partition) {
                return new RecordsPart<>(first, start(partition), start(partition + 1));
            }

            @Override
            public int size() {
                return partitionCount;
            }
        };
    }

    private int start(int partition) {
        return (int) Math.min(all * partition / partitionCount, first.length);
    }
}
