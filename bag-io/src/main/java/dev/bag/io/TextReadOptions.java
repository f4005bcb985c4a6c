package dev.bag.io;

import dev.bag.Bag;
import dev.bag.io.codec.Limits;
import dev.bag.io.format.TextRecords;
import dev.bag.io.format.Utf8Records;
import dev.bag.io.parts.LineFiles;
import dev.bag.io.parts.TextFormat;
import dev.bag.value.ByteSize;
import dev.bag.value.Utf8;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;

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

    static final TextReadOptions DEFAULT = new TextReadOptions(InstalledCodecs.FILES);

    private final LineFiles files;

    private TextReadOptions(LineFiles files) {
        this.files = files;
    }

    private TextReadOptions with(TextFormat format) {
        return new TextReadOptions(files.with(format));
    }

    /**
     * Sets the charset of the text. By default it is UTF-8, unless a file begins with the byte order mark of another
     * charset; if this is called, a file with another mark is an error, unless {@link #otherMarksAreText} is called, too.
     *
     * @param charset the charset of all files
     */
    public TextReadOptions charset(Charset charset) {
        return with(files.format().withCharset(charset));
    }

    /**
     * Takes the byte order mark of another charset than {@link #charset} for text: a file of Latin-1 may begin with the
     * characters of the mark of UTF-8, {@code ï»¿}. By default it is an error. Changes nothing where no charset is given.
     */
    public TextReadOptions otherMarksAreText() {
        return with(files.format().withOtherMarksAsText());
    }

    /**
     * Sets the treatment of lines with bytes that are not of the charset; {@link Malformed#REPORT} by default.
     *
     * @param malformed what to do with them
     */
    public TextReadOptions malformed(Malformed malformed) {
        return with(files.format().withMalformed(malformed.treatment));
    }

    /**
     * Sets the text that ends a record, instead of a line end. It does not belong to the record; line feeds and
     * carriage returns do. The last record may lack it.
     *
     * @param delimiter at least one character; all of them must be in the charset
     */
    public TextReadOptions delimiter(String delimiter) {
        return with(files.format().withDelimiter(delimiter));
    }

    /**
     * Sets the characters that end a line; {@link LineEnding#LF} by default. Not together with {@link #delimiter}.
     *
     * @param lineEnding the characters that end a line
     */
    public TextReadOptions lineEnding(LineEnding lineEnding) {
        return with(files.format().withUniversal(lineEnding == LineEnding.UNIVERSAL));
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
        return with(files.format().withMaxLineBytes(byteCount));
    }

    /**
     * Sets how the files are compressed; {@link Compression#AUTO} by default.
     *
     * @param compression of all files
     */
    public TextReadOptions compression(Compression compression) {
        return new TextReadOptions(compression.of(files));
    }

    /**
     * Sets the most bytes of a partition, of files as they are stored. A file that cannot be cut is one partition,
     * whatever its size; {@link TextFiles} says which compressed files can be. By default it is a 32nd part of all files,
     * but at least 1 MiB and at most 64 MiB; for that, and for grouping, a byte of a compressed file counts as
     * eight, but no compressed file is cut into parts of less than 1 MiB. Not together with {@link #filesPerPartition}.
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
        return new TextReadOptions(files.withBlockSize(byteCount));
    }

    /**
     * Sets the number of whole files in each partition; the last one may have fewer. No file is cut. Not together with
     * {@link #blockSize}.
     *
     * @param count at least 1
     */
    public TextReadOptions filesPerPartition(int count) {
        return new TextReadOptions(files.withFilesPerPartition(count));
    }

    /** Sorts the files for one name with numbers by value, {@code part-9} before {@code part-10}. */
    public TextReadOptions sortNaturally() {
        return new TextReadOptions(files.inNaturalOrder());
    }

    /**
     * Reads nothing, instead of an error, if there is nothing to read: for names without any file, and for files of 0
     * bytes that should be compressed.
     */
    public TextReadOptions allowEmpty() {
        return new TextReadOptions(files.withLimits(Limits::withEmptyFiles));
    }

    /**
     * Passes over bytes after the last member, stream or frame of a file of gzip, bzip2, xz, zstd, lz4, lzma or zlib that are not of
     * its format, instead of an error. How many they were is in the {@link dev.bag.Report} of the run. Where a format has
     * a signature, so for all but lzma and zlib, a member, stream or block that follows them is an error all the same.
     */
    public TextReadOptions ignoreTrailingBytes() {
        return new TextReadOptions(files.withLimits(Limits::withTrailingBytes));
    }

    /**
     * Sets what becomes of a file that cannot be read, or not to its end; {@link FileErrorPolicy#FAIL} by default. A name
     * for which there is no file when the bag is built is an error all the same.
     *
     * @param policy for each file
     */
    public TextReadOptions onFileError(FileErrorPolicy policy) {
        return new TextReadOptions(policy.of(files));
    }

    /**
     * Sets how many bytes may come out for each byte of a compressed file, once more than 64 MiB have; more is an
     * error. 1000 by default.
     *
     * @param ratio decompressed bytes for a compressed byte
     */
    public TextReadOptions maxRatio(long ratio) {
        return new TextReadOptions(files.withLimits(limits -> limits.withRatio(ratio)));
    }

    /**
     * Sets the most memory that a decoder of xz or lzma may take because a file asks for it, the largest block of a
     * Snappy file, and twice the largest window of a Zstandard frame; more is an error. 256 MiB by default, but for all
     * but Zstandard at most a quarter of the heap, or 16 MiB if that is more.
     *
     * @param size at least 1 MiB, such as {@code "1GiB"}
     */
    public TextReadOptions codecMemory(String size) {
        long byteCount = ByteSize.parse("codecMemory", size);
        return new TextReadOptions(files.withLimits(limits -> limits.withMemoryBytes(byteCount)));
    }

    /**
     * Sends a header to the web servers that files are read from, such as one that says who reads. It goes to the host that a
     * URI names, and not to others that this one refers to.
     *
     * @param name of the header, such as {@code "Authorization"}
     * @param value never shown in a message
     */
    public TextReadOptions httpHeader(String name, String value) {
        return new TextReadOptions(files.withHeader(name, value));
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
        return files.read(TextRecords::new, pathsOrPatterns);
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
        return files.read(TextRecords::new, paths);
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
        return files.read(TextRecords::new, uris);
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
        return files.read(Utf8Records::new, pathsOrPatterns);
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
        return files.read(Utf8Records::new, paths);
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
        return files.read(Utf8Records::new, uris);
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
        return files.readNumbered(Sourced::new, pathsOrPatterns);
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
        return files.readNumbered(Sourced::new, paths);
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
        return files.readNumbered(Sourced::new, uris);
    }
}
