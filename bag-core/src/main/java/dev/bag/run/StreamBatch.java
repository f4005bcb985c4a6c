package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.Feed.Progress;
import dev.bag.run.end.Handover;
import dev.bag.run.end.StreamEnd;
import dev.bag.run.watch.StageWatch.TaskWatch;
import dev.bag.run.wire.TaskBuilder;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.stage.StageTasks;
import dev.bag.trait.Traits.Live;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works through the tasks of the last stage for a reader that takes the records as they come: in order, or those of whichever
 * task has any.
 *
 * <p>Protocol. There are as many <i>lanes</i> as threads. A lane is a chain of stretches of work, of which one at a time
 * exists: it begins the next task, works on it, and goes on to another one. It stops where its task has handed over as
 * much as may wait, with the feeds left where they are, or where enough tasks are begun; the reader brings a new stretch
 * for it when it has taken what waited. So no thread waits for a slow reader. This batch expects a forked batch for each
 * lane from the beginning, and one more each time a stretch of a lane ends before all tasks are begun: so it completes
 * when all are done.
 *
 * <p>A few tasks are begun beyond the one that is read. The more tasks the reader has read, the more small ones may wait
 * for it besides, because it is quicker to hand over many at once. A task that fails ends with its failure, which counts
 * when the reader comes there; for one that reads in any order, when its records are read.
 *
 * <p>What is not final is guarded by this object's lock, unless something else is said.
 */
final class StreamBatch extends Batch implements Handover.Reader, Handing {

    private static final int MOST_SMALL_TASKS = 1024;
    /** Records that small tasks may hold together, and what is handed to the reader at once. */
    private static final int MOST_RECORDS = 1024;
    /** Bytes that small tasks may hold together. */
    private static final int MOST_BYTES = 1 << 20;
    /** Tasks that a stretch works on at most; one if other runs wait for their turn. */
    private static final int TURN = 64;

    private final LocalStage stage;
    private final StageTasks tasks;
    private final boolean oneAfterTheOther;
    private final int tasksAhead;

    /** Set before anything runs. */
    private boolean inAnyOrder;

    private final ArrayDeque<StreamTask> begun = new ArrayDeque<>();
    private int nextToBegin;
    private int end;
    private int tasksRead;
    /** Records in tasks that have ended and are not read yet. */
    private long recordsWaiting;

    private long bytesWaiting;

    private boolean lastIsDone = true;
    private int parkedLanes;
    /** Written once, when this batch runs. */
    private volatile @Nullable Execution execution;
    /** Written by the reader, and by the producer that wakes it. */
    private volatile int waitsFor = -1;

    StreamBatch(LocalStage stage, int tasksAhead) {
        super(1);
        this.stage = stage;
        this.tasks = stage.tasks();
        this.oneAfterTheOther = stage.isInOrder();
        this.tasksAhead = tasksAhead;
        this.end = tasks.count();
    }

    /** The reader takes the records of whichever task has any. */
    @Override
    public void readInAnyOrder() {
        inAnyOrder = true;
    }

    /** What the reader waits for when it waits for {@code task}: a task, or any. */
    private int waitedFor(int task) {
        return inAnyOrder ? 0 : task;
    }

    private final class StreamTask {

        final int number;
        final Handover handover;
        /** By the lane that works on it. */
        TaskWatch told = TaskWatch.NONE;

        @Nullable OpenTask open;

        Closing.Closer closer = () -> {};
        boolean isLive;
        /** Whether its lane waits for the reader. */
        boolean isSuspended;
        /** Written after its last record has been handed over. */
        volatile boolean isDone;

        @Nullable Throwable failure;

        StreamTask(int number) {
            this.number = number;
            this.handover = new Handover(waitedFor(number), StreamBatch.this);
        }

        /** All its records are read: lets count what it has left out, and returns why the run fails there, if it does. */
        @Nullable Throwable settled() {
            OpenTask read = open;
            open = null;
            if (failure == null && read != null) {
                try {
                    read.commit(stage.tally(), null);
                } catch (Throwable e) {
                    failure = e;
                }
            }
            return failure;
        }
    }

    @Override
    protected void run(int index, Execution running) {
        int lanes = Math.min(oneAfterTheOther ? 1 : tasksAhead, tasks.count());
        running.expect(this, lanes);
        execution = running;
        for (int i = 0; i < lanes; i++) {
            running.resume(new Lane(null));
        }
    }

