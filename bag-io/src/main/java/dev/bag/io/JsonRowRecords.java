package dev.bag.io;

import dev.bag.io.format.Encoding;
import dev.bag.io.format.LineCursor;
import dev.bag.io.format.MalformedBytes;
import dev.bag.io.format.RecordMaker;
import dev.bag.io.json.FieldTree;
import dev.bag.io.json.JsonScanner;
import dev.bag.io.json.JsonTexts;
import dev.bag.io.json.MalformedJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of JSON as the values of some fields. */
final class JsonRowRecords implements RecordMaker<JsonRow> {

    private final List<String> paths;
    private final FieldTree fields;
    private final Encoding encoding;
    private final Malformed malformed;
    private final String joinedPaths;
    private final JsonLine line;
    private final JsonScanner scanner;

    /** The last values that were written anew, because they have escapes; by path. */
    private final byte[][] encoded;

    JsonRowRecords(List<String> paths, Encoding encoding, Malformed malformed) {
        this(paths, FieldTree.of(paths.toArray(String[]::new)), encoding, malformed);
    }

    private JsonRowRecords(List<String> paths, FieldTree fields, Encoding encoding, Malformed malformed) {
        this.paths = paths;
        this.fields = fields;
        this.encoding = encoding;
        this.malformed = malformed;
        this.joinedPaths = JsonRow.join(paths);
        this.line = new JsonLine(encoding, malformed);
        this.scanner = new JsonScanner(fields, paths.size());
        this.encoded = new byte[paths.size()][];
    }

    @Override
    public RecordMaker<JsonRow> forOneBuffer() {
        return new JsonRowRecords(paths, fields, encoding, malformed);
    }

    @Override
    public @Nullable JsonRow make(LineCursor cursor) throws BadRecord {
        return line.read(cursor) ? row() : null;
    }

    @Override
    public @Nullable JsonRow make(String text, @Nullable MalformedBytes wrong) throws BadRecord {
        return line.read(text, wrong) ? row() : null;
    }

    private JsonRow row() throws BadRecord {
        try {
            scanner.scan(line.bytes(), line.from());
        } catch (MalformedJson e) {
            throw line.malformed(e);
        }
        byte first = line.bytes()[line.from()];
        if (first == '{') {
            return new JsonRow(joinedPaths, values());
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
        byte[] values = JsonRow.layOut(encoded.length, length);
        int at = JsonRow.begin(encoded.length);
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
            JsonRow.endAt(values, path, at);
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
