package dev.bag.build;

import dev.bag.function.CheckedBiConsumer;
import dev.bag.function.CheckedFunction;
import dev.bag.trait.Expander;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways in which a user's function makes several records of one. */
public final class Expanders {

    private Expanders() {}

    /** The elements of the record itself. */
    public static <T> Expander<Iterable<? extends T>, T> flattening() {
        return new Iterating<>(record -> record);
    }

    /** The elements of an iterable. */
    public static <T, R> Expander<T, R> iterating(CheckedFunction<? super T, ? extends Iterable<? extends R>> f) {
        return new Iterating<>(f);
    }

    /** The elements of a stream. */
    public static <T, R> Expander<T, R> streaming(CheckedFunction<? super T, ? extends Stream<? extends R>> f) {
        return new Streaming<>(f);
    }

    private record Iterating<T, R>(CheckedFunction<? super T, ? extends Iterable<? extends R>> f)
            implements Expander<T, R> {

        @Override
        public void expand(T record, Output<? super R> out) throws Throwable {
            pushAll(notNull(f.applyChecked(record)).iterator(), out);
        }

        @Override
        public Elements<R> elements(T record) throws Throwable {
            return Elements.of(notNull(f.applyChecked(record)).iterator());
        }
    }

    private record Streaming<T, R>(CheckedFunction<? super T, ? extends Stream<? extends R>> f)
            implements Expander<T, R> {

        @Override
        public void expand(T record, Output<? super R> out) throws Throwable {
            try (Stream<? extends R> stream = notNull(f.applyChecked(record))) {
                pushAll(stream.iterator(), out);
            }
        }

        @Override
        public Elements<R> elements(T record) throws Throwable {
            return new OfStream<>(notNull(f.applyChecked(record)));
        }
    }

    private static final class OfStream<R> implements Expander.Elements<R> {

        private final Stream<? extends R> stream;
        private @Nullable Iterator<? extends R> iterator;

        OfStream(Stream<? extends R> stream) {
            this.stream = stream;
        }

        private Iterator<? extends R> iterator() {
            iterator = iterator == null ? stream.iterator() : iterator;
            return iterator;
        }

        @Override
        public boolean hasNext() {
            return iterator().hasNext();
        }

        @Override
        public R next() {
            return iterator().next();
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    /** What the function gives to a consumer. */
    @SuppressWarnings("unchecked") // what takes a supertype takes an R
    public static <T, R> Expander<T, R> pushing(CheckedBiConsumer<? super T, ? super Consumer<R>> f) {
        return (record, out) -> f.acceptChecked(record, (Consumer<R>) out);
    }

    private static <X> X notNull(@Nullable X result) {
        return Objects.requireNonNull(
                result, "the function returned null: to make no record of one, return an empty list or stream");
    }

    private static <R> void pushAll(Iterator<? extends R> elements, Expander.Output<? super R> out) {
        while (out.wantsMore() && elements.hasNext()) {
            out.accept(elements.next());
        }
    }
}
