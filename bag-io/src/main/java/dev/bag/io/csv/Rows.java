package dev.bag.io.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.CharArrayReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rows of a block, parsed one by one. Lines that are empty or comments are left out. */
public final class Rows {

    /** Above the length of any block, which is bounded already. */
    private static final int NO_LIMIT = Integer.MAX_VALUE - 1024;

    private final RowBlock block;
    private final Dialect dialect;
    private RowHandler handler;
    private CloseableIterator<Row> rows;

    /** Where in the block the reader has begun. */
    private int begin;

    /** The rows of a block. */
    public Rows(RowBlock block, Dialect dialect) {
        this.block = block;
        this.dialect = dialect;
        this.handler = new RowHandler(0);
        this.rows = rows();
    }

    private CloseableIterator<Row> rows() {
        CsvReader.CsvReaderBuilder builder = CsvReader.builder()
                .fieldSeparator(dialect.separator())
                .quoteCharacter(dialect.quote())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(NO_LIMIT);
        dialect.commentCharacter()
                .ifPresent(
                        comment -> builder.commentStrategy(CommentStrategy.SKIP).commentCharacter((char) comment));
        return builder.build(handler, new CharArrayReader(block.characters(), begin, block.length() - begin))
                .iterator();
    }

    /**
     * Returns the next row, or null after the last one.
     *
     * @throws BadRow if there is something between a quote that ends and the next separator; the next call goes on behind
     *     that row
     */
    public @Nullable Row next() throws BadRow {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (CsvParseException e) {
            throw badRow(message(e));
        }
    }

    /** Leaves the row out at which the reader has failed, and begins another reader behind it. */
    private BadRow badRow(String complaint) {
        char[] text = block.characters();
        int from = beginOfLine(text, handler.line);
        RowEnds ends = new RowEnds(dialect);
        for (int i = from; i < block.length() && ends.rowEnd() == 0; i++) {
            ends.scan(text, i, i + 1);
        }
        int to = ends.rowEnd() == 0 ? block.length() : ends.rowEnd();
        BadRow bad = new BadRow(
                handler.linesBefore + handler.line, complaint, new String(text, from, to - from).stripTrailing());
        handler = new RowHandler(handler.linesBefore + handler.line - 1 + ends.linesAtRowEnd());
        begin = to;
        rows = rows();
        return bad;
    }

    /** Returns where a line begins, of those that the reader has counted. */
    private int beginOfLine(char[] text, long line) {
        int at = begin;
        for (long lines = 1; lines < line && at < block.length(); at++) {
            boolean pair = text[at] == '\r' && at + 1 < block.length() && text[at + 1] == '\n';
            lines += text[at] == '\r' || text[at] == '\n' ? 1 : 0;
            at += pair ? 1 : 0;
        }
        return at;
    }

    /** The library's own words, without the number of the line, which is counted from the beginning of the block. */
    private static String message(CsvParseException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf(" (record starting");
        return Character.toLowerCase(message.charAt(0)) + message.substring(1, end < 0 ? message.length() : end);
    }

    /** A row that cannot be parsed. */
    public static final class BadRow extends Exception {

        private static final long serialVersionUID = 1;

        private final long line;
        private final String text;

        BadRow(long line, String complaint, String text) {
            super(complaint, null, false, false);
            this.line = line;
            this.text = text;
        }

        /** Returns the row. */
        public String text() {
            return text;
        }

        /** Returns what to do. */
        public String remedy() {
            return "A value with quotes in it must be in quotes, with each of its own quotes twice.";
        }

        /** Returns the number of the line in which the row begins, from 1 in its block. */
        public long line() {
            return line;
        }
    }

    private static final class RowHandler extends AbstractBaseCsvCallbackHandler<Row> {

        private char[] text = new char[256];
        private int length;
        private int[] ends = new int[16];
        private int count;
        private final long linesBefore;
        private long line = 1;

        /** For a reader that begins behind so many lines. */
        RowHandler(long linesBefore) {
            this.linesBefore = linesBefore;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            line = startingLineNumber;
            length = 0;
            count = 0;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int valueLength, boolean quoted) {
            if (valueLength > text.length - length) {
                text = Arrays.copyOf(text, Math.max(2 * text.length, length + valueLength));
            }
            System.arraycopy(buffer, offset, text, length, valueLength);
            length += valueLength;
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = length;
        }

        @Override
        protected Row buildRecord() {
            return new Row(new String(text, 0, length), Arrays.copyOf(ends, count), linesBefore + line);
        }
    }
}
