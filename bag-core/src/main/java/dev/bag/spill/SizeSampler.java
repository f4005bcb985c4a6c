package dev.bag.spill;

import dev.bag.value.Pair;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes each of many objects takes that come one after the other: strings, numbers, bytes and pairs of
 * such are measured each, of others every eighth. Which are measured depends on their number only.
 */
public final class SizeSampler {

    private static final int EVERY = 8;

    private long lastMeasured = ObjectSize.HEADER;
    private int untilNext;

    /** About how many bytes {@code object} takes. */
    public long of(@Nullable Object object) {
        if (object instanceof String text) {
            return ObjectSize.ofString(text);
        }
        if (object instanceof Pair<?, ?> pair) {
            return 24 + of(pair.first()) + of(pair.second());
        }
        if (object instanceof byte[] bytes) {
            return ObjectSize.HEADER + ObjectSize.aligned(bytes.length);
        }
        if (object == null || object instanceof Number) {
            return ObjectSize.of(object);
        }
        if (untilNext-- == 0) {
            untilNext = EVERY - 1;
            lastMeasured = ObjectSize.of(object);
        }
        return lastMeasured;
    }
}
