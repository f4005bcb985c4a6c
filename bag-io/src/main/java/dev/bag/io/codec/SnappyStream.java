package dev.bag.io.codec;

import static dev.bag.io.codec.BlockOutput.SLACK;

import dev.bag.io.file.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/**
 * Blocks of Snappy in one of three formats: the framing format of Snappy, that of Hadoop and Spark, and that of snappy-java.
 * Only the first has checksums. None of them has an end, so a file that is cut between two blocks looks whole.
 *
 * <p>Reads a file, or a piece of one in the first format, as {@code UnitWalk} says.
 */
public final class SnappyStream extends InputStream {

    private static final int IDENTIFIER_CHUNK = 0xff;
    private static final int[] IDENTIFIER = {'s', 'N', 'a', 'P', 'p', 'Y'};
    private static final int JAVA_HEADER_LENGTH = 16;

    /** The only one there has been. */
    private static final int JAVA_VERSION = 1;

    private static final int COMPRESSED_CHUNK = 0x00;
    private static final int STORED_CHUNK = 0x01;
    private static final int FIRST_SKIPPABLE_CHUNK = 0x80;
    private static final int LONGEST_CHUNK = 64 << 10;
    private static final long LARGEST_HADOOP_BLOCK = 64 << 20;
    private static final int CHECKSUM_MASK = 0xa282ead8;

    /** Three bytes of a block make no more than 64 of what it stands for. */
    private static final long MOST_OF_A_BYTE = 22;

    private enum Format {
        FRAMED,
        HADOOP,
        JAVA
    }

    private final CompressedStream compressed;
    private final Limits limits;
    private final PieceEnd end;
    private final BlockOutput output = new BlockOutput();
    private byte[] block = new byte[SLACK];
    private int blockLength;
    private int next;
    private boolean begun;
    private boolean ended;
    private Format format = Format.FRAMED;

    /** Of the block of Hadoop's format, which may be in several pieces. */
    private long leftOfBlock;

    public SnappyStream(CompressedStream compressed, Limits limits) {
        this(compressed, limits, true, PieceEnd.none());
    }

    /**
     * Chunks of a piece of a file in the framing format, and those behind it.
     *
     * @param isFirst whether the piece is the first one
     */
    public SnappyStream(CompressedStream compressed, Limits limits, boolean isFirst, PieceEnd end) {
        this.compressed = compressed;
        this.limits = limits;
        this.begun = !isFirst;
        this.end = end;
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
        while (next == output.end() && !ended) {
            if (!begun) {
                begin();
            } else if (compressed.isAtEnd() && leftOfBlock == 0) {
                ended = true;
            } else {
                readPiece();
            }
        }
        if (ended) {
            end.reach(compressed.file().file().byteCount());
        }
        return next < output.end();
    }

    private void begin() throws IOException {
        begun = true;
        if (compressed.isAt(Signatures::snappyFramed)) {
            format = Format.FRAMED;
        } else if (compressed.isAt(Signatures::snappyJava)) {
            format = Format.JAVA;
            dropJavaHeader();
        } else {
            format = Format.HADOOP;
            checkHadoop();
        }
    }

    /** The signature, and two versions. */
    // +----------+------------+---------------------------------------+
    // | magic(8) | version(4) | version that a reader must know of(4) |    The highest byte of a number is first.
    // +----------+------------+---------------------------------------+
    private void dropJavaHeader() throws IOException {
        compressed.require(JAVA_HEADER_LENGTH);
        int version = Integer.reverseBytes((int) compressed.peekLittleEndian(8, 4));
        int needed = Integer.reverseBytes((int) compressed.peekLittleEndian(12, 4));
        if (version < JAVA_VERSION || needed > JAVA_VERSION) {
            throw new IOException("the header names version " + version + " of the format, for readers of version "
                    + needed + " on; known is version " + JAVA_VERSION);
        }
        compressed.drop(JAVA_HEADER_LENGTH);
    }

    /** Text would have lengths beyond any block. */
    private void checkHadoop() throws IOException {
        compressed.require(4);
        if (compressed.peekable(9) < 9) {
            return;
        }
        long length = Integer.reverseBytes((int) compressed.peekLittleEndian(0, 4)) & 0xffff_ffffL;
        long piece = Integer.reverseBytes((int) compressed.peekLittleEndian(4, 4)) & 0xffff_ffffL;
        if (length > LARGEST_HADOOP_BLOCK || piece > LARGEST_HADOOP_BLOCK) {
            throw Corruption.otherFormat(compressed.file(), "snappy");
        }
    }

    private void readPiece() throws IOException {
        switch (format) {
            case FRAMED -> readChunk();
            case HADOOP -> readHadoop();
            case JAVA -> readJava();
        }
    }

