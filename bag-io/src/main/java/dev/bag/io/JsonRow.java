package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.format.Decimals;
import dev.bag.io.json.JsonTexts;
import dev.bag.io.json.RowValues;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * The values of some fields of one line of JSON, as {@link JsonLines#select} has named them. Fields are numbered from 0, in the
 * order of their paths.
 *
 * <p>A row owns its values and may be kept. It keeps them as they are written, and parses a number when it is asked for it.
 * Two rows are equal if they are of the same paths, and the same fields are missing, and all others are written alike: texts
 * are compared without their escapes, but {@code 1} is not {@code 1.0}.
 */
public final class JsonRow implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int MOST_CHARACTERS_SHOWN = 100;

    /** One object for all rows of a source, so that a row is small, and one short text for each that was on disk. */
    private final String paths;

    /** As {@link RowValues} lays them out. */
    private final byte[] values;

    JsonRow(String joinedPaths, byte[] values) {
        this.paths = joinedPaths;
        this.values = values;
    }

    private int from(int i) {
        return RowValues.from(values, i);
    }

    private int to(int i) {
        return RowValues.to(values, i);
    }

    /** Returns the number of fields. */
    public int size() {
        return RowValues.count(values);
    }

    /**
     * Returns the path of a field, as it was selected.
     *
     * @param i the number of the field, from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public String path(int i) {
        checked(i);
        return RowValues.split(paths)[i];
    }

    /**
     * Returns whether a field is not there. A field with the value {@code null} is there.
     *
     * @param i the number of the field, from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public boolean isMissing(int i) {
        return from(checked(i)) == to(i);
    }

    /**
     * Returns whether a field is there and its value is {@code null}.
     *
     * @param i the number of the field, from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public boolean isNull(int i) {
        return !isMissing(i) && first(i) == 'n';
    }

    /**
     * Returns the value of a field: a text without its quotes and escapes, anything else as it is written in JSON, objects and
     * arrays too.
     *
     * @param i the number of the field, from 0
     * @throws NoSuchElementException if the field is missing or {@code null}
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public String text(int i) {
        checkPresent("text", i);
        return first(i) == '"' ? JsonTexts.decode(values, from(i) + 1, to(i) - 1) : raw(i);
    }

    /**
     * Returns the value of a field that is a whole number, also if it is written as {@code 12.0} or {@code 1.2e1}.
     *
     * @param i the number of the field, from 0
     * @throws NumberFormatException if the value is no number, or not a whole one, or out of the range of a long
     * @throws NoSuchElementException if the field is missing or {@code null}
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public long longValue(int i) {
        int from = numberFrom("longValue", i);
        int to = to(i);
        if (Decimals.isShortLong(values, from, to)) {
            return Decimals.shortLong(values, from, to);
        }
        try {
            return new BigDecimal(raw(i)).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw complaint("longValue", i, "not a whole number from -9223372036854775808 to 9223372036854775807");
        }
    }

    /**
     * Returns the value of a field that is a number, rounded as {@link Double#parseDouble} does: a number that is too large is
     * infinite.
     *
     * @param i the number of the field, from 0
     * @throws NumberFormatException if the value is no number
     * @throws NoSuchElementException if the field is missing or {@code null}
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public double doubleValue(int i) {
        int from = numberFrom("doubleValue", i);
        return Decimals.parseDouble(values, from, to(i));
    }

    /**
     * Returns the value of a field that is {@code true} or {@code false}.
     *
     * @param i the number of the field, from 0
     * @throws IllegalArgumentException if the value is something else
     * @throws NoSuchElementException if the field is missing or {@code null}
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public boolean booleanValue(int i) {
        checkPresent("booleanValue", i);
        if (first(i) != 't' && first(i) != 'f') {
            throw new IllegalArgumentException(call("booleanValue", i) + " is not true or false: " + shown(i));
        }
        return first(i) == 't';
    }

    private int checked(int i) {
        if (i < 0 || i >= size()) {
            throw new IndexOutOfBoundsException(
                    "field " + i + ": " + size() + " were selected, from index 0 to " + (size() - 1));
        }
        return i;
    }

    private int numberFrom(String method, int i) {
        checkPresent(method, i);
        byte first = first(i);
        if (first != '-' && (first < '0' || first > '9')) {
            throw complaint(method, i, "not a number");
        }
        return from(i);
    }

    private void checkPresent(String method, int i) {
        if (isMissing(i)) {
            throw new NoSuchElementException(call(method, i) + " is missing; isMissing(" + i + ") says so");
        }
        if (isNull(i)) {
            throw new NoSuchElementException(call(method, i) + " is null; isNull(" + i + ") says so");
        }
    }

    private NumberFormatException complaint(String method, int i, String what) {
        return new NumberFormatException(call(method, i) + " is " + what + ": " + shown(i));
    }

    private String call(String method, int i) {
        return method + "(" + i + "): the field " + path(i);
    }

    private byte first(int i) {
        return values[from(i)];
    }

    /** Returns a value as it is written. */
    private String raw(int i) {
        return new String(values, from(i), to(i) - from(i), UTF_8);
    }

    private String shown(int i) {
        String raw = raw(i);
        return raw.length() <= MOST_CHARACTERS_SHOWN
                ? raw
                : raw.substring(0, raw.offsetByCodePoints(0, MOST_CHARACTERS_SHOWN / 2)) + "…";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonRow row && Arrays.equals(values, row.values) && paths.equals(row.paths);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** Returns the fields that are there, as {@code {user.id=7, user.name="Ann"}}. */
    @Override
    public String toString() {
        String[] names = RowValues.split(paths);
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < names.length; i++) {
            if (!isMissing(i)) {
                text.append(text.length() == 1 ? "" : ", ")
                        .append(names[i])
                        .append('=')
                        .append(raw(i));
            }
        }
        return text.append('}').toString();
    }
}