    @Override
    protected void completed() {
        stage.watch().ended();
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
    @Override
    public void signOut() {
        waitsFor = -1;
    }

    /**
     * The next records, for the reader: null after the last, and an empty array when it must wait until something
     * {@linkplain #hasNews has changed}.
     */
    @Override
    public synchronized @Nullable Object @Nullable [] poll() {
        @Nullable Object[] records = inAnyOrder ? pollAny() : pollFirst();
        if (records == null) {
            return null;
        }
        resumeLanes();
        return records.length == 0 && begun.isEmpty() && nextToBegin == end ? null : records;
    }

    /** Takes from the tasks in order; null if one has failed. */
    private @Nullable Object @Nullable [] pollFirst() {
        @Nullable Object[] records = {};
        int count = 0;
        for (StreamTask task = begun.peek(); task != null && count < MOST_RECORDS / 2; task = begun.peek()) {
            @Nullable Object[] taken = task.handover.take();
            if (taken.length > 0) {
                records = count == 0 ? taken : append(records, count, taken);
                count += taken.length;
            } else if (!task.isDone) {
                break;
            } else {
                Throwable failure = task.settled();
                if (failure == null) {
                    read(task);
                } else if (count > 0) {
                    break;
                } else {
                    fail(failure);
                    return null;
                }
            }
        }
        return count == records.length ? records : Arrays.copyOf(records, count);
    }

    /** Takes from all tasks; null if one has failed whose records are read. */
    private @Nullable Object @Nullable [] pollAny() {
        for (StreamTask task : List.copyOf(begun)) {
            if (task.isDone && !task.handover.hasRecords()) {
                Throwable failure = task.settled();
                if (failure != null) {
                    fail(failure);
                    return null;
                }
                read(task);
            }
        }
        @Nullable Object[] records = {};
        int count = 0;
        for (StreamTask task : begun) {
            @Nullable Object[] taken = task.handover.take();
            if (taken.length > 0) {
                records = count == 0 ? taken : append(records, count, taken);
                count += taken.length;
            }
        }
        return count == records.length ? records : Arrays.copyOf(records, count);
    }

    private void read(StreamTask task) {
        begun.remove(task);
        tasksRead++;
        recordsWaiting -= task.handover.records();
        bytesWaiting -= task.handover.bytes();
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
    @Override
    public synchronized void drop() {
        begun.clear();
    }

    /**
     * Whether {@link #poll} would return something else than "wait". Says before that what the reader waits for, each time
     * it is about to sleep: a producer that wakes it takes that back, perhaps late, and wakes it after that.
     */
    @Override
    public synchronized boolean hasNews() {
        if (inAnyOrder) {
            waitsFor = 0;
            return execution != null
                    && (begun.isEmpty() ? nextToBegin == end : begun.stream().anyMatch(this::hasNews));
        }
        StreamTask task = begun.peek();
        waitsFor = task == null ? nextToBegin : task.number;
        return execution != null && (task == null ? nextToBegin == end : hasNews(task));
    }

    private boolean hasNews(StreamTask task) {
        return task.isDone || task.handover.hasRecords();
    }

    // ---- the lanes ----

    private void resumeLanes() {
        Execution running = execution;
        if (running == null) {
            return;
        }
        for (StreamTask task : begun) {
            if (task.isSuspended && (task.handover.hasRoom() || running.callersHelp())) {
                task.isSuspended = false;
                running.resume(new Lane(task));
            }
            if (!inAnyOrder) {
                break;
            }
        }
        boolean hasRoom = begun.size() <= Math.max(tasksAhead, ahead() / 2) && mayBegin();
        while (parkedLanes > 0 && (hasRoom || nextToBegin == end)) {
            parkedLanes--;
            running.resume(new Lane(null));
        }
    }

    private int ahead() {
        return tasksAhead + Math.min(tasksRead, MOST_SMALL_TASKS);
    }

    private boolean mayBegin() {
        return nextToBegin < end
                && (lastIsDone || !oneAfterTheOther)
                && (begun.size() <= tasksAhead
                        || (begun.size() <= ahead() && recordsWaiting < MOST_RECORDS && bytesWaiting < MOST_BYTES));
    }

    /** The next task for a lane; null where it ends, or is parked until the reader resumes it. */
    private synchronized @Nullable StreamTask begin(Execution running) {
        if (mayBegin()) {
            StreamTask task = new StreamTask(nextToBegin++);
            begun.add(task);
            lastIsDone = false;
            if (nextToBegin == end) {
                resumeLanes(); // so that they end
            }
            return task;
        }
        if (nextToBegin < end) {
            parkedLanes++;
            running.expect(this, 1);
        }
        return null;
    }

    private void done(StreamTask task, @Nullable Throwable failure) {
        synchronized (this) {
            task.failure = failure;
            task.isDone = true;
            recordsWaiting += task.handover.records();
            bytesWaiting += task.handover.bytes();
            if (failure != null) {
                end = Math.min(end, nextToBegin);
                resumeLanes();
            }
            if (task.number == nextToBegin - 1) {
                lastIsDone = true;
            }
        }
        if (waitsFor == waitedFor(task.number)) {
            wake();
        }
    }

    /** Whether the lane of {@code task} ends here for now, because the reader has enough to read. */
    private synchronized boolean suspend(StreamTask task, Execution running) {
        boolean hasEnough = task.handover.isFull() || (task.isLive && running.callersHelp());
        if (hasEnough) {
            task.isSuspended = true;
            running.expect(this, 1);
            stage.openThings().add(task.closer); // closed by the reader if no task goes on
        }
        return hasEnough;
    }

    /** One stretch of work of a lane. */
    private final class Lane extends Batch {

        private final @Nullable StreamTask begun;

        Lane(@Nullable StreamTask begun) {
            super(StreamBatch.this);
            this.begun = begun;
        }

        @Override
        protected void run(int index, Execution running) throws Throwable {
            StreamTask task = begun == null ? begin(running) : begun;
            for (int worked = 1; task != null && !running.stopping() && workOn(task, running); worked++) {
                if (worked % TURN == 0 || running.isSharing()) {
                    running.expect(StreamBatch.this, 1);
                    running.resume(new Lane(null));
                    return;
                }
                task = begin(running);
            }
        }

        /** Works on {@code task}; false when it goes on in another stretch. */
        private boolean workOn(StreamTask task, Execution running) throws Throwable {
            try {
                return goOn(task, running);
            } catch (Throwable e) {
                Throwable failure = Attempts.timeoutOr(e, running);
                task.told.failed(failure, running);
                if (running.stopping() || StageBatch.isOfMemory(e)) {
                    throw e;
                }
                done(task, failure);
                return true;
            }
        }

        private boolean goOn(StreamTask task, Execution running) throws Throwable {
            OpenTask open = task.open;
            if (open == null) {
                task.told = stage.watch().begin(task.number);
                open = open(task);
            } else {
                stage.openThings().remove(task.closer);
            }
            Feed.StopSign stop = task.isLive && running.callersHelp()
                    ? () -> running.stopping() || task.handover.hasRecords()
                    : () -> running.stopping() || task.handover.isFull();
            Progress progress = drain(open, stop);
            while (progress == Progress.NEXT && !running.stopping()) {
                if (suspend(task, running)) {
                    return false;
                }
                progress = drain(open, stop);
            }
            if (progress == Progress.ENDED) {
                open.close();
                task.told.ended();
                done(task, null);
                return true;
            }
            stage.openThings().add(task.closer);
            if (progress == Progress.LATER) {
                running.expect(StreamBatch.this, 1);
                open.whenReady(() -> running.resume(new Lane(task)));
            }
            return false;
        }

        /** As {@link OpenTask#goOn}; closes the task if it fails. */
        private Progress drain(OpenTask open, Feed.StopSign stop) throws Throwable {
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

        private OpenTask open(StreamTask task) {
            List<StageTasks.RootPartition> partitions = tasks.rootPartitions(task.number);
            OpenTask open = OpenTask.of(task.number, partitions, stage, task.told);
            for (TaskBuilder.End end : open.ends()) {
                ((StreamEnd.ToReader) end.sink()).leadsTo(task.handover);
            }
            task.isLive = partitions.stream().anyMatch(partition -> stage.part(partition) instanceof Live);
            task.closer = open::close;
            task.open = open;
            return open;
        }
    }
}
