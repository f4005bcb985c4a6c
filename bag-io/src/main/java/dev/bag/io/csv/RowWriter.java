package dev.bag.io.csv;

import org.jspecify.annotations.Nullable;

/**
 * Writes values as rows of text, as RFC 4180 says. A value is put in quotes if it has a delimiter, a quote or a line end. It is, too,
 * where some reader would take it for something else: if it begins or ends with white space, which is stripped by some; if
 * it begins as a comment or with a byte order mark; or if it is the text that stands for null.
 */
public final class RowWriter {

    private static final char COMMENT = '#';
    private static final char MARK = '\ufeff';

    private final char separator;
    private final char quote;
    private final boolean quotesAll;
    private final String end;
    private final String nullText;
    private final StringBuilder row = new StringBuilder();
    private int count;

    RowWriter(Dialect dialect, boolean quotesAll, String end, String nullText) {
        this.separator = dialect.separator();
        this.quote = dialect.quote();
        this.quotesAll = quotesAll;
        this.end = end;
        this.nullText = nullText;
    }

    /** Begins a row, also where one before it was given up. */
    public void begin() {
        row.setLength(0);
        count = 0;
    }

    /** Adds a value to the row. */
    public void add(@Nullable String value) {
        if (count++ > 0) {
            row.append(separator);
        }
        if (value == null) {
            row.append(nullText);
        } else if (quotesAll || needsQuotes(value)) {
            addQuoted(value);
        } else {
            row.append(value);
        }
    }

    private void addQuoted(String value) {
        row.append(quote);
        int from = 0;
        for (int at = value.indexOf(quote); at >= 0; at = value.indexOf(quote, from)) {
            row.append(value, from, at + 1).append(quote);
            from = at + 1;
        }
        row.append(value, from, value.length()).append(quote);
    }

    boolean needsQuotes(String value) {
        if (value.isEmpty()) {
            return false;
        }
        char first = value.charAt(0);
        if (first == COMMENT || first == MARK || isSpace(first) || isSpace(value.charAt(value.length() - 1))) {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == separator || c == quote || c == '\n' || c == '\r') {
                return true;
            }
        }
        return value.equals(nullText);
    }

    private static boolean isSpace(char c) {
        return c <= ' ' || Character.isWhitespace(c) || c == '\u00a0';
    }

    /** Ends the row, and returns it. One of a single value that is empty is quotes, because readers leave out empty lines. */
    public String end() {
        if (row.isEmpty()) {
            row.append(quote).append(quote);
        }
        String text = row.append(end).toString();
        begin();
        return text;
    }
}
