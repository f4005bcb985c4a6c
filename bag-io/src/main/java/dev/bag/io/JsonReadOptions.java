package dev.bag.io;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bag.Bag;
import dev.bag.io.codec.Limits;
import dev.bag.io.json.JsonBinding;
import dev.bag.io.json.JsonRecords;
import dev.bag.io.parts.LineFiles;
import dev.bag.io.parts.TextPart.RecordMakers;
import dev.bag.value.ByteSize;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How files of JSON lines are read. Immutable: each method returns other options and leaves these as they are. Options that
 * cannot be are refused at once, with an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * Bag<Event> events = JsonLines.options().mapper(myMapper).blockSize("16MB").read(Event.class, "events");
 * }</pre>
 *
 * <p>Sizes are written as in {@link TextReadOptions}.
 */
public final class JsonReadOptions {

    static final JsonReadOptions DEFAULT = new JsonReadOptions(InstalledCodecs.FILES, null);

    private final LineFiles files;

    /** Null for that of Jackson, which is loaded when objects are to be made. */
    private final @Nullable ObjectMapper mapper;

    private JsonReadOptions(LineFiles files, @Nullable ObjectMapper mapper) {
        this.files = files;
        this.mapper = mapper;
    }

    private JsonReadOptions with(LineFiles other) {
        return new JsonReadOptions(other, mapper);
    }

    /**
     * Sets the mapper that makes trees and objects. By default it is one of Jackson's own settings. The settings that the
     * mapper has when {@code read} is called count; but something behind the document on a line is an error in any
     * case, also if the mapper does not say so. Not for {@link #select}.
     *
     * @param mapper a mapper of JSON
     */
    public JsonReadOptions mapper(ObjectMapper mapper) {
        return new JsonReadOptions(files, JsonBinding.checked(requireNonNull(mapper, "mapper")));
    }

    /**
     * Sets the charset of the text. By default it is UTF-8, unless a file begins with the byte order mark of another
     * charset; if this is called, a file with another mark is an error. Lines in other charsets are encoded anew.
     *
     * @param charset the charset of all files
     */
    public JsonReadOptions charset(Charset charset) {
        return with(files.with(files.format().withCharset(charset)));
    }

    /**
     * Sets the treatment of lines with bytes that are not of the charset; {@link Malformed#REPORT} by default.
     *
     * @param malformed what to do with them
     */
    public JsonReadOptions malformed(Malformed malformed) {
        return with(files.with(files.format().withMalformed(malformed.treatment)));
    }

    /**
     * Sets the longest line; a longer one is an error, and never held in memory. 64 MiB by default, or an eighth of the
     * heap if that is less.
     *
     * @param size in bytes of the file, without the line end, such as {@code "1MiB"}; below 2 GiB
     */
    public JsonReadOptions maxLineLength(String size) {
        return maxLineLength(ByteSize.parse("maxLineLength", size));
    }

    /**
     * Sets the longest line, as {@link #maxLineLength(String)} does.
     *
     * @param byteCount in bytes of the file, without the line end; below 2 GiB
     */
    public JsonReadOptions maxLineLength(long byteCount) {
        return with(files.with(files.format().withMaxLineBytes(byteCount)));
    }

    /**
     * Sets how the files are compressed; {@link Compression#AUTO} by default.
     *
     * @param compression of all files
     */
    public JsonReadOptions compression(Compression compression) {
        return with(compression.of(files));
    }

    /**
     * Sets the most bytes of a partition, of files as they are stored. A file that cannot be cut is one partition,
     * whatever its size; {@link TextFiles} says which compressed files can be. By default it is a 32nd part of all files,
     * but at least 1 MiB and at most 64 MiB; for that, and for grouping, a byte of a compressed file counts as
     * eight. Not together with {@link #filesPerPartition}.
     *
     * @param size such as {@code "32MB"}
     */
    public JsonReadOptions blockSize(String size) {
        return blockSize(ByteSize.parse("blockSize", size));
    }

    /**
     * Sets the most bytes of a partition, as {@link #blockSize(String)} does.
     *
     * @param byteCount at least 1
     */
    public JsonReadOptions blockSize(long byteCount) {
        return with(files.withBlockSize(byteCount));
    }

    /**
     * Sets the number of whole files in each partition; the last one may have fewer. Not together with
     * {@link #blockSize}.
     *
     * @param count at least 1
     */
    public JsonReadOptions filesPerPartition(int count) {
        return with(files.withFilesPerPartition(count));
    }

    /** Sorts the files for one name with numbers by value, {@code part-9} before {@code part-10}. */
    public JsonReadOptions sortNaturally() {
        return with(files.inNaturalOrder());
    }

    /**
     * Reads nothing, instead of an error, if there is nothing to read: for names without any file, and for files of 0
     * bytes that should be compressed.
     */
    public JsonReadOptions allowEmpty() {
        return with(files.withLimits(Limits::withEmptyFiles));
    }

    /**
     * Passes over bytes that are not gzip after the last member of a gzip file, and those that are not bzip2 after the
     * last stream of a bzip2 file, instead of an error. How many they were is in the {@link dev.bag.Report} of the run. A
     * member or a block that follows them is an error all the same.
     */
    public JsonReadOptions ignoreTrailingBytes() {
        return with(files.withLimits(Limits::withTrailingBytes));
    }

    /**
     * Sets what becomes of a file that cannot be read, or not to its end, as {@link TextReadOptions#onFileError} does.
     *
     * @param policy for each file
     */
    public JsonReadOptions onFileError(FileErrorPolicy policy) {
        return with(policy.of(files));
    }

