package dev.bag.run;

import dev.bag.run.end.Produced.Cell;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The elements of values that are iterables, as parts. */
final class DelayedParts extends AbstractList<Part<?>> {

    private final List<Cell> values;

    DelayedParts(List<Cell> values) {
        this.values = values;
    }

    @Override
    public Part<?> get(int partition) {
        return new IterablePart(values.get(partition));
    }

    @Override
    public int size() {
        return values.size();
    }

    /** Lives within one run only, so that it need not be sent anywhere. */
    private static final class IterablePart implements Part<Object> {

        private static final long serialVersionUID = 1;

        private final transient Cell value;

        IterablePart(Cell value) {
            this.value = value;
        }

        @Override
        public Chunks<Object> open() {
            Object elements = Objects.requireNonNull(value.get(), "the value is null, and an iterable was expected");
            return Chunks.of(new Elements(((Iterable<?>) elements).iterator()));
        }
    }

    private static final class Elements implements Chunk<Object> {

        private final Iterator<?> iterator;

        Elements(Iterator<?> iterator) {
            this.iterator = iterator;
        }

        @Override
        public @Nullable Object next() {
            return iterator.hasNext()
                    ? Objects.requireNonNull(iterator.next(), "the iterable has a null, and a record is never null")
                    : null;
        }
    }
}
