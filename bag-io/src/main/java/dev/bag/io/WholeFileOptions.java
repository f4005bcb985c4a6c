package dev.bag.io;

import dev.bag.Bag;
import dev.bag.io.codec.Limits;
import dev.bag.io.file.InputFile;
import dev.bag.io.parts.LineFiles;
import dev.bag.io.parts.PartList;
import dev.bag.io.split.FileListing;
import dev.bag.io.split.Partitions;
import dev.bag.value.ByteSize;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * How whole files are read. Immutable: each method returns other options and leaves these as they are. Options that cannot
 * be are refused at once, with an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * Bag<FileContent> images = WholeFiles.options().maxFileSize("1GB").read("images");
 * }</pre>
 *
 * <p>Sizes are written as in {@link TextReadOptions}.
 */
public final class WholeFileOptions {

    /** The longest array that can be made everywhere. */
    private static final int LARGEST_FILE = Integer.MAX_VALUE - 1024;

    static final WholeFileOptions DEFAULT = new WholeFileOptions(InstalledCodecs.FILES, defaultMostBytes());

    private final LineFiles files;
    private final int mostBytes;

    private WholeFileOptions(LineFiles files, int mostBytes) {
        this.files = files;
        this.mostBytes = mostBytes;
    }

    /** 256 MiB, but never more than an eighth of the heap, so that a file that is too large is an error, not a crash. */
    private static int defaultMostBytes() {
        return (int) Math.max(1 << 20, Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    private WholeFileOptions with(LineFiles other) {
        return new WholeFileOptions(other, mostBytes);
    }

    /**
     * Sets the largest file, decompressed; a larger one is an error, and never held in memory. 256 MiB by default, or an
     * eighth of the heap if that is less.
     *
     * @param size such as {@code "1GiB"}; below 2 GiB
     */
    public WholeFileOptions maxFileSize(String size) {
        return maxFileSize(ByteSize.parse("maxFileSize", size));
    }

    /**
     * Sets the largest file, as {@link #maxFileSize(String)} does.
     *
     * @param byteCount in bytes; below 2 GiB
     */
    public WholeFileOptions maxFileSize(long byteCount) {
        if (byteCount < 1 || byteCount > LARGEST_FILE) {
            throw new IllegalArgumentException(
                    "maxFileSize(" + byteCount + "): must be from 1 to " + LARGEST_FILE + " bytes");
        }
        return new WholeFileOptions(files, (int) byteCount);
    }

    /**
     * Sets how the files are compressed; {@link Compression#AUTO} by default.
     *
     * @param compression of all files
     */
    public WholeFileOptions compression(Compression compression) {
        return with(compression.of(files));
    }

    /**
     * Sets the most bytes of a partition, of files as they are stored. A larger file is a partition of its own. By default
     * it is a 32nd part of all files, but at least 1 MiB and at most 64 MiB; for that, and for grouping, a byte of a
     * compressed file counts as eight. Not together with {@link #filesPerPartition}.
     *
     * @param size such as {@code "32MB"}
     */
    public WholeFileOptions blockSize(String size) {
        return blockSize(ByteSize.parse("blockSize", size));
    }

    /**
     * Sets the most bytes of a partition, as {@link #blockSize(String)} does.
     *
     * @param byteCount at least 1
     */
    public WholeFileOptions blockSize(long byteCount) {
        return with(files.withBlockSize(byteCount));
    }

    /**
     * Makes partitions of a number of files each, whatever their sizes. Not together with {@link #blockSize}.
     *
     * @param count at least 1
     */
    public WholeFileOptions filesPerPartition(int count) {
        return with(files.withFilesPerPartition(count));
    }

    /** Sorts the files for one name with numbers by value, {@code part-9} before {@code part-10}. */
    public WholeFileOptions sortNaturally() {
        return with(files.inNaturalOrder());
    }

    /**
     * Reads nothing, instead of an error, if there is no file for a name; and a file of 0 bytes that should be compressed as
     * one without content.
     */
    public WholeFileOptions allowEmpty() {
        return with(files.withLimits(Limits::withEmptyFiles));
    }

    /** Passes over bytes after compressed data, as {@link TextReadOptions#ignoreTrailingBytes()} does. */
    public WholeFileOptions ignoreTrailingBytes() {
        return with(files.withLimits(Limits::withTrailingBytes));
    }

    /**
     * Sets what becomes of a file that cannot be read, or not to its end, as {@link TextReadOptions#onFileError} does.
     *
     * @param policy for each file
     */
    public WholeFileOptions onFileError(FileErrorPolicy policy) {
        return with(policy.of(files));
    }

    /**
     * Sets how many bytes may come out for each byte of a compressed file, as {@link TextReadOptions#maxRatio} does.
     *
     * @param ratio decompressed bytes for a compressed byte
     */
    public WholeFileOptions maxRatio(long ratio) {
        return with(files.withLimits(limits -> limits.withRatio(ratio)));
    }

    /**
     * Sets the most memory that a decoder may take because a file asks for it, as {@link TextReadOptions#codecMemory} does.
     *
     * @param size at least 1 MiB, such as {@code "1GiB"}
     */
    public WholeFileOptions codecMemory(String size) {
        long byteCount = ByteSize.parse("codecMemory", size);
        return with(files.withLimits(limits -> limits.withMemoryBytes(byteCount)));
    }

    /**
     * Sends a header to the web servers that files are read from, such as one that says who reads. It goes to the host that a
     * URI names, and not to others that this one refers to.
     *
     * @param name of the header, such as {@code "Authorization"}
     * @param value never shown in a message
     */
    public WholeFileOptions httpHeader(String name, String value) {
        return with(files.withHeader(name, value));
    }

    /**
     * Returns a bag of files, as {@link WholeFiles#read(String...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link WholeFiles}.
     *
     * @param pathsOrPatterns at least one path, pattern or URI
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<FileContent> read(String... pathsOrPatterns) {
        return read(files.listing(pathsOrPatterns.length).addAll(pathsOrPatterns));
    }

    /**
     * Returns a bag of files, as {@link WholeFiles#read(Path...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link WholeFiles}.
     *
     * @param paths at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<FileContent> read(Path... paths) {
        return read(files.listing(paths.length).addAll(paths));
    }

    /**
     * Returns a bag of files, as {@link WholeFiles#read(URI...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link WholeFiles}.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<FileContent> read(URI... uris) {
        return read(files.listing(uris.length).addAll(uris));
    }

    private Bag<FileContent> read(FileListing listing) {
        List<InputFile> whole = listing.wholeFiles();
        Partitions partitions = files.partitions(whole, false, false);
        return LineFiles.bag(
                listing, whole, new PartList<>(partitions, new WholePart.Maker(files.decompression(), mostBytes)));
    }
}
