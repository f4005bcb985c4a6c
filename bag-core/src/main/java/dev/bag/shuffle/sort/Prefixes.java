package dev.bag.shuffle.sort;

/**
 * Numbers that are in the order of the keys they are made of: a key with a smaller number comes first, keys with equal
 * ones must be compared. Only numbers of keys of one class can be compared.
 */
final class Prefixes {

    private static final int CHARACTERS = 8;
    private static final int LARGEST = 0xFF;

    private Prefixes() {}

    /** The number of {@code key}; always the same for a class that is not known here. */
    static long of(Object key) {
        if (key instanceof String text) {
            return ofText(text);
        }
        if (key instanceof Double number) {
            long bits = Double.doubleToLongBits(number);
            return bits ^ (bits >> 63 & Long.MAX_VALUE);
        }
        if (key instanceof Long || key instanceof Integer || key instanceof Short || key instanceof Byte) {
            return ((Number) key).longValue();
        }
        return 0;
    }

    /** The first characters, a byte each; nothing behind one that needs more than that. */
    private static long ofText(String text) {
        long prefix = 0;
        int length = Math.min(text.length(), CHARACTERS);
        int i = 0;
        while (i < length) {
            int character = Math.min(text.charAt(i++), LARGEST);
            prefix = prefix << 8 | character;
            if (character == LARGEST) {
                break;
            }
        }
        // an empty place is less than any character but the first, which is not told apart from it
        return (i == 0 ? 0 : prefix << 8 * (CHARACTERS - i)) ^ Long.MIN_VALUE;
    }
}
