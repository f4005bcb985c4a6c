package dev.bag.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What holds for an execution besides its batches, and how tasks add to it: what is around its tasks, how long they may take and have taken, what waits
 * for a time, and what has failed.
 */
abstract class Terms implements Deadlines.Watched {

    private static final int MOST_OTHER_FAILURES = 16;

    private final Share share;
    private final AtomicLong busyNanos = new AtomicLong();
    private final ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();
    /** Written before the execution begins, as the two below. */
    private @Nullable Object attached;

    private @Nullable Deadlines deadlines;
    private final List<Callable<? extends AutoCloseable>> around = new ArrayList<>(0);
    private final Set<Delay> delays = ConcurrentHashMap.newKeySet();
    private volatile boolean hasAbandoned;
    /** By what they are for; guarded by itself, as is whether they are closed. */
    private final Map<Object, AutoCloseable> owned = new HashMap<>();

    private boolean ownedIsClosed;
    private @Nullable Duration taskTimeout;

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Throwable> otherFailures = new ArrayList<>(MOST_OTHER_FAILURES);

    Terms(Share share) {
        this.share = share;
    }

    /** True once nothing of this execution is wanted any more. */
    abstract boolean stopping();

    abstract boolean isOver();

    @Override
    public abstract List<Visit> visits();

    abstract void resume(Batch child);

    /** Starts nothing more and interrupts what runs. */
    abstract void stop();

    /** What this has used of the threads of the pool, together with those around and inside it. */
    Share share() {
        return share;
    }

    /** Keeps {@code whatever} of the run, for its tasks. Before it begins. */
    public void attach(Object whatever) {
        attached = whatever;
    }

    /** Returns what was attached, or null. */
    public @Nullable Object attached() {
        return attached;
    }

    /** Returns what belongs to this and is for {@code key}; makes it if there is none. Closed when this is over, by {@link #closeOwned}. */
    @SuppressWarnings("unchecked") // what is for one key is made by one kind of maker
    public <X extends AutoCloseable> X owned(Object key, Supplier<X> make) throws InterruptedException {
        synchronized (owned) {
            if (ownedIsClosed) {
                throw new InterruptedException("the run is over");
            }
            return (X) owned.computeIfAbsent(key, absent -> make.get());
        }
    }

