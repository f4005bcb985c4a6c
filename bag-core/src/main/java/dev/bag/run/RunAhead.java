package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.SourceFeed.Waiting;
import dev.bag.run.MadeAhead.Counted;
import dev.bag.run.StageWatch.TaskWatch;
import dev.bag.run.wire.Ahead;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.FileLoss;
import dev.bag.source.Part;
import dev.bag.stage.StageTasks.RootPartition;
import dev.bag.trait.Traits.AtHand;
import dev.bag.trait.Traits.Live;
import dev.bag.value.Location;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets what is in front of the first operation that needs the order of records run ahead of it, on all threads. The tasks of
 * such a stage follow each other. Each is fed with the records that come out of the operations in front, chunk by chunk and in
 * order, while the next chunks are worked on: of its own partition, then of the partitions behind. What is begun and not
 * taken is a few chunks, and of each a bounded number of records and bytes, see {@link MadeAhead}.
 *
 * <p>Nothing runs ahead before all records of one chunk have been wanted. Until then the taker makes each record when it is
 * asked for, so that a small limit reads no more than it needs. A partition that is left before its end begins anew with that.
 *
 * <p>Protocol. One thread takes, that of the task whose turn it is. At most one thread reads, as {@code reader} says, which
 * makes chunks: {@code AT_WORK} while a thread does, {@code AWAY} when enough are made and not taken; the taker, which makes
 * room, then brings a reader again. What is shared is guarded by the lock of this object; chunks are large, so it is taken
 * rarely. The taker never waits for a chunk: its feed says LATER and leaves a callback, under the lock, which the reader calls
 * after it has released the lock. A partition that the taker leaves while it is being read is closed by the reader.
 *
 * <p>A failure ahead counts when the taker comes to it, after the records before it; and not at all if it does not come there.
 */
final class RunAhead {

    private enum Reader {
        NONE,
        AT_WORK,
        AWAY
    }

    private final Batch batch;
    private final LocalStage stage;

    /** Guarded by this object, as are those below: what is read, or has been, and not taken to its end; in order. */
    private final ArrayDeque<Partition> begun = new ArrayDeque<>(2);

