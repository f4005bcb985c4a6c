package dev.bag.schedule;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run executions, or none: then the calling thread runs everything.
 *
 * <p>A worker takes tasks from one execution, and after a while from the one that has used the least time, so that a
 * small run is not starved by a big one ({@link Share}). It never waits for a task: a task that starts an execution of its own
 * helps with that one, and only that one, until it is over. While it can do nothing there, and where user code waits that
 * cannot be left, another worker takes its seat, see {@link Workers}.
 */
public final class Pool implements AutoCloseable {

    private static final int SPINS_BEFORE_SLEEP = 200;
    private static final int FIRST_EXECUTIONS = 8;
    /** How long a worker does nothing after an error of its own. */
    private static final long PAUSE_NANOS = 1_000_000;

    private final int threadCount;
    private final int parallelism;
    private final @Nullable IntUnaryOperator order;
    private final Object owner;
    /**
     * The executions, with gaps: written under the lock of this, read without. That one goes needs no memory, because it
     * may go for want of that.
     */
    private volatile AtomicReferenceArray<@Nullable Execution> executions =
            new AtomicReferenceArray<>(FIRST_EXECUTIONS);

    private volatile int executionCount;
    private final Sleepers sleepers = new Sleepers();
    private final Share.Turns turns = new Share.Turns();
    /** Started by the first execution. */
    private final Threads workers;
    /** Whether the threads are those of an executor, which may have none to spare. */
    private final boolean borrows;

    /** Made before memory is short. */
    private final Runnable passOn = this::wakeForWork;

    private volatile boolean closed;

    private Pool(
            int threadCount,
            Object owner,
            int parallelism,
            @Nullable IntUnaryOperator order,
            @Nullable Executor executor) {
        this.threadCount = threadCount;
        this.parallelism = parallelism;
        this.order = order;
        this.owner = owner;
        this.borrows = executor != null;
        this.workers = executor == null
                ? new Workers(threadCount, Thread.currentThread().getContextClassLoader(), this::work)
                : new Shifts(threadCount, executor, this::workWhileThereIsAny, this::wakeForWork);
    }

    /** Returns a pool of threads of its own; see {@link #of(int, Executor, Object)}. */
    public static Pool of(int threadCount, Object owner) {
        return of(threadCount, null, owner);
    }

    /**
     * Returns a pool of {@code threadCount} daemon threads with the context class loader of the calling thread.
     *
     * @param executor lends its threads in place of own ones; null if there is none
     * @param owner whatever runs things on the pool, so that a task can find it
     */
    public static Pool of(int threadCount, @Nullable Executor executor, Object owner) {
        if (threadCount < 1) {
            throw new IllegalArgumentException("threads(" + threadCount + "): at least 1 is needed");
        }
        return new Pool(threadCount, owner, threadCount, null, executor);
    }

    /** Returns a pool without threads. */
    public static Pool inline(Object owner) {
        return new Pool(0, owner, 1, null, null);
    }

    /**
     * Returns a pool without threads that says it had some: for tests of what may happen between tasks, in an order that can be
     * repeated. Nothing may block in them.
     *
     * @param order is given how many batches are ready, and returns which of them is next
     */
    public static Pool ordered(int parallelism, IntUnaryOperator order, Object owner) {
        return new Pool(0, owner, parallelism, order, null);
    }

    @Nullable IntUnaryOperator order() {
        return order;
    }

    /** Returns whatever runs things here. */
    public Object owner() {
        return owner;
    }

    /** How many threads work at the same time. */
    public int parallelism() {
        return parallelism;
    }

    /** Runs the batches and returns when they are over, successfully or not. */
    public Execution run(Collection<? extends Batch> batches) {
        Execution execution = begin(batches, over -> {});
        execution.await();
        return execution;
    }

    /** {@linkplain Execution#start Starts} the batches; {@code whenOver} is called on the thread that ends them. */
    public Execution start(Collection<? extends Batch> batches, Consumer<Execution> whenOver) {
        Execution execution = prepare(batches, whenOver);
        execution.start();
        return execution;
    }

    /** Starts the batches; their result must be {@linkplain Execution#await awaited}. */
    public Execution begin(Collection<? extends Batch> batches, Consumer<Execution> whenOver) {
        Execution execution = prepare(batches, whenOver);
        execution.begin();
        return execution;
    }

    /** Returns an execution of the batches that is still to {@linkplain Execution#begin begin}. */
    public Execution prepare(Collection<? extends Batch> batches, Consumer<Execution> whenOver) {
        boolean alone = threadCount == 0 || ClassInitialization.isRunningOnThisThread();
        return new Execution(this, alone, batches, whenOver);
    }

    /**
     * Cancels what runs and ends the threads; returns when no user code runs any more. Called by a task, it does not wait for
     * the ends of executions, of which its own is one.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        List<? extends Thread> ending = workers.close();
        AtomicReferenceArray<@Nullable Execution> now = executions;
        for (int i = 0; i < now.length(); i++) {
            Execution execution = now.get(i);
            if (execution != null) {
                execution.fail(new InterruptedException("the runner was closed"));
            }
        }
        sleepers.wakeAll();
        joinUninterruptibly(ending);
        for (int i = 0; i < now.length() && Execution.current() == null; i++) {
            Execution execution = now.get(i);
            if (execution != null) {
                execution.awaitQuiet(); // threads that are not of this may visit it
            }
        }
    }

    boolean isShared() {
        return executionCount > 1;
    }

    void abandon(Thread thread) {
        workers.abandon(thread);
    }

    /** The calling thread, which was abandoned, has left its task. */
    void comeBack() {
        workers.comeBack();
    }

