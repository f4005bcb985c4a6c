package dev.bag.kernel;

import dev.bag.kernel.Operator.Place;
import dev.bag.trait.Expander;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As {@link ExpandSink}, where a policy lets a record pass that cannot be expanded: what is made of a record is held until
 * all of it is there, so that of a record which fails nothing is passed on. But not more than {@value #MOST_HELD}: an
 * expansion without an end must not be held; then what comes is passed on at once.
 */
final class HeldExpandSink extends Link {

    /** The documentation of {@code Bag.onError} names this number. */
    static final int MOST_HELD = 10_000;

    private static final int MOST_SPARED = 100;

    private final Place place;
    private final Sink out;
    private final Expander<Object, Object> expander;
    private final Skips skips;
    /** Used again for the next record, unless it has become large; null while it is in use. */
    private @Nullable List<Object> spare;

    HeldExpandSink(Place place, Sink out, Skips skips, Expander<Object, Object> expander) {
        this.place = place;
        this.out = out;
        this.expander = expander;
        this.skips = skips;
        lineUp(out);
    }

    @Override
    public void accept(Object record) throws Throwable {
        Held held = new Held();
        try {
            expander.expand(record, held);
        } catch (Throwable e) {
            held.throwDownstream();
            skips.drop(place.failure(record, e), e);
            held.forget();
            return;
        }
        held.throwDownstream();
        held.passOn();
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

    /** What is made of one record. */
    private final class Held implements Expander.Output<Object> {

        private @Nullable List<Object> records;
        /** What failed behind this, kept because the code in between may catch it. */
        private @Nullable Throwable downstream;

        Held() {
            records = spare == null ? new ArrayList<>() : spare;
            spare = null;
        }

        @Override
        public void accept(Object record) {
            if (downstream != null) {
                return;
            }
            Object checked = Steps.notNull(record);
            try {
                if (records == null) {
                    out.accept(checked);
                } else {
                    records.add(checked);
                    if (records.size() > MOST_HELD) {
                        passOn();
                    }
                }
            } catch (Throwable e) {
                downstream = e;
                throw new ExpandSink.StopExpanding();
            }
        }

        @Override
        public boolean wantsMore() {
            return downstream == null && out.wantsMore();
        }

        void passOn() throws Throwable {
            List<Object> all = records;
            records = null;
            if (all != null) {
                for (int i = 0; i < all.size() && out.wantsMore(); i++) {
                    out.accept(all.get(i));
                }
                giveBack(all);
            }
        }

        /** Nothing of the record is passed on. */
        void forget() {
            List<Object> all = records;
            records = null;
            if (all != null) {
                giveBack(all);
            }
        }

        private void giveBack(List<Object> all) {
            if (all.size() <= MOST_SPARED) {
                all.clear();
                spare = all;
            }
        }

        void throwDownstream() throws Throwable {
            if (downstream != null) {
                throw downstream;
            }
        }
    }

    /** Expands a record piece by piece: first what is held, then what comes after it. */
    private final class Pulling implements Nesting.Work {

        private final Object record;
        private final List<Object> held = new ArrayList<>(1);
        private int passedOn;
        private Expander.@Nullable Elements<Object> pulled;
        private boolean begun;

        Pulling(Object record) {
            this.record = record;
        }

        @Override
        public boolean goOn() throws Throwable {
            @Nullable Object next;
            try {
                if (!begun) {
                    begun = true;
                    pulled = expander.elements(record);
                    hold();
                }
                next = passedOn < held.size() ? held.get(passedOn++) : pull();
            } catch (Throwable e) {
                drop(e);
                return false;
            }
            if (next == null || !out.wantsMore()) {
                abandon();
                return false;
            }
            out.accept(next);
            return true;
        }

        private void hold() throws Throwable {
            for (Object next = pull(); next != null; next = pull()) {
                held.add(next);
                if (held.size() > MOST_HELD) {
                    return;
                }
            }
        }

        /** The next record, or null at the end, with everything closed. */
        private @Nullable Object pull() throws Throwable {
            Expander.Elements<Object> open = pulled;
            if (open == null) {
                return null;
            }
            if (out.wantsMore() && open.hasNext()) {
                return Steps.notNull(open.next());
            }
            pulled = null;
            open.close();
            return null;
        }

        private void drop(Throwable thrown) throws Throwable {
            try {
                abandon();
            } catch (Throwable e) {
                thrown.addSuppressed(e);
            }
            skips.drop(place.failure(record, thrown), thrown);
        }

        @Override
        public void abandon() throws Throwable {
            Expander.Elements<Object> open = pulled;
            pulled = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
