package dev.bag.run.end;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.run.end.SegmentsEnd.ShuffleOutput;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.shuffle.gather.EntrySink;
import dev.bag.shuffle.gather.Targets;
import dev.bag.shuffle.hold.CursorChunk;
import dev.bag.shuffle.hold.KeptRecords;
import dev.bag.shuffle.reduce.Combining;
import dev.bag.source.Chunk;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is combined by key. Merging changes what is merged, so it can be done once: by the stage that reads it, target by
 * target, if that is the only one. For several, the targets are merged beforehand and their records kept.
 */
final class MergedTables {

    private final ShuffleOutput output;
    private final Place.Numbering numbering;
    private final Operator operator;
    private final int targetCount;
    private final Reducers reducers;
    /** The records of each target; only where several stages read them. */
    private final AtomicReferenceArray<@Nullable KeptRecords> kept;

    /** Makes the reducer once the tables are there. */
    @FunctionalInterface
    interface Reducers {

        /** What merges the tables of {@code output}. */
        Combining of(ShuffleOutput output);
    }

    MergedTables(ShuffleOutput output, Operator operator, int targetCount, Reducers reducers) {
        this.output = output;
        this.operator = operator;
        this.targetCount = targetCount;
        this.reducers = reducers;
        this.kept = new AtomicReferenceArray<>(targetCount);
        this.numbering = new Place.Numbering() {
            @Override
            public int partitionOf(int part) {
                return part;
            }

            @Override
            public int count() {
                return targetCount;
            }
        };
    }

    /** The records of a target. */
    Chunk<Object> open(int target) throws Throwable {
        KeptRecords records = kept.get(target);
        return records == null ? reducers.of(output).open(target) : records.all();
    }

    /** Merges all targets, in a task each, if several stages will read them; else does nothing. */
    Batch keeping() {
        return new Batch(1) {
            @Override
            protected void run(int index, Execution execution) {
                if (output.isReadAgain()) {
                    for (int target = 0; target < targetCount; target++) {
                        execution.fork(keeping(this, target));
                    }
                }
            }
        };
    }

    private Batch keeping(Batch all, int target) {
        return new Batch(all) {
            @Override
            protected void run(int index, Execution execution) throws Throwable {
                keep(target, execution);
            }
        };
    }

    private void keep(int target, Execution execution) throws Throwable {
        Place place = new Place(operator, target, numbering);
        EntrySink sink = EntrySink.keeping(place, Targets.TOGETHER, output.area());
        try {
            try (CursorChunk records = reducers.of(output).open(target)) {
                for (Object record = records.next(); record != null && !execution.stopping(); record = records.next()) {
                    sink.accept(record);
                }
            }
            kept.set(target, new KeptRecords(sink.pieces().seal()));
        } catch (Throwable e) {
            throw place.failure(null, e);
        }
    }
}
