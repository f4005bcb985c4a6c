package dev.bag.io.csv;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.InputFile;
import dev.bag.io.file.Numbers;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a text and cuts it into blocks of whole rows. A row that is longer than a block makes it grow, up to a limit. What
 * precedes an error is handed out before it is thrown.
 */
public final class RowText {

    /** Beside this, making a reader for a block costs nothing; and an array of it is no large object of a small heap. */
    private static final int BLOCK_LENGTH = 120 << 10;

    /** A character outside of the basic plane is two. */
    private static final int MOST_OF_A_CHARACTER = 2;

    private static final int BYTES_LENGTH = 64 << 10;

    private final InputFile file;
    private final ByteInput input;
    private final CharsetDecoder decoder;
    private final RowEnds ends;
    private final int mostCharacters;
    private final Lines linesBefore;

    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES_LENGTH).flip();

    /** Where in the text the bytes end that were read. */
    private long bytesEnd;

    private final int blockLength;
    private char[] text;

    /** What blocks were in that are not read any more. */
    private final Queue<char[]> released = new ConcurrentLinkedQueue<>();

    private int filled;
    private int scanned;
    private long linesHandedOut;

    /** Whether all bytes that were read have been decoded, but for part of a character. */
    private boolean wantsBytes = true;

    private boolean bytesEnded;
    private boolean ended;
    private @Nullable SourceException failure;

    /** How many lines precede a text that is part of a file. */
    @FunctionalInterface
    public interface Lines {

        /** Returns the number, which may have to be counted. */
        long count() throws IOException;
    }

    /**
     * The rows of a text.
     *
     * @param input begins behind the byte order mark
     * @param offset where in the file it begins
     * @param replaced whether bytes that are not of the charset become U+FFFD instead of being an error
     * @param mostCharacters the longest row
     * @param linesBefore counted for errors only
     */
    public RowText(
            InputFile file,
            ByteInput input,
            long offset,
            Charset charset,
            boolean replaced,
            Dialect dialect,
            int mostCharacters,
            Lines linesBefore) {
        this(file, input, offset, decoder(charset, replaced), dialect, mostCharacters, linesBefore, BLOCK_LENGTH);
    }

    RowText(
            InputFile file,
            ByteInput input,
            long offset,
            CharsetDecoder decoder,
            Dialect dialect,
            int mostCharacters,
            Lines linesBefore,
            int blockLength) {
        this.file = file;
        this.input = input;
        this.bytesEnd = offset;
        this.decoder = decoder;
        this.ends = new RowEnds(dialect);
        this.mostCharacters = mostCharacters;
        this.linesBefore = linesBefore;
        this.blockLength = blockLength;
        this.text = new char[blockLength];
    }

    /** Returns a decoder as texts are decoded with. */
    public static CharsetDecoder decoder(Charset charset, boolean replaced) {
        CodingErrorAction action = replaced ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT;
        return charset.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
    }

    /** Returns the next rows, or null after the last ones. */
    public @Nullable RowBlock next() throws IOException {
        while (true) {
            fill();
            ends.scan(text, scanned, filled);
            scanned = filled;
            if (ends.rowEnd() > 0) {
                return handOut(ends.rowEnd(), ends.linesAtRowEnd());
            }
            throwWhatIsWrong();
            if (ended) {
                return filled == 0 ? null : handOut(filled, ends.lines());
            }
            if (filled > mostCharacters) {
                throw tooLong();
            }
            long longer = Math.min(mostCharacters, filled + filled / 2L);
            text = Arrays.copyOf(text, (int) longer + MOST_OF_A_CHARACTER);
        }
    }

    private void throwWhatIsWrong() throws IOException {
        if (ends.brokenRow()) {
            throw broken("a value has a line end, though multiline(false) says that none has", "Leave it out.");
        }
        if (failure != null) {
            throw failure;
        }
        if (ended && ends.insideQuotes()) {
            throw broken("a quote that begins in this record does not end before the end of the text", closing());
        }
    }

    private SourceException tooLong() throws IOException {
        String complaint = "the record has more than " + grouped(mostCharacters) + " characters";
        return broken(
                complaint,
                ends.insideQuotes()
                        ? closing()
                        : "If it is meant to be so long, raise the limit with maxRecordLength(...).");
    }

    private static String closing() {
        return "Is a quote missing? If quotes mean nothing in these files, set quote(...) to a character that they have not.";
    }

    private SourceException broken(String complaint, String remedy) throws IOException {
        return failure(file, linesBefore.count() + ends.linesAtRowEnd() + 1, complaint, remedy);
    }

    /** Returns an error in the record that begins in a line. */
    public static SourceException failure(InputFile file, long line, String complaint, String remedy) {
        Location place = file.location(OptionalLong.of(line), OptionalLong.empty());
        return new SourceException(place, place + ": " + complaint + ".\n  " + remedy, null);
    }

    private RowBlock handOut(int end, long lines) {
        RowBlock block = new RowBlock(text, end, linesHandedOut);
        linesHandedOut = lines;
        int needed = filled - end + MOST_OF_A_CHARACTER;
        char[] spare = needed <= blockLength ? released.poll() : null;
        char[] rest = spare == null ? new char[Math.max(blockLength, needed)] : spare;
        System.arraycopy(text, end, rest, 0, filled - end);
        text = rest;
        filled -= end;
        scanned = filled;
        ends.removed();
        return block;
    }

    /** Takes the characters of a block back, which is not read any more, for a later one. Called by any thread. */
    public void release(RowBlock block) {
        if (block.characters().length == blockLength) {
            released.add(block.characters());
        }
    }

    private void fill() throws IOException {
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
        ends.scan(text, scanned, filled);
        scanned = filled;
        String wrong = Numbers.hex(bytes.array(), at, Math.min(at + length, bytes.limit()));
        String complaint = "not " + decoder.charset() + ": " + wrong + ", at byte " + grouped(offset);
        return failure(
                file,
                linesBefore.count() + ends.lines() + 1,
                complaint,
                "Read it with the right charset(...), or with malformed(Malformed.REPLACE).");
    }

    /**
     * The first row of a text, in which no row has two lines.
     *
     * @param characterCount of the text up to the end of its line
     */
    public record FirstRow(Row row, int characterCount) {}

    /** Returns the first row; null if there is none. The text cannot be read on. */
    public @Nullable FirstRow firstRow(Dialect dialect) throws IOException {
        long charactersBefore = 0;
        for (RowBlock block = next(); block != null; block = next()) {
            Row row = parsed(block, dialect);
            if (row != null) {
                Row counted = new Row(row.text(), row.ends(), block.linesBefore() + row.line());
                return new FirstRow(counted, Math.toIntExact(charactersBefore + endOfLine(block, row.line())));
            }
            charactersBefore += block.length();
        }
        return null;
    }

    private @Nullable Row parsed(RowBlock block, Dialect dialect) throws IOException {
        try {
            return new Rows(block, dialect).next();
        } catch (Rows.BadRow e) {
            throw failure(file, block.linesBefore() + e.line(), String.valueOf(e.getMessage()), e.remedy());
        }
    }

    private static int endOfLine(RowBlock block, long line) {
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
    public static long byteCount(FirstRow first, Charset charset, boolean replaced, ByteInput input)
            throws IOException {
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
    public long countLines() throws IOException {
        while (!ended && failure == null) {
            fill();
            ends.scan(text, 0, filled);
            filled = 0;
        }
        return ends.lines();
    }
}
