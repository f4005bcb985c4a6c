package dev.bag.io.codec;

import java.io.IOException;
import java.io.InputStream;

/**
 * The format of the compress program, {@code .Z}: the LZW algorithm (Welch, "A Technique for High-Performance Data
 * Compression", 1984) with codes that grow from 9 to at most 16 bits, the lowest bit first.
 *
 * <p>The format has neither a length nor a checksum. That a file is cut can be told only where it ends inside a code whose
 * bits are not all zero; that it is corrupt only by a code that has no meaning yet.
 */
final class LzwStream extends InputStream {

    private static final int WIDTH_BITS = 0x1f;
    private static final int BLOCK_MODE = 0x80;

    private static final int SMALLEST_WIDTH = 9;
    private static final int LARGEST_WIDTH = 16;
    private static final int CLEAR = 256;
    private static final int NONE = -1;

    private final CompressedStream compressed;

    /** The text of a code from 257 on: that of another code, and one byte more. */
    private final char[] prefix = new char[1 << LARGEST_WIDTH];

    private final byte[] lastByte = new byte[1 << LARGEST_WIDTH];

    /** The text of the code that was read last, from {@code next} up to its end: it is found from its end on. */
    private final byte[] text = new byte[(1 << LARGEST_WIDTH) + 1];

    private int next = text.length;

    /** Codes are written in groups of eight, which is as many bytes as a code has bits; a group ends where the width changes. */
    private final byte[] group = new byte[LARGEST_WIDTH + 3];

    private int groupBits;
    private int bit;

    private int largestWidth;
    private boolean blockMode;
    private int width;
    private int codeCount;
    private int previous;
    private byte firstByte;
    private boolean begun;
    private boolean ended;

    LzwStream(CompressedStream compressed) {
        this.compressed = compressed;
    }

    @Override
    public int read() throws IOException {
        return hasNext() ? text[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int filled = 0;
        while (filled < length && hasNext()) {
            int count = Math.min(length - filled, text.length - next);
            System.arraycopy(text, next, into, from + filled, count);
            next += count;
            filled += count;
        }
        return filled == 0 && length > 0 ? -1 : filled;
    }

    private boolean hasNext() throws IOException {
        while (next == text.length && !ended) {
            if (!begun) {
                readHeader();
            }
            int code = readCode();
            if (code == NONE) {
                ended = true;
            } else if (code == CLEAR && blockMode) {
                clear();
            } else {
                decode(code);
            }
        }
        return next < text.length;
    }

    private void readHeader() throws IOException {
        if (!compressed.isAt(Signatures::lzw)) {
            if (compressed.peekable(3) < 3) {
                throw compressed.cut();
            }
            throw Corruption.otherFormat(compressed.file(), ".Z");
        }
        int flags = compressed.peek(2);
        compressed.drop(3);
        largestWidth = flags & WIDTH_BITS;
        blockMode = (flags & BLOCK_MODE) != 0;
        for (int i = 0; i < CLEAR; i++) {
            lastByte[i] = (byte) i;
        }
        codeCount = blockMode ? CLEAR + 1 : CLEAR;
        width = SMALLEST_WIDTH;
        previous = NONE;
        begun = true;
    }

    /** Returns the next code, or {@link #NONE} at the end of the file. */
    private int readCode() throws IOException {
        if (width < largestWidth && codeCount == 1 << width) {
            width++;
            groupBits = 0;
            bit = 0;
        }
        if (bit + width > groupBits && !readGroup()) {
            return NONE;
        }
        int at = bit >> 3;
        int bits = group[at] & 0xff | (group[at + 1] & 0xff) << 8 | (group[at + 2] & 0xff) << 16;
        int code = bits >> (bit & 7) & (1 << width) - 1;
        bit += width;
        return code;
    }

    private boolean readGroup() throws IOException {
        int count = compressed.peekable(width);
        for (int i = 0; i < count; i++) {
            group[i] = (byte) compressed.peek(i);
        }
        compressed.drop(count);
        groupBits = count * 8;
        bit = 0;
        if (count < width) {
            checkEnd(count);
        }
        return groupBits >= width;
    }

    /** Behind the last code there are less than 8 bits, which are zeros. */
    private void checkEnd(int byteCount) throws IOException {
        int unused = byteCount * 8 % width;
        boolean cut = unused >= 8 || unused > 0 && (group[byteCount - 1] & 0xff) >> 8 - unused != 0;
        if (cut) {
            throw compressed.cut();
        }
    }

    private void clear() {
        codeCount = CLEAR + 1;
        width = SMALLEST_WIDTH;
        previous = NONE;
        groupBits = 0;
        bit = 0;
    }

    private void decode(int code) throws IOException {
        boolean notMadeYet = code == codeCount && previous != NONE && codeCount < 1 << largestWidth;
        if (code >= codeCount && !notMadeYet || previous == NONE && code >= CLEAR) {
            throw new IOException("a code stands for nothing yet");
        }
        int at = text.length;
        int rest = code;
        if (notMadeYet) {
            text[--at] = firstByte; // the text of the previous code, and its first byte again
            rest = previous;
        }
        while (rest >= CLEAR) {
            text[--at] = lastByte[rest];
            rest = prefix[rest];
        }
        firstByte = (byte) rest;
        text[--at] = firstByte;
        next = at;
        if (previous != NONE && codeCount < 1 << largestWidth) {
            prefix[codeCount] = (char) previous;
            lastByte[codeCount] = firstByte;
            codeCount++;
        }
        previous = code;
    }
}
