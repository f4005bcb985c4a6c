package dev.bag.io.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.bag.io.format.Encoding;
import dev.bag.io.format.LineCursor;
import dev.bag.io.format.MalformedBytes;
import dev.bag.io.format.MalformedBytes.Treatment;
import dev.bag.io.format.RecordMaker;
import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of JSON as objects that Jackson makes.
 *
 * <p>What a line is, is what Jackson says of it alone. But a parser costs a good deal to make, so one parser reads the lines of
 * a buffer one after the other, as long as each of them is an object or array that begins and ends on its line. At anything
 * else it is given up, the line is read alone, and the next one begins with another parser.
 */
public final class JsonRecords<T> implements RecordMaker<T> {

    private final JsonBinding<T> binding;
    private final Encoding encoding;
    private final Treatment malformed;
    private final JsonLine line;

    private @Nullable JsonParser parser;

    /** The index in the buffer of the first byte that the parser was given. */
    private int parserBegin;

    public JsonRecords(JsonBinding<T> binding, Encoding encoding, Treatment malformed) {
        this.binding = binding;
        this.encoding = encoding;
        this.malformed = malformed;
        this.line = new JsonLine(encoding, malformed);
    }

    @Override
    public RecordMaker<T> forOneBuffer() {
        return new JsonRecords<>(binding, encoding, malformed);
    }

    @Override
    public @Nullable T make(LineCursor cursor) throws BadRecord {
        if (!line.read(cursor)) {
            if (!line.isInPlace()) {
                giveUpParser();
            }
            return null;
        }
        T record = line.isInPlace() && isContainer() ? next(cursor) : null;
        if (record != null) {
            return checked(record);
        }
        giveUpParser();
        return alone();
    }

    @Override
    public @Nullable T make(String text, @Nullable MalformedBytes wrong) throws BadRecord {
        return line.read(text, wrong) ? alone() : null;
    }

    private boolean isContainer() {
        byte first = line.bytes()[line.from()];
        return first == '{' || first == '[';
    }

    /** Returns what the parser of the buffer makes of the line; null if the line is not one document. */
    @SuppressWarnings("EmptyCatch") // the line is read again, alone, and then fails with what is known of it
    private @Nullable T next(LineCursor cursor) {
        try {
            JsonParser current = parser;
            if (current == null) {
                int length = cursor.limit() - line.from();
                current = binding.alone().getFactory().createParser(line.bytes(), line.from(), length);
                parser = current;
                parserBegin = line.from();
            }
            T record = binding.following().readValue(current);
            long end = parserBegin + current.currentLocation().getByteOffset();
            boolean isWhole = end > line.from() && end <= line.to() && line.isBlankFrom((int) end);
            if (cursor.next() == cursor.limit()) {
                giveUpParser();
            }
            return isWhole ? record : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** What the parser has learned of names goes back to its factory. */
    @SuppressWarnings("EmptyCatch") // nothing is open but arrays
    private void giveUpParser() {
        JsonParser current = parser;
        parser = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                // the parser is not used any more
            }
        }
    }

    private T alone() throws BadRecord {
        if (hasZero()) {
            throw line.bad(
                    line.from(),
                    "not JSON: the line has zero bytes",
                    "If the text is UTF-16 or UTF-32, say so with charset(...).",
                    null);
        }
        T record;
        try {
            record = binding.alone().readValue(line.bytes(), line.from(), line.to() - line.from());
        } catch (JsonProcessingException e) {
            throw bad(e);
        } catch (IOException | RuntimeException e) {
            throw line.bad(line.from(), notRead() + ": " + e, "The class, or the mapper, has thrown this.", e);
        }
        if (record == null) {
            throw line.bad(
                    line.from(),
                    notRead() + ": it is null, which is no record",
                    "Leave such lines out, or read trees: JsonLines.read(paths).",
                    null);
        }
        return checked(record);
    }

    /** Jackson would take the line for UTF-16 or UTF-32. */
    private boolean hasZero() {
        for (int i = line.from(); i < Math.min(line.from() + Integer.BYTES, line.to()); i++) {
            if (line.bytes()[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Most likely the file is one array, which is then one line; that would be one record, and seldom what is meant. */
    private T checked(T record) throws BadRecord {
        if (binding.isTree()
                && record instanceof JsonNode tree
                && tree.isArray()
                && tree.path(0).isObject()) {
            throw line.bad(
                    line.from(),
                    "the line is a JSON array of objects",
                    JsonLine.wayOutOfArrays() + "\n  If each line is meant to be an array, read it as one:"
                            + " JsonLines.read(ArrayNode.class, paths).",
                    null);
        }
        return record;
    }

    private BadRecord bad(JsonProcessingException e) {
        MalformedJson malformedJson = binding.isPlain() ? malformedJson() : null;
        if (malformedJson != null) {
            return line.malformed(malformedJson);
        }
        JsonLocation location = e.getLocation();
        boolean hasPlace = location != null && location.getByteOffset() >= 0;
        int index = line.from() + (hasPlace ? (int) location.getByteOffset() : 0);
        String what = e instanceof StreamReadException ? "not JSON" : notRead();
        String place = hasPlace ? " at " + line.column(index) : "";
        return line.bad(index, what + place + field(e) + ": " + e.getOriginalMessage(), remedy(e), e);
    }

    private String notRead() {
        return "not read as " + binding.typeName();
    }

    private @Nullable MalformedJson malformedJson() {
        try {
            new JsonScanner(FieldTree.none(), 0).scan(line.bytes(), line.from());
            return null;
        } catch (MalformedJson e) {
            return e;
        }
    }

    /** Returns the path of the field with which a document does not fit the class, as {@code JsonLines.select} takes it. */
    private static String field(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return "";
        }
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining(".", ", field ", ""));
    }

    private static String list(Collection<Object> names) {
        return names.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private String remedy(JsonProcessingException e) {
        if (line.bytes()[line.from()] == '[') {
            return JsonLine.wayOutOfArrays();
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            Collection<Object> known = unknown.getKnownPropertyIds();
            String fields =
                    known == null || known.isEmpty() ? "It has no fields." : "Its fields are " + list(known) + ".";
            return fields + " To pass over others, use @JsonIgnoreProperties(ignoreUnknown = true), or"
                    + " JsonLines.options().mapper(...) with FAIL_ON_UNKNOWN_PROPERTIES disabled.";
        }
        return e instanceof StreamReadException
                ? "To read it all the same, give a mapper that does: JsonLines.options().mapper(...)."
                : "Correct the line or the class, or give a mapper that reads both: JsonLines.options().mapper(...).";
    }
}
