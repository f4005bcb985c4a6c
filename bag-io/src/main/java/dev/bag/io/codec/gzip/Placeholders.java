package dev.bag.io.codec.gzip;

/**
 * Stands in for a window that is not known. The blocks are inflated twice, with two windows whose bytes at a place tell
 * the place: the first has its lower half, the second its upper half. The halves of one place never are the same byte, and
 * a byte that is no copy out of the window is the same both times. So each byte of the text is known, or it is known which
 * byte of the window it is.
 *
 * <p>The upper half has 7 bits. Its eighth bit is the opposite of the one of the lower half, so that the two differ.
 */
final class Placeholders {

    private static final int DIFFERENT = 0x80;
    private static final int UPPER_BITS = 0x7f;

    private static final byte[] LOWER = new byte[Window.LENGTH];
    private static final byte[] UPPER = new byte[Window.LENGTH];

    static {
        for (int place = 0; place < Window.LENGTH; place++) {
            LOWER[place] = (byte) place;
            UPPER[place] = (byte) (place >> 8 | ~place & DIFFERENT);
        }
    }

    private Placeholders() {}

    /** Returns the first window. Not to be written to. */
    static byte[] lower() {
        return LOWER;
    }

    /** Returns the second window. Not to be written to. */
    static byte[] upper() {
        return UPPER;
    }

    /**
     * Returns the byte of the text for each pair: index {@code lower | upper << 8}.
     *
     * @param window what was not known; shorter than a whole one if the text begins there
     */
    static byte[] table(byte[] window) {
        byte[] table = new byte[1 << 16];
        int missing = Window.LENGTH - window.length;
        for (int upper = 0; upper < 256; upper++) {
            table[upper | upper << 8] = (byte) upper;
            int lower = ~upper & DIFFERENT;
            for (int i = lower; i < lower + DIFFERENT; i++) {
                int place = i | (upper & UPPER_BITS) << 8;
                table[i | upper << 8] = place < missing ? 0 : window[place - missing];
            }
        }
        return table;
    }

    /** Returns whether nothing in a text is a byte of the window before a place. */
    static boolean allFrom(int place, byte[] lower, byte[] upper, int length) {
        for (int i = 0; i < length; i++) {
            if (lower[i] != upper[i] && (lower[i] & 0xff | (upper[i] & UPPER_BITS) << 8) < place) {
                return false;
            }
        }
        return true;
    }

    /** Writes the text of pairs. */
    static void replace(byte[] lower, byte[] upper, int from, int to, byte[] table, byte[] into, int at) {
        for (int i = from; i < to; i++) {
            into[at + i - from] = table[lower[i] & 0xff | (upper[i] & 0xff) << 8];
        }
    }
}
