package dev.bag.shuffle.gather;

import dev.bag.key.StableHash;
import org.jspecify.annotations.Nullable;

/**
 * Refuses keys without a hash of their content where they come in, and the record can be named. Looks at one key of a class;
 * what that does not show is found when keys are spread over targets.
 */
final class KeyCheck {

    private @Nullable Class<?> known;

    /** Fails when the class of {@code key} has only the hash of its identity. */
    void check(Object key) {
        if (key.getClass() != known) {
            StableHash.of(key);
            known = key.getClass();
        }
    }
}
