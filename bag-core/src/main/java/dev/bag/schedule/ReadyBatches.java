package dev.bag.schedule;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The batches with tasks that are ready: a lock-free stack (R. K. Treiber, Systems programming: coping with parallelism,
 * 1986), so what became ready last, which is what frees memory first, goes first. A batch stays on top while it has unclaimed
 * tasks; the thread that finds it exhausted takes it off. Each push makes a new cell, so that the ABA problem cannot arise.
 */
final class ReadyBatches {

    private final AtomicReference<@Nullable Cell> top = new AtomicReference<>();

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

    boolean isEmpty() {
        return top.get() == null;
    }

    void clear() {
        top.set(null);
    }
}
