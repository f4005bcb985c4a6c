package dev.bag.run;

import dev.bag.run.Engine.RunObserver;
import dev.bag.run.call.CallGraph;
import dev.bag.run.call.CallWatch;
import dev.bag.run.end.SegmentsEnd.ShuffleOutput;
import dev.bag.run.skip.RunSkips;
import dev.bag.spill.RunSpace;
import dev.bag.value.Retry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a run has around it while it lasts: memory and disk, and perhaps an observer. */
final class RunScope implements AutoCloseable {

    private final RunSpace space;
    private final RunSkips skips = new RunSkips();
    private final @Nullable RunObserver observer;
    private final LocalEngine engine;
    /** What outlives the run, or null. */
    private @Nullable ShuffleOutput kept;

    private int stageCount;
    private final AtomicBoolean running = new AtomicBoolean();

    private RunScope(RunSpace space, @Nullable RunObserver observer, LocalEngine engine) {
        this.space = space;
        this.observer = observer;
        this.engine = engine;
    }

    /** Returns the scope of a run of {@code engine}. */
    static RunScope open(LocalEngine engine) {
        RunObserver observer = engine.newObserver();
        RunSpace space = engine.workspace().open();
        if (observer != null) {
            space.listener(observer::spilled);
        }
        return new RunScope(space, observer, engine);
    }

    RunSpace space() {
        return space;
    }

    /** Returns what is known of the records that the run leaves out. */
    RunSkips skips() {
        return skips;
    }

    /** Returns how many more attempts a task has that fails. */
    int retries() {
        return engine.retries();
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

    /** Returns whether an observer is told of the run. */
    boolean isObserved() {
        return observer != null;
    }

    /** Returns a graph for the calls of the run. */
    CallGraph newCalls() {
        return new CallGraph(
                engine.parallelism(),
                Retry.times(engine.retries() + 1),
                observer == null ? null : this::newCall,
                engine::computed);
    }

    private CallWatch newCall(Supplier<String> what) {
        StageWatch stage = newStage(1, what);
        return () -> stage.begin(0);
    }

    /** A watch over a stage that is being lowered, or a call that has come up in a run. */
    synchronized StageWatch newStage(int taskCount, Supplier<String> what) {
        return observer == null ? StageWatch.NONE : StageWatch.of(observer, stageCount++, taskCount, what);
    }

    /** The run begins. */
    void begin(Supplier<String> what) {
        running.set(true);
        if (observer != null) {
            observer.started(what.get());
        }
    }

    /** The run is over, and this is closed. Does nothing the second time, or if it has not begun. */
    void end(@Nullable Throwable failure) {
        if (running.compareAndSet(true, false) && observer != null) {
            ShuffleOutput outliving = kept;
            skips.summarize(observer::leftOut);
            observer.ended(
                    failure,
                    space.peakBytes()
                            + (outliving == null ? 0 : outliving.area().space().peakBytes()));
        }
    }

    /** Gives back memory and disk. */
    @Override
    public void close() throws IOException {
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
