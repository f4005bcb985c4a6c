package dev.bag.run;

import dev.bag.run.Lowering.Lowered;
import dev.bag.run.end.SegmentsEnd.ShuffleOutput;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.spill.RunSpace;
import dev.bag.stage.Goal;
import dev.bag.stage.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run in this process: its batches run on the pool of the engine, and the results or the failure are taken out. What
 * is kept has a space of its own, which outlives that of the run, so that whatever run needs its memory can spill it.
 */
final class LocalRun implements Engine.Prepared {
    private final OpenThings openThings;
    private final Supplier<String> what;
    /**
     * Nothing once the run is over: all that it has made hangs on them, and a thread may hold this a moment longer. If it
     * has failed because memory is full, to close what is open may need some of that.
     */
    private List<Batch> batches;

    private List<Supplier<? extends @Nullable Object>> results;
    private boolean hasAbandoned;
    private final LocalEngine engine;
    private final RunScope scope;
    /** Where what is kept lies, or null. A run that fails leaves nothing there. */
    private final @Nullable RunSpace kept;

    private LocalRun(Lowered lowered, LocalEngine engine, RunScope scope, @Nullable RunSpace kept) {
        this.openThings = lowered.openThings();
        this.what = lowered.what();
        this.batches = lowered.batches();
        this.results = lowered.results();
        this.engine = engine;
        this.scope = scope;
        this.kept = kept;
    }

    static LocalRun of(Goal goal, LocalEngine engine) {
        RunScope scope = RunScope.open(engine);
        @Nullable RunSpace kept = null;
        try {
            Lowered calls = scope.watchesCalls() ? null : Lowering.callsOnly(goal, scope);
            if (calls != null) {
                return new LocalRun(calls, engine, scope, null);
            }
            Program program = Program.of(goal);
            scope.is(program);
            if (goal instanceof Goal.Keep keep) {
                kept = engine.workspace().open();
                scope.keepsIn(new ShuffleOutput(kept.newArea(keep.storage()), false));
            }
            return new LocalRun(Lowering.lower(program, scope), engine, scope, kept);
        } catch (Throwable e) {
            RunScope.close(scope.space());
            close(kept);
            throw e;
        }
    }

    @Override
    public Engine.Outcome run() {
        try {
            scope.begin(what);
            Execution execution = engine.pool().prepare(batches, over -> {});
            scope.surround(execution);
            execution.begin();
            execution.await();
            return outcome(execution);
        } catch (Throwable e) { // a runner that is closed, no memory, or a debugger that stops a thread
            close(e);
            close(kept);
            throw e;
        }
    }

    @Override
    public Engine.Started start(Consumer<Engine.Outcome> whenOver) {
        try {
            scope.begin(what);
            Execution execution = engine.pool().prepare(batches, over -> whenOver.accept(outcomeOrError(over)));
            scope.surround(execution);
            Engine.Started started = execution::fail; // once it has begun, there may be no memory for it
            execution.start();
            return started;
        } catch (Throwable e) { // as above
            close(e);
            close(kept);
            throw e;
        }
    }

    /** As {@link #outcome}; what is thrown there must not be lost, because somebody waits for the outcome. */
    private Engine.Outcome outcomeOrError(Execution execution) {
        try {
            return outcome(execution);
        } catch (Throwable e) {
            return new Engine.Outcome(List.of(), e, List.of());
        }
    }

    private Engine.Outcome outcome(Execution execution) {
        List<Supplier<? extends @Nullable Object>> wanted = execution.failure() == null ? results : List.of();
        batches = List.of();
        results = List.of();
        scope.tally().worked(execution.busyNanos());
        hasAbandoned = execution.hasLeftThreads();
        Throwable failure = close(execution.failure() == null ? finishSkips() : execution.failure());
        List<@Nullable Object> made = new ArrayList<>();
        if (failure != null) {
            close(kept);
        } else if (kept != null) {
            Engine.Kept elsewhere = scope.keptElsewhere();
            if (elsewhere == null) {
                made.add(new KeptPartitions(kept, scope.kept().segments()));
            } else {
                close(kept);
                made.add(elsewhere);
            }
        } else {
            wanted.forEach(result -> made.add(result.get()));
        }
        return new Engine.Outcome(made, failure, execution.otherFailures());
    }

    /** Lets the files of what was left out be seen; returns why that fails, if it does. */
    private @Nullable Throwable finishSkips() {
        try {
            scope.skips().finish();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    /** Closes what is open; returns why the run failed, {@code failure} or what comes up now, if it did. */
    private @Nullable Throwable close(@Nullable Throwable failure) {
        Throwable first = failure;
        try (scope) {
            closeOpenThings();
        } catch (Exception e) {
            first = first == null ? e : first;
        }
        scope.end(first);
        return first;
    }

    /** A thread that was abandoned may hold a lock that closing needs. Then that is tried, but not waited for long. */
    private void closeOpenThings() throws Exception {
        if (hasAbandoned) {
            openThings.closeOnAnotherThread();
        } else {
            openThings.closeAll();
        }
    }

    private static void close(@Nullable RunSpace space) {
        if (space != null) {
            RunScope.close(space);
        }
    }
}
