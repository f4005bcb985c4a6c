package dev.bag.io;

import dev.bag.Bag;
import dev.bag.io.NumberedPart.NumberedParts;
import dev.bag.io.TextPart.RecordMakers;
import dev.bag.io.TextPart.TextParts;
import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.InputFile;
import dev.bag.io.codec.Limits;
import dev.bag.io.split.FileListing;
import dev.bag.io.split.Partitioning;
import dev.bag.io.split.Partitions;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.value.ByteSize;
import dev.bag.value.Utf8;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/**
 * How text files are read. Immutable: each method returns other options and leaves these as they are. Options that cannot
 * be are refused at once, with an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * Bag<String> lines = TextFiles.options().charset(ISO_8859_1).blockSize("16MB").read("data");
 * }</pre>
 *
 * <p>Sizes are written as {@code "100"}, {@code "5kB"}, {@code "32 MiB"} or {@code "5.4MB"}: kB, MB, GB and TB are powers
 * of 1000; kiB, MiB, GiB and TiB powers of 1024.
 */
public final class TextReadOptions {

    static final TextReadOptions DEFAULT =
            new TextReadOptions(TextFormat.DEFAULT, Decompression.DEFAULT, Partitioning.DEFAULT, false);

    private final TextFormat format;
    private final Decompression decompression;
    private final Partitioning partitioning;
    private final boolean naturalOrder;

    private TextReadOptions(
            TextFormat format, Decompression decompression, Partitioning partitioning, boolean naturalOrder) {
        this.format = format;
        this.decompression = decompression;
        this.partitioning = partitioning;
        this.naturalOrder = naturalOrder;
    }

    private TextReadOptions with(TextFormat other) {
        return new TextReadOptions(other, decompression, partitioning, naturalOrder);
    }

    private TextReadOptions with(Limits limits) {
        return new TextReadOptions(format, decompression.withLimits(limits), partitioning, naturalOrder);
    }

    private TextReadOptions with(Partitioning other) {
        return new TextReadOptions(format, decompression, other, naturalOrder);
    }

    /**
     * Sets the charset of the text. By default it is UTF-8, unless a file begins with the byte order mark of another
     * charset; if this is called, a file with another mark is an error.
     *
     * @param charset the charset of all files
     */
    public TextReadOptions charset(Charset charset) {
        return with(format.withCharset(charset));
    }

    /**
     * Sets the treatment of lines with bytes that are not of the charset; {@link Malformed#REPORT} by default.
     *
     * @param malformed what to do with them
     */
    public TextReadOptions malformed(Malformed malformed) {
        return with(format.withMalformed(malformed));
    }

    /**
     * Sets the text that ends a record, instead of a line end. It does not belong to the record; line feeds and
     * carriage returns do. The last record may lack it.
     *
     * @param delimiter at least one character; all of them must be in the charset
     */
    public TextReadOptions delimiter(String delimiter) {
        return with(format.withDelimiter(delimiter));
    }

    /**
     * Sets the characters that end a line; {@link LineEnding#LF} by default. Not together with {@link #delimiter}.
     *
     * @param lineEnding the characters that end a line
     */
    public TextReadOptions lineEnding(LineEnding lineEnding) {
        return with(format.withLineEnding(lineEnding));
    }

    /**
     * Sets the longest line; a longer one is an error, and never held in memory. 64 MiB by default, or an eighth of the
     * heap if that is less.
     *
     * @param size in bytes of the file, without the line end, such as {@code "1MiB"}; below 2 GiB
     */
    public TextReadOptions maxLineLength(String size) {
        return maxLineLength(ByteSize.parse("maxLineLength", size));
    }

    /**
     * Sets the longest line, as {@link #maxLineLength(String)} does.
     *
     * @param byteCount in bytes of the file, without the line end; below 2 GiB
     */
    public TextReadOptions maxLineLength(long byteCount) {
        return with(format.withMaxLineBytes(byteCount));
    }

    /**
     * Sets how the files are compressed; {@link Compression#AUTO} by default.
     *
     * @param compression of all files
     */
    public TextReadOptions compression(Compression compression) {
        Decompression other =
                new Decompression(compression == Compression.AUTO, compression.codec, decompression.limits());
        return new TextReadOptions(format, other, partitioning, naturalOrder);
    }

    /**
     * Sets the most bytes of a partition, of files as they are stored. A file that cannot be cut is one partition,
     * whatever its size. By default it is a 32nd part of all files, but at least 1 MiB and at most 64 MiB; for that,
     * and for grouping, a byte of a compressed file counts as eight. Not together with {@link #filesPerPartition}.
     *
     * @param size such as {@code "32MB"}
     */
    public TextReadOptions blockSize(String size) {
        return blockSize(ByteSize.parse("blockSize", size));
    }

    /**
     * Sets the most bytes of a partition, as {@link #blockSize(String)} does.
     *
     * @param byteCount at least 1
     */
    public TextReadOptions blockSize(long byteCount) {
        if (byteCount < 1) {
            throw new IllegalArgumentException("blockSize(" + byteCount + "): must be at least 1 byte");
        }
        return with(new Partitioning(byteCount, partitioning.filesPerPartition()));
    }

