package dev.bag.io.codec.gzip;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some text of a piece, as it was inflated: once if the window was known, or twice.
 *
 * <p>One thread fills it, then the thread that reads the text takes it. In between a third may write the text of pairs
 * into an array of its own. It is published when it is complete, so the reader has it or works without; neither waits.
 */
final class Slab {

    /** The text; or the lower halves of pairs. */
    final byte[] lower;

    /** The upper halves; null if the text is known. */
    final byte @Nullable [] upper;

    final int length;

    /** The text of pairs, once a helper has made it. */
    private volatile byte @Nullable [] text;

    Slab(byte[] lower, byte @Nullable [] upper, int length) {
        this.lower = lower;
        this.upper = upper != null && Arrays.equals(lower, 0, length, upper, 0, length) ? null : upper;
        this.length = length;
    }

    /** Returns whether the last bytes, as many as a later block may refer to, are known without the window. */
    boolean endsKnown() {
        return upper == null
                || length >= Window.LENGTH
                        && Arrays.equals(lower, length - Window.LENGTH, length, upper, length - Window.LENGTH, length);
    }

    boolean fits(byte[] window) {
        return upper == null || Placeholders.allFrom(Window.LENGTH - window.length, lower, upper, length);
    }

    /** Writes the text of pairs, for the thread that will read it. */
    void prepare(byte[] table, byte[] into) {
        if (upper != null) {
            Placeholders.replace(lower, upper, 0, length, table, into, 0);
            text = into;
        }
    }

    /** Copies text from one index up to another. */
    void copy(int from, int to, byte[] table, byte[] into, int at) {
        byte[] known = upper == null ? lower : text;
        if (known != null) {
            System.arraycopy(known, from, into, at, to - from);
        } else if (upper != null) {
            Placeholders.replace(lower, upper, from, to, table, into, at);
        }
    }
}
