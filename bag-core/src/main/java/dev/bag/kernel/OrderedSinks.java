package dev.bag.kernel;

import dev.bag.function.CheckedPredicate;
import dev.bag.value.Pair;
import org.jspecify.annotations.Nullable;

/** The operations for which it matters how many records came before, in this partition or in those before it. */
public final class OrderedSinks {

    private OrderedSinks() {}

    /** Chooses records by their place in a partition. */
    @FunctionalInterface
    public interface PositionChoice {

        /** Whether the record at {@code position} of {@code partition} is chosen, both from 0. */
        boolean picks(int partition, long position);
    }

    /** Sees all records as long as any later one is wanted, because what it carries on depends on them. */
    private abstract static class Carrying extends PassingSink {

        Carrying(Sink out) {
            super(out);
        }

        @Override
        public boolean wantsMore() {
            return !isOver();
        }

        final void pass(Object record) throws Throwable {
            if (out.wantsMore()) {
                out.accept(record);
            }
        }
    }

    /** Passes records on until {@code left} is used up. */
    public static Sink limit(Tally left, Sink out) {
        return new Carrying(out) {
            @Override
            public void accept(Object record) throws Throwable {
                if (left.take()) {
                    pass(record);
                }
            }

            @Override
            public @Nullable Sink overWith() {
                return left.count() == 0 ? null : out;
            }

            @Override
            public boolean isOver() {
                return left.count() == 0 || Sink.isOver(out);
            }
        };
    }

    /** Passes records on once {@code left} is used up. */
    public static Sink skip(Tally left, Sink out) {
        return new Carrying(out) {
            @Override
            public void accept(Object record) throws Throwable {
                if (!left.take()) {
                    pass(record);
                }
            }
        };
    }

    /** Passes records on until one is not to be kept; {@code open} is at 1 until then. */
    public static Sink takeWhile(Place place, CheckedPredicate<Object> keep, Tally open, Sink out) {
        return new Carrying(out) {
            @Override
            public void accept(Object record) throws Throwable {
                if (open.count() > 0 && keeps(record)) {
                    pass(record);
                }
            }

            private boolean keeps(Object record) throws Throwable {
                boolean kept;
                try {
                    kept = keep.testChecked(record);
                } catch (Throwable e) {
                    throw place.failure(record, e);
                }
                if (!kept) {
                    open.close();
                }
                return kept;
            }

            @Override
            public @Nullable Sink overWith() {
                return open.count() == 0 ? null : out;
            }

            @Override
            public boolean isOver() {
                return open.count() == 0 || Sink.isOver(out);
            }
        };
    }

    /** Passes each record on with the next number. */
    public static Sink index(Tally next, Sink out) {
        return new Carrying(out) {
            @Override
            public void accept(Object record) throws Throwable {
                pass(new Pair<>(record, next.next()));
            }
        };
    }

    /** Takes the records of a partition that nobody reads, for an operator that must see them. */
    public static Sink unread() {
        return new Sink() {
            @Override
            public void accept(Object record) {}

            @Override
            public boolean wantsMore() {
                return false;
            }

            @Override
            public boolean isOver() {
                return false;
            }
        };
    }

    /** Passes on what {@code choice} picks. */
    public static Sink sample(int partition, PositionChoice choice, Sink out) {
        return new PassingSink(out) {
            private long position;

            @Override
            public void accept(Object record) throws Throwable {
                if (choice.picks(partition, position++)) {
                    out.accept(record);
                }
            }
        };
    }
}
