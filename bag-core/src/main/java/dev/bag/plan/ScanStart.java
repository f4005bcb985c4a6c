package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import java.io.Serializable;

/**
 * How a running fold begins.
 *
 * @param <T> the records
 * @param <A> the running value
 */
public sealed interface ScanStart<T, A> extends Serializable {

    /** With a given value, which comes out first. */
    record Initial<T, A>(A value) implements ScanStart<T, A> {}

    /** With the first record, turned into the first value. */
    record FirstRecord<T, A>(CheckedFunction<? super T, ? extends A> toValue) implements ScanStart<T, A> {}
}
