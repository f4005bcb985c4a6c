package dev.bag.io.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.format.Decimals;

/**
 * The values of a row that was read, with the header of its file.
 *
 * @param bytes all values, a comma between two
 * @param ends where in the bytes each value ends
 */
public record Cells(Header header, byte[] bytes, int[] ends) {

    private static int begin(int[] ends, int index) {
        return index == 0 ? 0 : ends[index - 1] + 1;
    }

    int size() {
        return ends.length;
    }

    String value(int index) {
        return text(bytes, ends, index);
    }

    /** Returns a value. */
    public static String text(byte[] bytes, int[] ends, int index) {
        int from = begin(ends, index);
        return new String(bytes, from, ends[index] - from, UTF_8);
    }

    /**
     * Returns the number that a value is, with white space around it or without.
     *
     * @throws NumberFormatException if it is none
     */
    public static long longValue(byte[] bytes, int[] ends, int index) {
        int from = begin(ends, index);
        return Decimals.isShortLong(bytes, from, ends[index])
                ? Decimals.shortLong(bytes, from, ends[index])
                : Long.parseLong(text(bytes, ends, index).strip());
    }

    /**
     * Returns the number that a value is, with white space around it or without.
     *
     * @throws NumberFormatException if it is none
     */
    public static double doubleValue(byte[] bytes, int[] ends, int index) {
        return parseDouble(bytes, begin(ends, index), ends[index]);
    }

    /** As Java reads it, but without the letters that end a constant in a program: {@code 1d} is no number in a file. */
    static double parseDouble(byte[] bytes, int from, int to) {
        if (to > from && bytes[to - 1] >= '.' && bytes[to - 1] <= '9' && bytes[from] > ' ') {
            return Decimals.parseDouble(bytes, from, to);
        }
        return parseDouble(new String(bytes, from, to - from, UTF_8).strip());
    }

    /** As Java reads it, but without the letters that end a constant in a program. */
    static double parseDouble(String text) {
        if (!text.isEmpty() && "dDfF".indexOf(text.charAt(text.length() - 1)) >= 0) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(text);
    }
}
