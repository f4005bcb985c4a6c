package dev.bag.schedule;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that become ready together and are numbered from 0: the unit the scheduler knows. A stage of a million
 * partitions is one batch, and so is a single call.
 *
 * <p>Protocol. A batch waits until every batch it {@linkplain #after follows} has completed; then it is pushed onto its
 * execution's ready stack, where workers claim its indexes one by one without a lock. It completes when every task, and
 * every batch {@linkplain #fork forked} on its behalf, has ended; only then does {@link #completed()} run, on the
 * thread that ended the last one, and only then are the followers told. All that the tasks wrote is visible there: each
 * end is an atomic decrement that the last one reads.
 */
public abstract class Batch {

    private static final VarHandle WAITING = handle("waiting");
    private static final VarHandle NEXT = handle("next");
    private static final VarHandle UNFINISHED = handle("unfinished");

    private final int size;
    private final boolean inOrder;
    private final @Nullable Batch parent;
    /** The task that was held last; written by that, read by the thread that has run one. */
    private int held = -1;

    /** Prerequisites that have not completed; counted down by the threads that complete them. */
    private volatile int waiting;
    /** The first index that is not claimed; advanced by claiming workers. */
    private volatile int next;
    /** Tasks and forked batches that have not ended; counted by the thread that ends one. */
    @SuppressWarnings("UnusedVariable") // read and written through UNFINISHED only
    private volatile int unfinished;
    /** Those that follow; written while the graph is built, read when this has completed. */
    private @Nullable List<Batch> followers;

    /** A batch of {@code size} tasks that may run in any order, at the same time. */
    protected Batch(int size) {
        this(size, false, null);
    }

    /** A batch of one task that belongs to {@code parent}, which does not complete before it. */
    protected Batch(Batch parent) {
        this(1, false, parent);
    }

    private Batch(int size, boolean inOrder, @Nullable Batch parent) {
        if (size < 1) {
            throw new IllegalArgumentException("a batch of " + size + " tasks would never complete");
        }
        this.size = size;
        this.inOrder = inOrder;
        this.parent = parent;
        this.unfinished = size;
    }

    /** As {@link #Batch(int)}; with {@code order} in order, a task is not claimed before the one before it has ended. */
    protected Batch(int size, Order order) {
        this(size, order == Order.ONE_AFTER_THE_OTHER, null);
    }

    /**
     * Of tasks in order: task {@code index}, which runs now, will go on in a batch of its own, and the next one waits
     * until that has {@linkplain Execution#release released} it.
     */
    protected final void hold(int index) {
        held = index;
    }

    /** Whether task {@code index}, which has run, is held, or was. It can have been released by now, and a later one held. */
    final boolean isHeld(int index) {
        return held >= index;
    }

    /** How the tasks of a batch follow each other. */
    public enum Order {
        /** At the same time, claimed from the first to the last. */
        ANY,
        /** Each after the one before it has ended. */
        ONE_AFTER_THE_OTHER
    }

    /** Does task {@code index}. Whatever it throws fails the whole execution. */
    protected abstract void run(int index, Execution execution) throws Throwable;

    /** Returns {@code thrown}, or a failure that says that it came from task {@code index}. */
    protected Throwable inTask(int index, Throwable thrown) {
        return thrown;
    }

    /** Called once, when all tasks have ended without failure, before the followers become ready. */
    protected void completed() throws Throwable {}

    /** Makes this batch wait for {@code prerequisite}. Only while the graph is built. */
    public final void after(Batch prerequisite) {
        if (prerequisite.followers == null) {
            prerequisite.followers = new ArrayList<>(1);
        }
        prerequisite.followers.add(this);
        WAITING.getAndAdd(this, 1);
    }

    /** Makes this batch wait for something else than a batch, until {@link #oneIsThere}. Only before the run. */
    public final void awaitOneMore() {
        WAITING.getAndAdd(this, 1);
    }

    /** One thing for which this {@linkplain #awaitOneMore waits} is there. */
    public final void oneIsThere(Execution execution) {
        if (prerequisiteCompleted()) {
            execution.resume(this);
        }
    }

    /** Whether tasks of this batch are still to be claimed, so that no worker need be idle. */
    public final boolean hasUnclaimed() {
        return next < size;
    }

    final int size() {
        return size;
    }

    final boolean inOrder() {
        return inOrder;
    }

    final @Nullable Batch parent() {
        return parent;
    }

    final List<Batch> followers() {
        return followers == null ? List.of() : followers;
    }

    final boolean ready() {
        return waiting == 0;
    }

    /** Tells this batch that one prerequisite has completed; true for the last one. */
    final boolean prerequisiteCompleted() {
        return (int) WAITING.getAndAdd(this, -1) == 1;
    }

    /** The next index for the calling worker, or -1 when there is none. */
    final int claim() {
        if (next >= size) {
            return -1;
        }
        int index = (int) NEXT.getAndAdd(this, 1);
        return index < size ? index : -1;
    }

    /** So many more forked batches must end before this one completes. Only by a task of it that has not ended. */
    final void expectMore(int count) {
        UNFINISHED.getAndAdd(this, count);
    }

    /** One task or forked batch has ended; true for the last one. */
    final boolean ended() {
        return (int) UNFINISHED.getAndAdd(this, -1) == 1;
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(Batch.class, field, int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * The batches with tasks that are ready: a lock-free stack (R. K. Treiber, Systems programming: coping with parallelism,
     * 1986), so what became ready last, which is what frees memory first, goes first. A batch stays on top while it has unclaimed
     * tasks; the thread that finds it exhausted takes it off. Each push makes a new cell, so that the ABA problem cannot arise.
     */
    static final class Ready {

        private final AtomicReference<@Nullable Cell> top = new AtomicReference<>();
        /** Of so many batches, which one is next; null if it is the one that was pushed last. */
        private final @Nullable IntUnaryOperator order;

        Ready(@Nullable IntUnaryOperator order) {
            this.order = order;
        }

        private record Cell(Batch batch, @Nullable Cell below) {}

        void push(Batch batch) {
            Cell below;
            do {
                below = top.get();
            } while (!top.compareAndSet(below, new Cell(batch, below)));
        }

        /** Lets {@code visit} have the next task. Returns whether there was one. */
        boolean claim(Visit visit) {
            while (true) {
                if (order != null) {
                    raise(order);
                }
                Cell first = top.get();
                if (first == null) {
                    return false;
                }
                Batch batch = first.batch();
                // A batch in order is taken off before its task is claimed: it comes back when that task has ended.
                if (batch.inOrder() && !top.compareAndSet(first, first.below())) {
                    continue;
                }
                int index = batch.claim();
                if (index >= 0) {
                    visit.claimed(batch, index);
                    return true;
                }
                top.compareAndSet(first, first.below());
            }
        }

        /** Puts one of the batches on top. There is only one thread then. */
        private void raise(IntUnaryOperator next) {
            List<Batch> batches = new ArrayList<>();
            for (Cell cell = top.get(); cell != null; cell = cell.below()) {
                batches.add(cell.batch());
            }
            if (batches.size() > 1) {
                Batch chosen = batches.remove(next.applyAsInt(batches.size()));
                top.set(null);
                for (int i = batches.size() - 1; i >= 0; i--) {
                    push(batches.get(i));
                }
                push(chosen);
            }
        }

        boolean isEmpty() {
            return top.get() == null;
        }

        void clear() {
            top.set(null);
        }
    }
}
