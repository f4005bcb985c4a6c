package dev.bag.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bag.BagException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Runs that are meant to fail. */
public final class Failing {

    private Failing() {}

    /** The exception with which {@code run} fails. */
    public static BagException failure(ThrowingCallable run) {
        Throwable thrown = catchThrowable(run);
        assertThat(thrown).isInstanceOf(BagException.class);
        return (BagException) thrown;
    }
}
