package dev.bag.run;

import dev.bag.kernel.Blocking;
import dev.bag.kernel.CarryingStep.Carried;
import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.Feed.Progress;
import dev.bag.kernel.Retention;
import dev.bag.kernel.Sink;
import dev.bag.kernel.SourceFeed;
import dev.bag.run.end.StageEnd;
import dev.bag.run.skip.TaskSkips;
import dev.bag.run.skip.TaskSkips.Needless;
import dev.bag.run.watch.StageTally;
import dev.bag.run.watch.StageWatch.TaskWatch;
import dev.bag.run.watch.Tally;
import dev.bag.run.wire.Outlet;
import dev.bag.run.wire.TaskBuilder;
import dev.bag.schedule.Execution;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.stage.StageTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task of a stage that has been opened, or one chunk of it: feeds, drained one after the other, and what is behind them.
 * It can stop after any record, and then holds its place. One thread at a time uses it, not always the same one.
 */
final class OpenTask {

    /** On threads of the scheduler. */
    static final Blocking BLOCKING = new Blocking() {
        @Override
        public void check() throws InterruptedException {
            Execution.check();
        }

        @Override
        public void await(Consumer<Runnable> event) throws InterruptedException {
            Execution.block(event);
        }
    };

    private final TaskBuilder built;
    private final TaskSkips skips;
    private final Tally tally;
    private final long position;
    /** Each puts back what an operation takes on from task to task, for a task that is worked on anew. */
    private final List<Runnable> marks;
    /** The feed that is being drained. */
    private int feed;

    private OpenTask(TaskBuilder built, TaskSkips skips, Tally tally, long position) {
        this.built = built;
        this.skips = skips;
        this.tally = tally;
        this.position = position;
        this.marks = built.carried().isEmpty() ? List.of() : marks(built.carried());
        for (TaskBuilder.End end : built.ends()) {
            if (end.sink() instanceof Retention.Keeper sink) {
                sink.begin(position, built.retention());
            }
        }
    }

    private static List<Runnable> marks(List<Carried> carried) {
        List<Runnable> marks = new ArrayList<>(carried.size());
        carried.forEach(each -> marks.add(each.mark()));
        return marks;
    }

    /** Opens task {@code number}, which reads {@code partitions}; nothing is read yet. */
    static OpenTask of(int number, List<StageTasks.RootPartition> partitions, LocalStage stage, TaskWatch watch) {
        TaskSkips skips = stage.skips().open(number, 0, watch);
        TaskBuilder built = new TaskBuilder(BLOCKING, skips);
        Tally tally = stage.newTally();
        for (StageTasks.RootPartition partition : partitions) {
            Part<?> part = stage.part(partition);
            SourceFeed.Reading reading = tally.reading(stage.isSource(partition));
            tally.bytes(stage.bytesOf(partition, part));
            built.addFeed(
                    stage.junctions().get(partition.root()).single(),
                    partition.partition(),
                    sink -> new SourceFeed(partition.place(), part, sink, built.retention(), skips, reading));
        }
        return new OpenTask(built, skips, tally, position(number, 0));
    }

    /** Makes the feed of a task. */
    @FunctionalInterface
    interface FeedMaker {

        /** The feed that pushes into {@code sink}. */
        Feed feed(Sink sink, Retention retention, TaskSkips skips);
    }

    /** Opens {@code outlet} for task {@code number}, fed by what {@code maker} makes. */
    static OpenTask of(
            int number,
            StageTasks.RootPartition partition,
            LocalStage stage,
            TaskWatch watch,
            Outlet outlet,
            Tally tally,
            FeedMaker maker) {
        TaskSkips skips = stage.skips().open(number, 0, watch);
        TaskBuilder built = new TaskBuilder(BLOCKING, skips);
        built.addFeed(outlet, partition.partition(), sink -> maker.feed(sink, built.retention(), skips));
        return new OpenTask(built, skips, tally, position(number, 0));
    }

    /**
     * Opens {@code outlet} for chunk {@code chunk} of task {@code number}; the chunk itself comes in {@code chunks}, and is told to
     * {@code reading}.
     */
    static OpenTask of(
            int number,
            int chunk,
            StageTasks.RootPartition partition,
            LocalStage stage,
            TaskWatch watch,
            Outlet outlet,
            Chunks<?> chunks,
            Tally tally,
            SourceFeed.Reading reading) {
        TaskSkips skips = stage.skips().open(number, chunk, watch);
        TaskBuilder built = new TaskBuilder(BLOCKING, skips);
        built.addFeed(
                outlet,
                partition.partition(),
                sink -> new SourceFeed(partition.place(), chunks, sink, built.retention(), skips, reading));
        return new OpenTask(built, skips, tally, position(number, chunk));
    }

    /** Where the records of a chunk are among all of the stage, in the order in which one thread reads them. */
    static long position(int task, int chunk) {
        return (long) task << Integer.SIZE | chunk;
    }

    /** Where this is among all records of the stage. */
    long position() {
        return position;
    }

    /** Whether any record is still wanted. */
    boolean wantsMore() {
        for (int i = feed; i < built.feeds().size(); i++) {
            if (built.feeds().get(i).wantsMore()) {
                return true;
            }
        }
        return false;
    }

    /** Drains the feeds until {@code stop} is up, there is nothing to push for now, or all have ended. */
    Progress goOn(Feed.StopSign stop) throws Throwable {
        Tally before = tally.enter();
        try {
            while (feed < built.feeds().size()) {
                Progress progress = built.feeds().get(feed).drain(stop);
                if (progress != Progress.ENDED) {
                    return progress;
                }
                feed++;
            }
            return Progress.ENDED;
        } finally {
            tally.leave(before);
        }
    }

    /** After LATER: calls {@code ready} once, on any thread, when this may go on. */
    void whenReady(Runnable ready) {
        built.feeds().get(feed).whenAnyReady(ready);
    }

    /** Closes the feeds, the last one first. */
    void close() throws Exception {
        Tally before = tally.enter();
        try {
            closeFeeds();
        } finally {
            tally.leave(before);
        }
    }

    private void closeFeeds() throws Exception {
        if (built.feeds().size() == 1) {
            built.feeds().get(0).close();
            return;
        }
        Closing closing = new Closing();
        for (Feed each : built.feeds()) {
            closing.add(each::close);
        }
        closing.closeAll();
    }

    /** What it has read and counted. */
    Tally tally() {
        return tally;
    }

    /**
     * Lets count what it has left out, read and counted.
     *
     * @param needless asked when the stage is over; null if all of it counts
     */
    void commit(StageTally stage, @Nullable Needless needless) {
        skips.commit(needless);
        stage.commit(tally, needless);
    }

    /** Where its results are. */
    List<TaskBuilder.End> ends() {
        return built.ends();
    }

    /** Gives up all that this has come to, as if no record had been read. */
    void discard(List<StageEnd<?>> ends) {
        tally.isGivenUp();
        marks.forEach(Runnable::run);
        for (TaskBuilder.End end : built.ends()) {
            ends.get(end.number()).discard(end.sink());
        }
    }
}
