package dev.bag.run;

import dev.bag.run.call.CallGraph;
import dev.bag.run.end.SegmentsEnd.ShuffleOutput;
import dev.bag.run.skip.RunSkips;
import dev.bag.run.watch.CallCount;
import dev.bag.run.watch.RecordedRun;
import dev.bag.run.watch.RunObserver;
import dev.bag.run.watch.RunObserver.StageView;
import dev.bag.run.watch.RunObserver.Usage;
import dev.bag.run.watch.RunTally;
import dev.bag.run.watch.StageWatch;
import dev.bag.run.watch.TallyOfCalls;
import dev.bag.schedule.Execution;
import dev.bag.spill.RunSpace;
import dev.bag.stage.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a run has around it while it lasts: memory and disk, and perhaps an observer. */
final class RunScope implements AutoCloseable, Shutdown.Run {

    private final RunSpace space;
    private final RunSkips skips = new RunSkips();
    private final RunTally tally;
    private final @Nullable RunObserver observer;
    private final TaskRules rules;
    private final LocalEngine engine;
    /** What outlives the run, or null. */
    private @Nullable ShuffleOutput kept;

    /** The run of a cluster that belongs to this, or null. */
    private final Cluster.@Nullable Run cluster;

    private volatile Engine.@Nullable Kept keptElsewhere;
    private int stageCount;
    /** What the run is, until it is over; all that it is computed from hangs on it. */
    private volatile @Nullable Program program;

    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Consumer<Throwable> cancel = reason -> {};
    private @Nullable Execution execution;

    private RunScope(RunSpace space, @Nullable RunObserver observer, LocalEngine engine) {
        this.space = space;
        this.observer = observer;
        this.tally = new RunTally(observer);
        this.rules = engine.rules();
        this.engine = engine;
        Cluster known = engine.cluster();
        this.cluster = known == null ? null : known.begin();
    }

    /** Returns the scope of a run of {@code engine}. */
    static RunScope open(LocalEngine engine) {
        RunObserver made = engine.newObserver();
        RunObserver observer = made == null ? null : RecordedRun.around(made);
        RunSpace space = engine.workspace().open();
        if (observer != null) {
            space.listener(observer::spilled);
        }
        return new RunScope(space, observer, engine);
    }

    /** Returns what works through the stages of the run elsewhere, or null. */
    Cluster.@Nullable Run cluster() {
        return cluster;
    }

    RunSpace space() {
        return space;
    }

    /** Returns what is known of the records that the run leaves out. */
    RunSkips skips() {
        return skips;
    }

    /** Returns what the run has read and counted. */
    RunTally tally() {
        return tally;
    }

    /** Returns what holds for each task. */
    TaskRules rules() {
        return rules;
    }

    /** Lets an observer see what the run is. */
    void is(Program plan) {
        program = observer == null ? null : plan;
    }

    /** Lets {@code begins}, which the calling thread is about to begin, be the one of this run. */
    void surround(Execution begins) {
        execution = begins;
        space.onFailure(begins::fail);
        begins.attach(tally);
        cancel = begins::fail;
        rules.applyTo(begins);
    }

    /** Returns how many tasks may be begun beyond the one whose records are being read. */
    int tasksAhead() {
        return engine.parallelism();
    }

    /** Lets the run leave something in {@code outliving}. */
    void keepsIn(ShuffleOutput outliving) {
        kept = outliving;
        if (observer != null) {
            outliving.area().space().listener(observer::spilled);
        }
    }

    /** Returns what outlives the run. */
    ShuffleOutput kept() {
        if (kept == null) {
            throw new IllegalStateException("this run keeps nothing");
        }
        return kept;
    }

    /** Returns whether an observer is told of single calls. */
    boolean watchesCalls() {
        return observer != null && observer.hearsCalls();
    }

    /** A cluster has kept what the run was for. */
    void keptElsewhere(Engine.Kept partitions) {
        keptElsewhere = partitions;
    }

    Engine.@Nullable Kept keptElsewhere() {
        return keptElsewhere;
    }

    /** Returns a graph for the calls of the run. */
    CallGraph newCalls() {
        CallGraph graph = new CallGraph(
                engine.parallelism(),
                rules.retry(),
                rules.taskTimeout(),
                watchesCalls() ? what -> newStage(1, what::get)::beginCall : null,
                () -> RecordedRun.meter(observer, new TallyOfCalls(tally)),
                rules.alarm(),
                engine::computed);
        CallCount count = tally.calls();
        if (count != null) {
            count.add(graph::knownCalls);
        }
        return graph;
    }

    /** A watch over a stage that is being lowered, or a call that has come up in a run. */
    synchronized StageWatch newStage(int taskCount, StageView view) {
        return observer == null ? StageWatch.NONE : StageWatch.of(observer, stageCount++, taskCount, view);
    }

    @Override
    public void cancel(Throwable reason) {
        cancel.accept(reason);
    }

    /** The run begins. */
    void begin(Supplier<String> what) {
        running.set(true);
        Shutdown.begins(this);
        if (observer != null) {
            observer.started(what.get(), tally::soFar, this::usage);
        }
    }

    private Usage usage() {
        ShuffleOutput outliving = kept;
        long keptBytes = outliving == null ? 0 : outliving.area().space().usedBytes();
        return tally.usage(space.usedBytes() + keptBytes, space.spilledBytes());
    }

    /** The run is over, and this is closed. Does nothing the second time, or if it has not begun. */
    void end(@Nullable Throwable failure) {
        boolean ends = running.compareAndSet(true, false);
        if (ends) {
            Shutdown.ends(this);
        }
        if (ends && observer != null) {
            ShuffleOutput outliving = kept;
            skips.summarize(observer::leftOut);
            long keptBytes = outliving == null ? 0 : outliving.area().space().peakBytes();
            Program plan = program;
            program = null;
            observer.ended(failure, tally.totals(space.peakBytes() + keptBytes), plan);
        }
    }

    /** Gives back memory and disk, and ends what belongs to the run. */
    @Override
    public void close() throws IOException {
        if (execution != null) {
            execution.closeOwned();
        }
        if (cluster != null) {
            cluster.close();
        }
        space.close();
    }

    /** As {@link #close()}, where it is not expected to fail. */
    static void close(RunSpace space) {
        try {
            space.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
