package dev.bag.kernel;

import dev.bag.function.CheckedPredicate;
import dev.bag.value.Pair;
import org.jspecify.annotations.Nullable;

/** The operations for which it matters how many records came before, in this partition or in those before it. */
public final class OrderedSinks {

    private OrderedSinks() {}

    /** Where in the bag an operation works, for messages. */
    public record Place(Operator operator, int partition, int partitionCount) {

        Throwable failure(@Nullable Object record, Throwable thrown) {
            return OperatorFailure.in(operator, partition, partitionCount, record, thrown);
        }
    }

    /** Chooses records by their place in a partition. */
    @FunctionalInterface
    public interface PositionChoice {

        /** Whether the record at {@code position} of {@code partition} is chosen, both from 0. */
        boolean picks(int partition, long position);
    }

    private abstract static class Passing implements Sink {

        final Sink out;

        Passing(Sink out) {
            this.out = out;
        }

        @Override
        public boolean wantsMore() {
            return out.wantsMore();
        }

        @Override
        public void finish() throws Throwable {
            out.finish();
        }

        @Override
        public void close() throws Exception {
            out.close();
        }
    }

    /** Passes records on until {@code left} is used up. */
    public static Sink limit(Tally left, Sink out) {
        return new Passing(out) {
            @Override
            public void accept(Object record) throws Throwable {
                if (left.take()) {
                    out.accept(record);
                }
            }

            @Override
            public boolean wantsMore() {
                return left.count() > 0 && out.wantsMore();
            }
        };
    }

    /** Passes records on once {@code left} is used up. */
    public static Sink skip(Tally left, Sink out) {
        return new Passing(out) {
            @Override
            public void accept(Object record) throws Throwable {
                if (!left.take()) {
                    out.accept(record);
                }
            }
        };
    }

    /** Passes records on until one is not to be kept; {@code open} is at 1 until then. */
    public static Sink takeWhile(Place place, CheckedPredicate<Object> keep, Tally open, Sink out) {
        return new Passing(out) {
            @Override
            public void accept(Object record) throws Throwable {
                if (open.count() > 0 && keeps(record)) {
                    out.accept(record);
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
            public boolean wantsMore() {
                return open.count() > 0 && out.wantsMore();
            }
        };
    }

    /** Passes each record on with the next number. */
    public static Sink index(Tally next, Sink out) {
        return new Passing(out) {
            @Override
            public void accept(Object record) throws Throwable {
                out.accept(new Pair<>(record, next.next()));
            }
        };
    }

    /** Passes on what {@code choice} picks. */
    public static Sink sample(int partition, PositionChoice choice, Sink out) {
        return new Passing(out) {
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
