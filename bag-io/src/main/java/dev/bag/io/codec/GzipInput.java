package dev.bag.io.codec;

import dev.bag.io.codec.gzip.CompressedInput;
import dev.bag.io.codec.gzip.MemberBlocks;
import dev.bag.io.file.FileBytes;
import dev.bag.source.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Gzip as in RFC 1952: members, one after the other; each is a header, blocks of deflated bytes, and a trailer.
 *
 * <p>Everything a member says about itself is checked: its header's checksum, its checksum and its length. After the
 * last member only zero bytes may follow, with which tapes and some tools fill up. An option allows other bytes, but
 * none among which another member is found.
 *
 * <p>Reads a file, or a piece of one from a member on, as {@code UnitWalk} says.
 */
public final class GzipInput implements UnitInput {

    private static final String GZIP = "gzip";
    private static final byte[] NOTHING = {};

    /** How much one native call inflates: a collector that must move the arrays waits until it ends. */
    private static final int MOST_AT_ONCE = 256 << 10;

    private static final int BUFFER_LENGTH = 64 << 10;

    private static final int HEADER_CRC_FLAG = 0x02;
    private static final int EXTRA_FLAG = 0x04;
    private static final int NAME_FLAG = 0x08;
    private static final int COMMENT_FLAG = 0x10;
    private static final int RESERVED_FLAGS = 0xe0;

    /** Each member goes through the first three, in this order. */
    private enum Section {
        HEADER,
        BLOCKS,
        TRAILER,
        BETWEEN_MEMBERS,
        END
    }

    private final FileBytes file;
    private final boolean ignoreTrailingBytes;
    private final PieceEnd endOfPiece;
    private final CRC32 crc = new CRC32();
    private final CompressedInput input;
    private final MemberBlocks blocks;
    private final @Nullable GzipAhead ahead;
    private Section section = Section.HEADER;

    /** How much text the member has, as far as it was read. */
    private long textLength;

    private boolean firstMember;

    /** Whether the file ended inside a member. */
    private boolean endSeen;

    public GzipInput(FileBytes file, Limits limits) {
        this(file, limits, PieceEnd.none(), null);
    }

    /** Members from where the file stands. */
    public GzipInput(FileBytes file, Limits limits, PieceEnd endOfPiece) {
        this(file, limits, endOfPiece, null);
    }

    /**
     * The members of a file.
     *
     * @param ahead inflates ahead, closed with it; null if nothing does
     */
    public GzipInput(FileBytes file, Limits limits, @Nullable GzipAhead ahead) {
        this(file, limits, PieceEnd.none(), ahead);
    }

    private GzipInput(FileBytes file, Limits limits, PieceEnd endOfPiece, @Nullable GzipAhead ahead) {
        this.file = file;
        this.endOfPiece = endOfPiece;
        this.firstMember = file.position() == 0;
        int bufferLength = (int) Math.min(BUFFER_LENGTH, Math.max(2, file.file().byteCount()));
        this.input = new CompressedInput(file, bufferLength);
        this.blocks = new MemberBlocks(input, ahead == null ? null : ahead.lookahead());
        this.ahead = ahead;
        this.ignoreTrailingBytes = limits.trailingBytes();
    }

    @Override
    public boolean isBehindPiece() {
        return endOfPiece.isBehind();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        for (; ; ) {
            switch (section) {
                case HEADER -> section = readHeader() ? Section.BLOCKS : Section.END;
                case BLOCKS -> {
                    int count = inflate(into, from, endOfPiece.most(Math.min(length, MOST_AT_ONCE)));
                    if (count > 0) {
                        return count;
                    }
                    section = Section.TRAILER;
                }
                case TRAILER -> {
                    readTrailer();
                    section = Section.BETWEEN_MEMBERS;
                }
                case BETWEEN_MEMBERS -> {
                    section = anotherMember() ? Section.HEADER : end();
                    endOfPiece.reach(input.offset());
                }
                case END -> {
                    endOfPiece.reach(file.file().byteCount());
                    return -1;
                }
            }
        }
    }

    // +---+---+---+---+---+---+---+---+---+---+
    // |ID1|ID2|CM |FLG|     MTIME     |XFL|OS |
    // +---+---+---+---+---+---+---+---+---+---+
    private boolean readHeader() throws IOException {
        long start = input.offset();
        crc.reset();
        if (headerByte() != 0x1f || headerByte() != 0x8b) {
            return notAMember(start);
        }
        int method = headerByte();
        if (method != 8) {
            throw corrupt("the header names compression method " + method + " instead of 8");
        }
        int flags = headerByte();
        if ((flags & RESERVED_FLAGS) != 0) {
            throw corrupt("the header has a reserved flag set");
        }
        skipHeaderBytes(6);
        byte[] extra = readOptionalFields(flags);
        crc.reset();
        textLength = 0;
        blocks.begin(extra);
        firstMember = false;
        return true;
    }

