package dev.bag.shuffle.reduce;

import dev.bag.shuffle.hold.EntryCursor;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The keys of a target with what their values are reduced to, in the order in which they were first seen. */
interface ReduceTable {

    /** Adds the entry at which {@code entries} is. */
    void add(EntryCursor entries) throws Throwable;

    /** No more entries come. */
    void complete();

    /** How many keys there are. */
    int count();

    /** A key. */
    Object key(int entry);

    /** Whether the value of a key is {@code wanted}, or is no long; asked for those that are not given up. */
    default boolean isWanted(int entry, LongPredicate wanted) {
        return true;
    }

    /** The tag of the first entry of a key. */
    long rank(int entry);

    /** What the values of a key were reduced to, which is given up. */
    @Nullable Object take(int entry);
}
