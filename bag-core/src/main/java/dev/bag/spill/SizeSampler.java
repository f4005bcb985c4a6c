package dev.bag.spill;

import dev.bag.value.Pair;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes each of many objects takes that come one after the other: strings, numbers, bytes and pairs of
 * such are measured each, of others every eighth. Which are measured depends on their number only. The first parts of
 * pairs have a sampler of their own, and so have the second, because they may differ much.
 */
public final class SizeSampler {

    private static final int EVERY = 8;
    private static final int DEEPEST = 8;

    private final int depth;
    private long lastMeasured = ObjectSize.HEADER;
    private int untilNext;
    private @Nullable SizeSampler ofFirst;
    private @Nullable SizeSampler ofSecond;

    /** A sampler that has seen nothing yet. */
    public SizeSampler() {
        this(0);
    }

    private SizeSampler(int depth) {
        this.depth = depth;
    }

    /** About how many bytes {@code object} takes. */
    public long of(@Nullable Object object) {
        if (object instanceof String text) {
            return ObjectSize.ofString(text);
        }
        if (object instanceof Pair<?, ?> pair && depth < DEEPEST) {
            return ofPair(pair);
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

    private long ofPair(Pair<?, ?> pair) {
        if (ofFirst == null || ofSecond == null) {
            ofFirst = new SizeSampler(depth + 1);
            ofSecond = new SizeSampler(depth + 1);
        }
        return 24 + ofFirst.of(pair.first()) + ofSecond.of(pair.second());
    }
}
