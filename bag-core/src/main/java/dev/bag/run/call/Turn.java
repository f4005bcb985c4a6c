package dev.bag.run.call;

import dev.bag.run.call.CallTask.Failed;
import dev.bag.run.call.CallTask.Link;
import dev.bag.run.call.CallTask.Waiter;
import dev.bag.schedule.Execution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one thread does with tasks: settles them, and finds what becomes ready or fails because of that. Loops over lists,
 * so that the longest chain needs no deep stack.
 */
final class Turn {

    private static final Failed NEEDLESS = new Failed(new Failure(
            null, Region.NOWHERE, new InterruptedException("the value was not needed any more"), List.of()));

    final CallGraph graph;
    final Execution execution;
    /** Ready tasks that no other thread knows of; the first one is for this thread. */
    private final ArrayList<CallTask> ready = new ArrayList<>();

    private final ArrayDeque<Settling> settling = new ArrayDeque<>();
    private @Nullable Failure fatal;

    /** Of the calls that are made once, and plainly. */
    private @Nullable CallMeter meter;

    private record Settling(CallTask task, Failed result) {}

    Turn(CallGraph graph, Execution execution) {
        this.graph = graph;
        this.execution = execution;
    }

    /** Returns what is told of plain calls; it is entered the first time, until {@link #leave}. */
    CallMeter meter() {
        CallMeter known = meter;
        if (known == null) {
            known = graph.newMeter();
            known.enter();
            meter = known;
        }
        return known;
    }

    /** No call is made any more in this turn. */
    void leave() {
        CallMeter known = meter;
        if (known != null) {
            known.leave();
            meter = null;
        }
    }

    /** The task has a value. */
    void succeed(CallTask task, @Nullable Object value) {
        settle(task, value);
        settleAll();
    }

    /** The task has failed. */
    void fail(CallTask task, Failure failure) {
        settle(task, new Failed(failure));
        settleAll();
    }

    /** The task was given up, because nobody needs it. */
    void needless(CallTask task) {
        settle(task, NEEDLESS);
        settleAll();
    }

    private void settleAll() {
        if (settling.isEmpty()) {
            return;
        }
        for (Settling each = settling.poll(); each != null; each = settling.poll()) {
            settle(each.task(), each.result());
        }
    }

    private void settle(CallTask task, @Nullable Object result) {
        Object arguments = task.arguments;
        boolean cancels = result == NEEDLESS || task.work instanceof Region.Race;
        task.arguments = null;
        task.work = null;
        Object followers = task.settle(result);
        if (graph.isOpen()) {
            task.dropIfUnused(task.origin.keepsValues());
        }
        if (arguments instanceof CallTask[] several) {
            for (CallTask each : several) {
                release(each, cancels);
            }
        } else if (arguments != null) {
            release((CallTask) arguments, cancels);
        }
        while (followers instanceof Link link) {
            tell(link.first(), task);
            followers = link.rest();
        }
        if (followers != null) {
            tell(followers, task);
        }
    }

    /** One reader of {@code task} is done. */
    void releaseAndSettle(CallTask task) {
        release(task, false);
        settleAll();
    }

    private void release(CallTask task, boolean cancels) {
        if (!graph.isOpen()) {
            task.release();
            return;
        }
        CallTask.Released released = task.releaseOpen(task.origin.keepsValues(), cancels);
        if (released == CallTask.Released.SETTLE) {
            settling.add(new Settling(task, NEEDLESS));
        } else if (released == CallTask.Released.INTERRUPT) {
            graph.interrupt(task);
        }
    }

    private void tell(Object follower, CallTask settled) {
        if (follower instanceof CallTask task) {
            arrive(task, settled);
        } else {
            ((Waiter) follower).settled(settled, this);
        }
    }

    /** An argument of {@code task} is settled. */
    private void arrive(CallTask task, CallTask argument) {
        Failure failure = argument.failure();
        Object work = task.work;
        if (work instanceof Region.Race race) {
            if (task.arrivedOfSeveral(failure == null)) {
                if (failure == null) {
                    race.wonBy(argument);
                }
                ready.add(task);
            }
        } else if (failure != null && !(work instanceof Region.Recovery)) {
            if (task.giveUp()) {
                settling.add(new Settling(task, new Failed(failure)));
            }
        } else if (task.arrived()) {
            ready.add(task);
        }
    }

    /** Lets {@code task} follow its arguments; it becomes ready when they are settled. */
    void link(CallTask task) {
        Object arguments = task.arguments;
        if (arguments instanceof CallTask[] several) {
            for (CallTask argument : several) {
                follow(argument, task);
            }
        } else if (arguments != null) {
            follow((CallTask) arguments, task);
        }
        boolean isReady = task.work instanceof Region.Race ? task.arrivedOfSeveral(false) : task.arrived();
        if (isReady) {
            ready.add(task);
        }
        settleAll();
    }

    private void follow(CallTask argument, CallTask task) {
        if (argument.isUnasked()) {
            graph.ask(argument, this);
        }
        if (!argument.follow(task)) {
            arrive(task, argument);
        }
    }

    /** Tells {@code waiter} when {@code task} is settled. */
    void await(CallTask task, Waiter waiter) {
        if (!task.follow(waiter)) {
            waiter.settled(task, this);
        }
    }

    /** The run fails. */
    void failRun(Failure failure) {
        fatal = fatal == null ? failure : fatal;
    }

    /** Fails the run if something has; returns with what. */
    @Nullable Throwable failure() {
        Failure failure = fatal;
        if (failure == null) {
            return null;
        }
        Throwable named = failure.named();
        execution.fail(named);
        failure.others().forEach(execution::fail);
        return named;
    }

    /** Returns a ready task for this thread, and leaves the others to all; null if there is none. */
    @Nullable CallTask next() {
        int count = ready.size();
        if (count == 0) {
            return null;
        }
        CallTask first = ready.get(0);
        if (count > 1) {
            publish(ready.subList(1, count));
        }
        ready.clear();
        return first;
    }

    /** Leaves all ready tasks to others. */
    void publish() {
        publish(ready);
        ready.clear();
    }

    private void publish(List<CallTask> tasks) {
        if (!tasks.isEmpty()) {
            graph.publish(tasks.toArray(CallTask[]::new), execution);
        }
    }
}
