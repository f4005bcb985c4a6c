package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.Retention;
import dev.bag.kernel.Sink;
import dev.bag.run.MadeAhead.Counted;
import dev.bag.run.StageWatch.TaskWatch;
import dev.bag.run.skip.TaskSkips;
import dev.bag.run.wire.Ahead;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.stage.StageTasks.RootPartition;
import dev.bag.trait.Traits.AtHand;
import dev.bag.trait.Traits.Live;
import dev.bag.value.Location;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets what is in front of the first operation that needs the order of records run ahead of it, on all threads. The tasks of
 * such a stage follow each other, and so do their chunks in what is behind; but several are worked on at the same time, of the
 * partition whose turn it is and of those behind. A chunk whose turn it is not yet keeps its records, as many as may be kept
 * ({@link dev.bag.kernel.AheadSink}); when its turn comes its worker passes them on, and then all others as it makes them. So most
 * records go on from the core that has made them.
 *
 * <p>Nothing runs ahead before all records of one chunk have been wanted, so a small limit reads no more than it needs. When
 * a partition is left before its end, that begins anew.
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

    private enum Reader {
        NONE,
        AT_WORK,
        AWAY
    }

    private final Batch batch;
    private final LocalStage stage;

    /** Guarded by this object, as are those below: what is read, or has been, and is not through; in order. */
    private final ArrayDeque<Partition> begun = new ArrayDeque<>(2);

    private Reader reader = Reader.NONE;
    /** What the reader reads; null without a reader. */
    private @Nullable Partition inReading;
    /** Chunks that are ahead and not through. */
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

    private Partition begin(int task, RootPartition root, Ahead ahead) {
        Partition partition = new Partition(task, root, ahead);
        begun.add(partition);
        return partition;
    }

    /** Lets the reader go on behind {@code read}; null if there is none any more, or nothing to be read ahead. */
    private synchronized @Nullable Partition readBehind(Partition read) {
        if (reader == Reader.NONE) {
            return null;
        }
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

    /** Brings a reader back if it is away and there is room. Under the lock. */
    private void bringReader(Execution execution) {
        Partition away = inReading;
        if (reader == Reader.AWAY && away != null && inFlight < execution.pool().parallelism() + AHEAD) {
            reader = Reader.AT_WORK;
            execution.fork(new Reading(away));
        }
    }

    /** There is no reader any more. Under the lock; returns what is to be called without it: who waits for it goes on anew. */
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

    /**
     * Reads a chunk, lets another thread read the next one, and works on it: what a core has just read it finds in its
     * cache.
     */
    private final class Reading extends Batch {

        private final Partition first;

        Reading(Partition first) {
            super(batch);
            this.first = first;
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            Partition partition = first;
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

    /** The chunks of one partition. */
    private final class Partition {

        private final int task;
        private final RootPartition root;
        private final Ahead ahead;
        private final Closing.Closer closer = this::closeRead;

        /** By whoever reads, as is the one below. */
        private @Nullable Chunks<?> open;

        private int chunkCount;

        /** By whoever has the turn, as are the two below. Records that were read in chunks that are through. */
        private long recordsBefore;

        private long keptBefore;
        private int viewedBytes;

        /** Guarded by {@link RunAhead}, as are those below. Chunks that are not through; the first one has the turn, or gets it. */
        private final ArrayDeque<MadeAhead> made = new ArrayDeque<>();

        /** The task that is fed, once it is open. */
        private @Nullable Taking taking;

        /** Whether the next chunk gets the turn as soon as there is one. */
        private boolean turnIsFree;

        private boolean isReadToEnd;
        private boolean isLeft;
        /** Why no further chunk can be read. */
        private @Nullable Throwable readFailure;
        /** Whether the task that is fed comes to its end. */
        private boolean isThrough;
        /** Why it fails. */
        private @Nullable Throwable failure;
        /** Called when there is something for the task to do. */
        private @Nullable Runnable whenReady;

        Partition(int task, RootPartition root, Ahead ahead) {
            this.task = task;
            this.root = root;
            this.ahead = ahead;
        }

        private @Nullable Runnable takeCallback() {
            Runnable callback = whenReady;
            whenReady = null;
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

        /** As the reader: the next chunk, for the calling thread to work on; null if there is none. */
        private @Nullable MadeAhead readAhead(Execution execution) throws Exception {
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
            Taking first = null;
            boolean wasLeft;
            synchronized (RunAhead.this) {
                wasLeft = isLeft;
                if (wasLeft || thrown != null) {
                    ready = endReading();
                }
                if (chunk == null || wasLeft) {
                    isReadToEnd = true;
                    readFailure = thrown;
                    inReading = null; // from now on it is closed by who leaves it
                    Runnable last = turnIsFree ? through() : null;
                    ready = last == null ? ready : List.of(last);
                } else {
                    made.add(chunk);
                    inFlight++;
                    first = turnIsFree ? taking : null;
                    turnIsFree = false;
                    reader = Reader.AWAY;
                    bringReader(execution);
                }
            }
            if (wasLeft) {
                closeRead();
            }
            if (chunk != null && wasLeft) {
                chunk.giveUp();
            } else if (chunk != null && first != null) {
                giveTurn(chunk, first);
            }
            ready.forEach(Runnable::run);
            return wasLeft ? null : chunk;
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

        /** Where the record with a number among those of the chunk that has the turn is in the input: reads it again. */
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

        /** Returns whether another thread works on {@code chunk}, which has the turn now. */
        private boolean giveTurn(MadeAhead chunk, Taking taker) {
            viewedBytes = chunk.viewedBytes();
            keptBefore = viewedBytes == 0 ? 0 : taker.retention.begin(viewedBytes);
            return chunk.takeTurn(taker.sink);
        }

        /** Works on {@code chunk}, then on those behind it on which no other thread works. */
        private void goOnWith(MadeAhead chunk, Execution execution) throws Exception {
            MadeAhead next = chunk;
            while (next != null && next.work() && !execution.stopping()) {
                next = behind(next, execution);
            }
        }

        /** The chunk that had the turn is through. Returns the next one, unless it has a worker, or there is none yet. */
        private @Nullable MadeAhead behind(MadeAhead done, Execution execution) {
            Taking taker;
            MadeAhead next = null;
            Runnable ready = null;
            synchronized (RunAhead.this) {
                taker = taking;
                if (taker == null) {
                    throw new IllegalStateException("a chunk had the turn of a task that is not open");
                }
                recordsBefore += done.readCount();
                taker.tally.records(done.takenCount());
                taker.tally.addCounts(done.takeCounts());
                if (viewedBytes > 0) {
                    taker.retention.isKeptSince(keptBefore, viewedBytes);
                }
                made.remove();
                inFlight -= done.isAhead() ? 1 : 0;
                hasTakenAll = true;
                failure = done.failure();
                if (failure != null || !taker.sink.wantsMore()) {
                    isThrough = true;
                    ready = takeCallback();
                } else {
                    next = made.peek();
                    turnIsFree = next == null;
                    ready = turnIsFree && isReadToEnd ? through() : null;
                }
                bringReader(execution);
            }
            MadeAhead left = next == null || giveTurn(next, taker) ? null : next;
            if (ready != null) {
                ready.run();
            }
            return left;
        }

        /** The last chunk is through. Under the lock; returns what is to be called then. */
        private @Nullable Runnable through() {
            isThrough = true;
            failure = readFailure;
            return takeCallback();
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
                for (MadeAhead each : left) {
                    inFlight -= each.isAhead() ? 1 : 0;
                }
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

        /** Feeds the task that takes the records of this: by what has the turn, which pushes into its sink. */
        private final class Taking extends Feed {

            private final Sink sink;
            private final Retention retention;
            private final Tally tally;
            private final Execution execution;

            Taking(Sink sink, Retention retention, TaskSkips skips, Tally tally, Execution execution) {
                super(sink, skips);
                this.sink = sink;
                this.retention = retention;
                this.tally = tally;
                this.execution = execution;
            }

            @Override
            protected Progress pushNext() throws Throwable {
                while (!execution.stopping()) {
                    MadeAhead first;
                    synchronized (RunAhead.this) {
                        boolean hadTurn = taking != null && !turnIsFree;
                        taking = this;
                        if (isThrough) {
                            break;
                        }
                        if (hadTurn) {
                            return Progress.LATER;
                        }
                        first = made.peek();
                        turnIsFree = first == null;
                        if (first == null && isReadToEnd) {
                            through();
                            continue;
                        }
                        if (first == null && (reader != Reader.NONE || hasTakenAll)) {
                            if (reader == Reader.NONE) {
                                reader = Reader.AT_WORK;
                                inReading = Partition.this;
                                execution.fork(new Reading(Partition.this));
                            }
                            return Progress.LATER;
                        }
                    }
                    if (first == null) {
                        first = readHere();
                    }
                    if (first != null && !giveTurn(first, this)) {
                        goOnWith(first, execution);
                    }
                }
                if (failure != null) {
                    throw failure;
                }
                endRead();
                return Progress.ENDED;
            }

            /** The next chunk, read by this thread, which will work on it; null if there is none. */
            private @Nullable MadeAhead readHere() throws Throwable {
                Chunk<?> next;
                try {
                    next = read();
                } catch (Throwable e) {
                    throw root.place().failure(null, e);
                }
                MadeAhead chunk = next == null ? null : made(next, false, execution);
                synchronized (RunAhead.this) {
                    if (chunk == null) {
                        isReadToEnd = true;
                    } else {
                        turnIsFree = false;
                        made.add(chunk);
                    }
                }
                return chunk;
            }

            private void endRead() {
                Chunks<?> read;
                synchronized (RunAhead.this) {
                    read = isReadToEnd && made.isEmpty() ? open : null;
                }
                if (read != null) {
                    tally.passedOver(read.bytesPassedOver());
                }
            }

            @Override
            protected void whenReady(Runnable ready) {
                synchronized (RunAhead.this) {
                    boolean isWaiting = !isThrough && !(turnIsFree && reader == Reader.NONE);
                    if (isWaiting) {
                        whenReady = ready;
                        return;
                    }
                }
                ready.run();
            }

            @Override
            protected void closeInput() throws Exception {
                leave(execution);
            }
        }
    }
}
