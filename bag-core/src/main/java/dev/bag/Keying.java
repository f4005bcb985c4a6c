package dev.bag;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Keys;
import org.jspecify.annotations.Nullable;

/** Asks a function for the key of a record. */
final class Keying {

    private Keying() {}

    static <T, K> K key(CheckedFunction<? super T, ? extends @Nullable K> f, T record) throws Throwable {
        return Keys.notNull(f.applyChecked(record));
    }
}
