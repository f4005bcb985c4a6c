package dev.bag.trait;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes any number of records of one.
 *
 * @param <T> the record that goes in
 * @param <R> the records that come out
 */
@FunctionalInterface
public interface Expander<T, R> extends Serializable {

    /** Gives the records for {@code record} to {@code out}, stopping when it wants no more. */
    void expand(T record, Output<? super R> out) throws Throwable;

    /**
     * Makes any number of records of one and a value.
     *
     * @param <T> the record that goes in
     * @param <U> the value
     * @param <R> the records that come out
     */
    @FunctionalInterface
    interface With<T, U extends @Nullable Object, R> extends Serializable {

        /** Gives the records for {@code record} and {@code value} to {@code out}, stopping when it wants no more. */
        void expand(T record, U value, Output<? super R> out) throws Throwable;
    }

    /**
     * Returns the same records, for a caller that takes them one by one. By default all are made at once; what the
     * expansion throws is thrown behind those that it has made.
     */
    default Elements<R> elements(T record) throws Throwable {
        List<R> made = new ArrayList<>();
        Throwable failure = null;
        try {
            expand(record, new Output<R>() {
                @Override
                public void accept(R each) {
                    made.add(each);
                }

                @Override
                public boolean wantsMore() {
                    return true;
                }
            });
        } catch (Throwable e) {
            failure = e;
        }
        return new MadeElements<>(made.iterator(), failure);
    }

    /**
     * Expanded records, one by one.
     *
     * @param <R> the records
     */
    interface Elements<R> {

        /** Whether there is another one. */
        boolean hasNext() throws Throwable;

        /** The next one. */
        R next() throws Throwable;

        /** Those of an iterator, and nothing to close. */
        static <R> Elements<R> of(Iterator<? extends R> iterator) {
            return new MadeElements<>(iterator, null);
        }

        /** Gives back what is open. Called once, also before the last one. */
        default void close() throws Throwable {}
    }

    /**
     * Where expanded records go.
     *
     * @param <R> the records
     */
    interface Output<R> extends Consumer<R> {

        /** False once further records would be thrown away. */
        boolean wantsMore();
    }
}