    private Reader reader = Reader.NONE;
    /** What the reader reads; null without a reader. */
    private @Nullable Partition inReading;
    /** Chunks that are made ahead and not taken to their end. */
    private int inFlight;
    /** Whether all records of a chunk were wanted, since the last time when a partition was left. */
    private boolean hasTakenAll;

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
        List<Partition> passedBy = new ArrayList<>(0);
        Partition partition;
        synchronized (this) {
            for (Partition each : begun) {
                if (each.task < number) {
                    passedBy.add(each);
                }
            }
            begun.removeAll(passedBy);
            partition = begun.isEmpty() ? begin(number, partitions.get(0), ahead) : begun.element();
        }
        for (Partition each : passedBy) {
            each.leave(execution);
        }
        Tally tally = stage.newTally(partitions.get(0));
        Chunks<?> taking = partition.new Taking(tally, execution);
        return OpenTask.of(number, 0, partitions.get(0), stage, watch, ahead.behind(), taking, tally, OpenTask.UNHEARD);
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
                && part.byteCount().isPresent() // so it can be read again
                && (ahead.hasOperations() || !(part instanceof AtHand));
        return pays ? ahead : null;
    }

    private Partition begin(int task, RootPartition root, Ahead ahead) {
        Partition partition = new Partition(task, root, ahead);
        begun.add(partition);
        return partition;
    }

    /** Lets the reader go on behind {@code read}; null if there is nothing to be read ahead. */
    private synchronized @Nullable Partition readBehind(Partition read) {
        inReading = null;
        int next = read.task + 1;
        for (Partition each : begun) {
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

    /** Brings a reader back if it is away and there is room. Under the lock, by the taker. */
    private void bringReader(Execution execution) {
        Partition away = inReading;
        if (reader == Reader.AWAY
                && away != null
                && inFlight <= execution.pool().parallelism()) {
            reader = Reader.AT_WORK;
            execution.fork(new Reading(away));
        }
    }

    /** There is no reader any more. Under the lock; returns what is to be called without it. */
    private List<Runnable> endReading() {
        reader = Reader.NONE;
        inReading = null;
        List<Runnable> ready = new ArrayList<>(1);
        for (Partition each : begun) {
            Runnable waiting = each.takeCallback();
            if (waiting != null) {
                ready.add(waiting);
            }
        }
        return ready;
    }

    /** Reads chunks, one after the other. */
    private final class Reading extends Batch {

        private final Partition first;

        Reading(Partition first) {
            super(batch);
            this.first = first;
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            Partition partition = first;
            while (partition != null && partition.readToEnd(execution)) {
                partition = readBehind(partition);
            }
        }
    }

    /** Makes the records of a chunk. */
    private final class Making extends Batch {

        private final MadeAhead chunk;

        Making(MadeAhead chunk) {
            super(batch);
            this.chunk = chunk;
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            chunk.make();
        }
    }

    /** The chunks of one partition, in front of the task that takes them. */
    private final class Partition {

        private final int task;
        private final RootPartition root;
        private final Ahead ahead;
        private final Closing.Closer closer = this::closeRead;

        /** By whoever reads, as are the two below. */
        private @Nullable Chunks<?> open;

        private int chunkCount;
        private long recordsBefore;

        /** Guarded by {@link RunAhead}, as are those below. Chunks that are not taken yet. */
        private final ArrayDeque<MadeAhead> made = new ArrayDeque<>();

        private boolean isReadToEnd;
        private boolean isLeft;
        /** Why no further chunk can be made. */
        private @Nullable Throwable failure;
        /** Called when there is something new. */
        private @Nullable Runnable whenMade;

        Partition(int task, RootPartition root, Ahead ahead) {
            this.task = task;
            this.root = root;
            this.ahead = ahead;
        }

        private @Nullable Runnable takeCallback() {
            Runnable callback = whenMade;
            whenMade = null;
            return callback;
        }

        private @Nullable Chunk<?> read() throws Exception {
            if (open == null) {
                open = stage.part(root).open();
                stage.openThings().add(closer);
            }
            return open.nextChunk();
        }

        private void closeRead() throws Exception {
            Chunks<?> opened = open;
            if (opened != null) {
                open = null;
                stage.openThings().remove(closer);
                opened.close();
            }
        }

        /** As the reader: returns whether all has been read, so that the reader goes on behind this. */
        private boolean readToEnd(Execution execution) throws Exception {
            while (!execution.stopping()) {
                synchronized (RunAhead.this) {
                    if (!isLeft && inFlight >= execution.pool().parallelism() + 2) {
                        reader = Reader.AWAY;
                        return false;
                    }
                }
                MadeAhead chunk = null;
                @Nullable Throwable thrown = null;
                try {
                    Chunk<?> next = isLeft() ? null : read();
                    if (next != null) {
                        next.detach();
                        chunk = made(next, true, execution);
                    }
                } catch (Throwable e) {
                    thrown = root.place().failure(null, e);
                }
                List<Runnable> ready = List.of();
                boolean wasLeft;
                synchronized (RunAhead.this) {
                    wasLeft = isLeft;
                    if (wasLeft || thrown != null) {
                        failure = thrown;
                        isReadToEnd = true;
                        ready = endReading();
                    } else if (chunk == null) {
                        isReadToEnd = true;
                    } else {
                        made.add(chunk);
                        inFlight++;
                    }
                    Runnable waiting = takeCallback();
                    ready = waiting == null ? ready : List.of(waiting);
                }
                if (wasLeft) {
                    closeRead();
                    if (chunk != null) {
                        chunk.giveUp();
                    }
                } else if (chunk != null) {
                    execution.fork(new Making(chunk));
                }
                ready.forEach(Runnable::run);
                if (chunk == null || wasLeft) {
                    return !wasLeft && thrown == null;
                }
            }
            return false;
        }

        private boolean isLeft() {
            synchronized (RunAhead.this) {
                return isLeft;
            }
        }

        private MadeAhead made(Chunk<?> chunk, boolean isAhead, Execution execution) {
            Counted counted = new Counted(chunk);
            OpenTask work = OpenTask.of(
                    task,
                    chunkCount++,
                    root,
                    stage,
                    TaskWatch.NONE,
                    ahead.front(),
                    Chunks.of(counted),
                    new Tally(),
                    OpenTask.UNHEARD);
            return new MadeAhead(work, counted, isAhead, execution, stage.openThings(), this::locate);
        }

        /** Where the record with a number among those of the chunk that is taken is in the input: reads it again. */
        private Optional<Location> locate(long number) {
            long left = recordsBefore + number;
            try (Chunks<?> again = stage.part(root).open()) {
                for (Chunk<?> chunk = again.nextChunk(); chunk != null; chunk = again.nextChunk()) {
                    while (left > 0 && chunk.next() != null) {
                        left--;
                    }
                    if (left == 0) {
                        return chunk.location();
                    }
                    chunk.release();
                }
            } catch (Exception e) { // the place is not known any more, and what has failed is more important
                return Optional.empty();
            }
            return Optional.empty();
        }

        /** For the taker: nothing more of this is wanted. */
        private void leave(Execution execution) throws Exception {
            List<MadeAhead> left;
            boolean isRead;
            synchronized (RunAhead.this) {
                begun.remove(this);
                isLeft = true;
                left = List.copyOf(made);
                made.clear();
                inFlight -= left.size();
                isRead = inReading == this && reader == Reader.AT_WORK;
                if (inReading == this && !isRead) {
                    reader = Reader.NONE;
                    inReading = null;
                }
                hasTakenAll &= isReadToEnd;
                bringReader(execution);
            }
            Closing closing = new Closing();
            if (!isRead) {
                closing.add(closer);
            }
            left.forEach(chunk -> closing.add(chunk::drop));
            closing.closeAll();
        }

        /** What the task that takes the records sees of this. */
        private final class Taking implements Chunks<Object> {

            private final Tally tally;
            private final Execution execution;
            private @Nullable MadeAhead taken;
            private boolean isTakenToEnd;

            Taking(Tally tally, Execution execution) {
                this.tally = tally;
                this.execution = execution;
            }

            @Override
            public @Nullable Chunk<Object> nextChunk() throws Exception {
                endTaken();
                boolean isPulled;
                synchronized (RunAhead.this) {
                    taken = made.poll();
                    if (taken != null) {
                        return taken;
                    }
                    isPulled = !isReadToEnd && reader == Reader.NONE && !hasTakenAll;
                    if (!isReadToEnd && !isPulled) {
                        if (reader == Reader.NONE) {
                            reader = Reader.AT_WORK;
                            inReading = Partition.this;
                            execution.fork(new Reading(Partition.this));
                        }
                        return new NotMadeYet();
                    }
                }
                Chunk<?> pulled = isPulled ? read() : null;
                if (pulled != null) {
                    taken = made(pulled, false, execution);
                    return taken;
                }
                if (failure instanceof Error error) {
                    throw error;
                }
                if (failure instanceof Exception exception) {
                    throw exception;
                }
                endPartition();
                return null;
            }

            private void endPartition() {
                synchronized (RunAhead.this) {
                    isReadToEnd = true;
                }
                isTakenToEnd = true;
                tally.passedOver(bytesPassedOver());
            }

            private void endTaken() {
                MadeAhead last = taken;
                if (last != null) {
                    taken = null;
                    recordsBefore += last.readCount();
                    tally.records(last.readCount());
                    synchronized (RunAhead.this) {
                        hasTakenAll = true;
                        inFlight -= last.isAhead() ? 1 : 0;
                        bringReader(execution);
                    }
                }
            }

            @Override
            public List<FileLoss> filesLost() {
                return isTakenToEnd && open != null ? open.filesLost() : List.of();
            }

            @Override
            public long bytesPassedOver() {
                return open == null ? 0 : open.bytesPassedOver();
            }

            @Override
            public void close() throws IOException {
                Closing closing = new Closing();
                closing.add(() -> leave(execution));
                MadeAhead last = taken;
                if (last != null) {
                    taken = null;
                    tally.records(last.takenCount());
                    synchronized (RunAhead.this) {
                        inFlight -= last.isAhead() ? 1 : 0;
                    }
                    closing.add(last::drop);
                }
                closing.closeFiles();
            }
        }

        /** Stands for the next chunk until it is there. */
        private final class NotMadeYet implements Chunk<Object>, Waiting {

            @Override
            public @Nullable Object next() {
                return null;
            }

            @Override
            public boolean isWaiting() {
                synchronized (RunAhead.this) {
                    return made.isEmpty() && !isReadToEnd && reader != Reader.NONE;
                }
            }

            @Override
            public void whenReady(Runnable ready) {
                synchronized (RunAhead.this) {
                    if (isWaiting()) {
                        whenMade = ready;
                        return;
                    }
                }
                ready.run();
            }
        }
    }
}
