package dev.bag.io;

import static java.util.Objects.requireNonNull;

import dev.bag.Bag;
import dev.bag.io.codec.Limits;
import dev.bag.io.csv.CsvBinding;
import dev.bag.io.csv.CsvFormat;
import dev.bag.io.csv.CsvPart;
import dev.bag.io.csv.Dialect;
import dev.bag.io.csv.Row;
import dev.bag.io.file.InputFile;
import dev.bag.io.parts.LineFiles;
import dev.bag.io.parts.PartList;
import dev.bag.io.split.FileListing;
import dev.bag.io.split.Partitions;
import dev.bag.value.ByteSize;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/**
 * How CSV files are read. Immutable: each method returns other options and leaves these as they are. Options that cannot be
 * are refused at once, with an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * Bag<CsvRecord> rows = CsvFiles.options().delimiter(';').noHeader().charset(ISO_8859_1).read("data/*.csv");
 * }</pre>
 *
 * <p>Sizes are written as in {@link TextReadOptions}.
 */
public final class CsvReadOptions {

    static final CsvReadOptions DEFAULT = new CsvReadOptions(InstalledCodecs.FILES, CsvFormat.DEFAULT);

    private final LineFiles files;
    private final CsvFormat format;

    private CsvReadOptions(LineFiles files, CsvFormat format) {
        this.files = files;
        this.format = format;
    }

    private CsvReadOptions with(LineFiles other) {
        return new CsvReadOptions(other, format);
    }

    private CsvReadOptions with(CsvFormat other) {
        return new CsvReadOptions(files, other);
    }

    private CsvReadOptions with(Dialect other) {
        return with(format.with(other));
    }

    /**
     * Sets the character between two values; a comma by default.
     *
     * @param delimiter such as {@code ';'} or {@code '\t'}
     */
    public CsvReadOptions delimiter(char delimiter) {
        return with(format.dialect().withSeparator(delimiter));
    }

    /**
     * Sets the character around values that have delimiters, line ends or such characters in them, which then stand there
     * twice; a double quote by default. It has a meaning at the beginning of a value only.
     *
     * @param quote such as {@code '\''}
     */
    public CsvReadOptions quote(char quote) {
        return with(format.dialect().withQuote(quote));
    }

    /**
     * Leaves out lines that begin with a character. By default no line is a comment.
     *
     * @param comment such as {@code '#'}
     */
    public CsvReadOptions comment(char comment) {
        return with(format.dialect().withComment(comment));
    }

    /** Takes the first record of each file for data like any other. Columns have no names, but numbers from 0. */
    public CsvReadOptions noHeader() {
        return with(format.withoutHeader(null));
    }

    /**
     * Takes the first record of each file for data like any other, and names the columns.
     *
     * @param names of all columns, each another one
     */
    public CsvReadOptions header(String... names) {
        return with(format.withoutHeader(List.of(names)));
    }

    /**
     * Says whether values in quotes may have line ends; true by default. If false, large files that are not compressed are cut
     * into blocks at line ends, and a line end in quotes is an error.
     *
     * @param multiline false if no value has a line end
     */
    public CsvReadOptions multiline(boolean multiline) {
        return with(format.dialect().withMultiline(multiline));
    }

    /**
     * Lets records have more or fewer values than there are columns. A value that is missing is empty; one that is too much is
     * found by its number.
     */
    public CsvReadOptions allowRaggedRecords() {
        return with(format.withRaggedRecords());
    }

    /**
     * Sets the longest record; a longer one is an error, and never held in memory. 16 Mi characters by default, or the 32nd
     * part of the bytes of the heap if that is less. A quote that does not end is found by it, too.
     *
     * @param characters at least 1
     */
    public CsvReadOptions maxRecordLength(long characters) {
        return with(format.withMostCharacters(characters));
    }

    /**
     * Sets the charset of the text. By default it is UTF-8, unless a file begins with the byte order mark of another
     * charset; if this is called, a file with another mark is an error.
     *
     * @param charset the charset of all files
     */
    public CsvReadOptions charset(Charset charset) {
        return with(files.with(files.format().withCharset(charset)));
    }

    /**
     * Sets the treatment of bytes that are not of the charset; {@link Malformed#REPORT} by default.
     *
     * @param malformed not {@link Malformed#SKIP}, because a record of which something is left out is another one
     */
    public CsvReadOptions malformed(Malformed malformed) {
        if (malformed == Malformed.SKIP) {
            throw new IllegalArgumentException(
                    "malformed(SKIP): records of CSV files are not left out for their bytes. Use REPLACE, and filter.");
        }
        return with(files.with(files.format().withMalformed(malformed.treatment)));
    }

    /**
     * Sets how the files are compressed; {@link Compression#AUTO} by default.
     *
     * @param compression of all files
     */
    public CsvReadOptions compression(Compression compression) {
        return with(compression.of(files));
    }

    /**
     * Sets the most bytes of a partition, as {@link TextReadOptions#blockSize(String)} does. A file that cannot be cut is one
     * partition, whatever its size. Not together with {@link #filesPerPartition}.
     *
     * @param size such as {@code "32MB"}
     */
    public CsvReadOptions blockSize(String size) {
        return blockSize(ByteSize.parse("blockSize", size));
    }

    /**
     * Sets the most bytes of a partition, as {@link #blockSize(String)} does.
     *
     * @param byteCount at least 1
     */
    public CsvReadOptions blockSize(long byteCount) {
        return with(files.withBlockSize(byteCount));
    }

