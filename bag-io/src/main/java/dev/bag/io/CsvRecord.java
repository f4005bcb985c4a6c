package dev.bag.io;

import static java.util.Objects.requireNonNull;

import dev.bag.io.csv.Cells;
import dev.bag.io.csv.CsvBinding;
import dev.bag.io.csv.Header;
import dev.bag.io.csv.Row;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One record of a CSV file: a text for each column. Immutable; all records of a file share their names of columns. A text is
 * made, and a number parsed, when it is asked for, so that columns that nothing asks for cost little.
 */
public final class CsvRecord implements Serializable {

    private static final long serialVersionUID = 2;

    private final Header header;

    /** As {@link Cells} has them. */
    private final byte[] values;

    private final int count;

    CsvRecord(Header header, Row row) {
        this.header = header;
        this.values = row.copy();
        this.count = row.count();
    }

    /** Returns the names of the columns, in the order of the file; without a header their numbers, from 0. */
    public List<String> columns() {
        return header.names();
    }

    Cells cells() {
        return new Cells(header, values, count);
    }

    /** Returns how many values there are. */
    public int size() {
        return count;
    }

    /**
     * Returns the text in a column; an empty cell is the empty text.
     *
     * @param column the name of the column, as the header has it
     * @throws IllegalArgumentException if there is no such column
     */
    public String get(String column) {
        int index = index(column);
        return isMissing(index) ? "" : get(index);
    }

    /**
     * Returns the text in a column; an empty cell is the empty text.
     *
     * @param index the number of the column, from 0
     * @throws IndexOutOfBoundsException if the record has no such column
     */
    public String get(int index) {
        return Cells.text(values, count, checked(index));
    }

    private int checked(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(
                    "there is no column " + index + ": the record has " + count + ", numbered from 0");
        }
        return index;
    }

    /** The record is too short, which an option has allowed. */
    private boolean isMissing(int index) {
        return index >= count;
    }

    /**
     * Returns the number in a column. White space around it is left out.
     *
     * @param column the name of the column
     * @throws IllegalArgumentException if there is no such column
     * @throws NumberFormatException if the text is no whole number, or none that fits into a {@code long}; the message has the
     *     column and the text
     */
    public long longValue(String column) {
        int index = index(column);
        if (isMissing(index)) {
            throw notA("whole number", column, "");
        }
        return longValue(index);
    }

    /**
     * Returns the number in a column. White space around it is left out.
     *
     * @param index the number of the column, from 0
     * @throws IndexOutOfBoundsException if the record has no such column
     * @throws NumberFormatException if the text is no whole number, or none that fits into a {@code long}; the message has the
     *     column and the text
     */
    public long longValue(int index) {
        try {
            return Cells.longValue(values, count, checked(index));
        } catch (NumberFormatException e) {
            throw notA("whole number", header.name(index), get(index));
        }
    }

    /**
     * Returns the number in a column. White space around it is left out.
     *
     * @param column the name of the column
     * @throws IllegalArgumentException if there is no such column
     * @throws NumberFormatException if the text is no number; the message has the column and the text
     */
    public double doubleValue(String column) {
        int index = index(column);
        if (isMissing(index)) {
            throw notA("number", column, "");
        }
        return doubleValue(index);
    }

    /**
     * Returns the number in a column. White space around it is left out.
     *
     * @param index the number of the column, from 0
     * @throws IndexOutOfBoundsException if the record has no such column
     * @throws NumberFormatException if the text is no number; the message has the column and the text
     */
    public double doubleValue(int index) {
        try {
            return Cells.doubleValue(values, count, checked(index));
        } catch (NumberFormatException e) {
            throw notA("number", header.name(index), get(index));
        }
    }

    private static NumberFormatException notA(String type, String column, String text) {
        return new NumberFormatException("column \"" + column + "\": "
                + (text.isEmpty() ? "the cell is empty" : "\"" + CsvBinding.excerpt(text) + "\" is not a " + type));
    }

    /** Returns a new map of all columns and their texts, in the order of the file. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < Math.max(count, header.size()); i++) {
            map.put(header.name(i), i < count ? get(i) : "");
        }
        return map;
    }

    private int index(String column) {
        int index = header.indexOf(requireNonNull(column, "column"));
        if (index < 0) {
            throw new IllegalArgumentException("there is no column \"" + column + "\": "
                    + (header.isNamed()
                            ? "the columns are " + CsvBinding.listed(header)
                            : "the columns have no names, because of noHeader(). Use get(int)"));
        }
        return index;
    }

    /** Returns whether the other object is a record with the same columns and the same texts. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CsvRecord that
                && Arrays.equals(values, that.values)
                && count == that.count
                && (header == that.header || header.names().equals(that.header.names()));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + count;
    }

    /** Returns the columns and their texts, as {@code {name=Ann, age=7}}. */
    @Override
    public String toString() {
        return toMap().toString();
    }
}
