package dev.bag.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a graph of batches.
 *
 * <p><b>End.</b> A thread that works on this execution is counted in {@code active} from before its first claim until
 * after its last task. The execution is over when no thread is active and either all batches have completed or it is
 * stopping; the thread whose leaving makes that true says so. A thread that enters later finds nothing to claim: a
 * stopping execution hands out no task, and a finished one has none. So once {@link #await} returns, no user code of
 * this execution is running.
 *
 * <p><b>Stop.</b> The first failure, or a cancel, sets {@code stopping}, which claims and the loops over records check,
 * and then interrupts the threads inside. A thread leaves under the lock of its {@link Visit}, so that the interrupt
 * comes while it is inside or not at all.
 *
 * <p><b>Blocked threads.</b> A task may have to wait inside code that cannot be left, or for the end of an execution of its
 * own. Its thread stays inside, and another one works in its place ({@link Workers}). That one may claim the next task of the
 * same execution, which has to wait, too. When {@code MOST_BLOCKED} threads wait so in an execution and in those inside its
 * tasks, workers claim no further task of it until one of them goes on. So the threads are bounded, and other executions go
 * on, however many tasks of this one wait. The bound does not hold for a helper: it is there already, and what it works on
 * may be what the others wait for.
 *
 * <p><b>Without memory.</b> Records may fill the heap, and then each allocation fails, also here. So nothing on the way
 * from a failure to the end of {@link #await} needs an object that is not there already, and each step of it is taken
 * whatever becomes of the one before.
 */
public final class Execution extends Terms {

    private static final ThreadLocal<@Nullable Execution> CURRENT = new ThreadLocal<>();
    /** As many as a ForkJoinPool lets wait beside its threads. */
    private static final int MOST_BLOCKED = 256;

    private static final long PAUSE_NANOS = 1_000_000;

    private final Pool pool;
    private final @Nullable Execution outer;
    /** Whether the thread that begins this must work on it: inside a task, or when no other thread would. */
    private final boolean mustHelp;
    /** Whether the thread that wants the result works on it: if it must, or if no other one may come. */
    private final boolean callersHelp;
    /** Whether another thread works on this, or comes; written and read by the thread that begins this. */
    private boolean isTakenUp = true;
    /** Whether the threads of the pool do not work on this. */
    private final boolean alone;

    private final Consumer<Execution> whenOver;
    private final Batch.Ready ready;
    final AtomicInteger active = new AtomicInteger();
    /** Threads that wait inside a task, also of an execution inside one. */
    private final AtomicInteger blocked = new AtomicInteger();
    /** Batches that have not completed, without forked ones. */
    private final AtomicInteger unfinished;

    private final Visit.Ring visits = new Visit.Ring();
    private final Set<Execution> nested = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stopping;

    Execution(Pool pool, boolean alone, Collection<? extends Batch> batches, Consumer<Execution> whenOver) {
        super(shareOf(CURRENT.get(), pool));
        this.pool = pool;
        this.outer = CURRENT.get();
        this.alone = alone;
        // A worker that waits, even between tasks, must do the work itself: it may be the only one.
        this.mustHelp = alone || outer != null || Thread.currentThread() instanceof Workers.Worker;
        this.callersHelp = mustHelp || pool.borrows();
        this.whenOver = whenOver;
        this.ready = new Batch.Ready(pool.order());
        this.unfinished = new AtomicInteger(batches.size());
        List<Batch> first = new ArrayList<>();
        for (Batch batch : batches) {
            if (batch.ready()) {
                first.add(batch);
            }
        }
        for (int i = first.size() - 1; i >= 0; i--) {
            ready.push(first.get(i));
        }
    }

    /** A run inside of a task has its turn together with that. */
    private static Share shareOf(@Nullable Execution around, Pool pool) {
        return around != null && around.pool == pool ? around.share() : new Share();
    }

    /** The execution of which the calling thread runs a task, if it does. */
    public static @Nullable Execution current() {
        return CURRENT.get();
    }

    /** The pool this runs on. */
    public Pool pool() {
        return pool;
    }

    /** Whether the thread that wants the result works on it: inside a task, or when no other thread would. */
    public boolean callersHelp() {
        return callersHelp;
    }

    /** True once nothing of this execution is wanted any more; loops over records ask between records. */
    @Override
    public boolean stopping() {
        return stopping;
    }

    /** Throws if the calling thread runs a task of an execution that is stopping; the interrupt stays for others to see. */
    public static void check() throws InterruptedException {
        Execution execution = CURRENT.get();
        if (execution != null && execution.stopping) {
            Thread.currentThread().interrupt();
            throw new InterruptedException("the run was stopped");
        }
    }

    /**
     * Waits for an event, inside a task that cannot be left. Other threads do the work of the calling one meanwhile, so that
     * a task may bring the event, even on a pool of one thread. On a pool without threads it must come from outside.
     *
     * <p>The race is an execution that stops just before the wait: it sets {@code stopping} first and interrupts then, so
     * the calling thread sees the one or the other.
     *
     * @param event is given what to call when the event comes: once, on any thread, at once if it has come already
     * @throws InterruptedException if the execution stops, or the calling thread is interrupted; the interrupt stays for
     *     others to see
     */
    public static void block(Consumer<Runnable> event) throws InterruptedException {
        CountDownLatch happened = new CountDownLatch(1);
        event.accept(happened::countDown);
        if (happened.getCount() == 0) {
            return;
        }
        check();
        try {
            block(CURRENT.get(), happened::await);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    /** Waits in a task of {@code around}, which is in one of another execution if that has an outer one, and so on. */
    private static <E extends Exception> void block(@Nullable Execution around, Workers.Wait<E> wait) throws E {
        for (Execution each = around; each != null; each = each.outer) {
            each.blocked.incrementAndGet();
        }
        try {
            Workers.withoutSeat(wait);
        } finally {
            for (Execution each = around; each != null; each = each.outer) {
                if (each.blocked.getAndDecrement() == MOST_BLOCKED) {
                    each.pool.wake(each, Integer.MAX_VALUE);
                }
            }
        }
    }

    /**
     * Returns whether nothing of this may run on any other thread than the calling one: there are none, or it is in a static
     * initialiser.
     */
    public boolean isAlone() {
        return alone;
    }

    /** Makes a batch ready for which its parent waits already. By any thread. */
    @Override
    public void resume(Batch child) {
        ready.push(child);
        pool.wake(this, 1);
    }

    /** Makes this wait for a batch that belongs to no other, and that {@link #resume} will bring. By a running task. */
    public void expectOneMore() {
        unfinished.incrementAndGet();
    }

    /** Whether so many threads wait inside tasks that soon no other may take one. */
    public boolean hasManyBlocked() {
        return blocked.get() >= MOST_BLOCKED / 2;
    }

    /** Waits until this is over, as {@link #awaitUntil} does. */
    public void await() {
        try {
            awaitUntil(this::isOver);
            awaitQuiet();
        } catch (OutOfMemoryError e) { // it is the failure of this, if there is no other
            fail(e);
            awaitQuiet();
        } catch (Throwable e) { // as below
            fail(e);
            awaitQuiet();
            throw e;
        }
    }

    /** Waits, whatever interrupts come, until the last thread has left. */
    void awaitQuiet() {
        boolean interrupted = false;
        while (!isOver()) {
            try {
                over.await();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (OutOfMemoryError e) { // waiting takes an object, too
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until {@code done}, which becomes true by a task or when this is over. A thread inside a task, or without
     * others to do the work, helps; any other sleeps. An interrupt cancels this execution and stays for the caller to see.
     */
    public void awaitUntil(BooleanSupplier done) {
        try {
            waitUntil(done);
        } catch (Throwable e) { // a debugger may stop a thread anywhere, as jshell does on Ctrl-C
            fail(e);
            awaitQuiet();
            throw e;
        }
    }

    private void waitUntil(BooleanSupplier done) {
        while (!done.getAsBoolean() && !isOver()) {
            boolean worked = callersHelp && work(done);
            if (!worked && !done.getAsBoolean()) {
                sleepUntil(() -> (callersHelp && hasWork()) || done.getAsBoolean() || isOver());
                if (Thread.currentThread().isInterrupted() && !isOver()) {
                    fail(new InterruptedException("the calling thread was interrupted"));
                    awaitQuiet();
                }
            }
        }
    }

    private void sleepUntil(BooleanSupplier ready) {
        if (callersHelp) {
            block(outer, () -> pool.sleepUntil(this, true, ready));
        } else {
            pool.sleepUntil(this, false, ready);
        }
    }

    /** Wakes threads in {@link #awaitUntil}, because what they wait for may be there. */
    public void wakeWaiting() {
        pool.wakeWaiting(this);
    }

    /**
     * Begins; the end must be {@linkplain #await awaited}. If the pool is closed, an exception says so, and nothing has
     * begun. What is thrown after that is the failure of this execution.
     */
    public void begin() {
        boolean isEmpty = unfinished.get() == 0;
        if (alone) {
            pool.checkOpen();
        } else {
            pool.publish(this);
        }
        try {
            if (outer != null) {
                outer.nested.add(this);
                if (outer.stopping) {
                    fail(new InterruptedException("the run around this one was stopped"));
                }
            }
            if (isEmpty) {
                finishIfOver();
            }
            beginTime();
            isTakenUp = pool.wake(this, Integer.MAX_VALUE);
        } catch (Throwable e) { // out of memory: tasks may be running already, and the caller waits for their end
            fail(e);
        }
    }

    /**
     * Begins, as {@link #begin} does, and need not be awaited. Where the caller must help, because it is inside a task or
     * no other would do the work, returns when this is over: it could not help later, in whatever it waits for the
     * result with.
     */
    public void start() {
        begin();
        if (mustHelp || !isTakenUp) {
            await();
        }
    }

    @Override
    boolean isOver() {
        return over.getCount() == 0;
    }

    boolean hasWork() {
        return !stopping && !ready.isEmpty();
    }

    /** As {@link #hasWork}, for workers that come of themselves. */
    boolean hasWorkForAny() {
        return hasWork() && mayBlockOneMore();
    }

    private boolean mayBlockOneMore() {
        for (Execution each = this; each != null; each = each.outer) {
            if (each.blocked.get() >= MOST_BLOCKED) {
                return false;
            }
        }
        return true;
    }

    /**
     * Runs ready tasks until there are none, or another execution should have its turn; whether it ran any. A helper
     * says until when it works; a worker does not. What a helper does is charged with the task that it is in.
     */
    boolean work(@Nullable BooleanSupplier until) {
        boolean helping = until != null;
        Visit visit;
        try {
            visit = new Visit(Thread.currentThread(), CURRENT.get(), helping);
        } catch (OutOfMemoryError e) {
            fail(e);
            return true;
        }
        boolean hasRun = false;
        active.incrementAndGet();
        try {
            enter(visit, helping);
            if (!helping && pool.isShared()) {
                visit.beginTurn();
            }
            while (mayClaim(until) && ready.claim(visit)) {
                hasRun = true;
                runClaimed(visit);
                heedInterrupt(helping);
                if (!helping && pool.isShared() && visit.isTurnOver(share())) {
                    break;
                }
            }
        } finally {
            leave(visit);
        }
        return hasRun;
    }

    @Override
    public List<Visit> visits() {
        return visits.all();
    }

    @Override
    public void abandon(Deadlines.Stay stay) {
        Visit visit = (Visit) stay;
        if (visit.abandon()) {
            hasAbandoned();
            visits.remove(visit);
            try {
                pool.abandon(visit.thread());
            } finally {
                if (active.decrementAndGet() == 0) {
                    finishIfOver();
                }
            }
        }
    }

    /** Whether other runs are to have their turn between two tasks, so that a chain of work should end soon. */
    public boolean isSharing() {
        return pool.isShared();
    }

    private boolean mayClaim(@Nullable BooleanSupplier until) {
        return !stopping && (until == null ? mayBlockOneMore() && !pool.hasTooMany() : !until.getAsBoolean());
    }

    /** An interrupted helper's caller wants to stop; on a worker's own thread, user code left the flag behind. */
    private void heedInterrupt(boolean helping) {
        if (Thread.currentThread().isInterrupted()) {
            if (helping) {
                fail(new InterruptedException("the calling thread was interrupted"));
            } else if (!stopping) {
                Thread.interrupted();
            }
        }
    }

    private void runClaimed(Visit visit) {
        Batch batch = visit.batch();
        try {
            runTask(visit, this);
            if (!stopping) {
                if (batch.inOrder() && batch.hasUnclaimed() && !batch.isHeld(visit.index())) {
                    ready.push(batch);
                }
                ended(batch);
            }
        } catch (Throwable e) { // an Error of user code fails the run, not the runner
            visit.failedBy(e);
            fail(stopping ? e : pool.reason(e));
        }
    }

    /** A task of {@code batch} has ended: completes what can be, and releases what follows. */
    private void ended(Batch batch) throws Throwable {
        @Nullable Batch open = batch;
        while (open != null && open.ended()) {
            open.completed();
            release(open.followers());
            if (open.parent() == null) {
                unfinished.decrementAndGet();
            }
            open = open.parent();
        }
    }

    /** Pushes what has become ready. The first goes to the calling thread itself, which wakes no other thread for it. */
    private void release(List<Batch> followers) {
        long pushed = 0;
        for (int i = followers.size() - 1; i >= 0; i--) {
            Batch follower = followers.get(i);
            if (follower.prerequisiteCompleted()) {
                ready.push(follower);
                pushed += follower.size();
            }
        }
        if (pushed > 1) {
            pool.wake(this, (int) Math.min(pushed - 1, Integer.MAX_VALUE));
        }
    }

    void enter(Visit visit, boolean helping) {
        if (!helping) {
            Thread.interrupted(); // left over from something that does not concern this execution
        }
        visits.add(visit);
        CURRENT.set(this);
        if (!helping && !alone) {
            visit.enterClassLoader(contextClassLoader());
        }
    }

    void leave(Visit visit) {
        try {
            CURRENT.set(visit.around());
        } finally {
            visits.remove(visit);
            boolean wasAbandoned = visit.end();
            worked(visit.stayNanos());
            visit.forget();
            visit.leaveClassLoader();
            Execution around = visit.around();
            if (around != null && around.stopping) {
                Thread.currentThread().interrupt();
            }
            if (wasAbandoned) {
                pool.comeBack();
            } else if (active.decrementAndGet() == 0) {
                finishIfOver();
            }
        }
    }

    private void finishIfOver() {
        if (stopping || unfinished.get() == 0) {
            synchronized (over) {
                if (isOver()) {
                    return;
                }
                ready.clear(); // a worker that is about to go may hold this for a while, and results hang on batches
                over.countDown();
            }
            try {
                endTime();
                if (outer != null) {
                    outer.nested.remove(this);
                }
            } finally {
                try {
                    pool.over(this);
                } finally {
                    whenOver.accept(this);
                }
            }
        }
    }

    @Override
    void stop() {
        stopping = true;
        try {
            visits.interrupt();
            for (Execution inner : nested) {
                stop(inner);
            }
        } finally {
            // When no thread is inside, none will leave: this thread plays the last one.
            active.incrementAndGet();
            if (active.decrementAndGet() == 0) {
                finishIfOver();
            }
        }
    }

    private static void stop(Execution inner) {
        try {
            inner.fail(new InterruptedException("the run around this one was stopped"));
        } catch (OutOfMemoryError e) {
            inner.fail(e);
        }
    }
}
