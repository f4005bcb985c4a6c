package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.Feed.Progress;
import dev.bag.run.StageBatch.PipelineWork;
import dev.bag.run.skip.TaskSkips;
import dev.bag.run.watch.StageTally;
import dev.bag.run.wire.TaskBuilder;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.FileLoss;
import dev.bag.source.Part;
import dev.bag.stage.StageTasks;
import dev.bag.trait.Traits.Live;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One partition whose chunks are costly to make, such as a gzip file: one thread at a time makes them, one after the
 * other, and hands each to a thread that is free. Each chunk leaves a partial result of its own, whichever thread works on
 * it, and those are merged in chunk order; so the result does not depend on how many threads there are.
 *
 * <p>Protocol. {@code reader} says whether a thread makes chunks: {@code AT_WORK} while a thread does, {@code AWAY} when the bounded
 * number of chunks is in flight and that thread has left. A thread that has finished a chunk looks: if the reader is
 * away, it takes the place (one compare-and-set, so only one does). The race is the reader leaving just when the last
 * chunk in flight is finished and none comes after it: so the reader, after it has said {@code AWAY}, looks at the
 * number in flight once more and takes its place back if there is room again.
 *
 * <p>{@code unmerged} counts the chunks in work and the reader. The thread that brings it to zero leaves the result of the
 * partition. When a chunk cannot be made, the reader only notes that and counts itself down, and the thread that brings
 * {@code unmerged} to zero fails with it: so a bad record fails the run whenever it comes before that place, and not
 * depending on which is faster. A chunk in which work fails does the same where a result may be decided before it.
 *
 * <p>If some of several results have been decided before such a chunk, but only after it was begun, then it may have failed
 * for a result that needs nothing of it. So the part is {@linkplain #readAgain read once more}, and what has not been merged
 * is worked on anew, with nothing for the results that are decided now. All chunks before the one that failed are merged by
 * then, so each time there is one more result that is decided, and the end of this does not depend on which thread is faster.
 *
 * <p><b>Ends that take chunks in their order</b>, which write them: a chunk that has been worked on is appended, prepared and
 * put. {@link Turns} says which chunk is next to be appended, and which to be put. The thread that has the turn goes on with
 * chunks that wait for theirs, so that no thread waits; what it has appended of others is prepared by whichever thread is free. A
 * chunk counts as in flight until it is put: so what waits for a slow chunk is bounded. {@code unmerged} does not count
 * chunks that wait, which are counted again by the thread that goes on with them; it does so before its own chunk is no longer
 * counted. A chunk that holds much before its end {@linkplain #pause stops} until it is next to be put, and then puts what it has as it
 * comes. It cannot be given up any more then, so where results may be decided early it does not stop.
 */
final class Pipeline {

    private enum Reader {
        AT_WORK,
        AWAY,
        DONE
    }

    /**
     * The chunk that has failed, or that cannot be made.
     *
     * @param decided how many results were decided before it when it was begun; -1 if it cannot be made, since that does
     *     not depend on the results
     */
    private record Failed(int chunk, Throwable thrown, int decided) {}

    private final Batch stage;
    private final StageBatch.StageTask task;
    private final StageTasks.RootPartition partition;
    private final Part<?> part;

    private final AtomicReference<Reader> reader = new AtomicReference<>(Reader.AT_WORK);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger unmerged = new AtomicInteger(1);
    /** The first of those that failed. */
    private final AtomicReference<@Nullable Failed> failed = new AtomicReference<>();
    /** The chunks that are merged. Guarded by itself. */
    private final BitSet mergedChunks = new BitSet();

    private final Turns<OneChunk> appending = new Turns<>();
    private final Turns<OneChunk> putting = new Turns<>();

    /** Filled before the first chunk, as the two below are written. */
    private final ChunkParts parts = new ChunkParts();

    private boolean mayBeDecided;
    /** Whether each record must be seen as soon as it is there, so that no chunk is made before it is worked on. */
    private boolean readThrough;

    /** This and the three below: by the reader only; it hands them on through {@code reader}. */
    private @Nullable Chunks<?> chunks;

    private int nextChunk;
    private final StageTally.PartBytes bytes;
    private Closing.@Nullable Closer closer;

    Pipeline(Batch stage, StageBatch.StageTask task, StageTasks.RootPartition partition, Part<?> part) {
        this.stage = stage;
        this.task = task;
        this.partition = partition;
        this.part = part;
        this.bytes = task.stage().tally().newPartBytes();
    }

    /** Works as the reader until the end, or until enough chunks are in flight. */
    void run(Execution execution) throws Throwable {
        OneChunk first = new OneChunk(0);
        task.reaches(first.behind.ends());
        for (TaskBuilder.End end : first.behind.ends()) {
            parts.add(task.stage().ends().get(end.number()).inParts(end.partition()));
        }
        task.stage().openThings().add(parts);
        parts.begin(first.behind);
        mayBeDecided = task.mayBeDecided();
        readThrough = part instanceof Live && task.onlyDecides();
        read(first, execution);
    }

    /** After a failure, when no thread works on a chunk. */
    private void readAgain(Execution execution) throws Throwable {
        failed.set(null);
        close();
        chunks = null;
        nextChunk = 0;
        unmerged.set(1);
        reader.set(Reader.AT_WORK);
        read(new OneChunk(0), execution);
    }

    private void close() throws Exception {
        Closing.Closer open = closer;
        if (open != null) {
            closer = null;
            task.stage().openThings().remove(open);
            open.close();
        }
    }

    private void read(OneChunk opened, Execution execution) throws Throwable {
        int mostInFlight = execution.pool().parallelism() + 2;
        OneChunk next = opened;
        while (!execution.stopping()) {
            if (failed.get() != null) {
                endReading(execution);
                return;
            }
            if (parts.isInOrder() && inFlight.get() >= mostInFlight && stepAway(mostInFlight)) {
                return;
            }
            boolean byReader = readThrough || execution.pool().parallelism() == 1 || stage.hasUnclaimed();
            Chunk<?> chunk;
            try {
                chunk = next.behind.wantsMore() ? nextChunk(next) : null;
                if (chunk != null && !byReader) {
                    chunk.detach();
                }
            } catch (Throwable e) {
                fail(new Failed(nextChunk, partition.place().failure(null, e), -1));
                endReading(execution);
                return;
            }
            if (chunk == null) {
                end(next, execution);
                return;
            }
            nextChunk++;
            if (next.isMerged()) {
                chunk.release();
            } else if (!handOut(next, chunk, byReader, execution)) {
                return;
            }
            next = new OneChunk(nextChunk);
        }
    }

    /** Lets a chunk be worked on. Returns whether this thread goes on as the reader. */
    private boolean handOut(OneChunk next, Chunk<?> chunk, boolean byReader, Execution execution) throws Throwable {
        int mostInFlight = execution.pool().parallelism() + 2;
        unmerged.incrementAndGet();
        next.chunk = chunk;
        inFlight.addAndGet(byReader && !parts.isInOrder() ? 0 : 1);
        if (!byReader) {
            execution.fork(workOn(next, false));
        }
        boolean goesOn =
                byReader ? work(next, true, execution) : inFlight.get() < mostInFlight || !stepAway(mostInFlight);
        if (goesOn && execution.isSharing()) { // other runs may have their turn between two chunks
            execution.fork(new WorkBatch(running -> read(new OneChunk(nextChunk), running)));
            return false;
        }
        return goesOn;
    }

    /** A stretch of work on this. */
    private final class WorkBatch extends Batch {

        private final PipelineWork work;

        WorkBatch(PipelineWork work) {
            super(stage);
            this.work = work;
        }

        @Override
        protected Throwable inTask(int index, Throwable thrown) {
            return partition.place().failure(null, thrown);
        }

        @Override
        protected void run(int index, Execution running) throws Throwable {
            task.run(work, running);
        }
    }

    /** Leaves the place of the reader; false when there was room again and it was taken back. */
    private boolean stepAway(int mostInFlight) {
        reader.set(Reader.AWAY);
        return inFlight.get() >= mostInFlight || !takePlace();
    }

    private boolean takePlace() {
        return reader.compareAndSet(Reader.AWAY, Reader.AT_WORK);
    }

    private @Nullable Chunk<?> nextChunk(OneChunk place) throws Throwable {
        if (chunks == null) {
            bytes.begin();
            chunks = part.open();
            closer = chunks::close;
            task.stage().openThings().add(closer);
        }
        Chunk<?> next = chunks.nextChunk();
        if (next == null) {
            bytes.readAll(task.stage().bytesOf(partition, part), chunks);
        }
        place.bytes = bytes.readTo(chunks.bytesRead());
        return next;
    }

    /** What the chunks have told of files belongs to none of them. */
    private void commitFilesLost() throws Throwable {
        if (chunks != null) {
            List<FileLoss> lost = chunks.filesLost();
            if (!lost.isEmpty()) {
                TaskSkips skips = task.stage().skips().open(task.number(), nextChunk, task.watch());
                skips.addFiles(partition.place(), lost);
                skips.commit(task.needless(OpenTask.position(task.number(), nextChunk)));
            }
        }
    }

    /** Notes that a chunk fails, unless one before it does. */
    private void fail(Failed now) {
        failed.accumulateAndGet(now, (known, other) -> known == null || other.chunk() < known.chunk() ? other : known);
    }

    /** The reader makes no more chunks. */
    private void endReading(Execution execution) throws Throwable {
        reader.set(Reader.DONE);
        merged(execution);
    }

    /** The reader has made the last chunk. Without any, an empty one leaves the result of nothing. */
    private void end(OneChunk unused, Execution execution) throws Throwable {
        reader.set(Reader.DONE);
        commitFilesLost();
        close();
        if (nextChunk == 0) {
            unused.behind.goOn(() -> false);
            unused.merge();
        }
        merged(execution);
    }

    /** Works on a chunk; false when there is nothing to do on it for now, and {@code byReader} says whether the reader goes on with it then. */
    private boolean work(OneChunk chunk, boolean byReader, Execution execution) throws Throwable {
        boolean merges;
        try {
            Progress progress = chunk.drain(execution);
            while (progress == Progress.NEXT && chunk.mustPut(execution)) {
                if (!chunk.hasTurn && !pause(chunk, byReader)) {
                    merged(execution);
                    return false;
                }
                parts.append(chunk.behind);
                parts.prepare(chunk.behind);
                parts.put(chunk.behind);
                progress = chunk.drain(execution);
            }
            if (progress == Progress.LATER) {
                execution.expect(stage, 1);
                chunk.behind.whenReady(() -> execution.resume(workOn(chunk, byReader)));
                return false;
            }
            merges = progress == Progress.ENDED;
        } catch (Throwable e) {
            if (!mayBeDecided || execution.stopping() || StageBatch.isOfMemory(e)) {
                throw e;
            }
            fail(new Failed(chunk.number, Attempts.timeoutOr(e, execution), chunk.decided));
            merges = false;
        }
        if (execution.stopping()) {
            return true;
        }
        if (merges) {
            chunk.merge();
        } else {
            chunk.behind.discard(task.stage().ends());
        }
        if (merges && parts.isInOrder()) {
            append(chunk, execution);
            return true;
        }
        inFlight.addAndGet(parts.isInOrder() ? -1 : 0);
        merged(execution);
        return true;
    }

    /** Stops the work on a chunk until it is next to be put; false if it is not already. */
    private boolean pause(OneChunk chunk, boolean byReader) {
        chunk.isPaused = true;
        chunk.isReaders = byReader;
        if (putting.come(chunk.number, chunk) == null) {
            return false;
        }
        chunk.isPaused = false;
        chunk.hasTurn = true;
        return true;
    }

    private void append(OneChunk chunk, Execution execution) throws Throwable {
        boolean isAppended = false;
        for (OneChunk next = appending.come(chunk.number, chunk); next != null; next = appending.passOn()) {
            parts.append(next.behind);
            if (next == chunk) {
                isAppended = true;
            } else {
                unmerged.incrementAndGet();
                execution.fork(putting(next));
            }
        }
        if (isAppended) {
            put(chunk, execution);
        } else {
            merged(execution);
        }
    }

    private void put(OneChunk chunk, Execution execution) throws Throwable {
        parts.prepare(chunk.behind);
        OneChunk next = chunk.hasTurn ? chunk : putting.come(chunk.number, chunk);
        while (next != null) {
            if (next != chunk) {
                unmerged.incrementAndGet();
            }
            if (next.isPaused) {
                next.isPaused = false;
                next.hasTurn = true;
                execution.fork(workOn(next, next.isReaders));
                break;
            }
            parts.put(next.behind);
            inFlight.decrementAndGet();
            if (next != chunk) {
                merged(execution);
            }
            next = putting.passOn();
        }
        merged(execution);
    }

    private void merged(Execution execution) throws Throwable {
        if (unmerged.decrementAndGet() > 0) {
            return;
        }
        Failed failure = failed.get();
        if (failure != null) {
            long position = OpenTask.position(task.number(), failure.chunk());
            task.failPipeline(failure.thrown(), position, failure.decided(), this::readAgain, execution);
            return;
        }
        if (!task.isDecided()) {
            parts.complete();
            task.stage().openThings().remove(parts);
        }
        task.endPipeline(execution);
    }

    /** A chunk, and what is behind it. */
    private final class OneChunk implements Chunks<Object> {

        private final int number;
        private final OpenTask behind;
        private @Nullable Chunk<?> chunk;
        /** So many bytes of the input were read for it. */
        private long bytes;
        /** How many results were decided before this when it was begun. */
        private int decided = -1;

        /** Whether this waits for being next to be put, before its last record; whether the reader works on it; whether it is next. */
        private boolean isPaused;

        private boolean isReaders;
        private boolean hasTurn;

        OneChunk(int number) {
            this.number = number;
            var first = task.stage().junctions().get(partition.root()).single();
            var tally = task.stage().newTally();
            var reading = tally.reading(task.stage().isSource(partition));
            this.behind = OpenTask.of(
                    task.number(), number, partition, task.stage(), task.watch(), first, this, tally, reading);
            parts.begin(behind);
        }

        /** Whether so much has come to an end that no more should come before it is put. */
        private boolean isFull() {
            return !mayBeDecided && parts.isFull(behind);
        }

        boolean mustPut(Execution execution) {
            return !execution.stopping() && isFull();
        }

        @Override
        @SuppressWarnings("unchecked") // records of any type go into a sink
        public @Nullable Chunk<Object> nextChunk() {
            Chunk<?> only = chunk;
            chunk = null;
            return (Chunk<Object>) only;
        }

        /** The feed of the task behind this releases the chunk. */
        @Override
        public void close() {}

        Progress drain(Execution execution) throws Throwable {
            Feed.StopSign stop = stopSign(execution);
            if (decided < 0) {
                decided = task.decidedBefore(behind.position());
            }
            boolean open = false;
            try {
                Progress progress = behind.goOn(stop);
                open = progress == Progress.LATER || (progress == Progress.NEXT && mustPut(execution));
                return progress;
            } finally {
                if (!open) {
                    behind.close();
                }
            }
        }

        private Feed.StopSign stopSign(Execution execution) {
            if (mayBeDecided) {
                return () -> execution.stopping() || comesAfterFailure();
            }
            return parts.isInOrder() ? () -> execution.stopping() || isFull() : execution::stopping;
        }

        private boolean comesAfterFailure() {
            Failed failure = failed.get();
            return failure != null && failure.chunk() < number;
        }

        boolean isMerged() {
            synchronized (mergedChunks) {
                return mergedChunks.get(number);
            }
        }

        void merge() throws Throwable {
            synchronized (mergedChunks) {
                mergedChunks.set(number);
            }
            parts.take(number, behind);
            behind.tally().bytesRead(bytes);
            behind.commit(task.stage().tally(), task.needless(behind.position()));
        }
    }

    /** Works on one chunk, and after that makes further ones if no other thread does. */
    private WorkBatch workOn(OneChunk chunk, boolean byReader) {
        return new WorkBatch(execution -> {
            if (!work(chunk, byReader, execution)) {
                return;
            }
            if (!byReader && !parts.isInOrder()) {
                inFlight.decrementAndGet();
            }
            if (byReader || takePlace()) {
                read(new OneChunk(nextChunk), execution);
            }
        });
    }

    /** Prepares and puts a chunk that another thread has appended, and after that makes further ones if no other thread does. */
    private WorkBatch putting(OneChunk chunk) {
        return new WorkBatch(execution -> {
            put(chunk, execution);
            if (takePlace()) {
                read(new OneChunk(nextChunk), execution);
            }
        });
    }
}
