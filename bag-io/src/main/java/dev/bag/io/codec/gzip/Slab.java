package dev.bag.io.codec.gzip;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Some text of a piece, as it was inflated: once if the window was known, or twice.
 *
 * <p>One thread fills it, then the thread that reads the text takes it. In between a third may write the text of pairs
 * into an array of its own. That is published when it is complete, so the reader has it or works without. If the reader has
 * passed meanwhile, its arrays may be in use for other text already. Then what the third thread makes is worthless, and it is
 * not published.
 */
final class Slab {

    /** The text; or the lower halves of pairs. */
    private byte[] lower;

    /** Whether that is an array of its own, as long as the text. */
    private boolean trimmed;

    /** The upper halves; null if the text is known. */
    private byte @Nullable [] upper;

    private int length;

    /** The text of pairs, once a helper has made it. Written under the lock of this. */
    private volatile byte @Nullable [] text;

    /** Whether its arrays are given back. Guarded by this. */
    private boolean passed;

    /** A slab that has these arrays until it is passed. */
    Slab(byte[] lower, byte @Nullable [] upper) {
        this.lower = lower;
        this.upper = upper;
    }

    /** Inflates as much as there is room for, unless the range ends. */
    void fill(Range once, @Nullable Range twice, SlabArrays arrays) throws DataFormatException {
        length = once.read(lower);
        byte[] pairs = upper;
        if (twice == null || pairs == null) {
            return;
        }
        if (twice.read(pairs) != length) {
            throw new DataFormatException("the length depends on the window");
        }
        if (Arrays.equals(lower, 0, length, pairs, 0, length)) {
            upper = null;
            arrays.giveBack(pairs);
        }
    }

    int length() {
        return length;
    }

    /** Takes no more memory than it needs if the text is short, once it is filled. */
    void trim(SlabArrays arrays) {
        if (upper == null && length <= lower.length / 4 && arrays.reserve(length)) {
            byte[] whole = lower;
            lower = Arrays.copyOf(whole, length);
            trimmed = true;
            arrays.giveBack(whole);
        }
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

    /** Returns whether it has text of pairs. */
    boolean hasPairs() {
        return upper != null;
    }

    /** Returns whether a helper may make the text of pairs. */
    synchronized boolean canBePrepared() {
        return upper != null && !passed;
    }

    /** Writes the text of pairs, for the thread that will read it. Returns whether the array is that of the slab now. */
    boolean prepare(byte[] table, byte[] into) {
        if (upper != null) {
            Placeholders.replace(lower, upper, 0, length, table, into, 0);
        }
        synchronized (this) {
            text = passed ? null : into;
            return !passed;
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

    /** The text is read, or not wanted. */
    synchronized void pass(SlabArrays arrays) {
        if (!passed) {
            passed = true;
            if (trimmed) {
                arrays.release(length);
            } else {
                arrays.giveBack(lower);
            }
            arrays.giveBack(upper);
            arrays.giveBack(text);
        }
    }
}
