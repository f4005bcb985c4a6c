package dev.bag.text;

/**
 * Numbers as messages show them. Made without a {@code Formatter}: that one loads many classes, and one of them that cannot
 * be initialized because memory is full, which may be what a message tells of, can never be used again.
 */
public final class Digits {

    private static final String HEX = "0123456789abcdef";

    private Digits() {}

    /** Returns {@code number} with a comma before each three digits: {@code 1,048,576}. */
    public static String grouped(long number) {
        String digits = Long.toString(number);
        int first = number < 0 ? 1 : 0;
        StringBuilder text = new StringBuilder(digits.length() + digits.length() / 3);
        for (int i = 0; i < digits.length(); i++) {
            if (i > first && (digits.length() - i) % 3 == 0) {
                text.append(',');
            }
            text.append(digits.charAt(i));
        }
        return text.toString();
    }

    /** Appends the four hexadecimal digits of {@code c}. */
    public static void appendHex(StringBuilder text, char c) {
        for (int shift = Character.SIZE - 4; shift >= 0; shift -= 4) {
            text.append(HEX.charAt(c >> shift & 0xf));
        }
    }
}
