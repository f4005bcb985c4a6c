package dev.bag.run;

import dev.bag.schedule.Batch;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a program has become in this process.
 *
 * @param batches what runs
 * @param results where the results will be, in the order in which they were asked for
 * @param openThings what the run may leave open
 * @param stream the batch that hands records to a reader, if that is what the run is for
 * @param what returns what the run is for, in one line
 */
record Lowered(
        List<Batch> batches,
        List<Supplier<? extends @Nullable Object>> results,
        OpenThings openThings,
        @Nullable StreamBatch stream,
        Supplier<String> what) {

    /** Returns the batch that hands records to a reader. */
    StreamBatch reading() {
        if (stream == null) {
            throw new IllegalStateException("this run hands no records to a reader");
        }
        return stream;
    }
}
