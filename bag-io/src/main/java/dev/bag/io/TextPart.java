package dev.bag.io;

import dev.bag.io.codec.Decompression;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Part;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lines of one partition: those of some files, or of a slice of one.
 *
 * @param slices in order; more than one only if they are whole files
 * @param chunkLength how many bytes a chunk has, unless its first line is longer or the slice is shorter
 */
record TextPart(List<FileSlice> slices, TextFormat format, Decompression decompression, int chunkLength)
        implements Part<String> {

    /**
     * The length of chunks: what stays in a core's cache between reading and decoding, and enough work to be handed to
     * another thread. So little that the chunks in flight do not count beside what operators keep, and that no collector
     * treats their buffers as large. The same everywhere, because partial results are made for each chunk.
     */
    static final int CHUNK_LENGTH = 256 << 10;

    @Override
    public LineChunks open() throws IOException {
        return new LineChunks(this);
    }

    @Override
    public boolean pipelined() {
        for (FileSlice slice : slices) {
            if (decompression.expectedFor(slice.file())) {
                return chunksAreIndependent();
            }
        }
        return false;
    }

    /** Returns whether the lines of a chunk can be made while later chunks are read. */
    boolean chunksAreIndependent() {
        return format.whyNotSplit().isEmpty();
    }

    /** Returns the number of bytes in the files; of compressed ones the compressed bytes. */
    @Override
    public OptionalLong byteCount() {
        long sum = 0;
        for (FileSlice slice : slices) {
            sum += slice.to() - slice.from();
        }
        return OptionalLong.of(sum);
    }

    @Override
    public Optional<String> note() {
        if (slices.size() != 1) {
            return Optional.empty();
        }
        return decompression.expectedFor(slices.get(0).file())
                ? Optional.of("a compressed file is read from its beginning on")
                : format.whyNotSplit();
    }
}
