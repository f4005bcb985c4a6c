package dev.bag.run.call;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that are ready: a lock-free stack of groups (R. K. Treiber, Systems programming: coping with parallelism,
 * 1986), so that what became ready last, which is what frees memory first, goes first. Out of a group threads claim a
 * <i>block</i> of tasks at once, as long as these take little time.
 *
 * <p>A thread that has a block may come upon a slow task in it. So the rest of a block can be taken by any other thread
 * that finds nothing on the stack: each block lies in the place of its thread, and each task of it is claimed by itself.
 */
final class ReadyTasks {

    private static final Block EMPTY = new Block(new CallTask[0], 0, 0);

    private final AtomicReference<@Nullable Group> top = new AtomicReference<>();
    private final AtomicReferenceArray<@Nullable Block> places;

    /** @param threads how many threads take tasks at the same time */
    ReadyTasks(int threads) {
        places = new AtomicReferenceArray<>(threads);
    }

    private static final class Group extends AtomicInteger {
        private static final long serialVersionUID = 1;

        private final transient CallTask[] tasks;
        private final transient @Nullable Group below;

        Group(CallTask[] tasks, @Nullable Group below) {
            this.tasks = tasks;
            this.below = below;
        }

        boolean isEmpty() {
            return get() >= tasks.length;
        }
    }

    private static final class Block extends AtomicInteger {
        private static final long serialVersionUID = 1;

        private final transient CallTask[] tasks;
        private final int end;

        Block(CallTask[] tasks, int from, int end) {
            super(from);
            this.tasks = tasks;
            this.end = end;
        }

        @Nullable CallTask claim() {
            if (get() >= end) {
                return null;
            }
            int index = getAndIncrement();
            return index < end ? tasks[index] : null;
        }
    }

    void push(CallTask... tasks) {
        @Nullable Group below;
        do {
            below = top.get();
            while (below != null && below.isEmpty()) {
                top.compareAndSet(below, below.below);
                below = top.get();
            }
        } while (!top.compareAndSet(below, new Group(tasks, below)));
    }

    /** Takes a place for a thread; there are as many as threads. */
    int enter() {
        while (true) {
            for (int place = 0; place < places.length(); place++) {
                if (places.get(place) == null && places.compareAndSet(place, null, EMPTY)) {
                    return place;
                }
            }
        }
    }

    /** Gives a place back, with a block that is used up. */
    void leave(int place) {
        places.set(place, null);
    }

    /** The next task of the block in {@code place}. */
    @Nullable CallTask next(int place) {
        Block block = places.get(place);
        return block == null ? null : block.claim();
    }

    /** A task of the topmost group; up to {@code most} of them become the block in {@code place}. */
    @Nullable CallTask take(int place, int most) {
        while (true) {
            Group group = top.get();
            if (group == null) {
                return null;
            }
            int from = group.isEmpty() ? group.tasks.length : group.getAndAdd(most);
            if (from >= group.tasks.length) {
                top.compareAndSet(group, group.below);
                continue;
            }
            int end = Math.min(from + most, group.tasks.length);
            if (end > from + 1) {
                places.set(place, new Block(group.tasks, from + 1, end));
            }
            return group.tasks[from];
        }
    }

    /** A task for a thread without a place. */
    @Nullable CallTask take() {
        CallTask task = take(0, 1);
        for (int place = 0; task == null && place < places.length(); place++) {
            task = next(place);
        }
        return task;
    }

    /** A task of the block of another thread. */
    @Nullable CallTask steal(int place) {
        for (int i = 1; i < places.length(); i++) {
            CallTask task = next((place + i) % places.length());
            if (task != null) {
                return task;
            }
        }
        return null;
    }

    boolean isEmpty() {
        for (Group group = top.get(); group != null; group = group.below) {
            if (!group.isEmpty()) {
                return false;
            }
        }
        for (int place = 0; place < places.length(); place++) {
            Block block = places.get(place);
            if (block != null && block.get() < block.end) {
                return false;
            }
        }
        return true;
    }
}
