package dev.bag.lower;

import dev.bag.schedule.Pool;
import dev.bag.schedule.RunObserver;
import dev.bag.spill.RunSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a run has around it while it lasts: memory and disk, and perhaps somebody who is told of it. */
final class RunScope implements AutoCloseable {

    private final RunSpace space;
    private final @Nullable RunObserver observer;
    /** Of what outlives the run, or null. */
    private @Nullable RunSpace kept;

    private int stageCount;
    private final AtomicBoolean running = new AtomicBoolean();

    private RunScope(RunSpace space, @Nullable RunObserver observer) {
        this.space = space;
        this.observer = observer;
    }

    /** The scope of a run on {@code pool}. */
    static RunScope open(Pool pool) {
        RunObserver observer = pool.newObserver();
        RunSpace space = pool.workspace().open();
        if (observer != null) {
            space.listener(observer::spilled);
        }
        return new RunScope(space, observer);
    }

    /** The scope of what is lowered to be looked at, and not run. */
    static RunScope ofNoRun(RunSpace space) {
        return new RunScope(space, null);
    }

    RunSpace space() {
        return space;
    }

    /** The run leaves something in {@code outliving}. */
    void keepsIn(RunSpace outliving) {
        kept = outliving;
        if (observer != null) {
            outliving.listener(observer::spilled);
        }
    }

    /** A watch over a stage that is being lowered. */
    StageWatch newStage(int taskCount, Supplier<String> what) {
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
            RunSpace outliving = kept;
            observer.ended(failure, space.peakBytes() + (outliving == null ? 0 : outliving.peakBytes()));
        }
    }

    /** Gives back memory and disk. */
    @Override
    public void close() throws IOException {
        space.close();
    }

    /** As {@link #close()}, where nobody expects that it fails. */
    static void close(RunSpace space) {
        try {
            space.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
