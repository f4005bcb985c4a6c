package dev.bag.io.codec;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/** Writes what the compress program writes, with maps instead of its tables. */
final class LzwWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<Integer, Integer> codes = new HashMap<>();
    private final int largestWidth;
    private final boolean blockMode;
    private final int clearEvery;
    private int count;
    private int width = 9;
    private long bits;
    private int bitCount;
    private int codesInGroup;

    private LzwWriter(int largestWidth, boolean blockMode, int clearEvery) {
        this.largestWidth = largestWidth;
        this.blockMode = blockMode;
        this.clearEvery = clearEvery;
        this.count = blockMode ? 257 : 256;
    }

    /**
     * Compresses.
     *
     * @param clearEvery after how many codes the table is cleared; 0 for never
     */
    static byte[] compress(byte[] bytes, int largestWidth, boolean blockMode, int clearEvery) {
        return new LzwWriter(largestWidth, blockMode, clearEvery).write(bytes);
    }

    private byte[] write(byte[] bytes) {
        out.write(0x1f);
        out.write(0x9d);
        out.write(largestWidth | (blockMode ? 0x80 : 0));
        int current = -1;
        int written = 0;
        for (byte b : bytes) {
            int key = current << 8 | b & 0xff;
            Integer longer = current < 0 ? Integer.valueOf(b & 0xff) : codes.get(key);
            if (longer != null) {
                current = longer;
                continue;
            }
            put(current);
            written++;
            current = b & 0xff;
            if (clearEvery > 0 && written % clearEvery == 0) {
                put(256);
                endGroup();
                codes.clear();
                count = 257;
                width = 9;
            } else if (count < 1 << largestWidth) {
                codes.put(key, count++);
                // The reader makes each code one code later, and so does it grow.
            }
        }
        if (current >= 0) {
            put(current);
        }
        flush();
        return out.toByteArray();
    }

    /** The reader has one code less at this time. */
    private void put(int code) {
        if (width < largestWidth && count - 1 == 1 << width) {
            endGroup();
            width++;
        }
        bits |= (long) code << bitCount;
        bitCount += width;
        codesInGroup++;
        while (bitCount >= 8) {
            out.write((int) bits & 0xff);
            bits >>>= 8;
            bitCount -= 8;
        }
    }

    private void endGroup() {
        while (codesInGroup % 8 != 0) {
            put0();
        }
    }

    private void put0() {
        bitCount += width;
        codesInGroup++;
        while (bitCount >= 8) {
            out.write((int) bits & 0xff);
            bits >>>= 8;
            bitCount -= 8;
        }
    }

    private void flush() {
        if (bitCount > 0) {
            out.write((int) bits & 0xff);
        }
    }
}
