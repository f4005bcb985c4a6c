package dev.bag.outside;

import dev.bag.schedule.Execution;
import dev.bag.trait.Outside;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one partition, in the order of their records. It has at most one that waits for its start, so that what waits
 * is bounded by the number of partitions; and twice as many in all as may be in flight, so that a slow call does not keep
 * those behind it from being made.
 *
 * <p>Protocol. One thread at a time uses this, and calls end on others. The user of this leaves a {@code waiter}, and
 * then looks once more whether it may go on; a call that is done, or starts, first says so and then takes the waiter. One
 * of both sees the other.
 */
final class Window<T, R> implements Outside.Work<T, R> {

    private final Call.Target<T> target;
    private final Limiter limiter;
    private final Execution execution;
    private final int most;
    private final Deque<Call<T, R>> pending = new ArrayDeque<>();
    /** How many of them wait for their start. */
    private final AtomicInteger unstarted = new AtomicInteger();

    private final AtomicReference<@Nullable Runnable> waiter = new AtomicReference<>();
    /** Whether there was no room when that was asked last. Written by the user of this, as the one below. */
    private volatile boolean lacksRoom;
    /** The first of them. */
    private volatile @Nullable Call<T, R> first;

    Window(Call.Target<T> target, Limiter limiter, Execution execution) {
        this.target = target;
        this.limiter = limiter;
        this.execution = execution;
        this.most = (int) Math.min(Integer.MAX_VALUE, 2L * limiter.most());
    }

    Execution execution() {
        return execution;
    }

    private boolean isRoom() {
        return pending.size() < most && unstarted.get() == 0;
    }

    @Override
    public boolean hasRoom() {
        boolean isRoom = isRoom();
        lacksRoom = !isRoom;
        return isRoom;
    }

    @Override
    public void take(T record) {
        Call<T, R> call = new Call<>(target, this, record);
        pending.add(call);
        first = pending.peek();
        unstarted.incrementAndGet();
        limiter.submit(call);
    }

    @Override
    public void end() {}

    @Override
    public boolean isReady() {
        Call<T, R> next = first;
        return next != null && next.isDone();
    }

    @Override
    public @Nullable R next() throws Throwable {
        Call<T, R> next = pending.remove();
        first = pending.peek();
        return next.result();
    }

    /** That is for the records that are out to say. */
    @Override
    public boolean hasEnded() {
        return false;
    }

    @Override
    public void whenReady(Runnable ready) {
        waiter.set(ready);
        if (isReady() || (lacksRoom && isRoom())) {
            wake();
        }
    }

    private void wake() {
        Runnable ready = waiter.getAndSet(null);
        if (ready != null) {
            ready.run();
        }
    }

    /** A call is about to start. */
    void started() {
        unstarted.decrementAndGet();
        if (lacksRoom) {
            wake();
        }
    }

    /** A call that was started is done. */
    void ended(Call<T, R> call) {
        if (call == first) {
            wake();
        }
        limiter.ended();
    }

    /** The run is not over before the functions have ended that run now; they are interrupted. */
    @Override
    public void close() {
        waiter.set(null);
        for (Call<T, R> call : pending) {
            limiter.remove(call);
            call.giveUp();
        }
        pending.clear();
        first = null;
    }
}
