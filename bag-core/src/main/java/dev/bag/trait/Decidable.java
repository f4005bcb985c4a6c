package dev.bag.trait;

import org.jspecify.annotations.Nullable;

/** A fold that can be decided before all records are seen, such as that of {@code anyMatch}. */
public interface Decidable {

    /** Returns whether no further record changes the result. */
    boolean isDecidedBy(@Nullable Object accumulator);
}
