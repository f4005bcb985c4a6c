package dev.bag.io.codec;

import static dev.bag.io.codec.BlockOutput.SLACK;

import dev.bag.io.file.KnownUnits.Unit;
import dev.bag.io.file.Numbers;
import java.io.IOException;
import java.io.InputStream;

/**
 * LZ4 frames as in the LZ4 Frame Format Description 1.6.4, one after the other, with skippable and legacy frames among
 * them. Blocks may refer to those before them. All checksums and lengths that a frame has are checked; where reading begins
 * inside of a frame, those of the blocks are.
 *
 * <p>Reads a file, or a piece of one, as {@code UnitWalk} says.
 */
public final class Lz4Stream extends InputStream {

    public static final long MAGIC = 0x184D2204L;
    private static final long LEGACY_MAGIC = 0x184C2102L;

    private static final int VERSION = 0xc0;
    private static final int INDEPENDENT_BLOCKS = 0x20;
    private static final int BLOCK_CHECKSUMS = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int RESERVED = 0x02;
    private static final int DICTIONARY = 0x01;

    /** How far back a block may refer. */
    private static final int WINDOW = 64 << 10;

    private static final int LEGACY_BLOCK = 8 << 20;

    /** What incompressible bytes of a legacy block become at most. */
    private static final int LONGEST_LEGACY_BLOCK = LEGACY_BLOCK + LEGACY_BLOCK / 255 + 16;

    private static final int STORED = 1 << 31;

    /** A byte of a block makes no more than these of what it stands for. */
    private static final long MOST_OF_A_BYTE = 255;

    private final CompressedStream compressed;
    private final Limits limits;
    private final Unit first;
    private final PieceEnd end;
    private final BlockOutput output = new BlockOutput();
    private final XxHash32 contentHash = new XxHash32();
    private byte[] block = new byte[SLACK];
    private int next;

    private boolean begun;
    private boolean insideFrame;
    private boolean legacy;
    private boolean anyFrame;
    private boolean ended;

    /** Of the frame. */
    private int flags;

    private int longestBlock;
    private long contentSize;
    private long contentRead;

    /** Whether reading began inside of the frame, so that of its whole content nothing is known. */
    private boolean isPart;

    private boolean isFirstBlock;

    public Lz4Stream(CompressedStream compressed, Limits limits) {
        this(compressed, limits, Unit.at(0), PieceEnd.none());
    }

    /** Units of a piece of a file, the first of which is given, and those behind it. */
    public Lz4Stream(CompressedStream compressed, Limits limits, Unit first, PieceEnd end) {
        this.compressed = compressed;
        this.limits = limits;
        this.first = first;
        this.end = end;
        this.anyFrame = first.start() > 0;
    }

    /**
     * Returns whether the blocks of a frame are units: what is lost if not all of a frame is read must be no more than a
     * checksum of data that have others.
     */
    public static boolean blocksAreUnits(int flags) {
        boolean checkedByBlock = (flags & BLOCK_CHECKSUMS) != 0;
        boolean checkedAsAWhole = (flags & (CONTENT_CHECKSUM | CONTENT_SIZE)) != 0;
        return (flags & INDEPENDENT_BLOCKS) != 0 && (checkedByBlock || !checkedAsAWhole);
    }

    /** Returns the length of the header of a frame, with its magic number. */
    public static int headerLength(int flags) {
        return 7 + ((flags & CONTENT_SIZE) != 0 ? 8 : 0) + ((flags & DICTIONARY) != 0 ? 4 : 0);
    }

    /** Returns the length of a block, with what stands before and behind it. */
    public static long blockLength(int flags, long size) {
        return 4 + (size & ~STORED & 0xffff_ffffL) + ((flags & BLOCK_CHECKSUMS) != 0 ? 4 : 0);
    }

    /** Returns the length of what stands behind the last block of a frame. */
    public static int endLength(int flags) {
        return 4 + ((flags & CONTENT_CHECKSUM) != 0 ? 4 : 0);
    }

