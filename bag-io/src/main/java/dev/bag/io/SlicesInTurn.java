package dev.bag.io;

import dev.bag.io.format.ChunkReader;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in the slices of files of one part, one slice after the other. No chunk has records of two. */
final class SlicesInTurn<T, C extends Chunk<T>> implements Chunks<T> {

    private final Iterator<FileSlice> slices;
    private final Opener<C> opener;
    private @Nullable ChunkReader<C> opened;
    private long bytesPassedOver;

    /** Opens a slice. */
    @FunctionalInterface
    interface Opener<C extends Chunk<?>> {

        /** Returns what is in it; null if that is nothing. */
        @Nullable ChunkReader<C> open(FileSlice slice) throws IOException;
    }

    /** The first one is opened at once. */
    SlicesInTurn(List<FileSlice> slices, Opener<C> opener) throws IOException {
        this.slices = slices.iterator();
        this.opener = opener;
        openNext();
    }

    private void openNext() throws IOException {
        while (opened == null && slices.hasNext()) {
            opened = opener.open(slices.next());
        }
    }

    @Override
    public @Nullable C nextChunk() throws IOException {
        while (opened != null) {
            C chunk = opened.nextChunk();
            if (chunk != null) {
                return chunk;
            }
            bytesPassedOver += opened.bytesPassedOver();
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
        ChunkReader<C> closed = opened;
        opened = null;
        if (closed != null) {
            closed.close();
        }
    }
}
