package dev.bag.kernel;

import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.Steps.ResourceStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring steps as one loop over an array, so that a hundred thousand of them need no deeper stack than one, and
 * no record is held between two of them.
 */
public class Chain extends Link {

    final Step[] steps;
    final Sink out;
    private final int partition;
    private final Place.Numbering numbering;
    private final Skips skips;

    Chain(Step[] steps, Sink out, int partition, Place.Numbering numbering, Skips skips) {
        this.steps = steps;
        this.out = out;
        this.partition = partition;
        this.numbering = numbering;
        this.skips = skips;
    }

    /** The steps for part {@code partition} of a bag, in front of {@code out}. */
    public static Sink of(
            Step[] steps, Sink out, int partition, Place.Numbering numbering, Nesting nesting, Skips skips) {
        Step[] own = steps;
        boolean carries = false;
        for (int i = 0; i < steps.length; i++) {
            Step step = steps[i].forPartition(partition);
            if (step != steps[i]) {
                own = own == steps ? steps.clone() : own;
                own[i] = step;
            }
            carries |= step instanceof CarryingStep;
        }
        Chain chain = carries
                ? new CarryingChain(own, out, partition, numbering, nesting, skips)
                : new Chain(own, out, partition, numbering, skips);
        chain.start();
        return nesting.guard(chain);
    }

    /** Puts this in front of what is behind it. */
    void start() {
        lineUp(out);
    }

    @Override
    public void accept(Object record) throws Throwable {
        Object current = record;
        int i = 0;
        try {
            for (; i < steps.length; i++) {
                @Nullable Object next = steps[i].apply(current);
                if (next == null) {
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

    /** Step {@code i} has thrown {@code thrown} on {@code record}. Returns if that is left out, and throws otherwise. */
    final void drop(int i, Object record, Throwable thrown) {
        Place place = new Place(steps[i].operator(), partition, numbering);
        skips.drop(place.failure(record, thrown), thrown);
    }

    @Override
    final int outCount() {
        return 1;
    }

    @Override
    final Sink out(int i) {
        return out;
    }

    @Override
    boolean closeThis(List<Closing.Closer> closers) {
        for (int i = steps.length - 1; i >= 0; i--) {
            if (steps[i] instanceof ResourceStep resource) {
                closers.add(resource::close);
            }
        }
        return true;
    }
}
