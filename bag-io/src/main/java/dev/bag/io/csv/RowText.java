package dev.bag.io.csv;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.Numbers;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A text that is decoded, whatever its charset. */
final class RowText extends RowBlocks {

    /** Beside this, making a reader for a block costs nothing; and an array of it is no large object of a small heap. */
    private static final int BLOCK_LENGTH = 120 << 10;

    /** A character outside of the basic plane is two. */
    private static final int MOST_OF_A_CHARACTER = 2;

    private static final int BYTES_LENGTH = 64 << 10;

    private final ByteInput input;
    private final CharsetDecoder decoder;

    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES_LENGTH).flip();

    /** Where in the text the bytes end that were read. */
    private long bytesEnd;

    private final int blockLength;
    private char[] text;

    /** What blocks were in that are not read any more. */
    private final Queue<char[]> released = new ConcurrentLinkedQueue<>();

    /** Whether all bytes that were read have been decoded, but for part of a character. */
    private boolean wantsBytes = true;

    private boolean bytesEnded;

    RowText(Text text, ByteInput input) {
        this(text, input, BLOCK_LENGTH);
    }

    RowText(Text text, ByteInput input, int blockLength) {
        super(text);
        this.input = input;
        this.bytesEnd = text.offset();
        this.decoder = decoder(text.charset(), text.replaced());
        this.blockLength = blockLength;
        this.text = new char[blockLength];
    }

    /**
     * Whole rows.
     *
     * @param length how many of the characters are of the rows
     */
    private record Characters(char[] characters, int length, long linesBefore) implements Block {

        @Override
        public Rows rows(Dialect dialect) {
            return new LibraryRows(characters, length, dialect);
        }
    }

    @Override
    void scan() {
        ends.scan(text, scanned, filled);
        scanned = filled;
    }

    @Override
    boolean isTooLong() {
        return filled > of.mostCharacters();
    }

    @Override
    void grow() {
        long longer = Math.min(of.mostCharacters(), filled + filled / 2L);
        text = Arrays.copyOf(text, (int) longer + MOST_OF_A_CHARACTER);
    }

    @Override
    Block cut(int end, long linesBefore) {
        Block block = new Characters(text, end, linesBefore);
        int needed = filled - end + MOST_OF_A_CHARACTER;
        char[] spare = needed <= blockLength ? released.poll() : null;
        char[] rest = spare == null ? new char[Math.max(blockLength, needed)] : spare;
        System.arraycopy(text, end, rest, 0, filled - end);
        text = rest;
        return block;
    }

    @Override
    void release(Block block) {
        if (block instanceof Characters of && of.characters().length == blockLength) {
            released.add(of.characters());
        }
    }

    @Override
    void fill() throws IOException {
        try {
            while (filled <= text.length - MOST_OF_A_CHARACTER && !ended && failure == null) {
                decodeSome();
            }
        } catch (SourceException e) {
            failure = e;
        }
    }

    private void decodeSome() throws IOException {
        if (wantsBytes) {
            readSome();
        }
        CharBuffer into = CharBuffer.wrap(text, filled, text.length - filled);
        CoderResult result = decoder.decode(bytes, into, bytesEnded);
        wantsBytes = result.isUnderflow();
        if (wantsBytes && bytesEnded) {
            ended = decoder.flush(into).isUnderflow();
        }
        filled = into.position();
        if (result.isError()) {
            failure = malformed(result.length());
        }
    }

    private void readSome() throws IOException {
        bytes.compact();
        int count = bytesEnded ? -1 : input.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(0, count));
        bytes.flip();
        bytesEnd += Math.max(0, count);
        bytesEnded |= count < 0;
    }

    private SourceException malformed(int length) throws IOException {
        int at = bytes.position();
        long offset = bytesEnd - bytes.remaining();
        scan();
        return malformed(Numbers.hex(bytes.array(), at, Math.min(at + length, bytes.limit())), offset);
    }

    /**
     * The first row of a text, in which no row has two lines.
     *
     * @param line in which it is, from 1
     * @param characterCount of the text up to the end of its line
     */
    record FirstRow(String[] values, long line, int characterCount) {}

    /** Returns the first row; null if there is none. The text cannot be read on. */
    @Nullable FirstRow firstRow() throws IOException {
        long charactersBefore = 0;
        for (Block next = next(); next != null; next = next()) {
            Characters block = (Characters) next;
            Row row = parsed(block);
            if (row != null) {
                return new FirstRow(
                        row.values(),
                        block.linesBefore() + row.line(),
                        Math.toIntExact(charactersBefore + endOfLine(block, row.line())));
            }
            charactersBefore += block.length();
        }
        return null;
    }

    private @Nullable Row parsed(Block block) throws IOException {
        try {
            return block.rows(of.dialect()).next();
        } catch (Rows.BadRow e) {
            throw failure(of.file(), block.linesBefore() + e.line(), String.valueOf(e.getMessage()), e.remedy());
        }
    }

    private static int endOfLine(Characters block, long line) {
        char[] text = block.characters();
        int at = 0;
        for (long lines = 0; lines < line && at < block.length(); at++) {
            boolean pair = text[at] == '\r' && at + 1 < block.length() && text[at + 1] == '\n';
            if (text[at] == '\n' || text[at] == '\r') {
                lines++;
                at += pair ? 1 : 0;
            }
        }
        return at;
    }

    /**
     * Returns how many bytes of a text are its first row and what precedes it.
     *
     * @param input the text once more
     */
    static long byteCount(FirstRow first, Charset charset, boolean replaced, ByteInput input) throws IOException {
        CharsetDecoder decoder = decoder(charset, replaced);
        CharBuffer characters = CharBuffer.allocate(first.characterCount());
        ByteBuffer bytes = ByteBuffer.allocate(BYTES_LENGTH);
        long consumed = 0;
        while (characters.hasRemaining()) {
            int count = input.read(bytes.array(), bytes.position(), bytes.remaining());
            bytes.position(bytes.position() + Math.max(0, count)).flip();
            decoder.decode(bytes, characters, count < 0);
            consumed += bytes.position();
            bytes.compact();
            if (count < 0) {
                break;
            }
        }
        return consumed;
    }

    /** Returns how many line ends the text has, which is read to its end. */
    long countLines() throws IOException {
        while (!ended && failure == null) {
            fill();
            ends.scan(text, 0, filled);
            filled = 0;
        }
        return ends.lines();
    }
}
