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
        return (record, out) -> pushAll(record.iterator(), out);
    }

    /** The elements of an iterable. */
    public static <T, R> Expander<T, R> iterating(CheckedFunction<? super T, ? extends Iterable<? extends R>> f) {
        return (record, out) -> pushAll(notNull(f.applyChecked(record)).iterator(), out);
    }

    /** The elements of a stream. */
    public static <T, R> Expander<T, R> streaming(CheckedFunction<? super T, ? extends Stream<? extends R>> f) {
        return (record, out) -> {
            try (Stream<? extends R> stream = notNull(f.applyChecked(record))) {
                pushAll(stream.iterator(), out);
            }
        };
    }

    /** What the function gives to a consumer. */
    public static <T, R> Expander<T, R> pushing(CheckedBiConsumer<? super T, ? super Consumer<R>> f) {
        return (record, out) -> f.acceptChecked(record, (Consumer<R>) out::accept);
    }

    private static <X> X notNull(@Nullable X answer) {
        return Objects.requireNonNull(
                answer, "the function answered null: to make no record of one, answer an empty list or stream");
    }

    private static <R> void pushAll(Iterator<? extends R> elements, Expander.Output<? super R> out) {
        while (out.wantsMore() && elements.hasNext()) {
            out.accept(elements.next());
        }
    }
}
