package dev.bag.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/**
 * Numbers of bytes as people write them: {@code 100}, {@code 5kB}, {@code 1 MiB}, {@code 5.4 MB}. kB, MB, GB and TB are
 * powers of 1000; kiB, MiB, GiB and TiB powers of 1024; a number alone is bytes. Upper and lower case are the same, and
 * spaces may stand around the number.
 */
public final class ByteSize {

    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "tb", 1_000_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30,
            "tib", 1L << 40);

    /** The units of {@link #format}, each 1000 times the one before. */
    private static final String[] NAMES = {"B", "kB", "MB", "GB", "TB"};

    private ByteSize() {}

    /**
     * Returns the number of bytes that {@code text} says, rounded down; 0 or more.
     *
     * @param option the method that was given the text, such as {@code blockSize}; messages begin with it
     * @param text such as {@code "5.4 MB"}
     * @throws IllegalArgumentException if {@code text} is no size, or of more than 2<sup>63</sup> - 1 bytes
     */
    public static long parse(String option, String text) {
        String trimmed = text.trim();
        int numberEnd = 0;
        while (numberEnd < trimmed.length() && "0123456789.".indexOf(trimmed.charAt(numberEnd)) >= 0) {
            numberEnd++;
        }
        if (numberEnd == 0) {
            throw complaint(option, text, "it must begin with a number");
        }
        Long unit = UNITS.get(trimmed.substring(numberEnd).trim().toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw complaint(
                    option,
                    text,
                    "the unit must be one of B, kB, MB, GB, TB (powers of 1000), kiB, MiB, GiB,"
                            + " TiB (powers of 1024)");
        }
        return multiply(option, text, trimmed.substring(0, numberEnd), unit);
    }

    /**
     * Returns a number of bytes for people to read, rounded to a tenth of the largest power of 1000 that is in it:
     * {@code 999 B}, {@code 32 MB}, {@code 1.5 GB}. The result can be {@linkplain #parse parsed}, if it is not
     * negative.
     *
     * @param byteCount the number of bytes
     */
    public static String format(long byteCount) {
        long unit = 1;
        int power = 0;
        // Half a tenth less than the next unit is rounded up to it, so 999,950 bytes are 1 MB, not 1000 kB.
        while (power < NAMES.length - 1 && magnitude(byteCount) >= unit * 1000 - unit / 20) {
            unit *= 1000;
            power++;
        }
        return BigDecimal.valueOf(byteCount)
                        .divide(BigDecimal.valueOf(unit), 1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + " " + NAMES[power];
    }

    private static long magnitude(long byteCount) {
        return byteCount == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(byteCount);
    }

    private static long multiply(String option, String text, String number, long unit) {
        try {
            return new BigDecimal(number)
                    .multiply(BigDecimal.valueOf(unit))
                    .setScale(0, RoundingMode.FLOOR)
                    .longValueExact();
        } catch (NumberFormatException e) {
            throw complaint(option, text, "this is not a number");
        } catch (ArithmeticException e) {
            throw complaint(option, text, "this is more than 2^63 bytes");
        }
    }

    private static IllegalArgumentException complaint(String option, String text, String why) {
        return new IllegalArgumentException(
                option + "(\"" + text + "\"): " + why + ". Examples: \"100\", \"5kB\", \"32 MiB\", \"5.4MB\".");
    }
}
