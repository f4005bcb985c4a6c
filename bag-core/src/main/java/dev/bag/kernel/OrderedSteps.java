package dev.bag.kernel;

import dev.bag.function.CheckedPredicate;
import dev.bag.kernel.CarryingStep.Carried;
import dev.bag.kernel.CarryingStep.Tally;
import dev.bag.value.Pair;
import org.jspecify.annotations.Nullable;

/** The operations for which it matters how many records came before, in this partition or in those before it. */
public final class OrderedSteps {

    private OrderedSteps() {}

    /** Chooses records by their place in a partition. */
    @FunctionalInterface
    public interface PositionChoice {

        /** Whether the record at {@code position} of {@code partition} is chosen, both from 0. */
        boolean picks(int partition, long position);
    }

    /** Carries a tally on. */
    private abstract static class Counting extends CarryingStep {

        final Tally tally;

        Counting(Operator operator, Tally tally) {
            super(operator);
            this.tally = tally;
        }

        @Override
        public Carried carried() {
            return tally;
        }
    }

    /** The first {@code count} records. */
    public static Step limit(Operator operator, long count) {
        return new Counting(operator, new Tally(count)) {
            @Override
            protected @Nullable Object apply(Object record) {
                return tally.take() ? record : null;
            }

            @Override
            Tally gate() {
                return tally;
            }
        };
    }

    /** All but the first {@code count} records. */
    public static Step skip(Operator operator, long count) {
        return new Counting(operator, new Tally(count)) {
            @Override
            protected @Nullable Object apply(Object record) {
                return tally.take() ? null : record;
            }
        };
    }

    /** The records up to the first one that is not to be kept. */
    public static Step takeWhile(Operator operator, CheckedPredicate<Object> keep) {
        return new Counting(operator, new Tally(1)) {
            @Override
            protected @Nullable Object apply(Object record) throws Throwable {
                if (tally.count() == 0) {
                    return null;
                }
                if (!keep.testChecked(record)) {
                    tally.close();
                    return null;
                }
                return record;
            }

            @Override
            Tally gate() {
                return tally;
            }
        };
    }

    /** Each record with its number, from 0. */
    public static Step index(Operator operator) {
        return new Counting(operator, new Tally(0)) {
            @Override
            protected Object apply(Object record) {
                return new Pair<>(record, tally.next());
            }
        };
    }

    /** Takes the records of a partition that is not read, for an operation that must see them. */
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

    /** The records that {@code choice} picks. */
    public static Step sample(Operator operator, PositionChoice choice) {
        return new Sample(operator, choice, 0);
    }

    private static final class Sample extends Step {

        private final PositionChoice choice;
        private final int partition;
        private long position;

        Sample(Operator operator, PositionChoice choice, int partition) {
            super(operator);
            this.choice = choice;
            this.partition = partition;
        }

        @Override
        protected Step forPartition(int of) {
            return new Sample(operator(), choice, of);
        }

        @Override
        protected @Nullable Object apply(Object record) {
            return choice.picks(partition, position++) ? record : null;
        }
    }
}
