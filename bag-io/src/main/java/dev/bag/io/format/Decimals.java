package dev.bag.io.format;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Numbers of texts, which are bytes of ASCII as a rule, and most of them plain decimals. */
public final class Decimals {

    /** So many digits fit into a {@code long}, whatever they are. */
    private static final int SAFE_DIGITS = 18;

    /** So many digits are a whole number that a double has exactly. */
    private static final int EXACT_DIGITS = 15;

    /** The powers of ten that are more than any number of digits after the point needs, all of them exact. */
    private static final double[] POWERS = new double[EXACT_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private Decimals() {}

    /** Returns whether a text is a whole number of up to 18 digits, with a minus or without. */
    public static boolean isShortLong(byte[] in, int from, int to) {
        int at = from < to && in[from] == '-' ? from + 1 : from;
        if (at == to || to - at > SAFE_DIGITS) {
            return false;
        }
        while (at < to && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        return at == to;
    }

    /** Returns the value of a text of which {@link #isShortLong} is true. */
    public static long shortLong(byte[] in, int from, int to) {
        boolean negative = in[from] == '-';
        long number = 0;
        for (int at = negative ? from + 1 : from; at < to; at++) {
            number = 10 * number + in[at] - '0';
        }
        return negative ? -number : number;
    }

    /**
     * Returns the number that {@link Double#parseDouble} returns. A plain decimal of up to 15 digits is a whole number divided
     * by a power of ten, both of which a double has exactly; so it is rounded once, as it should be (Clinger, "How to Read
     * Floating Point Numbers Accurately", 1990).
     *
     * @throws NumberFormatException if the text is not a number
     */
    public static double parseDouble(byte[] in, int from, int to) {
        boolean negative = from < to && in[from] == '-';
        long digits = 0;
        int count = 0;
        int point = -1;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            byte c = in[i];
            if (c >= '0' && c <= '9' && count < EXACT_DIGITS) {
                digits = 10 * digits + c - '0';
                count++;
            } else if (c == '.' && point < 0) {
                point = count;
            } else {
                return byLibrary(in, from, to);
            }
        }
        if (count == 0) {
            return byLibrary(in, from, to);
        }
        double number = point < 0 ? digits : digits / POWERS[count - point];
        return negative ? -number : number;
    }

    private static double byLibrary(byte[] in, int from, int to) {
        return Double.parseDouble(new String(in, from, to - from, UTF_8));
    }
}
