package dev.bag.schedule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The threads of a pool. As many of them as the pool has seats look for tasks or run one; the others are blocked, or stand
 * by.
 *
 * <p>Protocol. A worker that must wait inside code that cannot be left gives up its seat for that time, and another one
 * takes it: one that stands by, or a new one. When the wait is over it does not queue for a seat, because others may
 * wait for what it holds, and its task may be nearly done: it takes one more than there are.
 * Then the first worker that is between two tasks gives up its own and stands by. At most as many as there are seats stand
 * by; one more ends. So beside those that are blocked there are never more than twice as many threads as seats, and each
 * wait costs a wake-up instead of a thread.
 *
 * <p>Races. A worker finds that there are too many, and before it stands by another one is blocked: then there would be too
 * few. Hence both happen under the lock of this, and the second one sees what the first has done. A worker is woken for a
 * task and then finds that there are too many, while another one with a seat sleeps on beside that task: so a worker that
 * gives up its seat looks for tasks once more and passes the wake-up on.
 */
final class Workers implements Threads {

    private final int seats;
    private final ClassLoader contextClassLoader;
    /** What each does until the end. */
    private final Runnable work;

    /** Those with a seat; written under the lock of this, read between two tasks without. */
    private volatile int seated;

    /** Guarded by this, as the three below; with the room it needs, because workers stand by without memory. */
    private final Set<Worker> alive = new HashSet<>();

    private final Deque<Worker> standingBy;
    private int started;
    private boolean closed;

    Workers(int seats, ClassLoader contextClassLoader, Runnable work) {
        this.seats = seats;
        this.contextClassLoader = contextClassLoader;
        this.work = work;
        this.standingBy = new ArrayDeque<>(seats);
    }

    /** A thread of a pool. */
    static final class Worker extends Thread {

        private final Workers workers;
        /** Written under the lock of the workers, by the threads that give and take seats; read by this one. */
        private volatile boolean isSeated = true;
        /** How long it has been blocked; written and read by this thread. */
        private long blockedNanos;
        /** Whether it is blocked, and has lent its seat; under the lock of the workers, as the one below. */
        private boolean hasLent;
        /** Whether its seat was taken from it. */
        private boolean isAbandoned;

        private Worker(Workers workers, String name) {
            super(workers.work, name);
            this.workers = workers;
        }
    }

    /** Takes the seats that are free: all of them before the first run. */
    @Override
    public synchronized void fillSeats() {
        while (seated < seats && !closed) {
            Worker next = standingBy.poll();
            if (next == null) {
                start();
            } else {
                next.isSeated = true;
                LockSupport.unpark(next);
            }
            int now = seated + 1;
            seated = now;
        }
    }

    private void start() {
        Worker worker = new Worker(this, "bag-worker-" + (started + 1));
        worker.setDaemon(true);
        worker.setContextClassLoader(contextClassLoader);
        alive.add(worker);
        try {
            worker.start();
        } catch (Throwable e) { // there is no memory for it
            alive.remove(worker);
            throw e;
        }
        started++;
    }

    /** Waits for something. */
    @FunctionalInterface
    interface Wait<E extends Exception> {
        void run() throws E;
    }

    /** Waits as {@code wait} does. If the calling thread is a worker, another one works meanwhile. */
    static <E extends Exception> void withoutSeat(Wait<E> wait) throws E {
        if (Thread.currentThread() instanceof Worker worker) {
            worker.workers.lendSeat(worker, wait);
            return;
        }
        Shifts.Shift shift = Shifts.current();
        if (shift == null) {
            wait.run();
        } else {
            shift.withoutSeat(wait);
        }
    }

    /** How long the calling thread has been blocked in all its life, if it is a worker. */
    static long blockedNanos() {
        if (Thread.currentThread() instanceof Worker worker) {
            return worker.blockedNanos;
        }
        Shifts.Shift shift = Shifts.current();
        return shift == null ? 0 : shift.blockedNanos();
    }

    private <E extends Exception> void lendSeat(Worker worker, Wait<E> wait) throws E {
        long began = System.nanoTime();
        lends(worker, true);
        try {
            fillSeats();
        } catch (OutOfMemoryError e) { // then the calling thread waits without another one in its place
        }
        try {
            wait.run();
        } finally {
            lends(worker, false);
            worker.blockedNanos += System.nanoTime() - began;
        }
    }

    private synchronized void lends(Worker worker, boolean now) {
        worker.hasLent = now;
        change(now ? -1 : 1);
    }

    @Override
    public void abandon(Thread thread) {
        if (thread instanceof Worker worker) {
            synchronized (this) {
                alive.remove(worker);
                worker.isAbandoned = !worker.hasLent;
                change(worker.isAbandoned ? -1 : 0);
            }
            fillSeats();
        }
    }

    @Override
    public synchronized void comeBack() {
        if (Thread.currentThread() instanceof Worker worker) {
            change(worker.isAbandoned ? 1 : 0);
            worker.isAbandoned = false;
            if (!closed) {
                alive.add(worker);
            }
        }
    }

    private synchronized void change(int difference) {
        int now = seated + difference;
        seated = now;
    }

    /** They wake by themselves. */
    @Override
    public boolean call(int most, Consumer<Throwable> refused) {
        return true;
    }

    @Override
    public Throwable reason(Throwable thrown) {
        return thrown;
    }

    @Override
    public boolean areTooMany() {
        return seated > seats;
    }

    @Override
    public boolean leave(Runnable passOn) {
        Worker self = (Worker) Thread.currentThread();
        boolean ends;
        synchronized (this) {
            if (!areTooMany()) {
                return true;
            }
            change(-1);
            self.isSeated = false;
            ends = closed || standingBy.size() == seats;
            if (ends) {
                alive.remove(self);
            } else {
                standingBy.push(self);
            }
        }
        passOn.run();
        while (!ends && !self.isSeated) {
            LockSupport.park(this);
            Thread.interrupted(); // a stray interrupt must not keep it spinning
            ends = isClosed();
        }
        return !ends;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Starts no more, ends those that stand by, and returns all that are still there, for the calling thread to wait for. The
     * next call returns none: two tasks that close their pool must not wait for each other.
     */
    @Override
    public synchronized List<? extends Thread> close() {
        if (closed) {
            return List.of();
        }
        closed = true;
        standingBy.forEach(LockSupport::unpark);
        return List.copyOf(alive);
    }
}
