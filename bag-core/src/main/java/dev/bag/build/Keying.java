package dev.bag.build;

import dev.bag.function.CheckedFunction;
import dev.bag.key.Keys;
import org.jspecify.annotations.Nullable;

/** Asks a function for the key of a record. */
public final class Keying {

    private Keying() {}

    /** Returns the key of {@code record}, which is never null. */
    public static <T, K> K key(CheckedFunction<? super T, ? extends @Nullable K> f, T record) throws Throwable {
        return Keys.notNull(f.applyChecked(record));
    }
}
