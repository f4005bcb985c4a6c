package dev.bag.lower;

import dev.bag.schedule.Batch;
import org.jspecify.annotations.Nullable;

/** Something that is there once a batch has completed. */
abstract class Produced {

    /** Set while the graph is built. */
    private @Nullable Batch producer;

    /** It is there after {@code batch}. */
    final void producedBy(Batch batch) {
        producer = batch;
    }

    /** Makes {@code follower}, which needs it, wait for it. */
    final void neededBy(Batch follower) {
        if (producer != null) {
            follower.after(producer);
        }
    }
}
