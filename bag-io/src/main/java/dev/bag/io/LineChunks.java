package dev.bag.io;

import dev.bag.io.format.LineChunk;
import dev.bag.io.format.LineChunk.LineReader;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunks;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The lines of the files of one part, one file after the other. No chunk has lines of two files. */
final class LineChunks<T> implements Chunks<T> {

    private final TextPart<T> part;
    private final Iterator<FileSlice> slices;
    private @Nullable LineReader<T> reader;
    private long bytesPassedOver;

    LineChunks(TextPart<T> part) throws IOException {
        this.part = part;
        this.slices = part.slices().iterator();
        openNext();
    }

    private void openNext() throws IOException {
        while (reader == null && slices.hasNext()) {
            reader = OpenedSlice.open(slices.next(), part);
        }
    }

    @Override
    public @Nullable LineChunk<T> nextChunk() throws IOException {
        while (reader != null) {
            LineChunk<T> chunk = reader.nextChunk();
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
        LineReader<T> closed = reader;
        reader = null;
        if (closed != null) {
            closed.close();
        }
    }
}
