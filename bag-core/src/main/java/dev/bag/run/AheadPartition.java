package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.Retention;
import dev.bag.kernel.Sink;
import dev.bag.kernel.SourceFeed;
import dev.bag.run.MadeAhead.Counted;
import dev.bag.run.RunAhead.Reader;
import dev.bag.run.skip.TaskSkips;
import dev.bag.run.watch.StageWatch.TaskWatch;
import dev.bag.run.watch.Tally;
import dev.bag.run.wire.Ahead;
import dev.bag.schedule.Execution;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.stage.StageTasks.RootPartition;
import dev.bag.value.Location;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one partition that run ahead of its task; see {@link RunAhead}. The lock of that object guards all that
 * several threads share.
 */
final class AheadPartition {

    private final RunAhead run;

    final int task;
    private final RootPartition root;
    private final Ahead ahead;
    private final Closing.Closer closer = this::closeRead;

    /** Used by the thread that reads, as is the one below. */
    private @Nullable Chunks<?> open;

    private int chunkCount;

    /** Used by the thread that has the turn, as are the three below. Records that were read in chunks that are through. */
    private long recordsBefore;

    /** Bytes of the input up to the end of these. */
    private long bytesRead;

    private long keptBefore;
    private int viewedBytes;

    /** Guarded, as are those below. Chunks that are not through; the first one has the turn, or gets it. */
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

    AheadPartition(RunAhead run, int task, RootPartition root, Ahead ahead) {
        this.run = run;
        this.task = task;
        this.root = root;
        this.ahead = ahead;
    }

    @Nullable Runnable takeCallback() {
        Runnable callback = whenReady;
        whenReady = null;
        return callback;
    }

    private @Nullable Chunk<?> read() throws Exception {
        if (open == null) {
            open = run.stage.part(root).open();
            run.stage.openThings().add(closer);
        }
        return open.nextChunk();
    }

    private void closeRead() throws Exception {
        Chunks<?> opened = open;
        if (opened != null) {
            open = null;
            run.stage.openThings().remove(closer);
            opened.close();
        }
    }

    /** As the reader: the next chunk, for the calling thread to work on; null if there is none. */
    @Nullable MadeAhead readAhead(Execution execution) throws Exception {
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
        synchronized (run) {
            wasLeft = isLeft;
            if (wasLeft || thrown != null) {
                ready = run.endReading();
            }
            if (chunk == null || wasLeft) {
                isReadToEnd = true;
                readFailure = thrown;
                run.inReading = null; // from now on it is closed by who leaves it
                Runnable last = turnIsFree ? through() : null;
                ready = last == null ? ready : List.of(last);
            } else {
                made.add(chunk);
                run.inFlight++;
                first = turnIsFree ? taking : null;
                turnIsFree = false;
                run.reader = Reader.AWAY;
                run.bringReader(execution);
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
        synchronized (run) {
            return isLeft;
        }
    }

    private MadeAhead made(Chunk<?> chunk, boolean isAhead, Execution execution) {
        Counted counted = new Counted(chunk, open == null ? 0 : open.bytesRead());
        OpenTask work = OpenTask.of(
                task,
                chunkCount++,
                root,
                run.stage,
                TaskWatch.NONE,
                ahead.front(),
                Chunks.of(counted),
                new Tally(),
                SourceFeed.Reading.UNHEARD);
        return new MadeAhead(work, counted, isAhead, execution, run.stage.openThings(), this::locate);
    }

    /** Where the record with a number among those of the chunk that has the turn is in the input: reads it again. */
    private Optional<Location> locate(long number) {
        long left = recordsBefore + number;
        try (Chunks<?> again = run.stage.part(root).open()) {
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
    void goOnWith(MadeAhead chunk, Execution execution) throws Exception {
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
        synchronized (run) {
            taker = taking;
            if (taker == null) {
                throw new IllegalStateException("a chunk had the turn of a task that is not open");
            }
            recordsBefore += done.readCount();
            taker.tally.records(done.takenCount());
            taker.tally.bytesRead(done.bytesRead() - bytesRead);
            bytesRead = done.bytesRead();
            taker.tally.addCounts(done.takeCounts());
            if (viewedBytes > 0) {
                taker.retention.isKeptSince(keptBefore, viewedBytes);
            }
            made.remove();
            run.inFlight -= done.isAhead() ? 1 : 0;
            run.haveBeenWanted(done.readCount());
            failure = done.failure();
            if (failure != null || !taker.sink.wantsMore()) {
                isThrough = true;
                ready = takeCallback();
            } else {
                next = made.peek();
                turnIsFree = next == null;
                ready = turnIsFree && isReadToEnd ? through() : null;
            }
            run.bringReader(execution);
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
    void leave(Execution execution) throws Exception {
        List<MadeAhead> left;
        boolean isRead;
        synchronized (run) {
            run.begun.remove(this);
            isLeft = true;
            left = List.copyOf(made);
            made.clear();
            for (MadeAhead each : left) {
                run.inFlight -= each.isAhead() ? 1 : 0;
            }
            isRead = run.inReading == this && run.reader == Reader.AT_WORK;
            if (run.inReading == this && !isRead) {
                run.reader = Reader.NONE;
                run.inReading = null;
            }
            if (!isReadToEnd) {
                run.beginAnew();
            }
            run.bringReader(execution);
        }
        Closing closing = new Closing();
        if (!isRead) {
            closing.add(closer);
        }
        left.forEach(chunk -> closing.add(chunk::drop));
        closing.closeAll();
    }

    /** Feeds the task that takes the records of this: by what has the turn, which pushes into its sink. */
    final class Taking extends Feed {

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
                synchronized (run) {
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
                    if (first == null && (run.reader != Reader.NONE || run.mayRunAhead())) {
                        if (run.reader == Reader.NONE) {
                            run.reader = Reader.AT_WORK;
                            run.inReading = AheadPartition.this;
                            execution.fork(run.newReading(AheadPartition.this));
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
            synchronized (run) {
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
            synchronized (run) {
                read = isReadToEnd && made.isEmpty() ? open : null;
            }
            if (read != null) {
                tally.passedOver(read.bytesPassedOver());
            }
        }

        @Override
        protected void whenReady(Runnable ready) {
            synchronized (run) {
                boolean isWaiting = !isThrough && !(turnIsFree && run.reader == Reader.NONE);
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
