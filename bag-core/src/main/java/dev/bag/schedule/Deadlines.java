package dev.bag.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Ends tasks, and a run, that take too long.
 *
 * <p>Protocol. An alarm looks at the threads inside from time to time. One whose stretch of work takes too long is
 * interrupted: if its task heeds that, it fails with a {@link TimeoutException}, and may be run again. If it is still in the
 * same stretch after {@link Limits#graceNanos}, the execution fails, and the thread is <b>abandoned</b>: it is not counted
 * any more as one that is inside, and another one takes its seat. So the execution ends although the thread works on. It
 * notices when it leaves at last, and then stands by or ends.
 *
 * <p>Races. A stretch is an object of its own, and each step names the one that it is for, under the lock of the visit: a
 * thread that has gone on to another task meanwhile is left alone. A thread that leaves, and one that abandons it, agree
 * under that lock which of them counts it off.
 *
 * <p>A thread that helps is the one that wants the result, and cannot be left behind: it is only interrupted.
 */
final class Deadlines {

    private static final long SHORTEST_NANOS = 1_000_000;
    private static final long LONGEST_NANOS = 1_000_000_000;
    private static final int LOOKS = 4;

    private final Watched execution;
    private final Limits limits;
    /** What takes back the next look, and the end of the run. Guarded by this, as the three below. */
    private Runnable nextLook = () -> {};

    private Runnable runEnd = () -> {};
    private boolean isOver;
    private boolean hasExpired;
    private long expiredAt;

    /**
     * How long tasks and a run may take.
     *
     * @param task how long a thread may work on a task at a stretch; null if that does not matter
     * @param run how long the execution may take; null if that does not matter
     * @param graceNanos how long a thread may take to heed an interrupt
     */
    public record Limits(@Nullable Duration task, @Nullable Duration run, long graceNanos, Alarm alarm) {}

    /** What must end in time: an execution. */
    interface Watched {

        /** The threads inside. */
        List<? extends Stay> visits();

        /** Fails with {@code thrown}. */
        void fail(Throwable thrown);

        /** Waits for a thread no more. */
        void abandon(Stay stay);
    }

    /** A thread inside. */
    interface Stay {

        /** The thread. */
        Thread thread();

        /** What it is at, if that is measured. */
        @Nullable Stretch stretch();

        /** Interrupts the thread if it is still at {@code late}. */
        void timeOut(Stretch late);
    }

    /** A stretch of work on one task. */
    abstract static class Stretch {

        private final long since;
        /** Whether it was interrupted for being late. */
        private volatile boolean isTold;

        Stretch(long since) {
            this.since = since;
        }

        /** Returns {@code thrown}, or a failure that says that it came from the task. */
        abstract Throwable inTask(Throwable thrown);

        /** It is interrupted for being late. */
        void tell() {
            isTold = true;
        }

        boolean isTold() {
            return isTold;
        }
    }

    Deadlines(Watched execution, Limits limits) {
        this.execution = execution;
        this.limits = limits;
    }

    long nanoTime() {
        return limits.alarm().nanoTime();
    }

    /** The execution begins. */
    void begin() {
        Duration run = limits.run();
        if (run != null) {
            synchronized (this) {
                runEnd = limits.alarm().after(nanos(run), this::runExpired);
            }
        }
        if (limits.task() != null) {
            lookLater();
        }
    }

    private synchronized void lookLater() {
        if (!isOver) {
            Duration task = limits.task();
            long nanos = task == null ? limits.graceNanos() : Math.min(nanos(task), limits.graceNanos());
            nextLook =
                    limits.alarm().after(Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, nanos / LOOKS)), this::look);
        }
    }

    /** A duration beyond 292 years is as good as for ever. */
    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }

    /** The execution is over. */
    synchronized void end() {
        isOver = true;
        nextLook.run();
        runEnd.run();
    }

    /** On the thread of the alarm, which must not be held up: what there is to do may run code of others. */
    private void look() {
        List<Runnable> due = new ArrayList<>(0);
        long now = nanoTime();
        for (Stay visit : execution.visits()) {
            Stretch stretch = visit.stretch();
            if (mayBeLeft(now)) {
                due.add(() -> execution.abandon(visit));
            } else if (stretch != null && isLate(stretch, now)) {
                due.add(() -> expired(visit, stretch));
            }
        }
        if (!due.isEmpty()) {
            Alarm.OfProcess.daemon("bag-timeout", () -> due.forEach(Runnable::run))
                    .start();
        }
        lookLater();
    }

    private boolean isLate(Stretch stretch, long now) {
        Duration task = limits.task();
        long extra = stretch.isTold() ? limits.graceNanos() : 0;
        return task != null && now - stretch.since - extra >= nanos(task);
    }

    /** Whether what is still inside is no longer waited for, because something has expired that heeds no interrupt. */
    private synchronized boolean mayBeLeft(long now) {
        return hasExpired && now - expiredAt >= limits.graceNanos();
    }

    private void expired(Stay visit, Stretch stretch) {
        if (!stretch.isTold()) {
            visit.timeOut(stretch);
        } else if (visit.stretch() == stretch) {
            hasExpired();
            execution.fail(stretch.inTask(hung(visit)));
            execution.abandon(visit);
        }
    }

    private synchronized void hasExpired() {
        if (!hasExpired) {
            hasExpired = true;
            expiredAt = nanoTime();
        }
    }

    private TimeoutException hung(Stay visit) {
        StackTraceElement[] trace = visit.thread().getStackTrace();
        TimeoutException hung = new TimeoutException(
                late() + ", and its thread " + visit.thread().getName()
                        + " heeds no interrupt" + (trace.length == 0 ? "" : ", at " + trace[0])
                        + ". The run does not wait for it; let it heed interrupts, or allow more time");
        hung.setStackTrace(trace);
        return hung;
    }

    private String late() {
        return "the task took longer than taskTimeout(" + limits.task() + ")";
    }

    /** What a task has thrown that was interrupted for being late. */
    TimeoutException timeout(Throwable thrown) {
        TimeoutException timeout = new TimeoutException(late());
        timeout.initCause(thrown);
        return timeout;
    }

    private void runExpired() {
        Runnable expire = () -> {
            hasExpired();
            execution.fail(new TimeoutException("the run took longer than runTimeout(" + limits.run() + ")"));
            if (limits.task() == null) {
                lookLater();
            }
        };
        Alarm.OfProcess.daemon("bag-timeout", expire).start();
    }
}
