package dev.bag.kernel;

import dev.bag.function.CheckedConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passes on any number of records for each one. */
public final class ExpandSink extends PassingSink {

    private final Place place;
    private final CheckedConsumer<Object> expansion;
    /** What failed behind this, kept because the code in between may catch it. */
    private @Nullable Throwable downstream;

    /** Where an expansion puts its records. */
    public interface Emitter {

        /** Takes a record. */
        void emit(Object record);

        /** False once further records would be thrown away. */
        boolean wantsMore();
    }

    /** A sink in front of {@code out}; {@code expansion} makes the function that expands a record, once. */
    public ExpandSink(Place place, Sink out, Function<? super Emitter, ? extends CheckedConsumer<Object>> expansion) {
        super(out);
        this.place = place;
        this.expansion = expansion.apply(new ToOut());
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

    /** Ends the user's code early; what failed is thrown in its place. */
    private static final class StopExpanding extends RuntimeException {

        private static final long serialVersionUID = 1;

        StopExpanding() {
            super("the operators behind this one failed", null, false, false);
        }
    }
}
