package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.Feed.Progress;
import dev.bag.run.end.Handover;
import dev.bag.run.end.StreamEnd;
import dev.bag.run.wire.UnitBuilder;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.stage.StageTasks;
import dev.bag.trait.Live;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works through the units of the last stage for a reader that takes the records as they come, in order.
 *
 * <p>Protocol. There are as many <i>lanes</i> as threads. A lane is a chain of tasks, of which one at a time exists: it
 * begins the next unit, works on it, and goes on to another one. It stops where its unit has handed over as much as may
 * wait, with the feeds left where they are, or where enough units are begun; the reader brings a new task for it when it
 * has taken what waited. So no thread waits for a slow reader. This batch expects a forked batch for each lane from the
 * beginning, and one more each time a task of a lane ends before all units are begun: so it completes when all are done.
 *
 * <p>A few units are begun beyond the one that is read. The more units the reader has read, the more small ones may wait
 * for it besides, because it is quicker to hand over many at once. A unit that fails ends with its failure, which counts
 * when the reader comes there.
 *
 * <p>What is not final is guarded by this object's lock, unless something else is said.
 */
final class StreamBatch extends Batch implements Handover.Reader {

    private static final int MOST_SMALL_UNITS = 1024;
    /** Records that small units may hold together, and what is handed to the reader at once. */
    private static final int MOST_RECORDS = 1024;
    /** Bytes that small units may hold together. */
    private static final int MOST_BYTES = 1 << 20;
    /** Units that a task works on before other runs have their turn. */
    private static final int TURN = 64;

    private final LocalStage stage;
    private final StageTasks tasks;
    private final boolean oneAfterTheOther;
    private final int unitsAhead;

    private final ArrayDeque<Unit> begun = new ArrayDeque<>();
    private int nextToBegin;
    private int end;
    private int unitsRead;
    /** Records in units that have ended and are not read yet. */
    private long recordsWaiting;

    private long bytesWaiting;

    private boolean lastIsDone = true;
    private int parkedLanes;
    /** Written once, by the task of this batch. */
    private volatile @Nullable Execution execution;
    /** Written by the reader, and by the producer that wakes it. */
    private volatile int waitsFor = -1;

    StreamBatch(LocalStage stage, int unitsAhead) {
        super(1);
        this.stage = stage;
        this.tasks = stage.tasks();
        this.oneAfterTheOther = stage.isInOrder();
        this.unitsAhead = unitsAhead;
        this.end = tasks.count();
    }

    private final class Unit {

        final int number;
        final Handover handover;
        /** By the lane that works on it. */
        TaskWatch task = TaskWatch.NONE;

        @Nullable OpenUnit open;
        Closing.Closer closer = () -> {};
        boolean isLive;
        /** Whether its lane waits for the reader. */
        boolean isSuspended;
        /** Written after its last record has been handed over. */
        volatile boolean isDone;

        @Nullable Throwable failure;

        Unit(int number) {
            this.number = number;
            this.handover = new Handover(number, StreamBatch.this);
        }
    }

    @Override
    protected void run(int index, Execution running) {
        int lanes = Math.min(oneAfterTheOther ? 1 : unitsAhead, tasks.count());
        running.expect(this, lanes);
        execution = running;
        for (int i = 0; i < lanes; i++) {
            running.resume(new Lane(null));
        }
    }

    // ---- the reader ----

    @Override
    public int waitsFor() {
        return waitsFor;
    }

    @Override
    public void wake() {
        waitsFor = -1;
        Execution running = execution;
        if (running != null) {
            running.wakeWaiting();
        }
    }

    /** The reader waits no more. */
    void signOut() {
        waitsFor = -1;
    }

    /**
     * The next records, for the reader: null after the last, and an empty array when it must wait until something
     * {@linkplain #hasNews has changed}.
     */
    synchronized @Nullable Object @Nullable [] poll() {
        @Nullable Object[] records = {};
        int count = 0;
        for (Unit unit = begun.peek(); unit != null && count < MOST_RECORDS / 2; unit = begun.peek()) {
            @Nullable Object[] taken = unit.handover.take();
            if (taken.length > 0) {
                records = count == 0 ? taken : append(records, count, taken);
                count += taken.length;
            } else if (!unit.isDone || (unit.failure != null && count > 0)) {
                break;
            } else if (unit.failure != null) {
                fail(unit.failure);
                return null;
            } else {
                read(unit);
            }
        }
        resumeLanes();
        if (count == 0 && begun.isEmpty() && nextToBegin == end) {
            return null;
        }
        return count == records.length ? records : Arrays.copyOf(records, count);
    }

    private void read(Unit unit) {
        begun.poll();
        unitsRead++;
        recordsWaiting -= unit.handover.records();
        bytesWaiting -= unit.handover.bytes();
    }

    private static @Nullable Object[] append(@Nullable Object[] records, int count, @Nullable Object[] taken) {
        @Nullable Object[] all = records;
        if (count + taken.length > all.length) {
            all = Arrays.copyOf(all, Math.max(2 * all.length, count + taken.length));
        }
        System.arraycopy(taken, 0, all, count, taken.length);
        return all;
    }

    private void fail(Throwable failure) {
        Execution running = execution;
        if (running != null) {
            running.fail(failure);
        }
    }

    /** Gives up what waits for the reader, which reads no more. */
    synchronized void drop() {
        begun.clear();
    }

    /**
     * Whether {@link #poll} would return something else than "wait". Says before that what the reader waits for, each time
     * it is about to sleep: a producer that wakes it takes that back, perhaps late, and wakes it after that.
     */
    synchronized boolean hasNews() {
        Unit unit = begun.peek();
        waitsFor = unit == null ? nextToBegin : unit.number;
        return execution != null
                && (unit == null ? nextToBegin == end : unit.isDone || unit.handover.hasRecords());
    }

