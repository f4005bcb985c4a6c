package dev.bag.run;

import dev.bag.run.watch.StageWatch.TaskWatch;
import dev.bag.run.watch.Tally;
import dev.bag.run.wire.Ahead;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Part;
import dev.bag.stage.StageTasks.RootPartition;
import dev.bag.trait.Traits.AtHand;
import dev.bag.trait.Traits.Live;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets what is in front of the first operation that needs the order of records run ahead of it, on all threads. The tasks of
 * such a stage follow each other, and so do their chunks in what is behind; but several are worked on at the same time, of the
 * partition whose turn it is and of those behind. A chunk whose turn it is not yet keeps its records, as many as may be kept
 * ({@link dev.bag.kernel.AheadSink}); when its turn comes its worker passes them on, and then all others as it makes them. So most
 * records go on from the core that has made them.
 *
 * <p>Nothing runs ahead before a thousand records have been wanted, or some time has passed, so that a small limit reads no more
 * than it needs. When a partition is left before its end, that begins anew.
 *
 * <p>Protocol. What is shared is guarded by the lock of this object; chunks are large, so it is taken rarely. At most one thread
 * reads, as {@code reader} says: {@code AT_WORK} while a thread makes chunks, {@code AWAY} when enough are in flight; who
 * ends a chunk, which makes room, then brings a reader again. One chunk at a time has the turn, of the partition whose task is open, or
 * none has, if there is none yet: then the reader gives it to the next one. A thread whose chunk is through gives the turn to the one
 * behind it; if that has no worker, the thread goes on with it itself. When the last one is through, nothing more is wanted,
 * or something has failed, the task is called, whose feed has said LATER. So no thread waits.
 *
 * <p>A failure ahead counts when its turn comes, after the records before it; and not at all if it does not come.
 */
final class RunAhead {

    /** How many chunks may be in flight beyond one for each thread. */
    private static final int AHEAD = 2;

    enum Reader {
        NONE,
        AT_WORK,
        AWAY
    }

    /** What is made in order before anything runs ahead: so many records, or for so long. */
    private static final long FEWEST_RECORDS = 1024;

    private static final long SHORTEST_NANOS = 50_000_000;

    private final Batch batch;
    final LocalStage stage;

    /** Guarded by this object, as are those below: what is read, or has been, and is not through; in order. */
    final ArrayDeque<AheadPartition> begun = new ArrayDeque<>(2);

    Reader reader = Reader.NONE;
    /** What the reader reads; null without a reader. */
    @Nullable AheadPartition inReading;
    /** Chunks that are ahead and not through. */
    int inFlight;
    /** How many records were wanted since the first task was opened, or a partition was left; and when that was. */
    private long wanted;

    private long since = System.nanoTime();

    RunAhead(Batch batch, LocalStage stage) {
        this.batch = batch;
        this.stage = stage;
    }

    /** Opens task {@code number} of the stage; those before it have ended. */
    OpenTask open(int number, List<RootPartition> partitions, TaskWatch watch, Execution execution) throws Exception {
        Ahead ahead = execution.pool().parallelism() == 1 ? null : aheadOf(partitions);
        if (ahead == null) {
            return OpenTask.of(number, partitions, stage, watch);
        }
        List<AheadPartition> passedBy = new ArrayList<>(0);
        AheadPartition partition;
        synchronized (this) {
            for (AheadPartition each : begun) {
                if (each.task < number) {
                    passedBy.add(each);
                }
            }
            begun.removeAll(passedBy);
            partition = begun.isEmpty() ? begin(number, partitions.get(0), ahead) : begun.element();
        }
        for (AheadPartition each : passedBy) {
            each.leave(execution);
        }
        Tally tally = stage.newTally(partitions.get(0));
        return OpenTask.of(
                number,
                partitions.get(0),
                stage,
                watch,
                ahead.behind(),
                tally,
                (sink, retention, skips) -> partition.new Taking(sink, retention, skips, tally, execution));
    }

    /** What can run ahead of a task that reads {@code partitions}; null if nothing can. */
    private @Nullable Ahead aheadOf(List<RootPartition> partitions) {
        if (partitions.size() != 1) {
            return null;
        }
        Ahead ahead = stage.ahead().get(partitions.get(0).root());
        Part<?> part = stage.part(partitions.get(0));
        boolean pays = ahead != null
                && part.detachable()
                && !(part instanceof Live)
                && part.byteCount().isPresent() // else it may be a pipe, which cannot be read again, see locate
                && (ahead.hasOperations() || !(part instanceof AtHand));
        return pays ? ahead : null;
    }

    private AheadPartition begin(int task, RootPartition root, Ahead ahead) {
        AheadPartition partition = new AheadPartition(this, task, root, ahead);
        begun.add(partition);
        return partition;
    }

    /** Lets the reader go on behind {@code read}; null if there is none any more, or nothing to be read ahead. */
    private synchronized @Nullable AheadPartition readBehind(AheadPartition read) {
        if (reader == Reader.NONE) {
            return null;
        }
        inReading = null;
        int next = read.task + 1;
        for (AheadPartition each : begun) {
            inReading = each.task == next ? each : inReading;
        }
        if (inReading == null && next < stage.tasks().count()) {
            List<RootPartition> partitions = stage.tasks().rootPartitions(next);
            Ahead ahead = aheadOf(partitions);
            inReading = ahead == null ? null : begin(next, partitions.get(0), ahead);
        }
        reader = inReading == null ? Reader.NONE : Reader.AT_WORK;
        return inReading;
    }

    /** So many records were wanted. Under the lock. */
    void haveBeenWanted(long records) {
        wanted += records;
    }

    /** A partition is left before its end. Under the lock. */
    void beginAnew() {
        wanted = 0;
        since = System.nanoTime();
    }

    /** Whether so much has been wanted that more will be. Under the lock. */
    boolean mayRunAhead() {
        return wanted >= FEWEST_RECORDS || System.nanoTime() - since >= SHORTEST_NANOS;
    }

    /** Brings a reader back if it is away and there is room. Under the lock. */
    void bringReader(Execution execution) {
        AheadPartition away = inReading;
        if (reader == Reader.AWAY && away != null && inFlight < execution.pool().parallelism() + AHEAD) {
            reader = Reader.AT_WORK;
            execution.fork(new Reading(away));
        }
    }

    /** There is no reader any more. Under the lock; returns what is to be called without it: who waits for it goes on anew. */
    List<Runnable> endReading() {
        reader = Reader.NONE;
        inReading = null;
        List<Runnable> ready = new ArrayList<>(1);
        for (AheadPartition each : begun) {
            Runnable waiting = each.takeCallback();
            if (waiting != null) {
                ready.add(waiting);
            }
        }
        return ready;
    }

    Batch newReading(AheadPartition partition) {
        return new Reading(partition);
    }

    /**
     * Reads a chunk, lets another thread read the next one, and works on it: what a core has just read it finds in its
     * cache.
     */
    private final class Reading extends Batch {

        private final AheadPartition first;

        Reading(AheadPartition first) {
            super(batch);
            this.first = first;
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            AheadPartition partition = first;
            while (partition != null && !execution.stopping()) {
                MadeAhead chunk = partition.readAhead(execution);
                if (chunk != null) {
                    partition.goOnWith(chunk, execution);
                    return;
                }
                partition = readBehind(partition);
            }
        }
    }
}
