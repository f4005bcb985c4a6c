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

    private final RowHandler handler = new RowHandler();
    private final CloseableIterator<Row> rows;

    /** The rows of a block. */
    public Rows(RowBlock block, Dialect dialect) {
        CsvReader.CsvReaderBuilder builder = CsvReader.builder()
                .fieldSeparator(dialect.separator())
                .quoteCharacter(dialect.quote())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(NO_LIMIT);
        dialect.commentCharacter()
                .ifPresent(
                        comment -> builder.commentStrategy(CommentStrategy.SKIP).commentCharacter((char) comment));
        rows = builder.build(handler, new CharArrayReader(block.characters(), 0, block.length()))
                .iterator();
    }

    /**
     * Returns the next row, or null after the last one.
     *
     * @throws BadRow if there is something between a quote that ends and the next separator
     */
    public @Nullable Row next() throws BadRow {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (CsvParseException e) {
            throw new BadRow(handler.line, message(e));
        }
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

        BadRow(long line, String complaint) {
            super(complaint, null, false, false);
            this.line = line;
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
        private long line = 1;

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
            return new Row(new String(text, 0, length), Arrays.copyOf(ends, count), line);
        }
    }
}