    // ---- the lanes ----

    private void resumeLanes() {
        Execution running = execution;
        if (running == null) {
            return;
        }
        Unit first = begun.peek();
        if (first != null && first.isSuspended && (first.handover.hasRoom() || running.callersHelp())) {
            first.isSuspended = false;
            running.resume(new Lane(first));
        }
        boolean hasRoom = begun.size() <= Math.max(unitsAhead, ahead() / 2) && mayBegin();
        while (parkedLanes > 0 && (hasRoom || nextToBegin == end)) {
            parkedLanes--;
            running.resume(new Lane(null));
        }
    }

    private int ahead() {
        return unitsAhead + Math.min(unitsRead, MOST_SMALL_UNITS);
    }

    private boolean mayBegin() {
        return nextToBegin < end
                && (lastIsDone || !oneAfterTheOther)
                && (begun.size() <= unitsAhead || (begun.size() <= ahead() && recordsWaiting < MOST_RECORDS && bytesWaiting < MOST_BYTES));
    }

    /** The next unit for a lane; null where it ends, or is parked until the reader resumes it. */
    private synchronized @Nullable Unit begin(Execution running) {
        if (mayBegin()) {
            Unit unit = new Unit(nextToBegin++);
            begun.add(unit);
            lastIsDone = false;
            if (nextToBegin == end) {
                resumeLanes(); // so that they end
            }
            return unit;
        }
        if (nextToBegin < end) {
            parkedLanes++;
            running.expect(this, 1);
        }
        return null;
    }

    private void done(Unit unit, @Nullable Throwable failure) {
        synchronized (this) {
            unit.failure = failure;
            unit.isDone = true;
            recordsWaiting += unit.handover.records();
            bytesWaiting += unit.handover.bytes();
            if (failure != null) {
                end = Math.min(end, nextToBegin);
                resumeLanes();
            }
            if (unit.number == nextToBegin - 1) {
                lastIsDone = true;
            }
        }
        if (waitsFor == unit.number) {
            wake();
        }
    }

    /** Whether the lane of {@code unit} ends here for now, because the reader has enough to read. */
    private synchronized boolean suspend(Unit unit, Execution running) {
        boolean hasEnough = unit.handover.isFull() || (unit.isLive && running.callersHelp());
        if (hasEnough) {
            unit.isSuspended = true;
            running.expect(this, 1);
            stage.openThings().add(unit.closer); // closed by the reader if nobody goes on
        }
        return hasEnough;
    }

    /** One stretch of work of a lane. */
    private final class Lane extends Batch {

        private final @Nullable Unit begun;

        Lane(@Nullable Unit begun) {
            super(StreamBatch.this);
            this.begun = begun;
        }

        @Override
        protected void run(int index, Execution running) throws Throwable {
            Unit unit = begun == null ? begin(running) : begun;
            for (int worked = 1; unit != null && !running.stopping() && workOn(unit, running); worked++) {
                if (worked % TURN == 0) {
                    running.expect(StreamBatch.this, 1);
                    running.resume(new Lane(null));
                    return;
                }
                unit = begin(running);
            }
        }

        /** Works on {@code unit}; false when it goes on in another task. */
        private boolean workOn(Unit unit, Execution running) throws Throwable {
            try {
                return goOn(unit, running);
            } catch (Throwable e) {
                unit.task.failed(e, running);
                if (running.stopping() || StageBatch.isOfMemory(e)) {
                    throw e;
                }
                done(unit, e);
                return true;
            }
        }

        private boolean goOn(Unit unit, Execution running) throws Throwable {
            OpenUnit open = unit.open;
            if (open == null) {
                unit.task = stage.watch().begin(unit.number);
                open = open(unit);
            } else {
                stage.openThings().remove(unit.closer);
            }
            Feed.StopSign stop = unit.isLive && running.callersHelp()
                    ? () -> running.stopping() || unit.handover.hasRecords()
                    : () -> running.stopping() || unit.handover.isFull();
            Progress progress = drain(open, stop);
            while (progress == Progress.NEXT && !running.stopping()) {
                if (suspend(unit, running)) {
                    return false;
                }
                progress = drain(open, stop);
            }
            if (progress == Progress.ENDED) {
                open.close();
                unit.task.ended();
                done(unit, null);
                return true;
            }
            stage.openThings().add(unit.closer);
            if (progress == Progress.LATER) {
                running.expect(StreamBatch.this, 1);
                open.whenReady(() -> running.resume(new Lane(unit)));
            }
            return false;
        }

        /** As {@link OpenUnit#goOn}; closes the unit if it fails. */
        private Progress drain(OpenUnit open, Feed.StopSign stop) throws Throwable {
            boolean failed = true;
            try {
                Progress progress = open.goOn(stop);
                failed = false;
                return progress;
            } finally {
                if (failed) {
                    open.close();
                }
            }
        }

        private OpenUnit open(Unit unit) {
            List<StageTasks.RootPartition> partitions = tasks.rootPartitions(unit.number);
            OpenUnit open = OpenUnit.of(unit.number, partitions, stage, unit.task);
            for (UnitBuilder.End end : open.ends()) {
                ((StreamEnd.ToReader) end.sink()).leadsTo(unit.handover);
            }
            unit.isLive = partitions.stream().anyMatch(partition -> stage.part(partition) instanceof Live);
            unit.closer = open::close;
            unit.open = open;
            return open;
        }
    }
}
