package dev.bag.run.call;

import dev.bag.plan.Value;
import dev.bag.plan.Value.Manner;
import dev.bag.schedule.Alarm;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.value.Retry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that is told of, may be made more than once, or is made on a thread of its own. It is what a task works at from
 * its first attempt on.
 *
 * <p>It may become needless at any time, and is stopped then. Protocol: an attempt puts itself among those that run, and then
 * looks whether its task is needed; a thread that makes a task needless says so, and then looks among those that run. So one
 * sees the other: an attempt that has not begun ends before it calls the function, and one that has is interrupted.
 */
final class AttemptedCall {

    private final CallGraph graph;
    private final CallTask task;
    private final Value<?> node;
    private final Manner manner;
    private final Body body;
    private final Retry retry;
    private CallWatch.Begun told = CallWatch.Begun.NONE;
    private int attempt = 1;
    /** Of the last attempt; replaced by the next one, so that one that is left running counts nothing any more. */
    private volatile CallMeter meter;

    /** Guarded by this: the thread that is in the call, and whether it was interrupted from here. */
    private @Nullable Thread thread;

    private boolean isInterrupted;
    /** The attempt on a thread of its own, if it is one. */
    private volatile @Nullable OwnCall own;

    /** Calls the function. */
    @FunctionalInterface
    interface Body {
        @Nullable Object call() throws Throwable;
    }

    AttemptedCall(CallGraph graph, CallTask task, Value<?> node, Manner manner, Body body) {
        this(graph, task, node, manner, body, graph.retry(manner));
    }

    private AttemptedCall(CallGraph graph, CallTask task, Value<?> node, Manner manner, Body body, Retry retry) {
        this.graph = graph;
        this.task = task;
        this.node = node;
        this.manner = manner;
        this.body = body;
        this.retry = retry;
        this.meter = graph.newMeter();
    }

    /** A call that is made once. */
    static AttemptedCall once(CallGraph graph, CallTask task, Value<?> node, Body body) {
        return new AttemptedCall(graph, task, node, Manner.PLAIN, body, Retry.times(1));
    }

    Manner manner() {
        return manner;
    }

    void begin(Turn turn) {
        told = task.origin.watch(node).begin();
        attempt(turn);
    }

    /** Makes attempts until one is the last, or goes on elsewhere. */
    void attempt(Turn turn) {
        if (manner.blocking() || timeout() != null) {
            graph.running().put(task, this);
            OwnCall call = new OwnCall(this, graph.ownThreads(), turn.execution);
            own = call;
            told.begunAgain();
            call.start();
            return;
        }
        boolean again = true;
        while (again) {
            told.begunAgain();
            @Nullable Object result = null;
            @Nullable Throwable thrown = null;
            enter();
            try {
                result = call();
            } catch (Throwable e) {
                thrown = e;
            } finally {
                leave();
            }
            again = ended(result, thrown, turn) && !waits(turn.execution);
        }
    }

    @Nullable Object call() throws Throwable {
        CallMeter now = graph.newMeter();
        meter = now;
        now.enter();
        now.begins(task, node);
        try {
            if (task.isNeedless()) {
                throw new InterruptedException("the value is not needed any more");
            }
            return body.call();
        } finally {
            now.leave();
        }
    }

    /** Says that it takes too long. */
    String late() {
        return manner.timeout() == null
                ? "the task took longer than taskTimeout(" + timeout() + ")"
                : "timeout(" + timeout() + "): the call took longer";
    }

    Alarm alarm() {
        return graph.alarm();
    }

    /** How long an attempt may take, or null. */
    @Nullable Duration timeout() {
        return graph.timeout(manner);
    }

    private void enter() {
        synchronized (this) {
            thread = Thread.currentThread();
            isInterrupted = false;
        }
        graph.running().put(task, this);
    }

    private void leave() {
        graph.running().remove(task);
        synchronized (this) {
            thread = null;
            if (isInterrupted) {
                Thread.interrupted();
            }
        }
    }

    /** Stops it, because it is not needed any more. */
    void interrupt() {
        synchronized (this) {
            if (thread != null) {
                isInterrupted = true;
                thread.interrupt();
            }
        }
        OwnCall call = own;
        if (call != null) {
            call.interrupt();
        }
    }

    /** An attempt on a thread of its own has ended. */
    void endedElsewhere(@Nullable Object result, @Nullable Throwable thrown, Execution execution) {
        graph.running().remove(task);
        Turn turn = new Turn(graph, execution);
        if (ended(result, thrown, turn) && !waits(execution)) {
            attempt(turn);
        }
        turn.publish();
        turn.failure();
    }

    /** Is given the end of an attempt; returns whether another one follows. */
    private boolean ended(@Nullable Object result, @Nullable Throwable thrown, Turn turn) {
        CallMeter last = meter;
        if (thrown == null) {
            last.returned();
            told.ended();
            graph.runner().returned(task, result, turn);
            return false;
        }
        Failure failure = new Failure(node, task.origin, thrown, List.of());
        try {
            if (mayFollow(failure, turn.execution)) {
                if (graph.isOpen() && task.giveUpIfNeedless()) {
                    last.failed(false);
                    told.failed(failure.named(), turn.execution);
                    turn.needless(task);
                    return false;
                }
                last.failed(true);
                told.runsAgain(failure.named(), retry.attempts() - attempt);
                attempt++;
                return true;
            }
        } catch (Throwable e) {
            if (e != thrown) {
                e.addSuppressed(thrown);
            }
            failure = new Failure(node, task.origin, e, List.of());
        }
        last.failed(false);
        told.failed(failure.named(), turn.execution);
        turn.fail(task, failure);
        return false;
    }

    private boolean mayFollow(Failure failure, Execution execution) throws Throwable {
        return attempt < retry.attempts()
                && failure.isRecoverable()
                && !(failure.thrown() instanceof OwnCall.LeftRunningException)
                && !execution.stopping()
                && retry.when().testChecked(failure.cause());
    }

    /** Whether the next attempt is made later, by another task of the scheduler. */
    private boolean waits(Execution execution) {
        long nanos = Waits.before(attempt, retry);
        if (nanos == 0) {
            return false;
        }
        execution.expectOneMore();
        execution.resumeAfter(nanos, new Again(), graph.alarm());
        return true;
    }

    private final class Again extends Batch {
        Again() {
            super(1);
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            Turn turn = new Turn(graph, execution);
            attempt(turn);
            turn.publish();
            Throwable failure = turn.failure();
            if (failure != null) {
                throw failure;
            }
        }
    }
}