    public static boolean beginsAnyFrame(byte[] bytes, int index, int end) {
        return Signatures.lz4(bytes, index, end) || Signatures.skippable(bytes, index, end);
    }

    @Override
    public int read() throws IOException {
        return hasNext() ? output.bytes()[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (!hasNext()) {
            return -1;
        }
        int count = Math.min(length, output.end() - next);
        System.arraycopy(output.bytes(), next, into, from, count);
        next += count;
        return count;
    }

    private boolean hasNext() throws IOException {
        if (!begun) {
            begin();
        }
        while (next == output.end() && !ended) {
            if (insideFrame) {
                readBlock();
            } else {
                ended = !readFrameHeader();
            }
        }
        if (ended) {
            end.reach(compressed.file().file().byteCount());
        }
        return next < output.end();
    }

    private void begin() throws IOException {
        begun = true;
        if (!first.isFrame()) {
            compressed.seek(first.frame());
            readFrameHeader();
            compressed.seek(first.start());
            isPart = true;
        }
    }

    /** Returns whether there is a frame; a skippable one is skipped. */
    private boolean readFrameHeader() throws IOException {
        if (!compressed.isAt(Lz4Stream::beginsAnyFrame) && !TrailingBytes.cutBeginning(compressed, MAGIC)) {
            return TrailingBytes.none(compressed, limits, "lz4", "frame", anyFrame, Signatures::lz4, end);
        }
        end.reach(compressed.position());
        long magic = compressed.littleEndian(4);
        if (magic == MAGIC) {
            readDescriptor();
            insideFrame = true;
        } else if (magic == LEGACY_MAGIC) {
            beginLegacyFrame();
        } else {
            compressed.pass(compressed.littleEndian(4));
        }
        anyFrame = true;
        return true;
    }

    // +-----+----+==============+===============+----+
    // | FLG | BD | content size | dictionary ID | HC |
    // +-----+----+==============+===============+----+
    private void readDescriptor() throws IOException {
        compressed.require(3);
        flags = compressed.peek(0);
        if ((flags & (VERSION | RESERVED)) != 0x40) {
            throw new IOException("the frame is of an unknown version");
        }
        int sizeLength = (flags & CONTENT_SIZE) != 0 ? 8 : 0;
        int dictionaryLength = (flags & DICTIONARY) != 0 ? 4 : 0;
        int length = 2 + sizeLength + dictionaryLength;
        compressed.require(length + 1);
        byte[] descriptor = new byte[length];
        for (int i = 0; i < length; i++) {
            descriptor[i] = (byte) compressed.peek(i);
        }
        check("header", XxHash32.of(descriptor, 0, length) >>> 8 & 0xff, compressed.peek(length));
        if (dictionaryLength > 0) {
            throw new IOException("the frame needs a dictionary, which is not in the file");
        }
        int blockSize = descriptor[1] & 0xff;
        if ((blockSize & 0x8f) != 0 || blockSize < 4 << 4) {
            throw new IOException("the header names an unknown block size");
        }
        contentSize = compressed.peekLittleEndian(2, sizeLength);
        compressed.drop(length + 1);
        longestBlock = 1 << 8 + 2 * (blockSize >> 4);
        contentRead = 0;
        isPart = false;
        isFirstBlock = true;
        contentHash.reset();
        legacy = false;
        output.begin(0, 0);
        next = output.end();
    }

    private void beginLegacyFrame() {
        flags = INDEPENDENT_BLOCKS;
        longestBlock = LEGACY_BLOCK;
        legacy = true;
        insideFrame = true;
    }

    private void readBlock() throws IOException {
        if (legacy && endsLegacyFrame()) {
            insideFrame = false;
            return;
        }
        long start = compressed.position();
        int size = (int) compressed.littleEndian(4);
        if (size == 0 && !legacy) {
            endFrame();
            return;
        }
        if (!isFirstBlock && !legacy && blocksAreUnits(flags)) {
            end.reach(start);
        }
        isFirstBlock = false;
        boolean stored = !legacy && (size & STORED) != 0;
        int length = legacy ? size : size & ~STORED;
        if (length < 0 || length > (legacy ? LONGEST_LEGACY_BLOCK : longestBlock)) {
            throw new IOException("a block is longer than it may be");
        }
        decode(length, stored);
    }

    /** A legacy frame ends with the file, or where another frame begins. */
    private boolean endsLegacyFrame() throws IOException {
        return compressed.isAtEnd()
                || compressed.peekable(4) == 4 && compressed.peekLittleEndian(0, 4) > LONGEST_LEGACY_BLOCK;
    }

    private void decode(int length, boolean stored) throws IOException {
        block = compressed.readBlock(length, block, SLACK);
        if ((flags & BLOCK_CHECKSUMS) != 0) {
            check("block", XxHash32.of(block, 0, length), (int) compressed.littleEndian(4));
        }
        int kept = (flags & INDEPENDENT_BLOCKS) != 0 ? 0 : WINDOW;
        output.begin(kept, stored ? length : (int) Math.min(longestBlock, length * MOST_OF_A_BYTE));
        next = output.end();
        if (stored) {
            output.append(block, 0, length);
        } else {
            decode(block, length, output);
        }
        count();
    }

    private void count() throws IOException {
        int length = output.end() - output.begin();
        contentRead += length;
        if ((flags & CONTENT_CHECKSUM) != 0) {
            contentHash.add(output.bytes(), output.begin(), length);
        }
        if ((flags & CONTENT_SIZE) != 0 && contentRead > contentSize) {
            throw new IOException("the frame has more bytes than the " + Numbers.grouped(contentSize) + " it claims");
        }
    }

    private void endFrame() throws IOException {
        if ((flags & CONTENT_CHECKSUM) != 0) {
            int stored = (int) compressed.littleEndian(4);
            check("content", isPart ? stored : contentHash.value(), stored);
        }
        if ((flags & CONTENT_SIZE) != 0 && contentRead != contentSize && !isPart) {
            throw new IOException("the frame has " + Numbers.grouped(contentRead) + " bytes, but claims "
                    + Numbers.grouped(contentSize));
        }
        insideFrame = false;
    }

    private static void check(String what, int actual, int stored) throws IOException {
        if (actual != stored) {
            throw new IOException("the checksum of the " + what + " is " + Integer.toHexString(actual) + ", but "
                    + Integer.toHexString(stored) + " is stored (hexadecimal)");
        }
    }

    // +-------+===============+==========+--------+==============+
    // | token | more literals | literals | offset | more matches |   The last sequence ends with its literals.
    // +-------+===============+==========+--------+==============+
    private static void decode(byte[] in, int length, BlockOutput out) throws IOException {
        int at = 0;
        while (at < length) {
            int token = in[at++];
            int literals = token >>> 4 & 0xf;
            if (literals == 15) {
                int more;
                do {
                    more = byteAt(in, at++, length);
                    literals += more;
                } while (more == 255 && literals >= 0);
            }
            if (literals < 0 || literals > length - at) {
                throw endsInside();
            }
            out.append(in, at, literals);
            at += literals;
            if (at == length) {
                return;
            }
            int distance = byteAt(in, at, length) | byteAt(in, at + 1, length) << 8;
            at += 2;
            int match = token & 0xf;
            if (match == 15) {
                int more;
                do {
                    more = byteAt(in, at++, length);
                    match += more;
                } while (more == 255 && match >= 0);
            }
            out.repeat(distance, match + 4);
        }
        throw endsInside();
    }

    private static int byteAt(byte[] in, int at, int length) throws IOException {
        if (at >= length) {
            throw endsInside();
        }
        return in[at] & 0xff;
    }

    private static IOException endsInside() {
        return new IOException("a block ends inside a sequence");
    }
}
