package dev.bag.run;

import dev.bag.kernel.GatherFold.Rope;
import dev.bag.schedule.Execution;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands over the records of a stage that a {@link Cluster} works through: the lanes as they come, in their order.
 *
 * <p>Protocol. The thread of the stage brings a lane and then waits until the reader has begun with it ({@link #awaitRoom});
 * so while the reader works on one lane the next one is brought. The race is a reader that takes the lane just before the
 * other thread says that it waits: both hold the lock of this, so the second one sees what the first has done.
 */
final class FarHandover implements Handing {

    private final int laneCount;
    /** Lanes that came before earlier ones. Guarded by this, as all below. */
    private final Map<Integer, Rope> early = new HashMap<>();

    private final Deque<Object[]> waiting = new ArrayDeque<>();
    private int next;
    private boolean hasEnded;
    private @Nullable Runnable whenTaken;
    private @Nullable Execution execution;

    FarHandover(int laneCount) {
        this.laneCount = laneCount;
    }

    @Override
    public void readInAnyOrder() {}

    /** A lane is there. */
    synchronized void bring(int lane, Rope records) {
        execution = Execution.current();
        early.put(lane, records);
        for (Rope now = early.remove(next); now != null; now = early.remove(++next)) {
            if (now.count() > 0) {
                waiting.add(now.toArray());
            }
        }
        hasEnded = next == laneCount;
        wake();
    }

    /** All lanes have been brought. */
    synchronized void ended() {
        execution = Execution.current();
        hasEnded = true;
        wake();
    }

    private void wake() {
        if (execution != null) {
            execution.wakeWaiting();
        }
    }

    /** Waits until the reader has taken all that is there; not if the reader's thread is the one that brings. */
    void awaitRoom() throws InterruptedException {
        Execution running = Execution.current();
        if (running != null && !running.callersHelp()) {
            Execution.block(this::whenTaken);
        }
    }

    private void whenTaken(Runnable event) {
        synchronized (this) {
            if (!waiting.isEmpty()) {
                whenTaken = event;
                return;
            }
        }
        event.run();
    }

    @Override
    public @Nullable Object @Nullable [] poll() {
        Runnable event = null;
        @Nullable Object @Nullable [] records;
        synchronized (this) {
            records = waiting.poll();
            if (records == null) {
                return hasEnded ? null : new Object[0];
            }
            if (waiting.isEmpty()) {
                event = whenTaken;
                whenTaken = null;
            }
        }
        if (event != null) {
            event.run();
        }
        return records;
    }

    @Override
    public synchronized boolean hasNews() {
        return hasEnded || !waiting.isEmpty();
    }

    @Override
    public void signOut() {}

    @Override
    public synchronized void drop() {
        waiting.clear();
        early.clear();
    }
}
