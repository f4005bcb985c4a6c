package dev.bag.run;

import dev.bag.kernel.AheadSink;
import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed.Progress;
import dev.bag.kernel.Feed.StopSign;
import dev.bag.kernel.Sink;
import dev.bag.run.watch.Tally;
import dev.bag.schedule.Execution;
import dev.bag.source.Chunk;
import dev.bag.value.Location;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that is worked on ahead of what needs its records in order. Until it is its turn the records are kept; from then on
 * its worker passes them on as it makes them.
 *
 * <p>Protocol. One thread at a time works on it: its worker, until the chunk ends or enough is kept. A worker that leaves
 * says so, and looks at that moment, under the lock of this object, whether it has got the turn; who gives the turn looks,
 * under the same lock, whether there is a worker, and otherwise goes on with the chunk itself. So one of them does.
 */
final class MadeAhead {

    private final OpenTask work;
    private final AheadSink sink;
    private final Counted read;
    private final boolean isAhead;
    private final Execution execution;
    private final OpenThings openThings;
    private final Closing.Closer closer;
    private final StopSign stop;

    /** By the worker. Whether no more records come of it. */
    private boolean hasEnded;

    private @Nullable Throwable failure;
    /** Whether that was before the turn, so that it does not count if nothing more is wanted then. */
    private boolean hasFailedAhead;

    /** Guarded by this, as are those below. */
    private boolean hasWorker;

    private boolean hasTurn;
    private @Nullable Runnable onTurn;
    /** Whether nothing of it is wanted. */
    private volatile boolean isDropped;

    /**
     * A chunk.
     *
     * @param work what is in front, which reads {@code read} and ends in an {@link AheadSink}
     * @param isAhead whether it will have a worker before it has the turn
     * @param locator returns where the record of the chunk with a number, from 1, is in the input
     */
    MadeAhead(
            OpenTask work,
            Counted read,
            boolean isAhead,
            Execution execution,
            OpenThings openThings,
            LongFunction<Optional<Location>> locator) {
        this.work = work;
        this.sink = (AheadSink) work.ends().get(0).sink();
        this.read = read;
        this.execution = execution;
        this.openThings = openThings;
        this.closer = work::close;
        this.isAhead = isAhead;
        this.hasWorker = isAhead;
        this.stop = () -> execution.stopping() || isDropped || sink.mustPassOn() || sink.isFull();
        sink.setIn(new AheadSink.Surroundings(
                () -> read.count, locator, this::counted, () -> Execution.block(this::whenTurn)));
        openThings.add(closer);
    }

    boolean isAhead() {
        return isAhead;
    }

    /** Returns how many records have been read so far. */
    long readCount() {
        return read.count;
    }

    /** Returns how many bytes of the input were read up to the end of this. */
    long bytesRead() {
        return read.bytesRead;
    }

    /** Returns how many of them were read for records that were taken, when this is through. */
    long takenCount() {
        return sink.stoppedAt() < 0 ? read.count : sink.stoppedAt();
    }

    /** Returns what functions have counted for these, when this is through. */
    Map<String, long[]> takeCounts() {
        return work.tally().takeCounts();
    }

    int viewedBytes() {
        return read.chunk.viewedBytes();
    }

    /** Why the task fails that takes the records, when this is through. */
    @Nullable Throwable failure() {
        return hasFailedAhead && !sink.wantsMore() ? null : failure;
    }

    /** Works on it. Returns whether it had its turn and is through; else the one who brings the turn goes on. */
    boolean work() throws Exception {
        while (true) {
            if (!hasEnded) {
                makeSome();
            }
            passOn();
            boolean hadTurn;
            synchronized (this) {
                hadTurn = hasTurn;
                hasWorker = hadTurn;
            }
            if (!hadTurn) {
                if (isDropped) {
                    end();
                }
                return false;
            }
            if ((hasEnded && !sink.mustPassOn()) || execution.stopping()) {
                end();
                return true;
            }
        }
    }

    private void makeSome() {
        try {
            hasEnded = work.goOn(stop) == Progress.ENDED;
        } catch (Throwable e) {
            hasEnded = true;
            hasFailedAhead = sink.keepsRecords();
            failed(e);
        }
    }

    /** What functions have counted since the last call, which counts when the returned action is run. */
    private @Nullable Runnable counted() {
        Tally tally = work.tally();
        if (tally.countsNothing()) {
            return null;
        }
        Map<String, long[]> counts = tally.takeCounts();
        return () -> tally.addCounts(counts);
    }

    private void passOn() {
        Tally before = work.tally().enter();
        try {
            sink.passOn();
        } catch (Throwable e) { // of a record that comes before whatever has failed ahead
            hasEnded = true;
            hasFailedAhead = false;
            failed(e);
        } finally {
            work.tally().leave(before);
        }
    }

    private void failed(Throwable thrown) {
        failure = thrown;
        if (StageBatch.isOfMemory(thrown)) {
            execution.fail(thrown);
        }
    }

    private void end() throws Exception {
        openThings.remove(closer);
        work.close();
    }

    /** Lets it pass its records on. Returns whether its worker does; else the caller must go on with it. */
    boolean takeTurn(Sink behind) {
        Runnable waiting;
        boolean isWorkedOn;
        synchronized (this) {
            sink.turnTo(behind);
            hasTurn = true;
            isWorkedOn = hasWorker;
            hasWorker = true;
            waiting = onTurn;
            onTurn = null;
        }
        if (waiting != null) {
            waiting.run();
        }
        return isWorkedOn;
    }

    /** Nobody will work on it. */
    void giveUp() throws Exception {
        end();
    }

    /** Nothing of it is wanted, and it will not get the turn. */
    void drop() throws Exception {
        Runnable waiting;
        boolean isWorkedOn;
        synchronized (this) {
            isDropped = true;
            isWorkedOn = hasWorker;
            waiting = onTurn;
            onTurn = null;
        }
        if (waiting != null) {
            waiting.run();
        }
        if (!isWorkedOn) {
            end();
        }
    }

    /** Calls {@code ready} when it is the turn of this, or nothing of it is wanted. */
    private void whenTurn(Runnable ready) {
        synchronized (this) {
            if (!hasTurn && !isDropped) {
                onTurn = ready;
                return;
            }
        }
        ready.run();
    }

    /** Counts the records of a chunk as they are read. */
    static final class Counted implements Chunk<Object> {

        private final Chunk<?> chunk;
        private final long bytesRead;
        private long count;

        /** @param bytesRead how many bytes of the input were read up to the end of the chunk */
        Counted(Chunk<?> chunk, long bytesRead) {
            this.chunk = chunk;
            this.bytesRead = bytesRead;
        }

        @Override
        public @Nullable Object next() throws Exception {
            Object record = chunk.next();
            count += record == null ? 0 : 1;
            return record;
        }

        @Override
        public Optional<Location> location() {
            return chunk.location();
        }

        @Override
        public int viewedBytes() {
            return chunk.viewedBytes();
        }

        @Override
        public void release() {
            chunk.release();
        }

        @Override
        public void leave() {
            chunk.leave();
        }
    }
}
