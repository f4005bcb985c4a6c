package dev.bag.io.csv;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.file.InputFile;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into blocks of whole rows. A row that is longer than a block makes it grow, up to a limit. What precedes an error
 * is handed out before it is thrown.
 */
abstract class RowBlocks {

    final Text of;
    final RowEnds ends;

    /** Where the text ends that was looked at for the ends of rows. */
    int scanned;

    /** How much of the text there is, from the end of the last block on. */
    int filled;

    /** Whether there is no more. */
    boolean ended;

    @Nullable SourceException failure;

    private long linesHandedOut;

    /**
     * What is read, and how.
     *
     * @param offset where in the file the text begins, behind the byte order mark
     * @param replaced whether bytes that are not of the charset become U+FFFD instead of being an error
     * @param mostCharacters the longest row
     * @param blockLength how many bytes a block has, if it is one of bytes
     * @param linesBefore counted for errors only
     */
    record Text(
            InputFile file,
            long offset,
            Charset charset,
            boolean replaced,
            Dialect dialect,
            int mostCharacters,
            int blockLength,
            Lines linesBefore) {

        /** Returns the same text with other rows, if its lines are all that counts. */
        Text ofLines(Dialect other) {
            return new Text(file, offset, charset, true, other, mostCharacters, blockLength, linesBefore);
        }
    }

    /** How many lines precede a text that is part of a file. */
    @FunctionalInterface
    interface Lines {

        /** Returns the number, which may have to be counted. */
        long count() throws IOException;
    }

    /** Whole rows of a text. */
    interface Block {

        /** Returns how many lines of the text precede them. */
        long linesBefore();

        /** Returns what parses the rows, on any thread. */
        Rows rows(Dialect dialect);
    }

    RowBlocks(Text of) {
        this.of = of;
        this.ends = new RowEnds(of.dialect());
    }

    /** Returns a decoder as texts are decoded with. */
    static CharsetDecoder decoder(Charset charset, boolean replaced) {
        CodingErrorAction action = replaced ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT;
        return charset.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
    }

    /** Returns the next rows, or null after the last ones. */
    final @Nullable Block next() throws IOException {
        while (true) {
            fill();
            scan();
            if (ends.rowEnd() > 0) {
                return handOut(ends.rowEnd(), ends.linesAtRowEnd());
            }
            throwWhatIsWrong();
            if (ended) {
                return filled == 0 ? null : handOut(filled, ends.lines());
            }
            if (isTooLong()) {
                throw tooLong();
            }
            grow();
        }
    }

    private Block handOut(int end, long lines) {
        Block block = cut(end, linesHandedOut);
        linesHandedOut = lines;
        filled -= end;
        scanned = filled;
        ends.removed();
        return block;
    }

    /** Reads until there is no more room, or no more text, or a failure. */
    abstract void fill() throws IOException;

    /** Looks for the ends of rows in what was not looked at. */
    abstract void scan();

    /** Returns whether there is more text than the longest row has. */
    abstract boolean isTooLong();

    /** Makes more room. */
    abstract void grow();

    /** Returns the text before an index as a block, and goes on with what is behind it. */
    abstract Block cut(int end, long linesBefore);

    /** Takes back what a block is in, which is not read any more, for a later one. Called by any thread. */
    abstract void release(Block block);

    /** Nothing is read any more but blocks that were handed out. Called once. */
    void close() {}

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
        String complaint = "the record has more than " + grouped(of.mostCharacters()) + " characters";
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
        return failure(of.file(), of.linesBefore().count() + ends.linesAtRowEnd() + 1, complaint, remedy);
    }

    /** Returns the error of bytes that are not of the charset, behind all that was scanned. */
    final SourceException malformed(String hexadecimal, long offset) throws IOException {
        return failure(
                of.file(),
                of.linesBefore().count() + ends.lines() + 1,
                "not " + of.charset() + ": " + hexadecimal + ", at byte " + grouped(offset),
                "Read it with the right charset(...), or with malformed(Malformed.REPLACE).");
    }

    /** Returns an error in the record that begins in a line. */
    static SourceException failure(InputFile file, long line, String complaint, String remedy) {
        Location place = file.location(OptionalLong.of(line), OptionalLong.empty());
        return new SourceException(place, place + ": " + complaint + ".\n  " + remedy, null);
    }
}