    /**
     * Sets how many bytes may come out for each byte of a compressed file, once more than 64 MiB have; more is an
     * error. 1000 by default.
     *
     * @param ratio decompressed bytes for a compressed byte
     */
    public JsonReadOptions maxRatio(long ratio) {
        return with(files.withLimits(limits -> limits.withRatio(ratio)));
    }

    /**
     * Sets the most memory that a decoder of xz may take because a file asks for it, and twice the largest window of a
     * Zstandard frame; more is an error. 256 MiB by default, but for xz at most a quarter of the heap, or 16 MiB if that
     * is more.
     *
     * @param size at least 1 MiB, such as {@code "1GiB"}
     */
    public JsonReadOptions codecMemory(String size) {
        long byteCount = ByteSize.parse("codecMemory", size);
        return with(files.withLimits(limits -> limits.withMemoryBytes(byteCount)));
    }

    /**
     * Sends a header to the web servers that files are read from, as {@link TextReadOptions#httpHeader} does.
     *
     * @param name of the header, such as {@code "Authorization"}
     * @param value never shown in a message
     */
    public JsonReadOptions httpHeader(String name, String value) {
        return with(files.withHeader(name, value));
    }

    /**
     * Returns a bag of the lines of files as trees, with these options. A line may be any JSON but an array of objects; {@code null} is a
     * {@code NullNode}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param pathsOrPatterns at least one path, pattern or URI; see {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<JsonNode> read(String... pathsOrPatterns) {
        return files.read(records(JsonBinding.ofTrees(mapper())), pathsOrPatterns);
    }

    /**
     * Returns a bag of the lines of files as trees, with these options. A line may be any JSON but an array of objects; {@code null} is a
     * {@code NullNode}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<JsonNode> read(Path... paths) {
        return files.read(records(JsonBinding.ofTrees(mapper())), paths);
    }

    /**
     * Returns a bag of the lines of files as trees, with these options. A line may be any JSON but an array of objects; {@code null} is a
     * {@code NullNode}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<JsonNode> read(URI... uris) {
        return files.read(records(JsonBinding.ofTrees(mapper())), uris);
    }

    /**
     * Returns a bag of the lines of files as objects of a class or record, with these options. {@code Map.class} makes maps.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param pathsOrPatterns at least one path, pattern or URI; see {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the class
     */
    public <T> Bag<T> read(Class<T> type, String... pathsOrPatterns) {
        return files.read(records(JsonBinding.of(mapper(), type)), pathsOrPatterns);
    }

    /**
     * Returns a bag of the lines of files as objects of a class or record, with these options. {@code Map.class} makes maps.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the class
     */
    public <T> Bag<T> read(Class<T> type, Path... paths) {
        return files.read(records(JsonBinding.of(mapper(), type)), paths);
    }

    /**
     * Returns a bag of the lines of files as objects of a class or record, with these options. {@code Map.class} makes maps.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the class
     */
    public <T> Bag<T> read(Class<T> type, URI... uris) {
        return files.read(records(JsonBinding.of(mapper(), type)), uris);
    }

    /**
     * Returns a bag of the lines of files as objects of a generic type, with these options, such as {@code new TypeReference<Map<String,
     * Object>>() {}}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param pathsOrPatterns at least one path, pattern or URI; see {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the type
     */
    public <T> Bag<T> read(TypeReference<T> type, String... pathsOrPatterns) {
        return files.read(records(JsonBinding.of(mapper(), type)), pathsOrPatterns);
    }

    /**
     * Returns a bag of the lines of files as objects of a generic type, with these options, such as {@code new TypeReference<Map<String,
     * Object>>() {}}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the type
     */
    public <T> Bag<T> read(TypeReference<T> type, Path... paths) {
        return files.read(records(JsonBinding.of(mapper(), type)), paths);
    }

    /**
     * Returns a bag of the lines of files as objects of a generic type, with these options, such as {@code new TypeReference<Map<String,
     * Object>>() {}}.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param type of the objects
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name, or if Jackson cannot make objects of the type
     */
    public <T> Bag<T> read(TypeReference<T> type, URI... uris) {
        return files.read(records(JsonBinding.of(mapper(), type)), uris);
    }

    private ObjectMapper mapper() {
        return mapper == null ? JsonBinding.defaultMapper() : mapper;
    }

    private static <T> RecordMakers<T> records(JsonBinding<T> binding) {
        return (encoding, malformed) -> new JsonRecords<>(binding, encoding, malformed);
    }

    /**
     * Selects fields, to read their values without making trees or objects, with these options.
     *
     * <p>A path is the names of fields from the outside in, with dots in between: {@code "user.id"} is the field {@code id}
     * of the object that is the value of the field {@code user}. A dot or a backslash that belongs to a name is preceded
     * by a backslash, in Java by two: {@code "a\\.b"}. A number is an element of an array, from 0, as in {@code
     * "items.0.price"}, or the field of an object that has this name. A path may be the beginning of another one. Of a name
     * that an object has twice, the last value counts.
     *
     * @param paths at least one, none of them twice
     * @throws IllegalArgumentException if a path cannot be, or if there is a mapper
     */
    public JsonSelection select(String... paths) {
        if (mapper != null) {
            throw new IllegalArgumentException("mapper(...) and select(...) contradict each other: fields are selected"
                    + " without a mapper; leave one out");
        }
        return new JsonSelection(files, List.of(paths));
    }
}