    /** Closes what belongs to this. When it is over; does nothing the second time. */
    public void closeOwned() {
        List<AutoCloseable> all;
        synchronized (owned) {
            ownedIsClosed = true;
            all = List.copyOf(owned.values());
            owned.clear();
        }
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception e) {
                fail(e);
            }
        }
    }

    /** Returns how long a task may take, or null. */
    public @Nullable Duration taskTimeout() {
        return taskTimeout;
    }

    /** Returns how long threads have worked on this, all together, with what is inside its tasks; not while they were blocked. */
    public long busyNanos() {
        return busyNanos.get();
    }

    void worked(long nanos) {
        busyNanos.addAndGet(nanos);
    }

    ClassLoader contextClassLoader() {
        return contextClassLoader;
    }

    /** Sets how long tasks and this may take. Before it begins. */
    public void limit(@Nullable Duration task, @Nullable Duration run, long graceNanos, Alarm alarm) {
        taskTimeout = task;
        deadlines = new Deadlines(this, new Deadlines.Limits(task, run, graceNanos, alarm));
    }

    /** Time counts from now on, if it matters. */
    void beginTime() {
        Deadlines limits = deadlines;
        if (limits != null && !isOver()) {
            limits.begin();
        }
    }

    /** This is over: time counts no more. */
    void endTime() {
        Deadlines limits = deadlines;
        if (limits != null) {
            limits.end();
        }
        if (!delays.isEmpty()) {
            forgetDelays();
        }
    }

    /** A thread is left behind. */
    void hasAbandoned() {
        hasAbandoned = true;
    }

    /** Adds what is opened before each task, and closed after it, unless the thread that wants the result does it. Before this begins. */
    public void surround(Callable<? extends AutoCloseable> surroundings) {
        around.add(surroundings);
    }

    /** Returns {@code thrown} by a task that runs now, or that it took too long, if it was interrupted for that; then a next attempt may begin. */
    public Throwable orTimeout(Throwable thrown) {
        Deadlines limits = deadlines;
        if (limits != null && !stopping()) {
            for (Visit visit : visits()) {
                if (visit.thread() == Thread.currentThread() && visit.endStretch()) {
                    visit.beginStretch(limits.nanoTime());
                    return limits.timeout(thrown);
                }
            }
        }
        return thrown;
    }

    /** Whether a thread that heeds no interrupt was left behind, with all that it has open. */
    public boolean hasLeftThreads() {
        return hasAbandoned;
    }

    /** Runs what {@code visit} has claimed. */
    final void runTask(Visit visit, Execution execution) throws Throwable {
        Deadlines limits = deadlines;
        if (limits == null) {
            runSurrounded(visit, execution, 0);
            return;
        }
        visit.beginStretch(limits.nanoTime());
        try {
            runSurrounded(visit, execution, 0);
        } finally {
            visit.endStretch();
        }
    }

    @SuppressWarnings("try") // what is opened is only closed
    private void runSurrounded(Visit visit, Execution execution, int depth) throws Throwable {
        if (depth == around.size() || visit.isHelping()) {
            visit.batch().run(visit.index(), execution);
        } else {
            try (AutoCloseable opened = around.get(depth).call()) {
                runSurrounded(visit, execution, depth + 1);
            }
        }
    }

    /** Does {@code work} with what is opened before each task around it. */
    public final <R extends @Nullable Object> R surrounded(Callable<R> work) throws Exception {
        return surrounded(work, 0);
    }

    @SuppressWarnings("try") // what is opened is only closed
    private <R extends @Nullable Object> R surrounded(Callable<R> work, int depth) throws Exception {
        if (depth == around.size()) {
            return work.call();
        }
        try (AutoCloseable opened = around.get(depth).call()) {
            return surrounded(work, depth + 1);
        }
    }

    /** Adds a batch made by a running task of the batch it belongs to; it is ready at once. */
    public void fork(Batch child) {
        Batch parent = child.parent();
        if (parent != null) {
            parent.expectMore(1);
        }
        resume(child);
    }

    /** Makes {@code parent} wait for so many batches that {@link #resume} will bring. By a running task of it. */
    public void expect(Batch parent, int count) {
        parent.expectMore(count);
    }

    /** Lets the next task of {@code batch} follow the one that was {@linkplain Batch#hold held}. By a batch it waits for. */
    public void release(Batch batch) {
        if (batch.hasUnclaimed()) {
            resume(batch);
        }
    }

    /** As {@link #resume}, after {@code nanos}; it is forgotten if this ends before. */
    public void resumeAfter(long nanos, Batch child, Alarm alarm) {
        Delay delay = new Delay(child);
        delays.add(delay);
        delay.takeBack = alarm.after(nanos, delay);
        if (isOver()) {
            forgetDelays();
        }
    }

    /** A batch that is to be resumed later. */
    private final class Delay implements Runnable {

        private final Batch child;
        /** Written by the thread that makes this, read by the one that ends the execution. */
        private volatile Runnable takeBack = () -> {};

        Delay(Batch child) {
            this.child = child;
        }

        @Override
        public void run() {
            if (delays.remove(this)) {
                resume(child);
            }
        }
    }

    /** An alarm must keep nothing of what is over from being collected. */
    private void forgetDelays() {
        delays.forEach(delay -> delay.takeBack.run());
        delays.clear();
    }

    /** The first failure, or null. */
    public @Nullable Throwable failure() {
        return failure.get();
    }

    /** What else failed before everything had stopped. */
    public List<Throwable> otherFailures() {
        synchronized (otherFailures) {
            return List.copyOf(otherFailures);
        }
    }

    /** Fails with {@code thrown}, unless something failed before; starts nothing more and interrupts what runs. */
    @Override
    public void fail(Throwable thrown) {
        if (failure.compareAndSet(null, thrown)) {
            stop();
        } else if (thrown != failure.get() && !(thrown instanceof InterruptedException)) {
            synchronized (otherFailures) {
                if (otherFailures.size() < MOST_OTHER_FAILURES) {
                    otherFailures.add(thrown);
                }
            }
        }
    }
}
