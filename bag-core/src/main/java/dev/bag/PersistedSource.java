package dev.bag;

import dev.bag.run.Kept;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import java.io.NotSerializableException;
import java.util.AbstractList;
import java.util.List;
import java.util.OptionalLong;

/** Kept records as a source. */
final class PersistedSource<T> implements Source<T> {

    private static final long serialVersionUID = 1;

    private final String name;
    private final int partitionCount;
    private final transient Kept kept;

    PersistedSource(String name, int partitionCount, Kept kept) {
        this.name = name;
        this.partitionCount = partitionCount;
        this.kept = kept;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Part<T>> parts() {
        return new AbstractList<>() {
            @Override
            public Part<T> get(int index) {
                return new KeptPart<>(PersistedSource.this, index);
            }

            @Override
            public int size() {
                return partitionCount;
            }
        };
    }

    private Object writeReplace() throws NotSerializableException {
        throw new NotSerializableException(name + ": what is persisted lives in this process only");
    }

    private record KeptPart<T>(PersistedSource<T> source, int partition) implements Part<T> {

        @Override
        @SuppressWarnings("unchecked") // what was kept are the records of a Plan<T>
        public Chunks<T> open() {
            return Chunks.of((Chunk<T>) source.kept.open(partition));
        }

        @Override
        public OptionalLong byteCount() {
            return OptionalLong.of(source.kept.byteCount(partition));
        }
    }
}
