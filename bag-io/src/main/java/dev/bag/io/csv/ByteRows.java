package dev.bag.io.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.split.Words;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a block of UTF-8: the same as those of {@link LibraryRows}, which is asked for its words about a row that it
 * refuses. Eight bytes at a time are looked at for separators, line ends and quotes.
 */
final class ByteRows implements Rows {

    private static final long LINE_FEEDS = Words.repeat('\n');
    private static final long CARRIAGE_RETURNS = Words.repeat('\r');

    /** Below it are no letters and digits. */
    private static final int FEW_BELOW = ',' + 1;

    /** No quote has ended, nor right before the first value. */
    private static final int NOWHERE = -2;

    private final byte[] bytes;
    private final int length;
    private final Dialect dialect;
    private final byte separator;
    private final byte quote;
    private final long separators;
    private final long quotes;

    /** All bytes with a meaning are below these, and few others; 0 if that is not so. */
    private final long limits;

    private final Row row;

    /** Where the next row begins. */
    private int at;

    /** The number of the line in which it begins. */
    private long line = 1;

    /**
     * The rows of so many bytes.
     *
     * @param bytes at least 8 more than there are bytes of rows
     */
    ByteRows(byte[] bytes, int length, Dialect dialect) {
        this.bytes = bytes;
        this.length = length;
        this.dialect = dialect;
        this.separator = (byte) dialect.separator();
        this.quote = (byte) dialect.quote();
        this.separators = Words.repeat(separator);
        this.quotes = Words.repeat(quote);
        int limit = Math.max(Math.max(separator, quote), '\r') + 1;
        this.limits = limit <= FEW_BELOW ? Words.repeat(limit) : 0;
        this.row = new Row(quote);
    }

    @Override
    public @Nullable Row next() throws BadRow {
        while (at < length) {
            byte first = bytes[at];
            if (first == '\n' || first == '\r') {
                endLine(at);
            } else if (first == dialect.comment()) {
                endLine(endOfLine(at));
            } else {
                return row();
            }
        }
        return null;
    }

    /** Goes on behind the line end at an index, if there is one. */
    private void endLine(int index) {
        boolean pair = index + 1 < length && bytes[index] == '\r' && bytes[index + 1] == '\n';
        at = pair ? index + 2 : index + 1;
        line++;
    }

    private int endOfLine(int from) {
        int i = from;
        while (i < length && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    private Row row() throws BadRow {
        row.begin(bytes, at, line);
        int word = at;
        long marks = marks(word);
        boolean inQuotes = false;
        int lastQuoteEnd = NOWHERE;
        while (true) {
            while (marks == 0 && word < length) {
                word += Long.BYTES;
                marks = word < length ? marks(word) : 0;
            }
            int i = marks == 0 ? length : word + Words.index(marks);
            marks &= marks - 1;
            if (i >= length) {
                row.add(length);
                at = length;
                return row;
            }
            byte b = bytes[i];
            if (b == quote) {
                if (inQuotes) {
                    inQuotes = false;
                    lastQuoteEnd = i;
                    if (!mayFollowQuote(i + 1)) {
                        throw badRow();
                    }
                } else if (i == row.nextBegin() || i == lastQuoteEnd + 1) {
                    inQuotes = true;
                    row.hasQuotes();
                }
            } else if (inQuotes) {
                line += b == '\r' || b == '\n' && bytes[i - 1] != '\r' ? 1 : 0;
            } else if (b == separator) {
                row.add(i);
            } else if (b == '\n' || b == '\r') {
                row.add(i);
                endLine(i);
                return row;
            }
        }
    }

    /** Marks the bytes of a word that have a meaning, and perhaps some others. */
    private long marks(int index) {
        long word = (long) Words.OF_BYTES.get(bytes, index);
        if (limits != 0) {
            return Words.below(word, limits);
        }
        return ~(Words.different(word, separators)
                        & Words.different(word, LINE_FEEDS)
                        & Words.different(word, CARRIAGE_RETURNS)
                        & Words.different(word, quotes))
                & Words.HIGH_BITS;
    }

    private boolean mayFollowQuote(int index) {
        if (index >= length) {
            return true;
        }
        byte b = bytes[index];
        return b == separator || b == '\n' || b == '\r' || b == quote;
    }

    /** Goes on behind the row at which something was wrong, and finds out what the library says about it. */
    private BadRow badRow() {
        long badLine = row.line();
        RowEnds ends = new RowEnds(dialect);
        int from = at;
        int to = from;
        while (to < length && ends.rowEnd() == 0) {
            to++;
            ends.scan(bytes, to - 1, to);
        }
        at = ends.rowEnd() == 0 ? length : ends.rowEnd();
        line = badLine + ends.linesAtRowEnd();
        String text = new String(bytes, from, at - from, UTF_8);
        try {
            new LibraryRows(text.toCharArray(), text.length(), dialect).next();
        } catch (BadRow e) {
            return new BadRow(badLine, String.valueOf(e.getMessage()), e.text());
        }
        throw new AssertionError("FastCSV reads what was refused: " + text);
    }
}
