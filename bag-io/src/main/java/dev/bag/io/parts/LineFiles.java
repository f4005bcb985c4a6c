package dev.bag.io.parts;

import dev.bag.Bag;
import dev.bag.io.codec.BuiltInCodec;
import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.Limits;
import dev.bag.io.codec.Limits.AfterFailure;
import dev.bag.io.file.InputFile;
import dev.bag.io.format.TextRecords;
import dev.bag.io.parts.NumberedPart.NumberedParts;
import dev.bag.io.parts.TextPart.RecordMakers;
import dev.bag.io.parts.TextPart.TextParts;
import dev.bag.io.split.FileListing;
import dev.bag.io.split.Partitioning;
import dev.bag.io.split.Partitions;
import dev.bag.io.units.UnitCodec.Division;
import dev.bag.io.units.Units;
import dev.bag.source.Part;
import dev.bag.source.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Files of lines, whatever is made of the lines: what the options of all formats have in common. The methods that take
 * what a user wrote check it, and name the option in the message.
 *
 * @param naturalOrder whether numbers in names are sorted by value
 * @param headers what is sent to web servers
 */
public record LineFiles(
        TextFormat format,
        Decompression decompression,
        Partitioning partitioning,
        boolean naturalOrder,
        Map<String, String> headers) {

    /** As it is unless options say otherwise. */
    public static LineFiles by(Decompression.Further codecs) {
        Decompression decompression = Decompression.DEFAULT.with(codecs);
        return new LineFiles(TextFormat.DEFAULT, decompression, Partitioning.DEFAULT, false, Map.of());
    }

    /** Returns a copy with another format of the lines. */
    public LineFiles with(TextFormat other) {
        return new LineFiles(other, decompression, partitioning, naturalOrder, headers);
    }

    /** Returns a copy with other limits of what is decompressed. */
    public LineFiles withLimits(UnaryOperator<Limits> change) {
        Decompression other = decompression.withLimits(change.apply(decompression.limits()));
        return new LineFiles(format, other, partitioning, naturalOrder, headers);
    }

    /** Returns a copy with another policy for files that cannot be read. */
    public LineFiles withAfterFailure(AfterFailure afterFailure) {
        return withLimits(limits -> limits.withAfterFailure(afterFailure));
    }

    /** Returns a copy for files of which each tells how it is compressed. */
    public LineFiles withDetection() {
        return new LineFiles(format, decompression.detecting(), partitioning, naturalOrder, headers);
    }

    /** Returns a copy for files that are all compressed in the same way; with null in none. */
    public LineFiles withCodec(@Nullable BuiltInCodec codec) {
        return new LineFiles(format, decompression.by(codec), partitioning, naturalOrder, headers);
    }

    /** Returns a copy with partitions of at most so many bytes. */
    public LineFiles withBlockSize(long byteCount) {
        if (byteCount < 1) {
            throw new IllegalArgumentException("blockSize(" + byteCount + "): must be at least 1 byte");
        }
        Partitioning other = new Partitioning(byteCount, partitioning.filesPerPartition());
        return new LineFiles(format, decompression, other, naturalOrder, headers);
    }

    /** Returns a copy with partitions of so many whole files. */
    public LineFiles withFilesPerPartition(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("filesPerPartition(" + count + "): must be at least 1");
        }
        Partitioning other = new Partitioning(partitioning.blockSize(), count);
        return new LineFiles(format, decompression, other, naturalOrder, headers);
    }

    /** Returns a copy that sorts numbers in names by value. */
    public LineFiles inNaturalOrder() {
        return new LineFiles(format, decompression, partitioning, true, headers);
    }

    /** Returns a copy that sends one more header to web servers. */
    public LineFiles withHeader(String name, String value) {
        return new LineFiles(format, decompression, partitioning, naturalOrder, WebHeaders.with(headers, name, value));
    }

    /** Returns a bag of what is made of the lines of files. */
    public <T> Bag<T> read(RecordMakers<T> makers, String... pathsOrPatterns) {
        return lines(listing(pathsOrPatterns.length).addAll(pathsOrPatterns), makers);
    }

    /** Returns a bag of what is made of the lines of files. */
    public <T> Bag<T> read(RecordMakers<T> makers, Path... paths) {
        return lines(listing(paths.length).addAll(paths), makers);
    }

    /** Returns a bag of what is made of the lines of files. */
    public <T> Bag<T> read(RecordMakers<T> makers, URI... uris) {
        return lines(listing(uris.length).addAll(uris), makers);
    }

    /** Returns a bag of the lines of files, each with its file and number. */
    public <R> Bag<R> readNumbered(NumberedPart.LineMaker<R> maker, String... pathsOrPatterns) {
        return numberedLines(listing(pathsOrPatterns.length).addAll(pathsOrPatterns), maker);
    }

    /** Returns a bag of the lines of files, each with its file and number. */
    public <R> Bag<R> readNumbered(NumberedPart.LineMaker<R> maker, Path... paths) {
        return numberedLines(listing(paths.length).addAll(paths), maker);
    }

    /** Returns a bag of the lines of files, each with its file and number. */
    public <R> Bag<R> readNumbered(NumberedPart.LineMaker<R> maker, URI... uris) {
        return numberedLines(listing(uris.length).addAll(uris), maker);
    }

    /** Returns a list of no files yet, or refuses that there are to be none. */
    public FileListing listing(int nameCount) {
        boolean allowEmpty = decompression.limits().emptyFiles();
        if (nameCount == 0 && !allowEmpty) {
            throw new IllegalArgumentException("read(): at least one path is needed, or allowEmpty()");
        }
        return new FileListing(naturalOrder, allowEmpty, headers);
    }

    /** Returns which partitions files become. */
    public Partitions partitions(List<InputFile> files, boolean plainFilesCanBeCut, boolean compressedFilesCanBeCut) {
        return partitioning.partitions(files, new Kinds(decompression, plainFilesCanBeCut, compressedFilesCanBeCut));
    }

    /** Returns a bag of parts of files. */
    public static <T> Bag<T> bag(FileListing listing, List<InputFile> files, List<? extends Part<T>> parts) {
        return Bag.from(new TextSource<>(listing.name(), files, parts));
    }

    private <T> Bag<T> lines(FileListing listing, RecordMakers<T> makers) {
        boolean canBeCut = true;
        List<InputFile> files = listing.files();
        return bag(listing, files, parts(files, canBeCut, makers));
    }

    private <R> Bag<R> numberedLines(FileListing listing, NumberedPart.LineMaker<R> maker) {
        boolean canBeCut = false;
        List<InputFile> files = listing.files();
        return bag(listing, files, new NumberedParts<>(parts(files, canBeCut, TextRecords::new), maker));
    }

    private <T> TextParts<T> parts(List<InputFile> files, boolean canBeCut, RecordMakers<T> makers) {
        boolean plain = canBeCut && format.whyNotSplit().isEmpty();
        boolean compressed = canBeCut && format.splitsAtAnyByte();
        Partitions partitions = partitions(files, plain, compressed);
        return new TextParts<>(partitions, format, decompression, makers);
    }

    /** What is known of files by their names; and of large ones that are compressed, by a few of their bytes. */
    private record Kinds(Decompression decompression, boolean plainFilesCanBeCut, boolean compressedFilesCanBeCut)
            implements Partitioning.Kinds {

        @Override
        public boolean splittable(InputFile file) {
            if (!file.canSeek() || decompression.limits().afterFailure() != AfterFailure.FAIL) {
                return false;
            }
            if (file.entries() != null) {
                return FileListing.isArchiveToBeCut(file.tellingName());
            }
            return compressed(file) ? compressedFilesCanBeCut && canBeDivided(file) : plainFilesCanBeCut;
        }

        private boolean canBeDivided(InputFile file) {
            Division division = Units.division(file, decompression);
            return division != null && division.isPossible();
        }

        @Override
        public boolean compressed(InputFile file) {
            return file.entries() == null
                    ? decompression.expectedFor(file)
                    : !file.tellingName().toLowerCase(Locale.ROOT).endsWith(".tar");
        }
    }

    /** Files, by the names that the user gave. */
    @SuppressWarnings("serial") // the lists of parts are serializable
    private record TextSource<T>(String name, List<InputFile> files, List<? extends Part<T>> parts)
            implements Source<T> {

        @Override
        public String dataVersion() throws IOException {
            StringBuilder text = new StringBuilder();
            for (InputFile file : files) {
                text.append(file).append('\0').append(file.byteCount()).append('\0');
                text.append(file.version()).append('\n');
            }
            return text.toString();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
