package dev.bag.run.watch;

import dev.bag.plan.Value;
import dev.bag.run.call.CallMeter;
import dev.bag.run.call.CallTask;
import dev.bag.run.watch.RunObserver.SoFar;
import dev.bag.run.watch.RunObserver.StageView;
import dev.bag.run.watch.RunObserver.Totals;
import dev.bag.run.watch.RunObserver.Usage;
import dev.bag.stage.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * Tells the flight recorder of the JVM of a run, besides another observer. Only where there is one: the classes of {@code
 * jdk.jfr}, which may be absent, are not touched before {@link #around} has found them, and not even loaded while nothing is
 * recorded.
 */
public final class RecordedRun implements RunObserver {

    /** A run. */
    @Name("dev.bag.Run")
    @Label("Run")
    @Category("bag")
    @Description("An action, from its beginning to its end")
    @StackTrace(false)
    static final class RunEvent extends Event {
        @Label("Run")
        long run;

        @Label("What")
        String what = "";

        @Label("Successful")
        boolean successful;

        @Label("Records Read")
        long recordsRead;

        @Label("Bytes Read")
        @DataAmount
        long bytesRead;

        @Label("Retries")
        long retries;

        @Label("Memory Held")
        @DataAmount
        long peakMemoryBytes;
    }

    /** A stage begins. */
    @Name("dev.bag.Stage")
    @Label("Stage")
    @Category("bag")
    @Description("The first task of a stage begins")
    @StackTrace(false)
    static final class StageEvent extends Event {
        @Label("Run")
        long run;

        @Label("Stage")
        int stage;

        @Label("Tasks")
        int tasks;

        @Label("What")
        String what = "";
    }

    /** A task, or a further attempt at one. */
    @Name("dev.bag.Task")
    @Label("Task")
    @Category("bag")
    @Description("An attempt at a task, with the time in which it waited")
    @StackTrace(false)
    static final class TaskEvent extends Event {
        @Label("Run")
        long run;

        @Label("Stage")
        int stage;

        @Label("Task")
        int task;

        @Label("Failure")
        @Nullable String failure;
    }

    /** A call of a delayed value. */
    @Name("dev.bag.Call")
    @Label("Call")
    @Category("bag")
    @Description("A call of the function of a delayed value that has taken some time")
    @StackTrace(false)
    @Threshold("1 ms")
    static final class CallEvent extends Event {
        @Label("Run")
        long run;

        @Label("What")
        String what = "";

        @Label("Successful")
        boolean successful;
    }

    /** Something was written to disk. */
    @Name("dev.bag.Spill")
    @Label("Spill")
    @Category("bag")
    @Description("Records are written to disk, because memory is short or because that was asked for")
    static final class SpillEvent extends Event {
        @Label("Run")
        long run;

        @Label("Bytes")
        @DataAmount
        long bytes;

        @Label("File")
        String file = "";
    }

    private record TaskId(int stage, int task) {}

    private final RunObserver told;
    private final RunEvent event = new RunEvent();
    private final Map<TaskId, TaskEvent> tasks = new ConcurrentHashMap<>();

    private RecordedRun(RunObserver told) {
        this.told = told;
    }

    /** Whether there is a flight recorder in this JVM that this module may use. */
    private static final class Recorder {

        private static final boolean IS_PRESENT = ModuleLayer.boot()
                .findModule("jdk.jfr")
                .filter(RecordedRun.class.getModule()::canRead)
                .isPresent();

        private Recorder() {}
    }

    /** Returns {@code observer}, or what tells the flight recorder, too, if it records now. */
    public static RunObserver around(RunObserver observer) {
        return Recorder.IS_PRESENT && FlightRecorder.isInitialized() ? new RecordedRun(observer) : observer;
    }

    @Override
    public long run() {
        return told.run();
    }

    @Override
    public long nanoTime() {
        return told.nanoTime();
    }

    @Override
    public void started(String what, Supplier<SoFar> soFar, Supplier<Usage> usage) {
        told.started(what, soFar, usage);
        event.run = told.run();
        event.what = what;
        event.begin();
    }

    /** Calls are recorded by {@link #meter}: to tell of each as of a stage takes eight times as long as a small call itself. */
    @Override
    public boolean hearsCalls() {
        return told.hearsCalls();
    }

    /** Returns {@code meter}, or what records besides how long calls take, if {@code observer} is one of these. */
    public static CallMeter meter(@Nullable RunObserver observer, CallMeter meter) {
        return observer instanceof RecordedRun recorded && new CallEvent().isEnabled()
                ? new RecordedCalls(recorded.run(), meter)
                : meter;
    }

    private static final class RecordedCalls implements CallMeter {

        private final long run;
        private final CallMeter meter;
        private CallEvent event = new CallEvent();
        private @Nullable CallTask task;
        private @Nullable Value<?> node;

        RecordedCalls(long run, CallMeter meter) {
            this.run = run;
            this.meter = meter;
        }

        @Override
        public void enter() {
            meter.enter();
        }

        @Override
        public void leave() {
            meter.leave();
        }

        @Override
        public void begins(CallTask of, Value<?> called) {
            task = of;
            node = called;
            meter.begins(of, called);
            event.begin();
        }

        @Override
        public void returned() {
            end(true);
            meter.returned();
        }

        @Override
        public void failed(boolean isAttemptedAgain) {
            end(false);
            meter.failed(isAttemptedAgain);
        }

        private void end(boolean isSuccessful) {
            event.end();
            CallTask of = task;
            Value<?> called = node;
            if (event.shouldCommit() && of != null && called != null) {
                event.run = run;
                event.what = of.label(called);
                event.successful = isSuccessful;
                event.commit();
                event = new CallEvent();
            }
            task = null;
            node = null;
        }
    }

    @Override
    public boolean asksSoFar() {
        return told.asksSoFar();
    }

    @Override
    public void stageStarted(int stage, int taskCount, StageView view) {
        told.stageStarted(stage, taskCount, view);
        StageEvent begins = new StageEvent();
        begins.run = told.run();
        begins.stage = stage;
        begins.tasks = taskCount;
        begins.what = view.what();
        begins.commit();
    }

    @Override
    public void taskStarted(int stage, int task) {
        told.taskStarted(stage, task);
        begin(stage, task);
    }

    @Override
    public void attemptStarted(int stage, int task) {
        told.attemptStarted(stage, task);
        begin(stage, task);
    }

    private void begin(int stage, int task) {
        TaskEvent attempt = new TaskEvent();
        if (attempt.isEnabled()) {
            attempt.begin();
            tasks.put(new TaskId(stage, task), attempt);
        }
    }

    private void end(int stage, int task, @Nullable Throwable failure) {
        TaskEvent attempt = tasks.remove(new TaskId(stage, task));
        if (attempt != null) {
            attempt.end();
            if (attempt.shouldCommit()) {
                attempt.run = told.run();
                attempt.stage = stage;
                attempt.task = task;
                attempt.failure = failure == null ? null : failure.getClass().getName();
                attempt.commit();
            }
        }
    }

    @Override
    public void taskEnded(int stage, int task, long begin, long end) {
        told.taskEnded(stage, task, begin, end);
        end(stage, task, null);
    }

    @Override
    public void taskFailed(int stage, int task, long begin, long end, Throwable failure, int attemptsLeft) {
        told.taskFailed(stage, task, begin, end, failure, attemptsLeft);
        Throwable cause = failure.getCause();
        end(stage, task, cause == null ? failure : cause);
    }

    @Override
    public void stageEnded(int stage) {
        told.stageEnded(stage);
    }

    @Override
    public void recordSkipped(int stage, int task, Throwable failure) {
        told.recordSkipped(stage, task, failure);
    }

    @Override
    public void fileLost(int stage, int task, Throwable failure, boolean isCut) {
        told.fileLost(stage, task, failure, isCut);
    }

    @Override
    public void workerDied(String reason) {
        told.workerDied(reason);
    }

    @Override
    public void leftOut(
            long records, List<? extends Throwable> first, int files, int cut, List<? extends Throwable> lost) {
        told.leftOut(records, first, files, cut, lost);
    }

    @Override
    public void spilled(long bytes, Path file) {
        told.spilled(bytes, file);
        SpillEvent spill = new SpillEvent();
        if (spill.shouldCommit()) {
            spill.run = told.run();
            spill.bytes = bytes;
            spill.file = file.toString();
            spill.commit();
        }
    }

    @Override
    public void ended(@Nullable Throwable failure, Totals totals, @Nullable Program plan) {
        event.end();
        if (event.shouldCommit()) {
            event.successful = failure == null;
            event.recordsRead = totals.records();
            event.bytesRead = totals.bytes();
            event.retries = totals.retries();
            event.peakMemoryBytes = totals.peakBytes();
            event.commit();
        }
        told.ended(failure, totals, plan);
    }
}
