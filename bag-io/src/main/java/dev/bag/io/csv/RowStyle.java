package dev.bag.io.csv;

import java.io.Serializable;

/**
 * How rows are written.
 *
 * @param dialect which characters are between and around values
 * @param quotesAll whether values are in quotes that need none
 * @param end what ends a row
 * @param nullText what stands for a value that is null
 */
public record RowStyle(Dialect dialect, boolean quotesAll, String end, String nullText) implements Serializable {

    /** Commas and line feeds; quotes where they are needed. */
    public static final RowStyle DEFAULT = new RowStyle(Dialect.DEFAULT, false, "\n", "");

    /** Checks that null is not written as something that needs quotes. */
    public RowStyle {
        if (new RowWriter(dialect, quotesAll, end, "").needsQuotes(nullText)) {
            throw new IllegalArgumentException(
                    "nullText(\"" + nullText + "\"): must not need quotes, because a value in quotes is not null");
        }
    }

    /** Returns a copy with other characters. */
    public RowStyle with(Dialect other) {
        return new RowStyle(other, quotesAll, end, nullText);
    }

    /** Returns a copy that quotes all values. */
    public RowStyle withAllQuoted() {
        return new RowStyle(dialect, true, end, nullText);
    }

    /** Returns a copy with another end of rows. */
    public RowStyle withEnd(String other) {
        return new RowStyle(dialect, quotesAll, other, nullText);
    }

    /** Returns a copy with another text for null. */
    public RowStyle withNullText(String other) {
        return new RowStyle(dialect, quotesAll, end, other);
    }

    /** Returns what writes rows, for one thread. */
    public RowWriter newWriter() {
        return new RowWriter(dialect, quotesAll, end, nullText);
    }
}
