package dev.bag.io.codec;

import dev.bag.io.file.Numbers;
import java.io.IOException;

/**
 * The frames of a Zstandard file, one after the other, for a library that reads ahead: ends where the last frame ends, so
 * that what follows it can be told apart. Walks over frames and blocks by their headers, as in RFC 8878, section 3.1.
 *
 * <p>Those of a piece of a file end before the first unit behind it; so the library that reads them hands out all that they
 * have before it is given others.
 */
public final class ZstdFrames extends DecodedStream {

    public static final long MAGIC = 0xFD2FB528L;

    private static final int CHECKSUM_FLAG = 0x04;
    private static final int SINGLE_SEGMENT_FLAG = 0x20;

    /** How many bytes the dictionary's ID and the size have, by the two bits for each. */
    private static final int[] ID_LENGTHS = {0, 1, 2, 4};

    private static final int[] SIZE_LENGTHS = {0, 2, 4, 8};

    private static final int RUN_LENGTH_BLOCK = 1;
    private static final int RESERVED_BLOCK = 3;

    private final CompressedStream compressed;
    private final Limits limits;
    private final PieceEnd end;

    /** How many of the next bytes are of the part whose header was looked at. */
    private long left;

    private boolean insideFrame;
    private int checksumLength;

    /** How many bytes come out of all frames, as they say; -1 if one does not say it. */
    private long saidLength;

    private boolean anyFrame;
    private boolean ended;

    /**
     * Frames from where a file stands.
     *
     * @param anyFrame whether there is one before
     * @param end before which they end
     */
    ZstdFrames(CompressedStream compressed, Limits limits, boolean anyFrame, PieceEnd end) {
        this.compressed = compressed;
        this.limits = limits;
        this.anyFrame = anyFrame;
        this.end = end;
    }

    /** Returns where a frame ends, which begins where its magic number is; 0 if that cannot be told. */
    public static long endOfFrame(long start, HeaderBytes headers) throws IOException {
        if (!headers.has(start, 5)) {
            return 0;
        }
        int descriptor = headers.byteAt(start + 4);
        long at = start + headerLength(descriptor);
        while (headers.has(at, 3)) {
            int header = (int) headers.littleEndian(at, 3);
            if (type(header) == RESERVED_BLOCK) {
                return 0;
            }
            at += blockLength(header);
            if (isLast(header)) {
                return at + checksumLength(descriptor);
            }
        }
        return 0;
    }

    private static int headerLength(int descriptor) {
        int windowLength = isSingleSegment(descriptor) ? 0 : 1;
        return 5 + ID_LENGTHS[descriptor & 3] + windowLength + sizeLength(descriptor);
    }

    private static int sizeLength(int descriptor) {
        int length = SIZE_LENGTHS[descriptor >> 6];
        return isSingleSegment(descriptor) ? Math.max(1, length) : length;
    }

    private static boolean isSingleSegment(int descriptor) {
        return (descriptor & SINGLE_SEGMENT_FLAG) != 0;
    }

    private static int checksumLength(int descriptor) {
        return (descriptor & CHECKSUM_FLAG) != 0 ? 4 : 0;
    }

    private static boolean isLast(int header) {
        return (header & 1) != 0;
    }

    private static int type(int header) {
        return header >> 1 & 3;
    }

    private static int blockLength(int header) {
        return 3 + (type(header) == RUN_LENGTH_BLOCK ? 1 : header >> 3);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int filled = 0;
        while (filled < length && !ended) {
            if (left == 0) {
                ended = !beginPart();
                continue;
            }
            int count = compressed.read(into, from + filled, (int) Math.min(left, length - filled));
            if (count < 0) {
                ended = true; // which the library takes for a file that is cut
                break;
            }
            left -= count;
            filled += count;
        }
        return filled == 0 && length > 0 ? -1 : filled;
    }

    /** Looks at the next header. Returns whether there is one; whatever the file ends inside is passed on. */
    private boolean beginPart() throws IOException {
        if (insideFrame) {
            beginBlock();
            return true;
        }
        if (end.isAt(compressed.position())) {
            return false;
        }
        if (TrailingBytes.cutBeginning(compressed, MAGIC)) {
            left = Long.MAX_VALUE;
        } else if (compressed.isAt(Signatures::zstd)) {
            beginFrame();
        } else if (compressed.isAt(Signatures::skippable)) {
            left = compressed.peekable(8) < 8 ? Long.MAX_VALUE : 8 + compressed.peekLittleEndian(4, 4);
        } else {
            return TrailingBytes.none(compressed, limits, "zstd", "frame", anyFrame, Signatures::zstd, end);
        }
        anyFrame = true;
        return true;
    }

    // +-------+------------+--------+===============+======+
    // | magic | descriptor | window | dictionary ID | size |    There is no window if the frame is a single segment.
    // +-------+------------+--------+===============+======+
    private void beginFrame() throws IOException {
        if (compressed.peekable(5) < 5) {
            left = Long.MAX_VALUE;
            return;
        }
        int descriptor = compressed.peek(4);
        left = headerLength(descriptor);
        checksumLength = checksumLength(descriptor);
        insideFrame = true;
        addSaidLength(sizeLength(descriptor));
    }

    /** The size is the last field of the header; one of two bytes is less by 256. */
    private void addSaidLength(int sizeLength) throws IOException {
        if (sizeLength == 0 || saidLength < 0) {
            saidLength = -1;
        } else if (compressed.peekable((int) left) == left) {
            long size = compressed.peekLittleEndian((int) left - sizeLength, sizeLength);
            saidLength = size < 0 ? -1 : saidLength + size + (sizeLength == 2 ? 256 : 0);
        }
    }

    /**
     * Compares what has come out of all frames with what they say. The library does so for each frame, but not for one whose
     * last block is empty.
     */
    void checkLength(long byteCount) throws IOException {
        if (saidLength >= 0 && saidLength != byteCount) {
            throw new IOException("the frames say that they have " + Numbers.grouped(saidLength) + " bytes, but have "
                    + Numbers.grouped(byteCount));
        }
    }

    // +----------+----------+----------+
    // | last (1) | type (2) | size(21) |    bits, the lowest first
    // +----------+----------+----------+
    private void beginBlock() throws IOException {
        if (compressed.peekable(3) < 3) {
            left = Long.MAX_VALUE;
            return;
        }
        int header = (int) compressed.peekLittleEndian(0, 3);
        left = blockLength(header);
        if (type(header) == RESERVED_BLOCK) {
            left = Long.MAX_VALUE; // the library refuses it
        } else if (isLast(header)) {
            left += checksumLength;
            insideFrame = false;
        }
    }
}
