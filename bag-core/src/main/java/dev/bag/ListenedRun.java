package dev.bag;

import dev.bag.run.LocalEngine;
import dev.bag.run.watch.RunObserver;
import dev.bag.schedule.Alarm;
import dev.bag.stage.Drawing;
import dev.bag.stage.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run, with listeners to its events. */
final class ListenedRun implements RunObserver {

    private static final Usage NO_USAGE = new Usage(0, 0, 0, 0);
    private static final AtomicLong COUNT = new AtomicLong();

    private final List<Mailbox> listeners;
    private final AtomicReference<@Nullable Report> lastReport;
    private final long run = COUNT.incrementAndGet();
    private final Alarm alarm;
    private final @Nullable RunProgress progress;
    private final @Nullable Dashboard dashboard;
    /** Both written by the thread that begins the run, read by the one that ends it. */
    private volatile long begin;

    private volatile String what = "";
    private volatile RunTimeline timeline;
    /** Guarded by this, as the set below: events are posted in the order in which they are counted. */
    private long spilledBytes;

    private Report.LeftOut leftOut = Report.LeftOut.NOTHING;

    private final Set<Path> files = new HashSet<>();

    /**
     * A run that is told to {@code listeners}.
     *
     * @param lastReport where its report is left
     */
    ListenedRun(List<Mailbox> listeners, AtomicReference<@Nullable Report> lastReport) {
        this(listeners, lastReport, null, null, Alarm.ofProcess());
    }

    /**
     * As above, with progress.
     *
     * @param dashboard shows it, if it is not null
     * @param teller tells how far it is, if it is not null and this is no run inside of another one
     */
    ListenedRun(
            List<Mailbox> listeners,
            AtomicReference<@Nullable Report> lastReport,
            @Nullable Dashboard dashboard,
            RunProgress.@Nullable Teller teller,
            Alarm alarm) {
        this.listeners = listeners;
        this.alarm = alarm;
        this.lastReport = lastReport;
        this.dashboard = dashboard;
        this.timeline = noTimeline();
        this.progress = teller == null || LocalEngine.current() != null ? null : new RunProgress(teller, alarm, run);
    }

    private RunTimeline noTimeline() {
        return new RunTimeline(() -> NO_USAGE, alarm);
    }

    private Duration elapsed() {
        return Duration.ofNanos(alarm.nanoTime() - begin);
    }

    private void bring(Consumer<RunListener> event) {
        listeners.forEach(mailbox -> mailbox.bring(event));
    }

    private void bringSurely(Consumer<RunListener> event) {
        listeners.forEach(mailbox -> mailbox.bringSurely(event));
    }

    @Override
    public void started(String whatIsComputed, Supplier<SoFar> soFar, Supplier<Usage> usage) {
        begin = alarm.nanoTime();
        what = whatIsComputed;
        RunTimeline ofRun = new RunTimeline(usage, alarm);
        timeline = ofRun;
        if (dashboard != null) {
            dashboard.begin(run, () -> RunPage.running(run, whatIsComputed, elapsed(), ofRun.timeline()));
        }
        if (progress != null) {
            progress.begin(whatIsComputed, soFar);
        }
        bringSurely(listener -> listener.runStarted(new RunListener.RunStarted(run, whatIsComputed)));
    }

    @Override
    public void stageStarted(int stage, int taskCount, StageView view) {
        timeline.stageStarted(stage, taskCount, view);
        if (progress != null) {
            progress.stageStarted(stage, taskCount, view.what());
        }
        if (!listeners.isEmpty()) {
            RunListener.StageStarted event = new RunListener.StageStarted(run, stage, taskCount, view.what());
            bring(listener -> listener.stageStarted(event));
        }
    }

    @Override
    public long run() {
        return run;
    }

    @Override
    public long nanoTime() {
        return alarm.nanoTime();
    }

    @Override
    public void stageEnded(int stage) {
        if (progress != null) {
            progress.stageEnded(stage);
        }
        bring(listener -> listener.stageEnded(new RunListener.StageEnded(run, stage)));
    }

