package dev.bag.io.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.CharArrayReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rows of a block of characters, as FastCSV parses them. */
final class LibraryRows implements Rows {

    /** Above the length of any block, which is bounded already. */
    private static final int NO_LIMIT = Integer.MAX_VALUE - 1024;

    private static final char MOST_OF_ASCII = 0x7f;

    private final char[] text;
    private final int length;
    private final Dialect dialect;
    private RowHandler handler;
    private CloseableIterator<Row> rows;

    /** Where in the block the reader has begun. */
    private int begin;

    /** The rows of so many characters. */
    LibraryRows(char[] text, int length, Dialect dialect) {
        this.text = text;
        this.length = length;
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
        return builder.build(handler, new CharArrayReader(text, begin, length - begin))
                .iterator();
    }

    @Override
    public @Nullable Row next() throws BadRow {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (CsvParseException e) {
            throw badRow(message(e));
        }
    }

    /** Leaves the row out at which the reader has failed, and begins another reader behind it. */
    private BadRow badRow(String complaint) {
        int from = beginOfLine(handler.line);
        RowEnds ends = new RowEnds(dialect);
        for (int i = from; i < length && ends.rowEnd() == 0; i++) {
            ends.scan(text, i, i + 1);
        }
        int to = ends.rowEnd() == 0 ? length : ends.rowEnd();
        BadRow bad = new BadRow(
                handler.linesBefore + handler.line, complaint, new String(text, from, to - from).stripTrailing());
        handler = new RowHandler(handler.linesBefore + handler.line - 1 + ends.linesAtRowEnd());
        begin = to;
        rows = rows();
        return bad;
    }

    /** Returns where a line begins, of those that the reader has counted. */
    private int beginOfLine(long line) {
        int at = begin;
        for (long lines = 1; lines < line && at < length; at++) {
            boolean pair = text[at] == '\r' && at + 1 < length && text[at + 1] == '\n';
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

    private static final class RowHandler extends AbstractBaseCsvCallbackHandler<Row> {

        private static final byte SEPARATOR = ',';

        private byte[] bytes = new byte[256];
        private int length;
        private final Row row = new Row((byte) 0);
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
            row.begin(bytes, 0, linesBefore + line);
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int valueLength, boolean quoted) {
            if (index > 0) {
                ensure(1);
                bytes[length++] = SEPARATOR;
            }
            ensure(valueLength);
            for (int i = 0; i < valueLength; i++) {
                if (buffer[offset + i] > MOST_OF_ASCII) {
                    addEncoded(new String(buffer, offset + i, valueLength - i));
                    break;
                }
                bytes[length++] = (byte) buffer[offset + i];
            }
            row.add(length);
        }

        private void addEncoded(String text) {
            byte[] encoded = text.getBytes(UTF_8);
            ensure(encoded.length);
            System.arraycopy(encoded, 0, bytes, length, encoded.length);
            length += encoded.length;
        }

        private void ensure(int more) {
            if (more > bytes.length - length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
            }
        }

        @Override
        protected Row buildRecord() {
            row.isIn(bytes);
            return row;
        }
    }
}
