package dev.bag.fold;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Locale;

/**
 * An exact sum of longs, in 128 bits. It may leave the range of a long on the way, and a sum of fewer than 2<sup>63</sup>
 * numbers never leaves the range of this.
 */
final class LongTotal implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The sum, less 2<sup>64</sup> for each of {@code wraps}. */
    private long low;

    private long wraps;

    void add(long value) {
        long next = low + value;
        if (((low ^ next) & (value ^ next)) < 0) {
            wraps += value < 0 ? -1 : 1;
        }
        low = next;
    }

    void addAll(LongTotal other) {
        add(other.low);
        wraps += other.wraps;
    }

    /** The sum, or an {@link ArithmeticException} where no long can hold it. */
    long toLong() {
        if (wraps == 0) {
            return low;
        }
        throw new ArithmeticException(String.format(
                Locale.ROOT,
                "The sum of longs is %,d, beyond the range of a long (%,d to %,d). "
                        + "Sum doubles for the nearest double, or fold BigIntegers for the exact sum.",
                exact(),
                Long.MIN_VALUE,
                Long.MAX_VALUE));
    }

    private BigInteger exact() {
        return BigInteger.valueOf(wraps).shiftLeft(Long.SIZE).add(BigInteger.valueOf(low));
    }
}