    @Override
    public void taskStarted(int stage, int task) {
        if (!listeners.isEmpty()) {
            bring(listener -> listener.taskStarted(new RunListener.TaskStarted(run, stage, task)));
        }
    }

    @Override
    public void attemptStarted(int stage, int task) {}

    @Override
    public void taskEnded(int stage, int task, long taskBegin, long taskEnd) {
        timeline.taskEnded(stage, task, taskBegin, taskEnd, false);
        if (progress != null) {
            progress.taskEnded(stage);
        }
        if (!listeners.isEmpty()) {
            Duration elapsed = Duration.ofNanos(taskEnd - taskBegin);
            bring(listener -> listener.taskEnded(new RunListener.TaskEnded(run, stage, task, elapsed)));
        }
    }

    @Override
    public void taskFailed(int stage, int task, long taskBegin, long taskEnd, Throwable failure, int attemptsLeft) {
        timeline.taskEnded(stage, task, taskBegin, taskEnd, true);
        bringSurely(listener -> {
            BagException told = Failures.told(failure);
            listener.taskFailed(new RunListener.TaskFailed(run, stage, task, attemptsLeft, told));
        });
    }

    @Override
    public boolean hearsCalls() {
        return !listeners.isEmpty();
    }

    @Override
    public boolean asksSoFar() {
        return progress != null;
    }

    @Override
    public void recordSkipped(int stage, int task, Throwable failure) {
        bring(listener -> {
            BagException told = Failures.told(failure);
            listener.recordSkipped(new RunListener.RecordSkipped(run, stage, task, told));
        });
    }

    @Override
    public void fileLost(int stage, int task, Throwable failure, boolean isCut) {
        bringSurely(listener -> {
            BagException told = Failures.told(failure);
            listener.fileLost(new RunListener.FileLost(run, stage, task, isCut, told));
        });
    }

    @Override
    public void workerDied(String reason) {
        bring(listener -> listener.workerDied(new RunListener.WorkerDied(run, reason)));
    }

    @Override
    public synchronized void leftOut(
            long records, List<? extends Throwable> first, int filesLeftOut, int cut, List<? extends Throwable> lost) {
        leftOut = new Report.LeftOut(
                records,
                first.stream().map(Failures::told).toList(),
                filesLeftOut,
                cut,
                lost.stream().map(Failures::told).toList());
    }

    @Override
    public synchronized void spilled(long bytes, Path file) {
        spilledBytes += bytes;
        files.add(file);
        timeline.sample();
        bring(listener -> listener.spilled(new RunListener.Spilled(run, bytes, file)));
    }

    @Override
    public void ended(@Nullable Throwable failure, Totals totals, @Nullable Program plan) {
        if (progress != null) {
            progress.end(failure != null);
        }
        try {
            Report report = report(failure, elapsed(), totals, plan);
            if (dashboard != null) {
                dashboard.end(report);
            }
            lastReport.set(report);
            bringSurely(listener -> listener.runEnded(report));
        } catch (OutOfMemoryError e) { // the run has ended all the same, and its failure says why
            lastReport.set(null);
            if (dashboard != null) {
                dashboard.end(run);
            }
        }
        timeline = noTimeline(); // what is kept tells of what it writes still, and the old one refers to the plan
        listeners.forEach(Mailbox::waitUntilTold);
    }

    private synchronized Report report(
            @Nullable Throwable failure, Duration elapsed, Totals totals, @Nullable Program plan) {
        return new Report(
                run,
                what,
                elapsed,
                Optional.ofNullable(failure).map(Failures::told),
                spilledBytes,
                files.size(),
                totals.peakBytes(),
                totals.bytesPassedOver(),
                leftOut,
                totals.records(),
                totals.bytes(),
                totals.busy(),
                totals.retries(),
                totals.workerDeaths(),
                totals.counts(),
                timeline.timeline(),
                plan == null ? "" : Drawing.of(plan, hearsCalls()));
    }
}
