package dev.bag.schedule;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much a run has used of the threads of a pool, with the runs inside its tasks: a worker takes its next tasks from the
 * run that has used the least. So runs take turns by time, whatever number of tasks they brought and however long these
 * take. This is fair queueing with start times (P. Goyal, H. M. Vin, H. Cheng, Start-time fair queueing, 1996).
 *
 * <p><b>Clock.</b> {@link Turns} has a clock that shows what the run had used that was chosen last. A run that has used
 * less has just begun, or had nothing to do for a while: it is set to the clock, so that it neither waits for its
 * turn nor has saved up time with which it would hold up all others.
 *
 * <p><b>Cost.</b> While a pool has one run, nothing is measured. Otherwise a worker looks at the time after each task, and at
 * the other runs after {@link #TURN_NANOS}. What a task uses is charged at its end, without the time in which its thread
 * was blocked and another one worked instead; a task that began when its run was alone is not charged.
 *
 * <p><b>Races.</b> Two workers may choose the same run at once, and a charge may come after a choice: each makes a
 * run early or late by one turn or one task of each worker, and is in the next choice.
 */
final class Share {

    /** How long a worker stays with a run before it looks whether another one has used less. */
    static final long TURN_NANOS = 200_000;

    private final AtomicLong used = new AtomicLong();

    /** The run has used so many nanoseconds of one thread. */
    void charge(long nanos) {
        used.addAndGet(nanos);
    }

    /** What the run has used, from the time on when it was set to a clock. */
    long used() {
        return used.get();
    }

    /** The clock of a pool. */
    static final class Turns {

        private final AtomicLong clock = new AtomicLong();

        /** {@code share} has used the least of all that have something to do, and is chosen. */
        void choose(Share share) {
            long now = clock.accumulateAndGet(share.used(), Math::max);
            share.used.accumulateAndGet(now, Math::max);
        }
    }
}
