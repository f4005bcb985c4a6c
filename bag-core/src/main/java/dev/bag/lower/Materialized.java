package dev.bag.lower;

import dev.bag.kernel.RecordsPart;
import dev.bag.source.Part;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/** What a stage has left for later stages: the records of each partition. Written by one batch, read by those after it. */
final class Materialized extends Produced {

    private final Object[][] partitions;

    Materialized(int partitionCount) {
        this.partitions = new Object[partitionCount][];
    }

    void set(int partition, Object[] records) {
        partitions[partition] = records;
    }

    Object[] get(int partition) {
        return partitions[partition];
    }

    int partitionCount() {
        return partitions.length;
    }

    /** Cuts {@code records} into all partitions, whose sizes differ by at most one. */
    void setEvenly(Object[] records) {
        setFirstOf(records.length, records);
    }

    /** Cuts {@code all} records evenly into all partitions, of which only the {@code first} are there. */
    void setFirstOf(long all, Object[] first) {
        for (int p = 0; p < partitions.length; p++) {
            partitions[p] = Arrays.copyOfRange(first, start(p, all, first), start(p + 1, all, first));
        }
    }

    private int start(int partition, long all, Object[] first) {
        return (int) Math.min(all * partition / partitions.length, first.length);
    }

    List<Part<Object>> parts() {
        return new AbstractList<>() {
            @Override
            public Part<Object> get(int partition) {
                Object[] records = partitions[partition];
                return new RecordsPart<>(records, 0, records.length);
            }

            @Override
            public int size() {
                return partitions.length;
            }
        };
    }
}
