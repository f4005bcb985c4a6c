package dev.bag.io.codec;

import dev.bag.io.codec.bzip2.BitReader;
import dev.bag.io.codec.bzip2.BlockDecoder;
import dev.bag.io.codec.bzip2.BlockSignature;
import dev.bag.io.codec.bzip2.Bzip2Exception;
import dev.bag.io.file.FileBytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bzip2: streams, one after the other; each is a header, blocks that begin at any bit, and an end with the checksum of all
 * blocks. Every block is checked before a byte of it is handed out. A stream's checksum is checked if all of the
 * stream is read; where reading begins inside of a stream, those of the blocks are.
 *
 * <p>After the last stream only zero bytes may follow, as after the last member of gzip. An option allows other bytes, but
 * none among which a block begins.
 *
 * <p>Reads a file or a piece of one, as {@code Bzip2Units} says.
 */
public final class Bzip2Input implements UnitInput {

    private static final String BZIP2 = "bzip2";

    /** The digit of a header says how many times as many bytes a block may have. */
    private static final int LEVEL_BYTES = 100_000;

    /** Each stream goes through the first two. */
    private enum Section {
        HEADER,
        BLOCKS,
        BETWEEN_STREAMS,
        END
    }

    private final FileBytes file;
    private final boolean ignoreTrailingBytes;
    private final BitReader bits;
    private final BlockDecoder block = new BlockDecoder();

    /** What is read is behind the piece if it begins here or later. */
    private final long endOfPiece;

    private Section section = Section.HEADER;
    private boolean firstStream = true;
    private int mostBytes = BlockDecoder.LONGEST_BLOCK;

    /** Of the blocks of the stream so far, if it was read from its beginning on. */
    private int checksum;

    private boolean streamIsWhole;

    /** What is being read, for the message if the file ends there. */
    private String part = "header";

    private boolean behindPiece;
    private @Nullable IOException failure;

    /**
     * Streams from the beginning of a file on.
     *
     * @param endOfPiece where the piece ends, as an index of a bit; {@link Long#MAX_VALUE} if it is the last one
     */
    public Bzip2Input(FileBytes file, Limits limits, long endOfPiece) {
        this.file = file;
        this.ignoreTrailingBytes = limits.trailingBytes();
        this.endOfPiece = endOfPiece;
        this.bits = new BitReader(file::read, file.file().byteCount());
    }

    /** Goes to a bit at which a block may begin. Returns whether one does that is not corrupt; then it is read first. */
    boolean beginsAt(long bit) throws IOException {
        file.seek(bit >>> 3);
        bits.restart(bit);
        try {
            if (bits.read(BlockSignature.BIT_COUNT) != BlockSignature.VALUE) {
                return false;
            }
            block.decode(bits, BlockDecoder.LONGEST_BLOCK);
        } catch (Bzip2Exception e) {
            return false;
        }
        section = Section.BLOCKS;
        firstStream = false;
        return true;
    }

    @Override
    public boolean isBehindPiece() {
        return behindPiece;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            return readOn(into, from, length);
        } catch (Bzip2Exception e) {
            failure = e.isCut()
                    ? Corruption.cut(file.file(), BZIP2, "inside a " + part, null)
                    : Corruption.at(file.file(), offset(), BZIP2, e.getMessage(), null);
        } catch (IOException e) {
            failure = e;
        }
        throw failure;
    }

    private int readOn(byte[] into, int from, int length) throws IOException {
        for (; ; ) {
            switch (section) {
                case HEADER -> section = readHeader() ? Section.BLOCKS : end();
                case BLOCKS -> {
                    int count = block.read(into, from, length);
                    if (count > 0) {
                        return count;
                    }
                    section = nextBlock() ? Section.BLOCKS : Section.BETWEEN_STREAMS;
                }
                case BETWEEN_STREAMS -> section = anotherStream() ? Section.HEADER : end();
                case END -> {
                    return -1;
                }
            }
        }
    }

    // +---+---+---+--------+
    // | B | Z | h | 1 to 9 |
    // +---+---+---+--------+
    private boolean readHeader() throws IOException {
        part = "header";
        long start = offset();
        if (bits.read(Byte.SIZE) != 'B' || bits.read(Byte.SIZE) != 'Z' || bits.read(Byte.SIZE) != 'h') {
            return notAStream(start);
        }
        int level = (int) bits.read(Byte.SIZE) - '0';
        if (level < 1 || level > 9) {
            return notAStream(start);
        }
        mostBytes = level * LEVEL_BYTES;
        checksum = 0;
        streamIsWhole = true;
        firstStream = false;
        return true;
    }

    // +-----------+--------------+-------------+
    // | signature | checksum, 32 | block ...   |
    // +-----------+--------------+-------------+
    // |    end    | checksum, 32 | up to a byte
    // +-----------+--------------+
    private boolean nextBlock() throws IOException {
        part = "block";
        long start = bits.position();
        long signature = bits.read(BlockSignature.BIT_COUNT);
        if (signature == BlockSignature.END_OF_STREAM) {
            endStream();
            return false;
        }
        if (signature != BlockSignature.VALUE) {
            throw Bzip2Exception.corrupt("neither a block nor the end of a stream follows");
        }
        reach(start);
        checksum = (checksum << 1 | checksum >>> 31) ^ block.decode(bits, mostBytes);
        return true;
    }

    private void endStream() throws IOException {
        part = "trailer";
        int stored = (int) bits.read(Integer.SIZE);
        if (streamIsWhole && checksum != stored) {
            throw Bzip2Exception.corrupt("the checksum of a stream is " + Integer.toHexString(checksum) + ", but "
                    + Integer.toHexString(stored) + " is stored (hexadecimal)");
        }
        bits.alignToByte();
    }

    private boolean anotherStream() throws IOException {
        if (bits.isAtEnd() || bits.peek(Byte.SIZE) != 0) {
            return !bits.isAtEnd();
        }
        while (!bits.isAtEnd() && bits.peek(Byte.SIZE) == 0) {
            bits.use(Byte.SIZE);
        }
        return !bits.isAtEnd() && notAStream(offset());
    }

    private boolean notAStream(long start) throws IOException {
        if (firstStream) {
            throw Corruption.otherFormat(file, BZIP2);
        }
        if (!ignoreTrailingBytes) {
            throw Corruption.trailingBytes(file.file(), start, BZIP2);
        }
        passOverRest(start);
        return false;
    }

    private void passOverRest(long start) throws IOException {
        long size = file.file().byteCount();
        long found = new Bzip2BlockSearch(file).find(8 * start, 8 * size);
        if (found >= 0) {
            throw Corruption.blockBehindOtherBytes(file.file(), start, found >>> 3);
        }
        if (!behindPiece) {
            file.passOver(size - start);
        }
    }

    /** Nothing follows. */
    private Section end() throws IOException {
        reach(8 * file.file().byteCount());
        return Section.END;
    }

    /** A block begins there, or the file ends. Looks whether the next piece agrees. */
    private void reach(long bit) throws IOException {
        if (bit < endOfPiece || behindPiece) {
            return;
        }
        long position = file.position();
        Bzip2Input nextPiece = new Bzip2Input(file, Limits.DEFAULT, Long.MAX_VALUE);
        long other = new Bzip2BlockSearch(file).findWhole(nextPiece, endOfPiece, bit);
        if (other >= 0) {
            throw Corruption.unitInsideUnit(file.file(), other >>> 3, BZIP2, "block");
        }
        file.seek(position);
        behindPiece = true;
    }

    /** Returns where in the file the next bit stands. */
    private long offset() {
        return bits.position() >>> 3;
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }
}
