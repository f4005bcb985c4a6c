package dev.bag.kernel;

import dev.bag.kernel.Operator.Place;
import dev.bag.trait.Expander;
import org.jspecify.annotations.Nullable;

/**
 * Passes on any number of records for each one. They are pushed, unless too many links call each other; then they are
 * pulled, one at a time (see {@link Nesting}).
 */
public final class ExpandSink extends Link {

    private final Place place;
    private final Sink out;
    private final Expander<Object, Object> expander;
    private final ToOut output = new ToOut();
    /** What failed behind this, kept because the code in between may catch it. */
    private @Nullable Throwable downstream;

    private ExpandSink(Place place, Sink out, Expander<Object, Object> expander) {
        this.place = place;
        this.out = out;
        this.expander = expander;
        lineUp(out);
    }

    /** A sink in front of {@code out}. */
    public static Sink of(Place place, Sink out, Nesting nesting, Skips skips, Expander<Object, Object> expander) {
        return nesting.guard(
                place.operator().cover().policies().isEmpty()
                        ? new ExpandSink(place, out, expander)
                        : new HeldExpandSink(place, out, skips, expander));
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            expander.expand(record, output);
        } catch (Throwable e) {
            throw downstream != null ? downstream : place.failure(record, e);
        }
        if (downstream != null) {
            throw downstream;
        }
    }

    @Override
    Nesting.Work workOn(Object record) {
        return new Pulling(record);
    }

    @Override
    int outCount() {
        return 1;
    }

    @Override
    Sink out(int i) {
        return out;
    }

    private final class ToOut implements Expander.Output<Object> {

        @Override
        public void accept(Object record) {
            if (downstream == null) {
                Object checked = Steps.notNull(record);
                try {
                    out.accept(checked);
                } catch (Throwable e) {
                    downstream = e;
                    throw new StopExpanding();
                }
            }
        }

        @Override
        public boolean wantsMore() {
            return downstream == null && out.wantsMore();
        }
    }

    /** Expands a record piece by piece. */
    private final class Pulling implements Nesting.Work {

        private final Object record;
        private Expander.@Nullable Elements<Object> pulled;

        Pulling(Object record) {
            this.record = record;
        }

        @Override
        public boolean goOn() throws Throwable {
            @Nullable Object next;
            try {
                next = next();
            } catch (Throwable e) {
                throw place.failure(record, e);
            }
            if (next == null) {
                return false;
            }
            out.accept(next);
            return true;
        }

        /** The next record, or null at the end, with everything closed. */
        private @Nullable Object next() throws Throwable {
            if (pulled == null) {
                pulled = expander.elements(record);
            }
            if (out.wantsMore() && pulled.hasNext()) {
                return Steps.notNull(pulled.next());
            }
            Expander.Elements<Object> ended = pulled;
            pulled = null;
            ended.close();
            return null;
        }

        @Override
        public void abandon() throws Throwable {
            if (pulled != null) {
                pulled.close();
            }
        }
    }

    /** Ends the user's code early; what failed is thrown in its place. */
    static final class StopExpanding extends RuntimeException {

        private static final long serialVersionUID = 1;

        StopExpanding() {
            super("the operators behind this one failed", null, false, false);
        }
    }
}
