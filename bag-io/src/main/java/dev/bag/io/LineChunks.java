package dev.bag.io;

import dev.bag.io.format.LineChunk;
import dev.bag.io.format.LineChunk.LineReader;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunks;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The lines of the files of one part, one file after the other. No chunk has lines of two files. */
final class LineChunks implements Chunks<String> {

    private final TextPart part;
    private final Iterator<FileSlice> slices;
    private @Nullable LineReader<String> reader;
    private long bytesPassedOver;

    LineChunks(TextPart part) throws IOException {
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
    public @Nullable LineChunk<String> nextChunk() throws IOException {
        while (reader != null) {
            LineChunk<String> chunk = reader.nextChunk();
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
        LineReader<String> closed = reader;
        reader = null;
        if (closed != null) {
            closed.close();
        }
    }
}