    /** Wakes at most {@code most} threads. Returns whether one is there, or comes. */
    boolean wake(Execution execution, int most) {
        sleepers.wake(execution, most);
        return !borrows || execution.isAlone() || workers.call(most, execution::fail);
    }

    /** Whether a thread that wants a result works on it, because no other one may come. */
    boolean borrows() {
        return borrows;
    }

    /** Returns {@code thrown} by a task of the calling thread, or why that was interrupted from outside. */
    Throwable reason(Throwable thrown) {
        return borrows ? workers.reason(thrown) : thrown;
    }

    void over(Execution execution) {
        try {
            remove(execution);
        } finally {
            sleepers.wakeWaiting(execution);
        }
    }

    private synchronized void remove(Execution execution) {
        AtomicReferenceArray<@Nullable Execution> now = executions;
        for (int i = 0; i < now.length(); i++) {
            if (now.get(i) == execution) {
                now.set(i, null);
                executionCount--;
            }
        }
    }

    private void add(Execution execution) {
        AtomicReferenceArray<@Nullable Execution> now = executions;
        int gap = 0;
        while (gap < now.length() && now.get(gap) != null) {
            gap++;
        }
        if (gap < now.length()) {
            now.set(gap, execution);
        } else {
            AtomicReferenceArray<@Nullable Execution> more = new AtomicReferenceArray<>(2 * now.length());
            for (int i = 0; i < now.length(); i++) {
                more.set(i, now.get(i));
            }
            more.set(gap, execution);
            executions = more;
        }
        int count = executionCount + 1; // written under the lock of this only
        executionCount = count;
    }

    void wakeWaiting(Execution execution) {
        sleepers.wakeWaiting(execution);
    }

    void sleepUntil(Execution execution, boolean works, BooleanSupplier ready) {
        sleepers.sleep(execution, works, ready);
    }

    /** Lets the threads work on {@code execution}. */
    synchronized void publish(Execution execution) {
        checkOpen();
        workers.fillSeats();
        add(execution);
    }

    synchronized void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this runner is closed; build another one");
        }
    }

    private void work() {
        int idleRounds = 0;
        while (!closed && (!hasTooMany() || workers.leave(passOn))) {
            if (workOnceSafely()) {
                idleRounds = 0;
            } else if (++idleRounds < SPINS_BEFORE_SLEEP) {
                Thread.onSpinWait();
            } else {
                sleepSafely();
                idleRounds = 0;
            }
        }
    }

    /** The work of a thread that does not belong to this. */
    private void workWhileThereIsAny() {
        int idleRounds = 0;
        while (!closed && !hasTooMany() && idleRounds < SPINS_BEFORE_SLEEP) {
            if (workOnceSafely()) {
                idleRounds = 0;
            } else {
                idleRounds++;
                Thread.onSpinWait();
            }
        }
    }

    /** Sleeping takes an object, for which there may be no memory. */
    private void sleepSafely() {
        try {
            sleepers.sleep(() -> closed || anyHasWork());
        } catch (OutOfMemoryError e) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    /** What a caller's callback throws is told, as a thread's last words are, but does not end the worker. */
    private boolean workOnceSafely() {
        try {
            return workOnce();
        } catch (Throwable e) {
            tell(e);
            return false;
        }
    }

    private void tell(Throwable thrown) {
        try {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable e) { // this cannot be told, either
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    /** Works on one execution. Returns false if none has work. */
    private boolean workOnce() {
        Execution chosen = leastUsed();
        if (chosen == null) {
            return false;
        }
        turns.choose(chosen.share());
        return chosen.work(null) || workOnAnother(chosen);
    }

    /** Returns the execution that has used the least of those that have work, or null. */
    private @Nullable Execution leastUsed() {
        AtomicReferenceArray<@Nullable Execution> now = executions;
        @Nullable Execution least = null;
        for (int i = 0; i < now.length(); i++) {
            Execution execution = now.get(i);
            if (execution != null
                    && (least == null
                            || execution.share().used() < least.share().used())
                    && execution.hasWorkForAny()) {
                least = execution;
            }
        }
        return least;
    }

    /** Others were quicker to take the tasks of {@code but}: whatever else there is. */
    private boolean workOnAnother(Execution but) {
        AtomicReferenceArray<@Nullable Execution> now = executions;
        for (int i = 0; i < now.length(); i++) {
            Execution execution = now.get(i);
            if (execution != null && execution != but && execution.hasWorkForAny() && execution.work(null)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a worker should stand by instead of running another task. */
    boolean hasTooMany() {
        return workers.areTooMany();
    }

    /** Wakes one for each execution that has work. */
    private void wakeForWork() {
        AtomicReferenceArray<@Nullable Execution> now = executions;
        for (int i = 0; i < now.length(); i++) {
            Execution execution = now.get(i);
            if (execution != null && execution.hasWorkForAny()) {
                wake(execution, 1);
            }
        }
    }

    private boolean anyHasWork() {
        AtomicReferenceArray<@Nullable Execution> now = executions;
        for (int i = 0; i < now.length(); i++) {
            Execution execution = now.get(i);
            if (execution != null && execution.hasWorkForAny()) {
                return true;
            }
        }
        return false;
    }

    private static void joinUninterruptibly(List<? extends Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread != Thread.currentThread() && thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
