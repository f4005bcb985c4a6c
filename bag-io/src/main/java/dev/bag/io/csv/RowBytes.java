package dev.bag.io.csv;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.Numbers;
import dev.bag.io.format.Buffers;
import dev.bag.io.split.Words;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;

/** A text in UTF-8, whose bytes are looked at as they are. That they are UTF-8 is checked before a block is handed out. */
final class RowBytes extends RowBlocks {

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 1024;

    private static final int CHECKED_AT_ONCE = 4 << 10;

    private final ByteInput input;
    private final CharsetDecoder decoder;
    private final CharBuffer checkedCharacters = CharBuffer.allocate(CHECKED_AT_ONCE);

    private final int blockLength;

    /** With a margin behind the rows, so that a word can be read at the last byte. */
    private byte[] bytes;

    /** Where in the file the bytes begin that are there. */
    private long offset;

    /** Up to where the bytes are known to be UTF-8. */
    private int checked;

    private boolean bytesEnded;

    RowBytes(Text text, ByteInput input, int blockLength) {
        super(text);
        this.input = input;
        this.offset = text.offset();
        this.decoder = decoder(text.charset(), false);
        this.blockLength = blockLength;
        this.bytes = Buffers.SHARED.take(blockLength);
    }

    /**
     * Whole rows.
     *
     * @param length how many of the bytes are of the rows
     */
    private record Bytes(byte[] bytes, int length, long linesBefore) implements Block {

        @Override
        public Rows rows(Dialect dialect) {
            return new ByteRows(bytes, length, dialect);
        }
    }

    @Override
    void fill() throws IOException {
        try {
            while (filled < bytes.length - Buffers.MARGIN && !bytesEnded && failure == null) {
                int count = input.read(bytes, filled, bytes.length - Buffers.MARGIN - filled);
                filled += Math.max(0, count);
                bytesEnded = count < 0;
            }
        } catch (SourceException e) {
            failure = e;
        }
        check();
        ended = bytesEnded && failure == null;
    }

    /** Looks at bytes that are not ASCII, up to a character of which a part is missing. */
    private void check() throws IOException {
        while (checked < filled) {
            checked = endOfAscii(checked);
            ByteBuffer rest = ByteBuffer.wrap(bytes, checked, filled - checked);
            CoderResult result = decoder.reset().decode(rest, checkedCharacters.clear(), bytesEnded);
            checked = rest.position();
            if (result.isError()) {
                String wrong = Numbers.hex(bytes, checked, checked + result.length());
                filled = checked;
                scan();
                failure = malformed(wrong, offset + checked);
            } else if (result.isUnderflow()) {
                return;
            }
        }
    }

    private int endOfAscii(int from) {
        int at = from;
        while (at <= filled - Long.BYTES && ((long) Words.OF_BYTES.get(bytes, at) & Words.HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < filled && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    @Override
    void scan() {
        ends.scan(bytes, scanned, filled);
        scanned = filled;
    }

    @Override
    boolean isTooLong() {
        return filled > of.mostCharacters()
                && (characterCount() > of.mostCharacters() || bytes.length == LONGEST_ARRAY);
    }

    /** Of those that have begun: what continues one is none, and one of four bytes is two. */
    private int characterCount() {
        int count = 0;
        for (int i = 0; i < filled; i++) {
            int b = bytes[i] & 0xff;
            count += b < 0x80 || b >= 0xc0 ? 1 : 0;
            count += b >= 0xf0 ? 1 : 0;
        }
        return count;
    }

    @Override
    void grow() {
        long longer = bytes.length + filled / 2L + 1;
        bytes = Arrays.copyOf(bytes, (int) Math.min(LONGEST_ARRAY, longer));
    }

    @Override
    Block cut(int end, long linesBefore) {
        Block block = new Bytes(bytes, end, linesBefore);
        int rest = filled - end;
        byte[] next = Buffers.SHARED.take(Math.max(blockLength, rest + 1));
        System.arraycopy(bytes, end, next, 0, rest);
        bytes = next;
        offset += end;
        checked -= end;
        return block;
    }

    @Override
    void release(Block block) {
        if (block instanceof Bytes of) {
            Buffers.SHARED.giveBack(of.bytes());
        }
    }

    @Override
    void close() {
        Buffers.SHARED.giveBack(bytes);
    }
}