    // +------+-----------+==========+==================+
    // | type | length(3) | CRC32C(4)| block or bytes   |
    // +------+-----------+==========+==================+
    private void readChunk() throws IOException {
        end.reach(compressed.position());
        int type = (int) compressed.littleEndian(1);
        int length = (int) compressed.littleEndian(3);
        if (type > STORED_CHUNK && type < FIRST_SKIPPABLE_CHUNK) {
            throw new IOException("a chunk has the unknown type " + type);
        }
        if (type > STORED_CHUNK) {
            skip(type, length);
            return;
        }
        int most = LONGEST_CHUNK + LONGEST_CHUNK / 6 + 32;
        if (length < 4 || length - 4 > (type == STORED_CHUNK ? LONGEST_CHUNK : most)) {
            throw new IOException("a chunk has " + Numbers.grouped(length) + " bytes");
        }
        int checksum = (int) compressed.littleEndian(4);
        readBlock(length - 4);
        if (type == COMPRESSED_CHUNK) {
            decode(LONGEST_CHUNK);
        } else {
            output.begin(0, length - 4);
            output.append(block, 0, length - 4);
            next = output.begin();
        }
        check(checksum);
    }

    private void skip(int type, int length) throws IOException {
        boolean identifier = type == IDENTIFIER_CHUNK;
        if (identifier && length != IDENTIFIER.length) {
            throw new IOException("the identifier of the stream has " + Numbers.grouped(length) + " bytes");
        }
        for (int i = 0; identifier && i < length; i++) {
            if (compressed.littleEndian(1) != IDENTIFIER[i]) {
                throw new IOException("the identifier of the stream is another one");
            }
        }
        if (!identifier) {
            compressed.pass(length);
        }
    }

    private void check(int masked) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(output.bytes(), output.begin(), output.end() - output.begin());
        int actual = Integer.rotateRight((int) crc.getValue(), 15) + CHECKSUM_MASK;
        if (actual != masked) {
            throw new IOException("the checksum of a chunk is " + Integer.toHexString(actual) + ", but "
                    + Integer.toHexString(masked) + " is stored (hexadecimal)");
        }
    }

    // +------------------+================================+
    // | length of all(4) | length(4), block; any number   |   Numbers have their highest byte first.
    // +------------------+================================+
    private void readHadoop() throws IOException {
        if (leftOfBlock == 0) {
            leftOfBlock = compressed.bigEndianInt();
            if (leftOfBlock < 0) {
                throw new IOException("a block has a length below 0");
            }
            return;
        }
        readBlock(compressed.bigEndianInt());
        decode(leftOfBlock);
        leftOfBlock -= output.end() - output.begin();
    }

    private void readJava() throws IOException {
        if (compressed.isAt(Signatures::snappyJava)) {
            dropJavaHeader();
            return;
        }
        readBlock(compressed.bigEndianInt());
        decode(limits.heapBytes());
    }

    private void readBlock(int length) throws IOException {
        if (length < 0) {
            throw new IOException("a block has a length below 0");
        }
        if (length > limits.heapBytes()) {
            String demand = "a snappy block of " + Numbers.grouped(length) + " bytes is longer than ";
            throw compressed.file().file().broken(demand + Limits.memoryHint(limits.heapBytes()), null);
        }
        block = compressed.readBlock(length, block, SLACK);
        blockLength = length;
    }

    /** A block begins with how many bytes it stands for, seven bits a byte, the lowest first. */
    private void decode(long most) throws IOException {
        int length = blockLength;
        long size = 0;
        int at = 0;
        int more = 0x80;
        for (int shift = 0; (more & 0x80) != 0; shift += 7) {
            if (at == length || shift > 28) {
                throw new IOException("a block does not begin with its length");
            }
            more = block[at++];
            size |= (long) (more & 0x7f) << shift;
        }
        if (size > most || size > MOST_OF_A_BYTE * length) {
            throw new IOException("a block claims to have " + Numbers.grouped(size) + " bytes");
        }
        output.begin(0, (int) size);
        next = output.begin();
        decodeElements(at, length);
        if (output.end() - output.begin() != size) {
            throw new IOException("a block has fewer bytes than it claims");
        }
    }

    // +-------------+-----------+   00 literals, 01, 10 and 11 copies whose distance has 11, 16 and 32 bits.
    // | length, kind (2 bits)   |
    // +-------------+-----------+
    private void decodeElements(int from, int length) throws IOException {
        byte[] in = block;
        int at = from;
        while (at < length) {
            int tag = in[at++] & 0xff;
            int kind = tag & 3;
            int value = tag >> 2;
            if (kind == 0) {
                int extra = Math.max(0, value - 59);
                int count = 1 + (extra == 0 ? value : number(in, at, extra, length));
                at += extra;
                if (count <= 0 || count > length - at) {
                    throw endsInside();
                }
                output.append(in, at, count);
                at += count;
            } else if (kind == 1) {
                output.repeat((tag & 0xe0) << 3 | number(in, at, 1, length), 4 + (value & 7));
                at++;
            } else {
                int width = kind == 2 ? 2 : 4;
                output.repeat(number(in, at, width, length), 1 + value);
                at += width;
            }
        }
    }

    private static int number(byte[] in, int at, int width, int length) throws IOException {
        if (width > length - at) {
            throw endsInside();
        }
        int value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | in[at + i] & 0xff;
        }
        return value;
    }

    private static IOException endsInside() {
        return new IOException("a block ends inside an element");
    }
}
