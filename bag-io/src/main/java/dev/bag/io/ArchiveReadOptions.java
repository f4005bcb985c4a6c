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
 * How archives are read. Immutable: each method returns other options and leaves these as they are. Options that cannot
 * be are refused at once, with an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * Bag<ArchiveEntry> images = Archives.options().maxEntrySize("1GB").read("images/*.zip");
 * }</pre>
 *
 * <p>Sizes are written as in {@link TextReadOptions}.
 */
public final class ArchiveReadOptions {

    /** The longest array that can be made everywhere. */
    private static final int LARGEST_ENTRY = Integer.MAX_VALUE - 1024;

    static final ArchiveReadOptions DEFAULT = new ArchiveReadOptions(InstalledCodecs.FILES, defaultMostBytes());

    private final LineFiles files;
    private final int mostBytes;

    private ArchiveReadOptions(LineFiles files, int mostBytes) {
        this.files = files;
        this.mostBytes = mostBytes;
    }

    /** 256 MiB, but never more than an eighth of the heap, so that an entry that is too large is an error, not a crash. */
    private static int defaultMostBytes() {
        return (int) Math.max(1 << 20, Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    private ArchiveReadOptions with(LineFiles other) {
        return new ArchiveReadOptions(other, mostBytes);
    }

    /**
     * Sets the largest entry, decompressed; a larger one is an error, and never held in memory. 256 MiB by default, or an
     * eighth of the heap if that is less.
     *
     * @param size such as {@code "1GiB"}; below 2 GiB
     */
    public ArchiveReadOptions maxEntrySize(String size) {
        return maxEntrySize(ByteSize.parse("maxEntrySize", size));
    }

    /**
     * Sets the largest entry, as {@link #maxEntrySize(String)} does.
     *
     * @param byteCount in bytes; below 2 GiB
     */
    public ArchiveReadOptions maxEntrySize(long byteCount) {
        if (byteCount < 1 || byteCount > LARGEST_ENTRY) {
            throw new IllegalArgumentException(
                    "maxEntrySize(" + byteCount + "): must be from 1 to " + LARGEST_ENTRY + " bytes");
        }
        return new ArchiveReadOptions(files, (int) byteCount);
    }

    /**
     * Sets the most bytes of a partition, of archives as they are stored. A larger one of a format that cannot be cut is
     * a partition of its own. By default
     * it is a 32nd part of all archives, but at least 1 MiB and at most 64 MiB. Not together with {@link #filesPerPartition}.
     *
     * @param size such as {@code "32MB"}
     */
    public ArchiveReadOptions blockSize(String size) {
        return blockSize(ByteSize.parse("blockSize", size));
    }

    /**
     * Sets the most bytes of a partition, as {@link #blockSize(String)} does.
     *
     * @param byteCount at least 1
     */
    public ArchiveReadOptions blockSize(long byteCount) {
        return with(files.withBlockSize(byteCount));
    }

    /**
     * Makes partitions of a number of archives each, whatever their sizes. Not together with {@link #blockSize}.
     *
     * @param count at least 1
     */
    public ArchiveReadOptions filesPerPartition(int count) {
        return with(files.withFilesPerPartition(count));
    }

    /** Sorts the files for one name with numbers by value, {@code part-9} before {@code part-10}. */
    public ArchiveReadOptions sortNaturally() {
        return with(files.inNaturalOrder());
    }

    /**
     * Reads nothing, instead of an error, if there is no file for a name; and of a file of 0 bytes.
     */
    public ArchiveReadOptions allowEmpty() {
        return with(files.withLimits(Limits::withEmptyFiles));
    }

    /** Passes over bytes after the compressed data of a tar file, as {@link TextReadOptions#ignoreTrailingBytes()} does. */
    public ArchiveReadOptions ignoreTrailingBytes() {
        return with(files.withLimits(Limits::withTrailingBytes));
    }

    /**
     * Sets what becomes of a file that cannot be read, or not to its end, as {@link TextReadOptions#onFileError} does.
     *
     * @param policy for each file
     */
    public ArchiveReadOptions onFileError(FileErrorPolicy policy) {
        return with(policy.of(files));
    }

    /**
     * Sets how many bytes may come out for each byte of a compressed tar file, as {@link TextReadOptions#maxRatio} does.
     *
     * @param ratio decompressed bytes for a compressed byte
     */
    public ArchiveReadOptions maxRatio(long ratio) {
        return with(files.withLimits(limits -> limits.withRatio(ratio)));
    }

    /**
     * Sets the most memory that a decoder may take because a file asks for it, as {@link TextReadOptions#codecMemory} does.
     *
     * @param size at least 1 MiB, such as {@code "1GiB"}
     */
    public ArchiveReadOptions codecMemory(String size) {
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
    public ArchiveReadOptions httpHeader(String name, String value) {
        return with(files.withHeader(name, value));
    }

    /**
     * Returns a bag of the files in archives, as {@link Archives#read(String...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link Archives}.
     *
     * @param pathsOrPatterns at least one path, pattern or URI
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<ArchiveEntry> read(String... pathsOrPatterns) {
        return read(files.listing(pathsOrPatterns.length).addAll(pathsOrPatterns));
    }

    /**
     * Returns a bag of the files in archives, as {@link Archives#read(Path...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link Archives}.
     *
     * @param paths at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<ArchiveEntry> read(Path... paths) {
        return read(files.listing(paths.length).addAll(paths));
    }

    /**
     * Returns a bag of the files in archives, as {@link Archives#read(URI...)} does, with these options.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link Archives}.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<ArchiveEntry> read(URI... uris) {
        return read(files.listing(uris.length).addAll(uris));
    }

    private Bag<ArchiveEntry> read(FileListing listing) {
        List<InputFile> archives = listing.archives();
        Partitions partitions = files.partitions(archives, false, false);
        return LineFiles.bag(
                listing, archives, new PartList<>(partitions, new ArchivePart.Maker(files.decompression(), mostBytes)));
    }
}
