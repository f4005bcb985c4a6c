package dev.bag;

import dev.bag.run.Engine.RunObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run, with listeners to its events. */
final class ListenedRun implements RunObserver {

    private static final AtomicLong COUNT = new AtomicLong();

    private final List<Mailbox> listeners;
    private final long run = COUNT.incrementAndGet();
    /** Both written by the thread that begins the run, read by the one that ends it. */
    private volatile long begin;

    private volatile String what = "";
    /** Guarded by this, as the set below: events are posted in the order in which they are counted. */
    private long spilledBytes;

    private long bytesPassedOver;

    private Report.LeftOut leftOut = Report.LeftOut.NOTHING;

    private final Set<Path> files = new HashSet<>();

    ListenedRun(List<Mailbox> listeners) {
        this.listeners = listeners;
    }

    private void bring(Consumer<RunListener> event) {
        listeners.forEach(mailbox -> mailbox.bring(event));
    }

    private void bringSurely(Consumer<RunListener> event) {
        listeners.forEach(mailbox -> mailbox.bringSurely(event));
    }

    @Override
    public void started(String whatIsComputed) {
        begin = System.nanoTime();
        what = whatIsComputed;
        bringSurely(listener -> listener.runStarted(new RunListener.RunStarted(run, whatIsComputed)));
    }

    @Override
    public void stageStarted(int stage, int taskCount, String whatItDoes) {
        RunListener.StageStarted event = new RunListener.StageStarted(run, stage, taskCount, whatItDoes);
        bring(listener -> listener.stageStarted(event));
    }

    @Override
    public void taskStarted(int stage, int task) {
        bring(listener -> listener.taskStarted(new RunListener.TaskStarted(run, stage, task)));
    }

    @Override
    public void taskEnded(int stage, int task, long nanos) {
        bring(listener -> listener.taskEnded(new RunListener.TaskEnded(run, stage, task, Duration.ofNanos(nanos))));
    }

    @Override
    public void taskFailed(int stage, int task, Throwable failure, int attemptsLeft) {
        bringSurely(listener -> {
            BagException told = Failures.told(failure);
            listener.taskFailed(new RunListener.TaskFailed(run, stage, task, attemptsLeft, told));
        });
    }

    @Override
    public synchronized void passedOver(long bytes) {
        bytesPassedOver += bytes;
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
        bring(listener -> listener.spilled(new RunListener.Spilled(run, bytes, file)));
    }

    @Override
    public void ended(@Nullable Throwable failure, long peakBytes) {
        bringReport(failure, Duration.ofNanos(System.nanoTime() - begin), peakBytes);
        listeners.forEach(Mailbox::waitUntilTold);
    }

    private synchronized void bringReport(@Nullable Throwable failure, Duration elapsed, long peakBytes) {
        long bytes = spilledBytes;
        long passedOver = bytesPassedOver;
        int fileCount = files.size();
        Report.LeftOut out = leftOut;
        bringSurely(listener -> {
            Optional<BagException> told = Optional.ofNullable(failure).map(Failures::told);
            listener.runEnded(new Report(run, what, elapsed, told, bytes, fileCount, peakBytes, passedOver, out));
        });
    }
}
