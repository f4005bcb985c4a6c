package dev.bag.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Neighbouring steps as one loop over an array, so that a hundred thousand of them need no deeper stack than one, and
 * no record is held between two of them.
 */
public final class Chain extends PassingSink {

    private final Step[] steps;
    private final int partition;
    private final Place.Numbering numbering;

    private Chain(Step[] steps, Sink out, int partition, Place.Numbering numbering) {
        super(out);
        this.steps = steps;
        this.partition = partition;
        this.numbering = numbering;
    }

    /** The steps for part {@code partition} of a bag, in front of {@code out}. */
    public static Sink of(Step[] steps, Sink out, int partition, Place.Numbering numbering) {
        Step[] own = steps;
        for (int i = 0; i < steps.length; i++) {
            Step step = steps[i].forPartition();
            if (step != steps[i]) {
                own = own == steps ? steps.clone() : own;
                own[i] = step;
            }
        }
        return new Chain(own, out, partition, numbering);
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
            throw new Place(steps[i].operator(), partition, numbering).failure(current, e);
        }
        out.accept(current);
    }

    @Override
    public void close() throws Exception {
        Closing closing = new Closing();
        closing.add(out::close);
        for (Step step : steps) {
            if (step instanceof ResourceStep resource) {
                closing.add(resource::close);
            }
        }
        closing.closeAll();
    }
}
