package dev.bag.run.call;

import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Guest;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An attempt on a thread of its own, which may have a time to end in. When that is over, the thread is interrupted; if the
 * call does not return soon after, it is left running: the run goes on without it, and a thread that waits for the end of the
 * run does not wait for it.
 *
 * <p>The call, its time and its end meet under the lock of this: the first one to set {@code isOver} tells the task.
 */
final class OwnCall implements Runnable {

    private static final Duration GRACE = Duration.ofMillis(100);

    private final AttemptedCall call;
    private final OwnThreads threads;
    private final Execution execution;
    /** Guarded by this, as all below. */
    private @Nullable Thread thread;

    private @Nullable Guest guest;
    private boolean isInterrupted;
    private boolean isLate;
    private boolean isOver;
    private boolean isLeft;
    private @Nullable Runnable timer;

    /** A call was not heard of again. It is not attempted once more, because it may still be at work. */
    static final class LeftRunningException extends TimeoutException {
        private static final long serialVersionUID = 1;

        LeftRunningException(String message) {
            super(message);
        }
    }

    OwnCall(AttemptedCall call, OwnThreads threads, Execution execution) {
        this.call = call;
        this.threads = threads;
        this.execution = execution;
    }

    /** Starts it when there is a thread; the run is not over before. */
    void start() {
        execution.expectOneMore();
        threads.start(this);
    }

    @Override
    public void run() {
        Guest entered = Guest.enter(execution);
        if (entered == null) {
            threads.ended();
            return;
        }
        begin(entered);
        @Nullable Object result = null;
        @Nullable Throwable thrown = null;
        try {
            result = execution.surrounded(this::called);
        } catch (Throwable e) {
            thrown = e;
        }
        try {
            if (isFirstToEnd()) {
                call.endedElsewhere(result, isLate() ? tooLate(false) : thrown, execution);
                execution.resume(new End());
            }
        } catch (Throwable e) {
            execution.fail(e);
        } finally {
            entered.leave();
            if (!isLeft()) {
                threads.ended();
            }
        }
    }

    private @Nullable Object called() throws Exception {
        try {
            return call.call();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) { // neither of both: the JVM does not know about checked exceptions
            throw OwnCall.<RuntimeException>asIs(e);
        }
    }

    @SuppressWarnings("unchecked") // thrown as it is
    private static <E extends Throwable> E asIs(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private synchronized void begin(Guest entered) {
        guest = entered;
        thread = Thread.currentThread();
        if (isInterrupted) {
            thread.interrupt();
        }
        Duration timeout = call.timeout();
        if (timeout != null) {
            timer = call.alarm().after(Waits.nanos(timeout), this::timeIsOver);
        }
    }

    private synchronized boolean isFirstToEnd() {
        boolean isFirst = !isOver;
        isOver = true;
        thread = null;
        if (isInterrupted) {
            Thread.interrupted();
        }
        if (timer != null) {
            timer.run();
        }
        return isFirst;
    }

    private synchronized boolean isLate() {
        return isLate;
    }

    private synchronized boolean isLeft() {
        return isLeft;
    }

    /** Stops it, because it is not needed any more. */
    synchronized void interrupt() {
        isInterrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void timeIsOver() {
        if (!isOver) {
            isLate = true;
            interrupt();
            timer = call.alarm().after(GRACE.toNanos(), this::leaveRunning);
        }
    }

    private void leaveRunning() {
        Guest left;
        Throwable failure;
        synchronized (this) {
            if (isOver) {
                return;
            }
            isOver = true;
            isLeft = true;
            left = guest;
            failure = tooLate(true);
        }
        threads.ended();
        try {
            call.endedElsewhere(null, failure, execution);
            execution.resume(new End());
        } finally {
            if (left != null) {
                left.abandon();
            }
        }
    }

    private Throwable tooLate(boolean isRunning) {
        String text = call.late();
        Thread running = thread;
        return isRunning
                ? new LeftRunningException(text + " and does not heed interrupts; it was left running on thread "
                        + (running == null ? "?" : running.getName()))
                : new TimeoutException(text + " and was interrupted");
    }

    /** Keeps the run from being over before the end of the call is told. */
    private static final class End extends Batch {
        End() {
            super(1);
        }

        @Override
        protected void run(int index, Execution execution) {}
    }
}
