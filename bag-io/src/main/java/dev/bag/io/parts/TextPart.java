package dev.bag.io.parts;

import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.Limits.AfterFailure;
import dev.bag.io.file.InputFile;
import dev.bag.io.format.Buffers;
import dev.bag.io.format.Encoding;
import dev.bag.io.format.LineChunk;
import dev.bag.io.format.MalformedBytes.Treatment;
import dev.bag.io.format.RecordMaker;
import dev.bag.io.split.FileSlice;
import dev.bag.io.split.Partitions;
import dev.bag.source.Part;
import java.io.IOException;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.RandomAccess;

/**
 * The lines of one partition: those of some files, or of a slice of one.
 *
 * @param slices in order; more than one only if they are whole files
 * @param <T> the records made of the lines
 * @param chunkLength how many bytes a chunk has, unless its first line is longer or the slice is shorter
 */
public record TextPart<T>(
        List<FileSlice> slices, TextFormat format, Decompression decompression, int chunkLength, RecordMakers<T> makers)
        implements Part<T> {

    /**
     * What is made of lines.
     *
     * @param <T> the records
     */
    @FunctionalInterface
    public interface RecordMakers<T> extends Serializable {

        /** Returns what makes records of the lines of a text. */
        RecordMaker<T> of(Encoding encoding, Treatment malformed);
    }

    /**
     * Returns a part whose chunks have one of the {@linkplain Buffers two lengths}: whether they may be handed over decides
     * which, not whether they are, because partial results are made for each chunk.
     */
    public static <T> TextPart<T> of(
            List<FileSlice> slices, TextFormat format, Decompression decompression, RecordMakers<T> makers) {
        TextPart<T> part = new TextPart<>(slices, format, decompression, Buffers.KEPT_LENGTH, makers);
        return part.pipelined()
                ? new TextPart<>(slices, format, decompression, Buffers.HANDED_OVER_LENGTH, makers)
                : part;
    }

    @Override
    public SlicesInTurn<T, LineChunk<T>> open() throws IOException {
        return new SlicesInTurn<>(
                slices,
                decompression.limits().afterFailure(),
                slice -> slice.file().entries() == null
                        ? OpenedSlice.open(slice, this)
                        : EntriesInTurn.open(
                                slice, decompression, (entry, size) -> OpenedSlice.open(entry, size, this)));
    }

    @Override
    public boolean pipelined() {
        for (FileSlice slice : slices) {
            InputFile file = slice.file();
            if (file.entries() != null
                    || decompression.expectedFor(file)
                    || !file.sizeIsKnown()
                    || decompression.limits().afterFailure() != AfterFailure.FAIL) {
                return chunksAreIndependent();
            }
        }
        return false;
    }

    /** Where files may be left out, what is ahead must not tell of files that the reader does not come to. */
    @Override
    public boolean detachable() {
        return chunksAreIndependent() && decompression.limits().afterFailure() == AfterFailure.FAIL;
    }

    /** Returns whether the lines of a chunk can be made while later chunks are read. */
    boolean chunksAreIndependent() {
        return format.whyNotSplit().isEmpty();
    }

    @Override
    public Optional<String> reads() {
        return Optional.of(FileSlice.names(slices));
    }

    /** Returns the number of bytes in the files; of compressed ones the compressed bytes. Empty if one is not known. */
    @Override
    public OptionalLong byteCount() {
        return FileSlice.byteCount(slices);
    }

    @Override
    public Optional<String> note() {
        return FileNotes.of(slices, format, decompression);
    }

    /** The parts of files of text, one for each partition, made as they are asked for. */
    static final class TextParts<T> extends AbstractList<TextPart<T>> implements RandomAccess, Serializable {

        private static final long serialVersionUID = 1;

        private final Partitions partitions;
        private final TextFormat format;
        private final Decompression decompression;
        private final RecordMakers<T> makers;

        /** The lines of files that are cut and grouped already. */
        TextParts(Partitions partitions, TextFormat format, Decompression decompression, RecordMakers<T> makers) {
            this.partitions = partitions;
            this.format = format;
            this.decompression = decompression;
            this.makers = makers;
        }

        @Override
        public int size() {
            return partitions.size();
        }

        @Override
        public TextPart<T> get(int index) {
            return TextPart.of(partitions.get(index), format, decompression, makers);
        }
    }
}
