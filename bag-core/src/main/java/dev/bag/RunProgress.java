package dev.bag;

import dev.bag.run.Engine.SoFar;
import dev.bag.schedule.Alarm;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one run. An alarm reads it from time to time; the threads of the run only count the tasks that they have
 * done. The first time is late, so that nothing is told of short runs.
 */
final class RunProgress {

    private static final long FIRST_NANOS = 500_000_000;

    private final Teller teller;
    private final Alarm alarm;
    private final long run;
    /** By their numbers: those that have begun and not ended. */
    private final ConcurrentSkipListMap<Integer, StageProgress> stages = new ConcurrentSkipListMap<>();

    /** Guarded by this, as all below. */
    private Supplier<SoFar> soFar = () -> SoFar.NOTHING;

    private String what = "";
    private long begin;
    private Runnable nextTime = () -> {};
    private boolean hasTold;
    private boolean isOver;

    private record StageProgress(String what, int tasks, AtomicInteger done) {}

    private static final StageProgress NO_STAGE = new StageProgress("", 0, new AtomicInteger());

    RunProgress(Teller teller, Alarm alarm, long run) {
        this.teller = teller;
        this.alarm = alarm;
        this.run = run;
    }

    synchronized void begin(String whatIsComputed, Supplier<SoFar> counts) {
        what = whatIsComputed;
        soFar = counts;
        begin = alarm.nanoTime();
        nextTime = alarm.after(FIRST_NANOS, this::tell);
    }

    void stageStarted(int stage, int tasks, String whatItDoes) {
        stages.put(stage, new StageProgress(whatItDoes, tasks, new AtomicInteger()));
    }

    void stageEnded(int stage) {
        stages.remove(stage);
    }

    void taskEnded(int stage) {
        StageProgress progress = stages.get(stage);
        if (progress != null) {
            progress.done().incrementAndGet();
        }
    }

    private synchronized void tell() {
        if (!isOver) {
            hasTold = true;
            ProgressState state = state(false);
            teller.tell(state);
            nextTime = alarm.after(teller.intervalNanos(), this::tell);
        }
    }

    private ProgressState state(boolean isLast) {
        var first = stages.firstEntry();
        StageProgress stage = first == null ? NO_STAGE : first.getValue();
        SoFar now = soFar.get();
        return new ProgressState(
                run,
                what,
                stage.what(),
                stage.done().get(),
                stage.tasks(),
                now.records(),
                now.bytes(),
                now.bytesInAll(),
                now.callsMade(),
                now.calls(),
                Duration.ofNanos(alarm.nanoTime() - begin),
                isLast);
    }

    /** The run is over. */
    void end() {
        @Nullable ProgressState last;
        synchronized (this) {
            isOver = true;
            nextTime.run();
            last = hasTold ? state(true) : null;
        }
        if (last != null) {
            teller.tellLast(last);
        }
    }

    /** Gives states to a consumer, on a thread that ends when there are none. Of those that come while it does not return the last one stays. */
    static final class Teller {

        private static final int IDLE_MILLIS = 200;
        private static final int PATIENCE_MILLIS = 1_000;

        private final Progress progress;
        private final ThreadPoolExecutor thread;
        private volatile boolean hasThrown;

        Teller(Progress progress) {
            this.progress = progress;
            this.thread = new ThreadPoolExecutor(
                    1,
                    1,
                    IDLE_MILLIS,
                    TimeUnit.MILLISECONDS,
                    new ArrayBlockingQueue<>(1),
                    Teller::newThread,
                    new ThreadPoolExecutor.DiscardPolicy());
            thread.allowCoreThreadTimeOut(true);
        }

        private static Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "bag-progress");
            thread.setDaemon(true);
            return thread;
        }

        long intervalNanos() {
            return progress.interval().toNanos();
        }

        void tell(ProgressState state) {
            try {
                thread.execute(() -> give(state));
            } catch (OutOfMemoryError e) {
                // no thread can be had: then this one is left out
            }
        }

        /** Waits until the last state of a run is told, but not long. */
        void tellLast(ProgressState state) {
            CountDownLatch told = new CountDownLatch(1);
            Runnable last = () -> {
                give(state);
                told.countDown();
            };
            try {
                thread.prestartCoreThread();
                if (thread.getQueue().offer(last, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    told.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                }
            } catch (OutOfMemoryError e) {
                // as above
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void give(ProgressState state) {
            try {
                progress.consumer().accept(state);
            } catch (Throwable e) { // an exception of a consumer does not concern the run
                if (!hasThrown) {
                    hasThrown = true;
                    System.getLogger("dev.bag")
                            .log(Level.WARNING, "the consumer of progress has thrown; this is told once", e);
                }
            }
        }
    }
}
