package dev.bag.io.file;

import java.util.HexFormat;
import java.util.Locale;

/** Numbers as messages show them. */
public final class Numbers {

    private Numbers() {}

    /** With a comma after each three digits: {@code 1,048,576}. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Bytes in hexadecimal digits, a space between two: {@code c3 28}. */
    public static String hex(byte[] bytes, int from, int to) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes, from, to);
    }
}
