package dev.bag;

import dev.bag.function.CheckedFunction;
import org.jspecify.annotations.Nullable;

/** Asks a function for the key of a record. */
final class Keying {

    private Keying() {}

    static <T, K> K key(CheckedFunction<? super T, ? extends @Nullable K> f, T record) throws Throwable {
        K key = f.applyChecked(record);
        if (key == null) {
            throw new NullPointerException("the key is null, and a key is never null:"
                    + " filter such records out before, or answer an Optional as the key");
        }
        return key;
    }
}
