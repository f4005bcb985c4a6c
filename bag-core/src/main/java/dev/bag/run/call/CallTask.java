package dev.bag.run.call;

import dev.bag.plan.Value;
import dev.bag.run.call.Failure.Origin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * One value in one run: what it waits for, who waits for it, and how many still read it.
 *
 * <p>Protocol. A task waits for as many arrivals as it has arguments, and one more that keeps it until it is {@linkplain
 * Turn#link linked}. The thread that brings the last arrival makes it ready; a thread takes it, runs it and
 * <i>settles</i> it: writes the value, or a {@link Failed}, and then takes the list of followers away, in one atomic
 * step. Who comes later finds it settled. So each follower hears of it exactly once.
 *
 * <p>{@code uses} counts what will still read the value. When the last one has, the value is dropped.
 *
 * <p>Where a graph has regions ({@code CallGraph.isOpen}), a value may be asked for once more when all known readers are
 * done, and a task may become needless before it has run: then {@code uses} goes from 0 and to 0 under the lock of this.
 */
public final class CallTask {

    /** Ready; a positive number waits for so many arrivals. */
    static final int READY = 0;
    /** A thread runs it. */
    static final int RUNNING = -1;
    /** Not asked for yet. */
    private static final int UNASKED = Integer.MAX_VALUE / 2;
    /** It will not be run. */
    private static final int OVER = -(1 << 30);
    /** It was not needed any more before it was settled. Lower than what arrivals make of the one above. */
    private static final int NEEDLESS = OVER - (1 << 29);

    private static final Object SETTLED = new Object();
    private static final Object NOTHING = new Object();
    private static final Object DROPPED = new Object();
    private static final VarHandle WAITING = handle("waiting", int.class);
    private static final VarHandle USES = handle("uses", int.class);
    private static final VarHandle FOLLOWERS = handle("followers", Object.class);

    /** What it was made of, and what to call it. */
    final Origin origin;
    /** What runs: a node of the plan, or what has become of it. Null when it is settled. */
    @Nullable Object work;
    /** A task, or an array of them. Null when they are read. */
    @Nullable Object arguments;
    /** Written before the followers are taken. */
    private @Nullable Object value;
    /** A follower, a {@link Link}, or {@link #SETTLED}. */
    @SuppressWarnings("UnusedVariable") // read and written through FOLLOWERS only
    private @Nullable Object followers;

    @SuppressWarnings("UnusedVariable") // read through WAITING only
    private int waiting;

    private int uses;

    CallTask(Origin origin, @Nullable Object work) {
        this.origin = origin;
        this.work = work;
    }

    /** Told when a task is settled. */
    @FunctionalInterface
    interface Waiter {

        /** The task has its value, or has failed. */
        void settled(CallTask task, Turn turn);
    }

    /** Followers beyond one. */
    record Link(Object first, Object rest) {}

    /** In place of the value of a task that has failed. */
    static final class Failed {
        final Failure failure;

        Failed(Failure failure) {
            this.failure = failure;
        }
    }

    /** A value that nobody is known to read any more. It is there as long as there is memory for it. */
    private static final class Kept extends SoftReference<Object> {
        Kept(@Nullable Object value) {
            super(value == null ? NOTHING : value);
        }
    }

    /** Returns what messages call {@code node}, which this computes. */
    public String label(Value<?> node) {
        return origin.label(node);
    }

    CallTask[] argumentList() {
        Object of = arguments;
        if (of instanceof CallTask[] several) {
            return several;
        }
        return of == null ? new CallTask[0] : new CallTask[] {(CallTask) of};
    }

    /** Returns the value of an argument, which is settled. */
    @Nullable Object argument(int index) {
        Object of = arguments;
        CallTask argument = of instanceof CallTask[] several ? several[index] : (CallTask) of;
        return argument == null ? null : argument.value();
    }

    // ---- waiting ----

    /** Waits for so many arrivals, and for that of being linked. By its owner, before anything follows. */
    void waitFor(int arrivals) {
        waiting = arrivals + 1;
    }

    /** Waits until it is asked for. By its owner, before anything follows. */
    CallTask unasked() {
        waiting = UNASKED;
        return this;
    }

    /** Whether it was added before the run, and is still to be asked for. */
    boolean isUnasked() {
        return origin instanceof Region.Single && (int) WAITING.getVolatile(this) == UNASKED;
    }

    /** Is asked for; true the first time. */
    boolean ask() {
        return WAITING.compareAndSet(this, UNASKED, argumentList().length + 1);
    }

    /** As {@link #waitFor}, while it runs; false if it is not wanted any more. */
    boolean waitAgainFor(int arrivals) {
        return WAITING.compareAndSet(this, RUNNING, arrivals + 1);
    }

    /** One arrival; true for the last. */
    boolean arrived() {
        return (int) WAITING.getAndAdd(this, -1) == 1;
    }

    /** Where one arrival may be enough: one of several; true if that makes it ready. */
    boolean arrivedOfSeveral(boolean isEnough) {
        while (true) {
            int now = (int) WAITING.getVolatile(this);
            if (now <= READY) {
                return false;
            }
            int then = isEnough ? READY : now - 1;
            if (WAITING.compareAndSet(this, now, then)) {
                return then == READY;
            }
        }
    }

    /** Becomes ready again after it has run. */
    void readyAgain() {
        WAITING.compareAndSet(this, RUNNING, READY);
    }

    /** Takes it to run it; false if it is over. */
    boolean begin() {
        return WAITING.compareAndSet(this, READY, RUNNING);
    }

    /** It will not run; true if it waited or was ready, so that the calling thread has to settle it. */
    boolean giveUp() {
        while (true) {
            int now = (int) WAITING.getVolatile(this);
            if (now < READY) {
                return false;
            }
            if (WAITING.compareAndSet(this, now, OVER)) {
                return true;
            }
        }
    }

    // ---- following ----

    /** Adds a follower; false if this is settled. */
    boolean follow(Object follower) {
        while (true) {
            Object now = FOLLOWERS.getAcquire(this);
            if (now == SETTLED) {
                return false;
            }
            Object then = now == null ? follower : new Link(follower, now);
            if (FOLLOWERS.compareAndSet(this, now, then)) {
                return true;
            }
        }
    }

    /** Settles this with a value or a {@link Failed}; returns those that follow. */
    @Nullable Object settle(@Nullable Object result) {
        value = result;
        return FOLLOWERS.getAndSet(this, SETTLED);
    }

    /** Settles this while no other thread knows of it. */
    CallTask given(@Nullable Object result) {
        value = result;
        FOLLOWERS.setRelease(this, SETTLED);
        return this;
    }

    /** Returns whether the value is there, or this has failed. */
    public boolean isSettled() {
        return FOLLOWERS.getAcquire(this) == SETTLED;
    }

    /** The value of a task that is settled. */
    @Nullable Object value() {
        return value;
    }

    /** Why it has failed, or null. */
    @Nullable Failure failure() {
        return value instanceof Failed failed ? failed.failure : null;
    }

    // ---- uses ----

    /** One more will read it, while no other thread knows of this. */
    void use() {
        uses++;
    }

    /** One more will read it; false if its value is lost. */
    boolean retain() {
        while (true) {
            int now = (int) USES.getVolatile(this);
            if (now > 0) {
                if (USES.compareAndSet(this, now, now + 1)) {
                    return true;
                }
            } else {
                synchronized (this) {
                    if (uses == 0) {
                        return retainAnew();
                    }
                }
            }
        }
    }

    private boolean retainAnew() {
        if (isNeedless() || value == DROPPED) {
            return false;
        }
        if (value instanceof Kept kept) {
            Object still = kept.get();
            if (still == null) {
                return false;
            }
            value = still == NOTHING ? null : still;
        }
        USES.setVolatile(this, 1);
        return true;
    }

    /** One reader is done, in a graph without regions. */
    void release() {
        boolean isLast = uses == 1 || (int) USES.getAndAdd(this, -1) == 1;
        if (isLast && !(value instanceof Failed)) { // who comes later must see that
            value = null;
        }
    }

    /** What is to be done with a task that one reader less needs. */
    enum Released {
        /** Nothing: others need it, or it is settled. */
        FINE,
        /** It will not run, and is to be settled. */
        SETTLE,
        /** It runs for nothing. */
        INTERRUPT
    }

    /**
     * One reader is done, in any graph.
     *
     * @param keeps whether the value is kept for readers that may come
     * @param cancels whether it is not to be computed if no reader is left
     */
    Released releaseOpen(boolean keeps, boolean cancels) {
        while (true) {
            int now = (int) USES.getVolatile(this);
            if (now > 1) {
                if (USES.compareAndSet(this, now, now - 1)) {
                    return Released.FINE;
                }
            } else {
                synchronized (this) {
                    if (USES.compareAndSet(this, now, now - 1)) {
                        return now > 1 || drop(keeps) || !cancels ? Released.FINE : becomeNeedless();
                    }
                }
            }
        }
    }

    /** Whether nothing needs it any more, so that it is not to be computed. */
    boolean isNeedless() {
        return (int) WAITING.getVolatile(this) <= NEEDLESS;
    }

    private Released becomeNeedless() {
        return (int) WAITING.getAndSet(this, NEEDLESS) >= READY ? Released.SETTLE : Released.INTERRUPT;
    }

    /** Lets go of the value if nobody reads it; returns whether this is settled. */
    synchronized boolean dropIfUnused(boolean keeps) {
        return (int) USES.getVolatile(this) > 0 || drop(keeps);
    }

    private boolean drop(boolean keeps) {
        if (!isSettled()) {
            return false;
        }
        if (!(value instanceof Failed) && !(value instanceof Kept) && value != DROPPED) {
            value = keeps ? new Kept(value) : DROPPED;
        }
        return true;
    }

    /** Will not be run again if nothing needs it now; a reader that comes later finds that it is lost. Returns whether that is so. */
    synchronized boolean giveUpIfNeedless() {
        if ((int) USES.getVolatile(this) > 0) {
            return false;
        }
        WAITING.setVolatile(this, NEEDLESS);
        return true;
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(CallTask.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
