package dev.bag;

import dev.bag.run.watch.RunObserver.SoFar;
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
    /** What was told last, if anything was. */
    private @Nullable SoFar told;

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
            SoFar now = soFar.get();
            told = now;
            teller.tell(state(now, false));
            nextTime = alarm.after(teller.intervalNanos(), this::tell);
        }
    }

    private ProgressState state(SoFar now, boolean isLast) {
        var first = stages.firstEntry();
        StageProgress stage = first == null ? NO_STAGE : first.getValue();
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

    /**
     * The run is over. If it has failed, attempts at tasks were given up, and what they have read is not counted any more; but the run
     * came as far as was told before.
     */
    void end(boolean hasFailed) {
        @Nullable ProgressState last;
        synchronized (this) {
            isOver = true;
            nextTime.run();
            SoFar before = told;
            last = before == null ? null : state(hasFailed ? further(before, soFar.get()) : soFar.get(), true);
        }
        if (last != null) {
            teller.tellLast(last);
        }
    }

    private static SoFar further(SoFar before, SoFar now) {
        return new SoFar(
                Math.max(before.records(), now.records()),
                Math.max(before.bytes(), now.bytes()),
                now.bytesInAll(),
                Math.max(before.callsMade(), now.callsMade()),
                Math.max(before.calls(), now.calls()));
    }

    /**
     * Gives states to a consumer, on a thread that ends when there are none. Of those that come while it does not return the first one
     * stays. If a run has waited in vain for the consumer, none waits for it until it has returned.
     */
    static final class Teller {

        private static final int IDLE_MILLIS = 200;
        private static final int PATIENCE_MILLIS = 1_000;

        private final Progress progress;
        private final ThreadPoolExecutor thread;
        private volatile boolean hasThrown;
        /** Waiting has timed out; set by any thread, reset by the one that calls the consumer when it has returned. */
        private volatile boolean isStuck;

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

        /** Waits until the last state of a run is told, but not long. Returns whether it has been told. */
        boolean tellLast(ProgressState state) {
            CountDownLatch told = new CountDownLatch(1);
            Runnable last = () -> {
                give(state);
                told.countDown();
            };
            try {
                thread.prestartCoreThread();
                long patience = isStuck ? 0 : PATIENCE_MILLIS;
                boolean isTold = thread.getQueue().offer(last, patience, TimeUnit.MILLISECONDS)
                        && told.await(patience, TimeUnit.MILLISECONDS);
                isStuck = !isTold;
                return isTold;
            } catch (OutOfMemoryError e) {
                return false; // as above
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
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
            } finally {
                isStuck = false;
            }
        }
    }
}
