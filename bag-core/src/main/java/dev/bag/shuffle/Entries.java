package dev.bag.shuffle;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Entries one after the other. After {@link #next} has answered true, {@link #key}, {@link #value} and {@link #tag} are those of one. */
public abstract class Entries implements AutoCloseable {

    @Nullable Object key;

    @Nullable Object value;

    long tag;

    /** Moves on to the next entry; false after the last one. */
    public abstract boolean next() throws IOException;

    /** The key, of entries that have one. */
    public final Object key() {
        return Objects.requireNonNull(key);
    }

    /** The value, or null where that is one. */
    public final @Nullable Object value() {
        return value;
    }

    /** The number that was given with the entry, or 0. */
    public final long tag() {
        return tag;
    }

    /** Lets go of the entry, so that it can be collected before the next one is read. */
    void forget() {
        key = null;
        value = null;
    }

    /** How many bytes of memory whoever reads these has taken over with them, and must give back. */
    long takenBytes() {
        return 0;
    }

    @Override
    public void close() throws IOException {}
}
