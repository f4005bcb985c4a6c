package dev.bag.io.csv;

/** Doubles of texts, most of which are plain decimals. */
public final class Decimals {

    /** So many digits are a whole number that a double has exactly. */
    private static final int MOST_DIGITS = 15;

    /** The powers of ten that are more than any number of digits after the point needs, all of them exact. */
    private static final double[] POWERS = new double[MOST_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private Decimals() {}

    /**
     * Returns the number that {@link Double#parseDouble} returns. A plain decimal of up to 15 digits is a whole number divided
     * by a power of ten, both of which a double has exactly; so it is rounded once, as it should be (Clinger, "How to Read
     * Floating Point Numbers Accurately", 1990).
     *
     * @throws NumberFormatException if the text is not a number
     */
    public static double parse(String text) {
        int length = text.length();
        boolean negative = length > 0 && text.charAt(0) == '-';
        long digits = 0;
        int count = 0;
        int point = -1;
        for (int i = negative ? 1 : 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && count < MOST_DIGITS) {
                digits = 10 * digits + c - '0';
                count++;
            } else if (c == '.' && point < 0) {
                point = count;
            } else {
                return Double.parseDouble(text);
            }
        }
        if (count == 0) {
            return Double.parseDouble(text);
        }
        double number = point < 0 ? digits : digits / POWERS[count - point];
        return negative ? -number : number;
    }
}
