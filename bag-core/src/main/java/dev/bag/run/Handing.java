package dev.bag.run;

import org.jspecify.annotations.Nullable;

/**
 * Where the reader of a {@code Streaming} run takes records from: tasks of this process, each of which hands records over as
 * they come ({@code StreamBatch}), or lanes that a cluster brings ({@code FarHandover}).
 */
interface Handing {

    /** The reader takes what there is, whatever its partition. */
    void readInAnyOrder();

    /** Returns the next records: null after the last, and an empty array when the reader must wait for news. */
    @Nullable Object @Nullable [] poll();

    /** Returns whether {@link #poll} would return something else than "wait"; the reader is woken when that changes. */
    boolean hasNews();

    /** The reader waits no more. */
    void signOut();

    /** Gives up what waits for the reader, which reads no more. */
    void drop();
}