    private boolean notAMember(long start) throws IOException {
        if (firstMember) {
            throw Corruption.otherFormat(file, GZIP);
        }
        if (!ignoreTrailingBytes) {
            throw Corruption.trailingBytes(file.file(), start, GZIP);
        }
        passOverRest(start);
        return false;
    }

    private void passOverRest(long start) throws IOException {
        if (!file.canSeek()) {
            throw file.file()
                    .brokenAt(
                            start,
                            "bytes that are not gzip follow the compressed data, at byte " + start
                                    + ". Whether there is a member among them can be looked up only in a file.\n"
                                    + "  Copy it to a file first.",
                            null);
        }
        long member = new GzipMemberSearch(file, input.emptied()).find(start);
        if (member >= 0) {
            input.seek(start); // reading on finds the same member again
            throw Corruption.streamBehindOtherBytes(file.file(), start, member, GZIP, "member");
        }
        if (!isBehindPiece()) {
            file.passOver(file.position() - start);
        }
    }

    /**
     * Returns whether what is read first is a member, as far as its header and some of its data tell. One that the file
     * cuts off is one, too. The input cannot be read from afterwards.
     *
     * @param data for the data, until it is full
     */
    boolean beginsLikeAMember(byte[] data) throws IOException {
        try {
            readHeader();
            int count = inflate(data, 0, data.length);
            for (int more = count; more > 0 && count < data.length; count += more) {
                more = inflate(data, count, data.length - count);
            }
            return true;
        } catch (SourceException e) {
            return endSeen;
        }
    }

    // +---+---+=============+  +=========+  +============+  +---+---+
    // | XLEN  | extra field |  | name, 0 |  | comment, 0 |  | CRC16 |
    // +---+---+=============+  +=========+  +============+  +---+---+
    private byte[] readOptionalFields(int flags) throws IOException {
        byte[] extra = (flags & EXTRA_FLAG) == 0 ? NOTHING : readExtraField(headerByte() | headerByte() << 8);
        if ((flags & NAME_FLAG) != 0) {
            skipHeaderText();
        }
        if ((flags & COMMENT_FLAG) != 0) {
            skipHeaderText();
        }
        if ((flags & HEADER_CRC_FLAG) != 0) {
            check("checksum of the header", crc.getValue() & 0xffff, littleEndian(2));
        }
        return extra;
    }

    private byte[] readExtraField(int length) throws IOException {
        byte[] extra = new byte[length];
        for (int i = 0; i < length; i++) {
            extra[i] = (byte) headerByte();
        }
        return extra;
    }

    private int inflate(byte[] into, int from, int length) throws IOException {
        try {
            int count = blocks.read(into, from, length);
            crc.update(into, from, count);
            textLength += count;
            return count;
        } catch (DataFormatException e) {
            throw Corruption.at(file.file(), input.offset(), GZIP, e.getMessage(), e);
        } catch (EOFException e) {
            throw cut("block");
        }
    }

    // +---+---+---+---+---+---+---+---+
    // |     CRC32     |     ISIZE     |
    // +---+---+---+---+---+---+---+---+
    private void readTrailer() throws IOException {
        check("checksum", crc.getValue(), littleEndian(4));
        check("length modulo 2^32", textLength & 0xffff_ffffL, littleEndian(4));
    }

    private Section end() {
        if (ahead != null) {
            ahead.keep(blocks.index());
        }
        return Section.END;
    }

    private boolean anotherMember() throws IOException {
        if (!input.hasNext() || input.peek() != 0) {
            return input.hasNext();
        }
        while (input.hasNext() && input.peek() == 0) {
            input.take();
        }
        return input.hasNext() && notAMember(input.offset());
    }

    private void check(String what, long actual, long stored) throws IOException {
        if (actual != stored) {
            throw corrupt("the " + what + " is " + Long.toHexString(actual) + ", but " + Long.toHexString(stored)
                    + " is stored (hexadecimal)");
        }
    }

    private IOException corrupt(String detail) {
        return Corruption.at(file.file(), input.offset(), GZIP, detail, null);
    }

    private int headerByte() throws IOException {
        require("header");
        byte next = input.take();
        crc.update(next);
        return next & 0xff;
    }

    private void skipHeaderBytes(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            headerByte();
        }
    }

    private void skipHeaderText() throws IOException {
        while (headerByte() != 0) {
            // the text ends with a zero byte
        }
    }

    private long littleEndian(int byteCount) throws IOException {
        long value = 0;
        for (int i = 0; i < byteCount; i++) {
            require(byteCount == 2 ? "header" : "trailer");
            value |= (input.take() & 0xffL) << 8 * i;
        }
        return value;
    }

    private void require(String part) throws IOException {
        if (!input.hasNext()) {
            throw cut(part);
        }
    }

    private IOException cut(String part) {
        endSeen = true;
        return Corruption.cut(file.file(), GZIP, "inside a " + part, null);
    }

    @Override
    public void close() {
        blocks.close();
    }
}
