package dev.bag.source;

import dev.bag.function.CheckedSupplier;
import dev.bag.trait.Traits.Live;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parts that are iterators: the simplest source a user can write. */
record IteratorSource<T>(String name, List<IteratorPart<T>> parts) implements Source<T> {

    static <T> Source<T> of(String name, List<CheckedSupplier<Iterator<T>>> suppliers) {
        Objects.requireNonNull(name, "name");
        return new IteratorSource<>(
                name, suppliers.stream().<IteratorPart<T>>map(IteratorPart::new).toList());
    }

    @Override
    public String toString() {
        return name;
    }

    record IteratorPart<T>(CheckedSupplier<Iterator<T>> supplier) implements Part<T>, Live {

        IteratorPart {
            Objects.requireNonNull(supplier, "a part of the source");
        }

        @Override
        public Chunks<T> open() {
            return Chunks.of(
                    new Walk<>(Objects.requireNonNull(supplier.get(), "the iterator of a part of the source")));
        }
    }

    /** The whole iterator is one chunk, walked as records are asked for. */
    private static final class Walk<T> implements Chunk<T>, Closeable {

        private final Iterator<T> iterator;

        Walk(Iterator<T> iterator) {
            this.iterator = iterator;
        }

        @Override
        public @Nullable T next() {
            if (!iterator.hasNext()) {
                return null;
            }
            T next = iterator.next();
            if (next == null) {
                throw new NullPointerException("the iterator returned null: a record is never null");
            }
            return next;
        }

        @Override
        public void close() throws IOException {
            if (iterator instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (IOException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        }
    }
}
