package dev.bag.shuffle;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys with what their values were reduced to, one after the other in the order in which they were first seen. */
abstract class Reduced implements AutoCloseable {

    @Nullable Object key;

    @Nullable Object reduced;

    long rank;

    /** Moves on to the next key; false after the last one. */
    abstract boolean next() throws Throwable;

    /** Makes sure that {@link #reduced} is there; once after each {@link #next}. What is on disk is read only here. */
    void load() throws IOException {}

    final Object key() {
        return Objects.requireNonNull(key);
    }

    @Override
    public void close() throws IOException {}
}
