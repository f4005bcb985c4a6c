package dev.bag.io.format;

import dev.bag.io.codec.Decompression;
import dev.bag.io.split.Piece;
import dev.bag.source.Part;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lines of one partition: those of some files, or of a piece of one.
 *
 * @param pieces in order; more than one only if they are whole files
 */
public record TextPart(List<Piece> pieces, TextFormat format, Decompression decompression, ChunkLengths lengths)
        implements Part<String> {

    @Override
    public LineChunks open() throws IOException {
        return new LineChunks(this);
    }

    @Override
    public boolean pipelined() {
        for (Piece piece : pieces) {
            if (decompression.expectedFor(piece.file())) {
                return chunksAreIndependent();
            }
        }
        return false;
    }

    /** Whether the lines of a chunk can be made while later chunks are read. */
    public boolean chunksAreIndependent() {
        return format.whyNotSplit().isEmpty();
    }

    /** The bytes in the files; of compressed ones the compressed bytes. */
    @Override
    public OptionalLong byteCount() {
        long sum = 0;
        for (Piece piece : pieces) {
            sum += piece.to() - piece.from();
        }
        return OptionalLong.of(sum);
    }

    @Override
    public Optional<String> note() {
        if (pieces.size() != 1) {
            return Optional.empty();
        }
        return decompression.expectedFor(pieces.get(0).file())
                ? Optional.of("a compressed file is read from its beginning on")
                : format.whyNotSplit();
    }
}
