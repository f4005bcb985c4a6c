package dev.bag.fold;

import dev.bag.function.CheckedToLongFunction;
import dev.bag.trait.Traits.LongSum;
import dev.bag.trait.Traits.RetainsNothing;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Objects;

/** The number of records, and the exact sum of a long of each. */
final class LongFolds {

    private LongFolds() {}

    /** Counts the records. */
    record CountFold<T>() implements Fold<T, long[], Long>, LongSum<T, long[]>, RetainsNothing {

        @Override
        public long[] zero() {
            return new long[1];
        }

        @Override
        public long[] add(long[] count, T record) {
            return plus(count, 1);
        }

        @Override
        public long[] merge(long[] left, long[] right) {
            return plus(left, right[0]);
        }

        @Override
        public Long finish(long[] count) {
            return count[0];
        }

        @Override
        public boolean mergesExactly() {
            return true;
        }

        @Override
        public long number(T record) {
            return 1;
        }

        @Override
        public long[] plus(long[] count, long number) {
            count[0] += number;
            return count;
        }

        @Override
        public boolean isLong(long[] count) {
            return true;
        }

        @Override
        public long toLong(long[] count) {
            return count[0];
        }

        @Override
        public boolean onlyCounts() {
            return true;
        }
    }

    /** The exact sum of a long of each record. */
    record LongSumFold<T>(CheckedToLongFunction<? super T> number)
            implements Fold<T, long[], Long>, LongSum<T, long[]>, RetainsNothing {

        LongSumFold {
            Objects.requireNonNull(number, "f");
        }

        @Override
        public long[] zero() {
            return LongTotal.zero();
        }

        @Override
        public long[] add(long[] total, T record) {
            return plus(total, number(record));
        }

        @Override
        public long[] merge(long[] left, long[] right) {
            return LongTotal.plus(left, right);
        }

        @Override
        public Long finish(long[] total) {
            return LongTotal.toLong(total);
        }

        @Override
        public boolean mergesExactly() {
            return true;
        }

        @Override
        public long number(T record) {
            return number.applyAsLong(record);
        }

        @Override
        public long[] plus(long[] total, long number) {
            return LongTotal.plus(total, number);
        }

        @Override
        public boolean isLong(long[] total) {
            return LongTotal.isLong(total);
        }

        @Override
        public long toLong(long[] total) {
            return LongTotal.toLong(total);
        }
    }

    /**
     * Exact sums of longs, in 128 bits. A sum may leave the range of a long on the way, and one of fewer than
     * 2<sup>63</sup> numbers never leaves the range of this.
     *
     * <p>A sum is an array: its lower 64 bits as a long, and how often 2<sup>64</sup> must be added to that. Arrays of
     * numbers take the least room wherever an accumulator may lie.
     */
    static final class LongTotal {

        private LongTotal() {}

        static long[] zero() {
            return new long[2];
        }

        /** Adds {@code value} to {@code total}. */
        static long[] plus(long[] total, long value) {
            long next = total[0] + value;
            if (((total[0] ^ next) & (value ^ next)) < 0) {
                total[1] += value < 0 ? -1 : 1;
            }
            total[0] = next;
            return total;
        }

        /** Adds the sum {@code other} to {@code total}. */
        static long[] plus(long[] total, long[] other) {
            plus(total, other[0]);
            total[1] += other[1];
            return total;
        }

        /** Whether a long holds the sum. */
        static boolean isLong(long[] total) {
            return total[1] == 0;
        }

        /** The sum, or an {@link ArithmeticException} where no long can hold it. */
        static long toLong(long[] total) {
            if (isLong(total)) {
                return total[0];
            }
            throw new ArithmeticException(String.format(
                    Locale.ROOT,
                    "The sum of longs is %,d, beyond the range of a long (%,d to %,d). "
                            + "Sum doubles for the nearest double, or fold BigIntegers for the exact sum.",
                    exact(total),
                    Long.MIN_VALUE,
                    Long.MAX_VALUE));
        }

        private static BigInteger exact(long[] total) {
            return BigInteger.valueOf(total[1]).shiftLeft(Long.SIZE).add(BigInteger.valueOf(total[0]));
        }
    }
}
