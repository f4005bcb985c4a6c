package dev.bag.io.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.file.InputFile;
import dev.bag.io.format.Decimals;
import dev.bag.source.SourceException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The row that a reader is at, in UTF-8 as it stands in a block; the next one as soon as the reader goes on. Values are cut out
 * when they are asked for, and only then is what is in quotes changed.
 */
public final class Row {

    private final byte quote;

    private byte[] bytes = {};
    private int begin;

    /** Where in the bytes each value ends, with its quotes; the next one begins behind one separator. */
    private int[] ends = new int[16];

    private int count;
    private boolean quoted;
    private long line;

    /** What a value in quotes is made plain in. */
    private byte[] plain = {};

    private int[] plainEnds = {};

    /** A row with values that may be in quotes, if {@link #hasQuotes} says so. */
    Row(byte quote) {
        this.quote = quote;
    }

    /** A row without values yet, that begins somewhere. */
    void begin(byte[] inBytes, int at, long inLine) {
        bytes = inBytes;
        begin = at;
        line = inLine;
        count = 0;
        quoted = false;
    }

    /** The values are in another array, at the same places. */
    void isIn(byte[] other) {
        bytes = other;
    }

    /** One more value, which ends before an index. */
    void add(int end) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = end;
    }

    /** Some values are in quotes. */
    void hasQuotes() {
        quoted = true;
    }

    /** Returns where the next value begins. */
    int nextBegin() {
        return begin(count);
    }

    private int begin(int index) {
        return index == 0 ? begin : ends[index - 1] + 1;
    }

    /** Returns how many values there are. */
    public int count() {
        return count;
    }

    /** Returns the number of the line in which the row begins, from 1 in its block. */
    public long line() {
        return line;
    }

    private boolean isQuoted(int index) {
        int from = begin(index);
        return quoted && from < ends[index] && bytes[from] == quote;
    }

    /** Returns a value as a text. */
    public String value(int index) {
        if (isQuoted(index)) {
            ensure(ends[index] - begin(index));
            return new String(plain, 0, unquote(index, 0), UTF_8);
        }
        return new String(bytes, begin(index), ends[index] - begin(index), UTF_8);
    }

    /** Returns whether a value is the empty text. */
    boolean isEmpty(int index) {
        return begin(index) + (isQuoted(index) ? 2 : 0) == ends[index];
    }

    /** Returns whether a value is a whole number of few digits, and not in quotes. */
    boolean isShortLong(int index) {
        return Decimals.isShortLong(bytes, begin(index), ends[index]);
    }

    /** Returns the number of a value of which {@link #isShortLong} is true. */
    long shortLong(int index) {
        return Decimals.shortLong(bytes, begin(index), ends[index]);
    }

    /**
     * Returns the number that a value is, with white space around it or without.
     *
     * @throws NumberFormatException if it is none
     */
    double doubleValue(int index) {
        return isQuoted(index)
                ? Cells.parseDouble(value(index).strip())
                : Cells.parseDouble(bytes, begin(index), ends[index]);
    }

    /** Returns all values. */
    public String[] values() {
        String[] values = new String[count];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i);
        }
        return values;
    }

    /** Returns whether the values have more characters than a number. */
    boolean isLongerThan(int characters) {
        int least = ends[count - 1] - begin;
        if (least <= characters) {
            return false;
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length += value(i).length();
        }
        return length > characters;
    }

    /** Returns a copy of all values, as {@link Cells} lays them out. */
    public byte[] copy() {
        return quoted ? plainCopy() : Cells.copy(bytes, begin, ends, count);
    }

    private byte[] plainCopy() {
        ensure(ends[count - 1] - begin);
        plainEnds = plainEnds.length < count ? new int[ends.length] : plainEnds;
        int length = 0;
        int from = begin; // what is not copied yet
        for (int i = 0; i < count; i++) {
            if (isQuoted(i)) {
                length = appended(from, begin(i), length);
                length = unquote(i, length);
                from = ends[i];
            }
            plainEnds[i] = length + ends[i] - from;
        }
        appended(from, ends[count - 1], length);
        return Cells.copy(plain, 0, plainEnds, count);
    }

    private int appended(int from, int to, int at) {
        System.arraycopy(bytes, from, plain, at, to - from);
        return at + to - from;
    }

    /** Puts a value without its quotes into the plain bytes, and one of each two that are in it. Returns where it ends. */
    private int unquote(int index, int at) {
        int to = at;
        int last = ends[index] - 1;
        for (int i = begin(index) + 1; i < last; i++) {
            byte b = bytes[i];
            plain[to++] = b;
            i += b == quote ? 1 : 0;
        }
        return to;
    }

    private void ensure(int length) {
        if (length > plain.length) {
            plain = new byte[Math.max(length, 2 * plain.length)];
        }
    }

    /**
     * What is made of rows.
     *
     * @param <T> the records
     */
    @FunctionalInterface
    public interface Maker<T> {

        /** Returns the record of a row, which must keep nothing of it. Called by several threads at once. */
        T make(Row row) throws Exception;
    }

    /**
     * What is made of the rows of each file.
     *
     * @param <T> the records
     */
    @FunctionalInterface
    public interface Makers<T> extends Serializable {

        /** Returns what makes records of the rows of a file, or refuses its header, which stands in a line. */
        Maker<T> of(Header header, InputFile file, long headerLine) throws SourceException;
    }
}
