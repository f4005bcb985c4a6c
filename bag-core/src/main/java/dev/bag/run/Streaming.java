package dev.bag.run;

import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import dev.bag.stage.Goal;
import dev.bag.stage.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run whose records are read as they come. One thread at a time reads. */
final class Streaming implements Engine.RecordReader {

    private final Pool pool;
    private final Lowered lowered;
    private final RunScope scope;
    private @Nullable Execution execution;

    private Streaming(Pool pool, Lowered lowered, RunScope scope) {
        this.pool = pool;
        this.lowered = lowered;
        this.scope = scope;
    }

    static Streaming of(Goal.Stream goal, LocalEngine engine) {
        Program program = Program.of(goal);
        RunScope scope = RunScope.open(engine);
        try {
            return new Streaming(engine.pool(), Lowering.lower(program, scope), scope);
        } catch (Throwable e) {
            RunScope.close(scope.space());
            throw e;
        }
    }

    @Override
    public Object @Nullable [] next() {
        if (execution == null) {
            execution = begin();
        }
        Execution running = execution;
        while (running.failure() == null) {
            Object[] piece = lowered.reading().poll();
            if (piece == null) {
                running.await();
                return null;
            }
            if (piece.length > 0) {
                return piece;
            }
            running.awaitUntil(lowered.reading()::hasNews);
        }
        running.await();
        return null;
    }

    private Execution begin() {
        scope.begin(lowered.what());
        try {
            Execution begun = pool.begin(lowered.batches(), over -> {});
            scope.space().onFailure(begun::fail);
            return begun;
        } catch (Throwable e) { // a runner that is closed
            scope.end(e);
            throw e;
        }
    }

    @Override
    public @Nullable Throwable failure() {
        return execution == null ? null : execution.failure();
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
        }
        try (scope) {
            lowered.openThings().closeAll();
        } finally {
            scope.end(failure);
        }
    }
}
