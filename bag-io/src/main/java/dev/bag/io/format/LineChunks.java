package dev.bag.io.format;

import dev.bag.io.split.Piece;
import dev.bag.source.Chunks;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The lines of the files of one part, one file after the other. No chunk has lines of two files. */
public final class LineChunks implements Chunks<String> {

    private final TextPart part;
    private final Iterator<Piece> pieces;
    private final Buffers buffers = new Buffers();
    private @Nullable TextReader reader;
    private long bytesPassedOver;

    LineChunks(TextPart part) throws IOException {
        this.part = part;
        this.pieces = part.pieces().iterator();
        openNext();
    }

    private void openNext() throws IOException {
        while (reader == null && pieces.hasNext()) {
            reader = OpenedPiece.open(pieces.next(), part, buffers);
        }
    }

    @Override
    public @Nullable LineChunk nextChunk() throws IOException {
        while (reader != null) {
            LineChunk chunk = reader.nextChunk();
            if (chunk != null) {
                return chunk;
            }
            bytesPassedOver += reader.bytesPassedOver();
            close();
            openNext();
        }
        return null;
    }

    @Override
    public long bytesPassedOver() {
        return bytesPassedOver;
    }

    @Override
    public void close() throws IOException {
        TextReader closed = reader;
        reader = null;
        if (closed != null) {
            closed.close();
        }
    }
}
