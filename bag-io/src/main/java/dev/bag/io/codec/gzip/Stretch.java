package dev.bag.io.codec.gzip;

import org.jspecify.annotations.Nullable;

/**
 * What a helper is to inflate: from the first block at or behind one bit up to the first one at or behind another.
 *
 * @param from where to begin, in bits from the beginning of the file
 * @param to where to end
 * @param searched within how many bytes behind either a block must begin; 0 if one begins there
 * @param window the text before it; null if that is not known
 */
record Stretch(long from, long to, int searched, byte @Nullable [] window) {

    /** Returns how many bytes it has, about. */
    long byteCount() {
        return to - from >> 3;
    }
}
