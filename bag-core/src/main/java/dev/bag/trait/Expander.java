package dev.bag.trait;

import java.io.Serializable;
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
     * Where expanded records go.
     *
     * @param <R> the records
     */
    interface Output<R> {

        /** Takes a record. */
        void accept(R record);

        /** False once further records would be thrown away. */
        boolean wantsMore();
    }
}
