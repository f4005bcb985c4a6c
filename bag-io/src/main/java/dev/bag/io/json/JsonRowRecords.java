package dev.bag.io.json;

import dev.bag.io.format.Encoding;
import dev.bag.io.format.LineCursor;
import dev.bag.io.format.MalformedBytes;
import dev.bag.io.format.MalformedBytes.Treatment;
import dev.bag.io.format.RecordMaker;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of JSON as the values of some fields.
 *
 * @param <T> the rows
 */
public final class JsonRowRecords<T> implements RecordMaker<T> {

    /** Makes rows. */
    @FunctionalInterface
    public interface RowMaker<T> extends Serializable {

        /**
         * Returns a row.
         *
         * @param values as {@link RowValues} lays them out
         */
        T of(String joinedPaths, byte[] values);
    }

    private final List<String> paths;
    private final RowMaker<T> rows;
    private final FieldTree fields;
    private final Encoding encoding;
    private final Treatment malformed;
    private final String joinedPaths;
    private final JsonLine line;
    private final JsonScanner scanner;

    /** The last values that were written anew, because they have escapes; by path. */
    private final byte[][] encoded;

    /** Makes rows of the fields at some paths. */
    public JsonRowRecords(List<String> paths, RowMaker<T> rows, Encoding encoding, Treatment malformed) {
        this(paths, rows, FieldTree.of(paths.toArray(String[]::new)), encoding, malformed);
    }

    private JsonRowRecords(
            List<String> paths, RowMaker<T> rows, FieldTree fields, Encoding encoding, Treatment malformed) {
        this.paths = paths;
        this.rows = rows;
        this.fields = fields;
        this.encoding = encoding;
        this.malformed = malformed;
        this.joinedPaths = RowValues.join(paths);
        this.line = new JsonLine(encoding, malformed);
        this.scanner = new JsonScanner(fields, paths.size());
        this.encoded = new byte[paths.size()][];
    }

    @Override
    public RecordMaker<T> forOneBuffer() {
        return new JsonRowRecords<>(paths, rows, fields, encoding, malformed);
    }

    @Override
    public @Nullable T make(LineCursor cursor) throws BadRecord {
        return line.read(cursor) ? row() : null;
    }

    @Override
    public @Nullable T make(String text, @Nullable MalformedBytes wrong) throws BadRecord {
        return line.read(text, wrong) ? row() : null;
    }

    private T row() throws BadRecord {
        try {
            scanner.scan(line.bytes(), line.from());
        } catch (MalformedJson e) {
            throw line.malformed(e);
        }
        byte first = line.bytes()[line.from()];
        if (first == '{') {
            return rows.of(joinedPaths, values());
        }
        throw first == '['
                ? line.bad(line.from(), "the line is a JSON array, not an object", JsonLine.wayOutOfArrays(), null)
                : line.bad(
                        line.from(),
                        "the line is a single value, not a JSON object",
                        "It has no fields to select. JsonLines.read(...) reads such lines.",
                        null);
    }

    private byte[] values() {
        int length = 0;
        for (int path = 0; path < encoded.length; path++) {
            length += length(path);
        }
        byte[] values = RowValues.layOut(encoded.length, length);
        int at = RowValues.begin(encoded.length);
        for (int path = 0; path < encoded.length; path++) {
            if (scanner.from(path) >= 0) {
                if (scanner.isEscaped(path)) {
                    System.arraycopy(encoded[path], 0, values, at, encoded[path].length);
                    at += encoded[path].length;
                } else {
                    int valueLength = scanner.to(path) - scanner.from(path);
                    System.arraycopy(line.bytes(), scanner.from(path), values, at, valueLength);
                    at += valueLength;
                }
            }
            RowValues.endAt(values, path, at);
        }
        return values;
    }

    private int length(int path) {
        int from = scanner.from(path);
        if (from < 0) {
            return 0;
        }
        if (!scanner.isEscaped(path)) {
            return scanner.to(path) - from;
        }
        encoded[path] = JsonTexts.encode(JsonTexts.decode(line.bytes(), from + 1, scanner.to(path) - 1));
        return encoded[path].length;
    }
}