    /**
     * Makes partitions of a number of whole files each, whatever their sizes. Not together with {@link #blockSize}.
     *
     * @param count at least 1
     */
    public CsvReadOptions filesPerPartition(int count) {
        return with(files.withFilesPerPartition(count));
    }

    /** Sorts the files for one name with numbers by value, {@code part-9} before {@code part-10}. */
    public CsvReadOptions sortNaturally() {
        return with(files.inNaturalOrder());
    }

    /**
     * Reads nothing, instead of an error, if there is nothing to read: for names without any file, and for files of 0
     * bytes that should be compressed.
     */
    public CsvReadOptions allowEmpty() {
        return with(files.withLimits(Limits::withEmptyFiles));
    }

    /** Passes over bytes after compressed data, as {@link TextReadOptions#ignoreTrailingBytes()} does. */
    public CsvReadOptions ignoreTrailingBytes() {
        return with(files.withLimits(Limits::withTrailingBytes));
    }

    /**
     * Sets what becomes of a file that cannot be read, or not to its end, as {@link TextReadOptions#onFileError} does.
     *
     * @param policy for each file
     */
    public CsvReadOptions onFileError(FileErrorPolicy policy) {
        return with(policy.of(files));
    }

    /**
     * Sets how many bytes may come out for each byte of a compressed file, as {@link TextReadOptions#maxRatio} does.
     *
     * @param ratio decompressed bytes for a compressed byte
     */
    public CsvReadOptions maxRatio(long ratio) {
        return with(files.withLimits(limits -> limits.withRatio(ratio)));
    }

    /**
     * Sets the most memory that a decoder may take because a file asks for it, as {@link TextReadOptions#codecMemory} does.
     *
     * @param size at least 1 MiB, such as {@code "1GiB"}
     */
    public CsvReadOptions codecMemory(String size) {
        long byteCount = ByteSize.parse("codecMemory", size);
        return with(files.withLimits(limits -> limits.withMemoryBytes(byteCount)));
    }

    /**
     * Sends a header to the web servers that files are read from, as {@link TextReadOptions#httpHeader} does.
     *
     * @param name of the header, such as {@code "Authorization"}
     * @param value never shown in a message
     */
    public CsvReadOptions httpHeader(String name, String value) {
        return with(files.withHeader(name, value));
    }

    /**
     * Returns a bag of the records of CSV files, as {@link CsvFiles#read(String...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link CsvFiles}.
     *
     * @param pathsOrPatterns at least one path, pattern or URI
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<CsvRecord> read(String... pathsOrPatterns) {
        return bag(files.listing(pathsOrPatterns.length).addAll(pathsOrPatterns), records());
    }

    /**
     * Returns a bag of the records of CSV files, as {@link CsvFiles#read(Path...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link CsvFiles}.
     *
     * @param paths at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<CsvRecord> read(Path... paths) {
        return bag(files.listing(paths.length).addAll(paths), records());
    }

    /**
     * Returns a bag of the records of CSV files, as {@link CsvFiles#read(URI...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link CsvFiles}.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<CsvRecord> read(URI... uris) {
        return bag(files.listing(uris.length).addAll(uris), records());
    }

    /**
     * Returns a bag of objects of a record class, as {@link CsvFiles#read(Class, String...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link CsvFiles}.
     *
     * @param type a record class
     * @param pathsOrPatterns at least one path, pattern or URI
     * @throws IllegalArgumentException if there is no file for a name, or a component cannot be made of text
     */
    public <R> Bag<R> read(Class<R> type, String... pathsOrPatterns) {
        return bag(files.listing(pathsOrPatterns.length).addAll(pathsOrPatterns), binding(type));
    }

    /**
     * Returns a bag of objects of a record class, as {@link CsvFiles#read(Class, Path...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link CsvFiles}.
     *
     * @param type a record class
     * @param paths at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name, or a component cannot be made of text
     */
    public <R> Bag<R> read(Class<R> type, Path... paths) {
        return bag(files.listing(paths.length).addAll(paths), binding(type));
    }

    /**
     * Returns a bag of objects of a record class, as {@link CsvFiles#read(Class, URI...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link CsvFiles}.
     *
     * @param type a record class
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name, or a component cannot be made of text
     */
    public <R> Bag<R> read(Class<R> type, URI... uris) {
        return bag(files.listing(uris.length).addAll(uris), binding(type));
    }

    private static Row.Makers<CsvRecord> records() {
        return (header, file, line) -> row -> new CsvRecord(header, row);
    }

    private <R> CsvBinding<R> binding(Class<R> type) {
        if (!format.hasHeader() && format.names() == null) {
            throw new IllegalArgumentException(
                    "noHeader() and a record class contradict each other: name the columns with header(...)");
        }
        return new CsvBinding<>(requireNonNull(type, "type"));
    }

    private <T> Bag<T> bag(FileListing listing, Row.Makers<T> makers) {
        boolean splittable =
                !format.dialect().multiline() && files.format().whyNotSplit().isEmpty();
        List<InputFile> found = listing.files();
        Partitions partitions = files.partitions(found, splittable, false);
        return LineFiles.bag(
                listing,
                found,
                new PartList<>(partitions, new CsvPart.Maker<>(files.format(), format, files.decompression(), makers)));
    }
}
