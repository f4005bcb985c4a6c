package dev.bag.memory;

import dev.bag.value.Pair;
import dev.bag.value.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes each of many objects takes that come one after the other: strings, numbers, bytes and pairs of
 * such are measured each, of others about every eighth, at irregular distances, so that kinds of objects that take turns
 * are all measured. Which are measured depends on their number only. The first parts of pairs have a sampler of their
 * own, and so have the second, because they may differ much.
 */
public final class SizeSampler {

    private static final int LONGEST_DISTANCE = 15;
    private static final int DEEPEST = 8;

    private final int depth;
    private long lastMeasured = ObjectSize.HEADER;
    private int untilNext;
    private long random;
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
        if (object instanceof Utf8 text) {
            return ObjectSize.ofUtf8(text);
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
            random = random * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL; // Knuth's, of MMIX
            untilNext = (int) (random >>> 33) % LONGEST_DISTANCE;
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
