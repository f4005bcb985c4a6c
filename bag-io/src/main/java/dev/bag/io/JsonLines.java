package dev.bag.io;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.io.json.JsonBinding;
import dev.bag.value.Utf8;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Bags of JSON, one document a line: as trees, as objects of a class or record, or as the values of a few fields.
 *
 * <pre>{@code
 * Bag<JsonNode> trees = JsonLines.read("events/*.json.gz");
 * Bag<Event> events = JsonLines.read(Event.class, "events/*.json.gz");
 * Bag<JsonRow> rows = JsonLines.select("user.id", "amount").read("events/*.json.gz");
 * }</pre>
 *
 * <p>Lines, names of files, compression, laziness, partitions and errors are those of {@link TextFiles}: large files are
 * cut at line ends, and all threads work on one compressed file. Lines of nothing but white space are left out. Text is
 * UTF-8, as JSON has to be; a file with the byte order mark of UTF-16 or UTF-32, or in the charset that {@link
 * JsonReadOptions#charset} names, is encoded anew. All of this and more is changed by {@link #options()}.
 *
 * <p><b>Which way.</b> {@link #select} is the quickest: it makes neither tree nor object, and each {@link JsonRow} has the
 * selected values only. A class or record costs about one and a half times as much, a tree twice as much.
 *
 * <p>{@link #write} is the way back: a document for each record.
 *
 * <p><b>Objects</b> are made by Jackson with the settings that it has by default, so a field that the class does not have is an
 * error. An {@code ObjectMapper} with other settings is given by {@link JsonReadOptions#mapper}. Polymorphic types are
 * read only where the class says how; nothing that a file says names a class.
 *
 * <p><b>Errors.</b> Each line must be one whole JSON document, checked to its end also where nothing is selected. A line
 * that is not, or does not fit the class, fails the run with a {@link dev.bag.BagException} that names file, line and
 * column, shows the line, and says what to do. A document that is spread over several lines, several documents on one
 * line, and a file that is one JSON array are such errors: {@code jq -c .} and {@code jq -c '.[]'} make lines of them. So an
 * array of objects is no tree; where each line is meant to be one, {@code read(ArrayNode.class, ...)} reads it. Limits
 * are those of Jackson: nesting 1,000 deep, numbers of 1,000 digits, names of 50,000 bytes, texts of 20,000,000 characters, which
 * {@link #select} does not count.
 */
public final class JsonLines {

    private JsonLines() {}

    /**
     * Returns a bag of the lines of files as trees. A line may be any JSON but an array of objects; {@code null} is a
     * {@code NullNode}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param pathsOrPatterns at least one path, pattern or URI; see {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<JsonNode> read(String... pathsOrPatterns) {
        return options().read(pathsOrPatterns);
    }

    /**
     * Returns a bag of the lines of files as trees. A line may be any JSON but an array of objects; {@code null} is a
     * {@code NullNode}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<JsonNode> read(Path... paths) {
        return options().read(paths);
    }

    /**
     * Returns a bag of the lines of files as trees. A line may be any JSON but an array of objects; {@code null} is a
     * {@code NullNode}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<JsonNode> read(URI... uris) {
        return options().read(uris);
    }

    /**
     * Returns a bag of the lines of files as objects of a class or record. {@code Map.class} makes maps.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param pathsOrPatterns at least one path, pattern or URI; see {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the class
     */
    public static <T> Bag<T> read(Class<T> type, String... pathsOrPatterns) {
        return options().read(type, pathsOrPatterns);
    }

    /**
     * Returns a bag of the lines of files as objects of a class or record. {@code Map.class} makes maps.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the class
     */
    public static <T> Bag<T> read(Class<T> type, Path... paths) {
        return options().read(type, paths);
    }

    /**
     * Returns a bag of the lines of files as objects of a class or record. {@code Map.class} makes maps.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the class
     */
    public static <T> Bag<T> read(Class<T> type, URI... uris) {
        return options().read(type, uris);
    }

    /**
     * Returns a bag of the lines of files as objects of a generic type, such as {@code new TypeReference<Map<String,
     * Object>>() {}}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param pathsOrPatterns at least one path, pattern or URI; see {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the type
     */
    public static <T> Bag<T> read(TypeReference<T> type, String... pathsOrPatterns) {
        return options().read(type, pathsOrPatterns);
    }

    /**
     * Returns a bag of the lines of files as objects of a generic type, such as {@code new TypeReference<Map<String,
     * Object>>() {}}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the type
     */
    public static <T> Bag<T> read(TypeReference<T> type, Path... paths) {
        return options().read(type, paths);
    }

    /**
     * Returns a bag of the lines of files as objects of a generic type, such as {@code new TypeReference<Map<String,
     * Object>>() {}}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the type
     */
    public static <T> Bag<T> read(TypeReference<T> type, URI... uris) {
        return options().read(type, uris);
    }

    /**
     * Selects fields, to read their values without making trees or objects.
     *
     * <p>A path is the names of fields from the outside in, with dots in between: {@code "user.id"} is the field {@code id}
     * of the object that is the value of the field {@code user}. A dot or a backslash that belongs to a name is preceded
     * by a backslash, in Java by two: {@code "a\\.b"}. A number is an element of an array, from 0, as in {@code
     * "items.0.price"}, or the field of an object that has this name. A path may be the beginning of another one. Of a name
     * that an object has twice, the last value counts.
     *
     * @param paths at least one, none of them twice
     * @throws IllegalArgumentException if a path cannot be
     */
    public static JsonSelection select(String... paths) {
        return options().select(paths);
    }

    /** Returns the default options, to be changed: mapper, charset, compression, partitions, limits. */
    public static JsonReadOptions options() {
        return JsonReadOptions.DEFAULT;
    }

    /**
     * Writes the records of a bag as documents of JSON, one a line, as {@link TextFiles#write(Bag, String)} writes text:
     * the same targets, compression and promises. <b>Runs the plan.</b> Records are written by Jackson with the settings
     * that it has by default: records, classes with getters, maps, lists, and trees. With other settings, or to replace
     * an earlier output, write {@link #documents(Bag, ObjectMapper)} with {@link TextFiles#writeOptions()}.
     *
     * <pre>{@code
     * JsonLines.write(events, "out/part-*.json.gz");
     * }</pre>
     *
     * @param bag of what Jackson can write
     * @param target a file, a folder, or a pattern with one {@code *}
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws dev.bag.BagException if anything fails, such as that Jackson cannot write a record; then nothing was written
     */
    public static Written write(Bag<?> bag, String target) {
        return TextFiles.write(documents(bag), target);
    }

    /**
     * Writes the records of a bag as documents of JSON, as {@link #write(Bag, String)} does. <b>Runs the plan.</b>
     *
     * @param bag of what Jackson can write
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws dev.bag.BagException if anything fails; then nothing was written
     */
    public static Written write(Bag<?> bag, Path target) {
        return TextFiles.write(documents(bag), target);
    }

    /**
     * Returns a delayed value that writes the records of a bag as documents of JSON, as {@link #write(Bag, String)} does.
     * <b>Lazy.</b> Computed together with others, it shares their passes; see {@link TextFiles#writeLater(Bag, String)}.
     *
     * @param bag of what Jackson can write
     * @param target a file, a folder, or a pattern with one {@code *}
     * @throws IllegalArgumentException if nothing can be written to such a name
     */
    public static Delayed<Written> writeLater(Bag<?> bag, String target) {
        return TextFiles.writeLater(documents(bag), target);
    }

    /**
     * Returns a delayed value that writes the records of a bag as documents of JSON, as {@link #write(Bag, String)} does.
     * <b>Lazy.</b>
     *
     * @param bag of what Jackson can write
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @throws IllegalArgumentException if nothing can be written to such a name
     */
    public static Delayed<Written> writeLater(Bag<?> bag, Path target) {
        return TextFiles.writeLater(documents(bag), target);
    }

    /**
     * Returns a bag of the records as documents of JSON, each on one line, as Jackson writes them with the settings that it
     * has by default. <b>Lazy.</b> Same partitions. What Jackson cannot write fails the run, which names the record.
     *
     * @param bag of what Jackson can write
     */
    public static Bag<Utf8> documents(Bag<?> bag) {
        return documents(bag, JsonBinding.defaultMapper());
    }

    /**
     * Returns a bag of the records as documents of JSON, each on one line, as {@code mapper} writes them. <b>Lazy.</b> Same
     * partitions. What the mapper cannot write fails the run, which names the record.
     *
     * <pre>{@code
     * TextFiles.writeOptions().overwrite().write(JsonLines.documents(events, mapper), "out/events.json");
     * }</pre>
     *
     * @param bag of what the mapper can write
     * @param mapper which is copied: later changes of it have no effect. Indentation, if it asks for that, is left out
     * @throws IllegalArgumentException if the mapper writes another format than JSON
     */
    public static Bag<Utf8> documents(Bag<?> bag, ObjectMapper mapper) {
        Objects.requireNonNull(bag, "bag");
        return bag.map(JsonDocuments.of(JsonBinding.checked(Objects.requireNonNull(mapper, "mapper"))));
    }
}