    /**
     * Sets the number of whole files in each partition; the last one may have fewer. Not together with
     * {@link #blockSize}.
     *
     * @param count at least 1
     */
    public TextReadOptions filesPerPartition(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("filesPerPartition(" + count + "): must be at least 1");
        }
        return with(new Partitioning(partitioning.blockSize(), count));
    }

    /** Sorts the files for one name with numbers by value, {@code part-9} before {@code part-10}. */
    public TextReadOptions sortNaturally() {
        return new TextReadOptions(format, decompression, partitioning, true);
    }

    /**
     * Reads nothing, instead of an error, if there is nothing to read: for names without any file, and for files of 0
     * bytes that should be compressed.
     */
    public TextReadOptions allowEmpty() {
        return with(decompression.limits().withEmptyFiles());
    }

    /**
     * Passes over bytes that are not gzip after the last member of a gzip file, instead of an error. How many they were
     * is in the {@link dev.bag.Report} of the run. A member that follows them is an error
     * all the same.
     */
    public TextReadOptions ignoreTrailingBytes() {
        return with(decompression.limits().withTrailingBytes());
    }

    /**
     * Sets how many bytes may come out for each byte of a compressed file, once more than 64 MiB have; more is an
     * error. 1000 by default.
     *
     * @param ratio decompressed bytes for a compressed byte
     */
    public TextReadOptions maxRatio(long ratio) {
        return with(decompression.limits().withRatio(ratio));
    }

    /**
     * Sets the most memory that a decoder of xz may take because a file asks for it, and twice the largest window of a
     * Zstandard frame; more is an error. 256 MiB by default, but for xz at most a quarter of the heap, or 16 MiB if that
     * is more.
     *
     * @param size at least 1 MiB, such as {@code "1GiB"}
     */
    public TextReadOptions codecMemory(String size) {
        return with(decompression.limits().withMemoryBytes(ByteSize.parse("codecMemory", size)));
    }

    /**
     * Returns a bag of the lines of files, as {@link TextFiles#read(String...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param pathsOrPatterns at least one path, pattern or URI
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<String> read(String... pathsOrPatterns) {
        return lines(listing(pathsOrPatterns.length).addAll(pathsOrPatterns), TextRecords::new);
    }

    /**
     * Returns a bag of the lines of files, as {@link TextFiles#read(Path...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param paths at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<String> read(Path... paths) {
        return lines(listing(paths.length).addAll(paths), TextRecords::new);
    }

    /**
     * Returns a bag of the lines of files, as {@link TextFiles#read(URI...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<String> read(URI... uris) {
        return lines(listing(uris.length).addAll(uris), TextRecords::new);
    }

    /**
     * Returns a bag of the lines of files as UTF-8 bytes, as {@link TextFiles#readUtf8(String...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param pathsOrPatterns at least one path, pattern or URI
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<Utf8> readUtf8(String... pathsOrPatterns) {
        return lines(listing(pathsOrPatterns.length).addAll(pathsOrPatterns), Utf8Records::new);
    }

    /**
     * Returns a bag of the lines of files as UTF-8 bytes, as {@link TextFiles#readUtf8(Path...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param paths at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<Utf8> readUtf8(Path... paths) {
        return lines(listing(paths.length).addAll(paths), Utf8Records::new);
    }

    /**
     * Returns a bag of the lines of files as UTF-8 bytes, as {@link TextFiles#readUtf8(URI...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<Utf8> readUtf8(URI... uris) {
        return lines(listing(uris.length).addAll(uris), Utf8Records::new);
    }

    /**
     * Returns a bag of the lines of files, each with its file and number. No file is cut, because its lines are counted
     * from its beginning; all threads work on lines that have been counted.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param pathsOrPatterns at least one path, pattern or URI
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<Sourced<String>> readWithSource(String... pathsOrPatterns) {
        return numberedLines(listing(pathsOrPatterns.length).addAll(pathsOrPatterns));
    }

    /**
     * Returns a bag of the lines of files, each with its file and number. No file is cut, because its lines are counted
     * from its beginning; all threads work on lines that have been counted.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param paths at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<Sourced<String>> readWithSource(Path... paths) {
        return numberedLines(listing(paths.length).addAll(paths));
    }

    /**
     * Returns a bag of the lines of files, each with its file and number. No file is cut, because its lines are counted
     * from its beginning; all threads work on lines that have been counted.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<Sourced<String>> readWithSource(URI... uris) {
        return numberedLines(listing(uris.length).addAll(uris));
    }

    private FileListing listing(int nameCount) {
        boolean allowEmpty = decompression.limits().emptyFiles();
        if (nameCount == 0 && !allowEmpty) {
            throw new IllegalArgumentException("read(): at least one path is needed, or allowEmpty()");
        }
        return new FileListing(naturalOrder, allowEmpty);
    }

    private <T> Bag<T> lines(FileListing listing, RecordMakers<T> makers) {
        boolean splittable = format.whyNotSplit().isEmpty();
        return Bag.from(new TextSource<>(listing.name(), parts(listing, splittable, makers)));
    }

    private Bag<Sourced<String>> numberedLines(FileListing listing) {
        TextParts<String> wholeFiles = parts(listing, false, TextRecords::new);
        return Bag.from(new TextSource<>(listing.name(), new NumberedParts(wholeFiles)));
    }

    private <T> TextParts<T> parts(FileListing listing, boolean splittable, RecordMakers<T> makers) {
        Partitions partitions = partitioning.partitions(listing.files(), new Kinds(decompression, splittable));
        return new TextParts<>(partitions, format, decompression, makers);
    }

    /** What is known of files by their names. */
    private record Kinds(Decompression decompression, boolean plainFilesCanBeCut) implements Partitioning.Kinds {

        @Override
        public boolean splittable(InputFile file) {
            return plainFilesCanBeCut && !compressed(file);
        }

        @Override
        public boolean compressed(InputFile file) {
            return decompression.expectedFor(file);
        }
    }

    /** Files, by the names that the user gave. */
    @SuppressWarnings("serial") // the lists of parts are serializable
    private record TextSource<T>(String name, List<? extends Part<T>> parts) implements Source<T> {

        @Override
        public String toString() {
            return name;
        }
    }
}
