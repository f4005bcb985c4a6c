package dev.bag.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/** Sizes as people write them: {@code 100}, {@code 5kB}, {@code 1 MiB}, {@code 5.4 MB}. */
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

    private ByteSize() {}

    /**
     * The number of bytes, rounded down.
     *
     * @param option what messages call the value, such as {@code blockSize}
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
