package dev.bag.io;

import dev.bag.Bag;
import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.InputFile;
import dev.bag.io.codec.Limits;
import dev.bag.io.split.FileListing;
import dev.bag.io.split.Partitioning;
import dev.bag.io.split.Partitions;
import dev.bag.value.ByteSize;
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
     * The charset of the text; UTF-8 if this is not called. Files that begin with the byte order mark of another charset
     * are errors then, while without this call the mark decides.
     */
    public TextReadOptions charset(Charset charset) {
        return with(format.withCharset(charset));
    }

    /** What becomes of lines with bytes that are not of the charset; {@link Malformed#REPORT} if this is not called. */
    public TextReadOptions malformed(Malformed malformed) {
        return with(format.withMalformed(malformed));
    }

    /**
     * What ends a record, instead of line ends. It does not belong to the text; all else does, line feeds and carriage
     * returns as well. A last record need not end.
     *
     * @param delimiter at least one character, all of which the charset has
     */
    public TextReadOptions delimiter(String delimiter) {
        return with(format.withDelimiter(delimiter));
    }

    /** What ends a line; {@link LineEnding#LF} if this is not called. Not together with {@link #delimiter}. */
    public TextReadOptions lineEnding(LineEnding lineEnding) {
        return with(format.withLineEnding(lineEnding));
    }

    /**
     * The longest line. A longer one is an error; nothing that is larger is ever held in memory. If this is not called
     * it is 64 MiB, or an eighth of the heap if that is less.
     *
     * @param size in bytes of the file, without the line end, such as {@code "1MiB"}; below 2 GiB
     */
    public TextReadOptions maxLineLength(String size) {
        return maxLineLength(ByteSize.parse("maxLineLength", size));
    }

    /** As {@link #maxLineLength(String)}, in bytes. */
    public TextReadOptions maxLineLength(long byteCount) {
        return with(format.withMaxLineBytes(byteCount));
    }

    /** How the files are compressed; {@link Compression#AUTO} if this is not called. */
    public TextReadOptions compression(Compression compression) {
        Decompression other =
                new Decompression(compression == Compression.AUTO, compression.codec, decompression.limits());
        return new TextReadOptions(format, other, partitioning, naturalOrder);
    }

    /**
     * The most bytes of a partition, of files as they are stored; of a file that cannot be cut, all. Not together with
     * {@link #filesPerPartition}. If neither is called, it is a 32nd part of all files, but from 1 MiB to 64 MiB; for
     * that, and for grouping, a byte of a compressed file counts as eight.
     *
     * @param size such as {@code "32MB"}
     */
    public TextReadOptions blockSize(String size) {
        return blockSize(ByteSize.parse("blockSize", size));
    }

    /** As {@link #blockSize(String)}, in bytes. */
    public TextReadOptions blockSize(long byteCount) {
        if (byteCount < 1) {
            throw new IllegalArgumentException("blockSize(" + byteCount + "): must be at least 1 byte");
        }
        return with(new Partitioning(byteCount, partitioning.filesPerPartition()));
    }

    /** So many whole files in each partition, in the last one perhaps fewer. Not together with {@link #blockSize}. */
    public TextReadOptions filesPerPartition(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("filesPerPartition(" + count + "): must be at least 1");
        }
        return with(new Partitioning(partitioning.blockSize(), count));
    }

    /** Sorts the files for one name as people do, {@code part-9} before {@code part-10}. */
    public TextReadOptions sortNaturally() {
        return new TextReadOptions(format, decompression, partitioning, true);
    }

    /**
     * Reads nothing, where otherwise it is an error that there is nothing: names for which there is no file, and files
     * of 0 bytes that should be compressed.
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
     * How many bytes may come out for each byte of a compressed file, once more than 64 MiB have; more is an error. 1000
     * if this is not called.
     */
    public TextReadOptions maxRatio(long ratio) {
        return with(decompression.limits().withRatio(ratio));
    }

    /**
     * The most memory that a decoder of xz may take because a file asks for it, and twice the largest window of a
     * Zstandard frame; more is an error. 256 MiB if this is not called, but for xz at most a quarter of the heap, or 16 MiB
     * if that is more.
     *
     * @param size at least 1 MiB, such as {@code "1GiB"}
     */
    public TextReadOptions codecMemory(String size) {
        return with(decompression.limits().withMemoryBytes(ByteSize.parse("codecMemory", size)));
    }

    /** Returns the lines of files as {@link TextFiles#read(String...)} does, with these options. */
    public Bag<String> read(String... pathsOrPatterns) {
        return lines(listing(pathsOrPatterns.length).addAll(pathsOrPatterns));
    }

    /** Returns the lines of files as {@link TextFiles#read(Path...)} does, with these options. */
    public Bag<String> read(Path... paths) {
        return lines(listing(paths.length).addAll(paths));
    }

    /** Returns the lines of files as {@link TextFiles#read(URI...)} does, with these options. */
    public Bag<String> read(URI... uris) {
        return lines(listing(uris.length).addAll(uris));
    }

    /**
     * Returns the lines of files, each with its file and number. No file is cut, since its lines are counted from
     * the beginning on; all threads work on what has been counted.
     */
    public Bag<Sourced<String>> readWithSource(String... pathsOrPatterns) {
        return numberedLines(listing(pathsOrPatterns.length).addAll(pathsOrPatterns));
    }

    /** As {@link #readWithSource(String...)}. */
    public Bag<Sourced<String>> readWithSource(Path... paths) {
        return numberedLines(listing(paths.length).addAll(paths));
    }

    /** As {@link #readWithSource(String...)}. */
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

    private Bag<String> lines(FileListing listing) {
        boolean splittable = format.whyNotSplit().isEmpty();
        return Bag.from(new TextSource<>(listing.name(), parts(listing, splittable)));
    }

    private Bag<Sourced<String>> numberedLines(FileListing listing) {
        TextParts wholeFiles = parts(listing, false);
        return Bag.from(new TextSource<>(listing.name(), new NumberedParts(wholeFiles)));
    }

    private TextParts parts(FileListing listing, boolean splittable) {
        Partitions partitions = partitioning.partitions(listing.files(), new Kinds(decompression, splittable));
        return new TextParts(partitions, format, decompression);
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
}
