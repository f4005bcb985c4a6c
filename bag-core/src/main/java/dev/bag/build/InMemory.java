package dev.bag.build;

import dev.bag.kernel.EvenCut;
import dev.bag.kernel.RecordsPart;
import dev.bag.source.Part;
import dev.bag.source.Source;
import java.util.AbstractList;
import java.util.Collection;
import java.util.List;

/** Records in memory as a source. */
public record InMemory<T>(Object[] records, int partitions) implements Source<T> {

    private static final int DEFAULT_PARTITIONS = 64;

    /** A source of a copy of {@code records}. */
    public static <T> InMemory<T> of(Collection<? extends T> records, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("from(…, " + partitions + "): a bag has at least 1 partition");
        }
        Object[] copy = records.toArray().clone();
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] == null) {
                throw new NullPointerException("record " + i + " is null, and a record is never null");
            }
        }
        return new InMemory<>(copy, Math.max(1, Math.min(partitions, copy.length)));
    }

    /** Returns how many partitions so many records make. */
    public static int defaultPartitions(long count) {
        return (int) Math.max(1, Math.min(count, DEFAULT_PARTITIONS));
    }

    @Override
    public String name() {
        return records.length == 1 ? "1 record" : records.length + " records";
    }

    @Override
    public List<Part<T>> parts() {
        return new AbstractList<>() {
            @Override
            public Part<T> get(int index) {
                return new RecordsPart<>(records, start(index), start(index + 1));
            }

            @Override
            public int size() {
                return partitions;
            }
        };
    }

    private int start(int partition) {
        return (int) new EvenCut(records.length, partitions).begin(partition);
    }
}
