package dev.bag.kernel;

import dev.bag.kernel.CarryingStep.Tally;
import dev.bag.kernel.Operator.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain some steps of which carry something on. A carrying step is given each record as long as any later one is wanted
 * at all, and passes its result on if the steps behind it want it. To know that takes no time: only steps with a
 * {@linkplain CarryingStep#gate() gate} end, and the chain keeps the last of those that have.
 */
final class CarryingChain extends Chain {

    private final Nesting nesting;
    /** The steps that carry, at their places. */
    private final @Nullable CarryingStep[] carrying;

    private int lastCarrying = -1;
    /** The last step whose gate is closed; -1 when there is none. */
    private int lastClosed = -1;
    /** What of the sink behind has ended, as far as it says so itself. */
    private int outEnded;
    /** Whether nothing has ended and nothing must be asked: so all that steps pass on is wanted. */
    private boolean allWanted;
    /** Whether each step has passed on what comes before its first record: until then records go through {@link #run}. */
    private boolean begun;
    /** What waits until what comes before it has passed, the next at the head. */
    private final Deque<Held> held = new ArrayDeque<>(0);

    /** A record that waits at a step. */
    private record Held(int step, Object record) {}

    CarryingChain(Step[] steps, Sink out, int partition, Place.Numbering numbering, Nesting nesting, Skips skips) {
        super(steps, out, partition, numbering, skips);
        this.nesting = nesting;
        this.carrying = new CarryingStep[steps.length];
    }

    /** Listens to the gates, too. */
    @Override
    void start() {
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] instanceof CarryingStep step) {
                carrying[i] = step;
                lastCarrying = i;
                Tally gate = step.gate();
                if (gate != null) {
                    gate.watch(this, i);
                }
            }
        }
        super.start();
        allWanted = watched() == null && lastClosed < 0 && outEnded == 0;
    }

    /** The gate of {@code step} is closed: all steps in front of it have seen enough. */
    void close(int step) {
        lastClosed = Math.max(lastClosed, step);
        allWanted = false;
        end(BOTH);
    }

    @Override
    public boolean wantsMore() {
        return !isOver();
    }

    /** What is behind may not want this partition, and yet those after it. */
    @Override
    void hear(int what) {
        outEnded |= what;
        allWanted = false;
        if ((what & OVER) != 0) {
            note(BOTH);
        }
    }

    private boolean isWantedBehind(int step) {
        if (watched() != null) {
            return step < lastCarrying ? lastClosed <= step && !out.isOver() : out.wantsMore();
        }
        return lastClosed <= step && (outEnded & (step < lastCarrying ? OVER : UNWANTED)) == 0;
    }

    @Override
    public void accept(Object record) throws Throwable {
        if (!begun) {
            run(0, record);
            return;
        }
        Object current = record;
        int i = 0;
        try {
            for (; i < steps.length; i++) {
                @Nullable Object next = steps[i].apply(current);
                if (next == null || (!allWanted && carrying[i] != null && !isWantedBehind(i))) {
                    return;
                }
                current = next;
            }
        } catch (Throwable e) {
            drop(i, current, e);
            return;
        }
        out.accept(current);
    }

    /** Lets a record through the steps from {@code from} on, then the records that are held. */
    private void run(int from, Object record) throws Throwable {
        @Nullable Object passed = through(from, record);
        while (true) {
            if (passed != null) {
                out.accept(passed);
            }
            Held next = held.peek();
            if (next == null) {
                return;
            }
            if (nesting.isLooping()) {
                nesting.add(() -> {
                    held.poll();
                    run(next.step(), next.record());
                    return false;
                });
                return;
            }
            held.poll();
            passed = through(next.step(), next.record());
        }
    }

    private @Nullable Object through(int from, Object record) {
        Object current = record;
        int i = from;
        try {
            for (; i < steps.length; i++) {
                CarryingStep step = carrying[i];
                @Nullable Object next = step == null ? null : step.takeFirst();
                if (next == null) {
                    next = steps[i].apply(current);
                } else {
                    held.push(new Held(i, current));
                }
                if (next == null || (step != null && !isWantedBehind(i))) {
                    return null;
                }
                current = next;
            }
        } catch (Throwable e) {
            drop(i, current, e);
            return null;
        }
        begun |= from == 0 && held.isEmpty();
        return current;
    }

    /** Passes on what comes before the first record, where there was none. */
    @Override
    boolean finishThis() throws Throwable {
        for (int i = 0; i <= lastCarrying; i++) {
            CarryingStep step = carrying[i];
            @Nullable Object first = step == null ? null : step.takeFirst();
            if (first != null && isWantedBehind(i)) {
                run(i + 1, first);
            }
        }
        return true;
    }

    @Override
    boolean closeThis(List<Closing.Closer> closers) {
        for (CarryingStep step : carrying) {
            Tally gate = step == null ? null : step.gate();
            if (gate != null) {
                gate.forget(this);
            }
        }
        return super.closeThis(closers);
    }
}
