package dev.bag.run;

import dev.bag.run.Lowering.Lowered;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import dev.bag.stage.Goal;
import dev.bag.stage.Program;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A run whose records are read as they come. One thread at a time reads. */
final class Streaming implements Engine.RecordReader {

    private static final int FEW = 256;
    private static final int PATIENCE = 8;
    private static final long NAP_NANOS = 50_000;

    private final Pool pool;
    private final Lowered lowered;
    private final RunScope scope;
    private @Nullable Execution execution;
    /** How many times in a row there were few records. */
    private int fewAtOnce;

    private boolean hasFinished;
    /** What has failed when all records had been read. */
    private @Nullable Throwable lateFailure;

    private Streaming(Pool pool, Lowered lowered, RunScope scope) {
        this.pool = pool;
        this.lowered = lowered;
        this.scope = scope;
    }

    static Streaming of(Goal.Stream goal, LocalEngine engine) {
        Program program = Program.of(goal);
        RunScope scope = RunScope.open(engine);
        scope.is(program);
        try {
            Lowered lowered = Lowering.lower(program, scope);
            if (!goal.inOrder()) {
                lowered.reading().readInAnyOrder();
            }
            return new Streaming(engine.pool(), lowered, scope);
        } catch (Throwable e) {
            RunScope.close(scope.space());
            throw e;
        }
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        if (execution == null) {
            execution = begin();
        }
        Execution running = execution;
        try {
            while (running.failure() == null) {
                @Nullable Object[] records = lowered.reading().poll();
                if (records == null) {
                    break;
                }
                if (records.length > 0) {
                    fewAtOnce = records.length < FEW ? fewAtOnce + 1 : 0;
                    return records;
                }
                awaitNews(running);
            }
        } catch (OutOfMemoryError e) {
            running.fail(e);
        }
        running.await();
        lowered.reading().drop();
        finishSkips(running);
        return null;
    }

    /** All has been read: lets the files of what was left out be seen. */
    private void finishSkips(Execution running) {
        if (running.failure() == null && !hasFinished) {
            hasFinished = true;
            try {
                scope.skips().finish();
            } catch (Throwable e) {
                lateFailure = e;
            }
        }
    }

    /**
     * Waits until there are records. To be woken costs the thread that wakes more than to make a few records: so a reader
     * that has often been woken for few first lets some come together, and only then says that it waits.
     */
    private void awaitNews(Execution running) {
        if (fewAtOnce > PATIENCE && !running.callersHelp()) {
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        running.awaitUntil(lowered.reading()::hasNews);
        lowered.reading().signOut();
    }

    private Execution begin() {
        scope.begin(lowered.what());
        try {
            Execution begun = pool.prepare(lowered.batches(), over -> {});
            scope.surround(begun);
            begun.begin();
            return begun;
        } catch (Throwable e) { // a runner that is closed
            scope.end(e);
            throw e;
        }
    }

    @Override
    public @Nullable Throwable failure() {
        Throwable failure = execution == null ? null : execution.failure();
        return failure == null ? lateFailure : failure;
    }

    @Override
    public List<Throwable> otherFailures() {
        return execution == null ? List.of() : execution.otherFailures();
    }

    @Override
    public void close() throws Exception {
        Throwable failure = failure();
        if (execution != null) {
            execution.fail(new InterruptedException("the stream was closed"));
            execution.await();
            scope.tally().worked(execution.busyNanos());
        }
        try (scope) {
            if (execution != null && execution.hasLeftThreads()) {
                lowered.openThings().closeOnAnotherThread();
            } else {
                lowered.openThings().closeAll();
            }
        } finally {
            scope.end(failure);
        }
    }
}
