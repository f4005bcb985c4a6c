package dev.bag.kernel;

import dev.bag.function.CheckedConsumer;
import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator.Place;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes on any number of records for each one. They are pushed, unless too many links call each other; then they are
 * pulled, one at a time (see {@link Nesting}).
 */
public final class ExpandSink extends Link {

    private final Place place;
    private final Sink out;
    private final CheckedConsumer<Object> expansion;
    private final CheckedFunction<Object, ? extends Elements> elements;
    /** What failed behind this, kept because the code in between may catch it. */
    private @Nullable Throwable downstream;

    /** Where an expansion puts its records. */
    public interface Emitter {

        /** Takes a record. */
        void emit(Object record);

        /** False once further records would be thrown away. */
        boolean wantsMore();
    }

    /** What an expansion makes of one record, one by one. */
    public interface Elements {

        /** Whether there is another one. */
        boolean hasNext() throws Throwable;

        /** The next one. */
        Object next() throws Throwable;

        /** Gives back what is open. Called once, also before the last one. */
        void close() throws Throwable;
    }

    private ExpandSink(
            Place place,
            Sink out,
            Function<? super Emitter, ? extends CheckedConsumer<Object>> expansion,
            CheckedFunction<Object, ? extends Elements> elements) {
        this.place = place;
        this.out = out;
        this.expansion = expansion.apply(new ToOut());
        this.elements = elements;
        lineUp(out);
    }

    /**
     * A sink in front of {@code out}.
     *
     * @param expansion makes the function that expands a record, once
     * @param elements expands a record for a caller that takes the results one by one
     */
    public static Sink of(
            Place place,
            Sink out,
            Nesting nesting,
            Function<? super Emitter, ? extends CheckedConsumer<Object>> expansion,
            CheckedFunction<Object, ? extends Elements> elements) {
        return nesting.guard(new ExpandSink(place, out, expansion, elements));
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            expansion.acceptChecked(record);
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

    private final class ToOut implements Emitter {

        @Override
        public void emit(Object record) {
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
        private @Nullable Elements pulled;

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
                pulled = elements.applyChecked(record);
            }
            if (out.wantsMore() && pulled.hasNext()) {
                return Steps.notNull(pulled.next());
            }
            Elements ended = pulled;
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
    private static final class StopExpanding extends RuntimeException {

        private static final long serialVersionUID = 1;

        StopExpanding() {
            super("the operators behind this one failed", null, false, false);
        }
    }
}
