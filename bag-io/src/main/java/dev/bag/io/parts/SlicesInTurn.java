package dev.bag.io.parts;

import dev.bag.io.codec.Limits.AfterFailure;
import dev.bag.io.file.InputFile;
import dev.bag.io.format.ChunkReader;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.FileLoss;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is in the slices of files of one part, one slice after the other. No chunk has records of two. */
public final class SlicesInTurn<T, C extends Chunk<T>> implements Chunks<T> {

    private final Iterator<FileSlice> slices;
    private final Opener<C> opener;
    private final FileLosses losses;
    private @Nullable ChunkReader<C> opened;
    /** The file that is open, or was opened last. */
    private @Nullable InputFile file;
    /** Whether something of it was handed out. */
    private boolean begun;

    private long bytesPassedOver;
    private @Nullable FileSlice slice;
    /** The bytes of the slices that are through. */
    private long bytesBefore;
    /** What was told last. */
    private long mostBytesRead;

    /** Opens a slice. */
    @FunctionalInterface
    public interface Opener<C extends Chunk<?>> {

        /** Returns what is in it; null if that is nothing. */
        @Nullable ChunkReader<C> open(FileSlice slice) throws IOException;
    }

    /**
     * The first one is opened at once.
     *
     * @param afterFailure what becomes of a file that fails; the slices are whole files unless that is to fail
     */
    public SlicesInTurn(List<FileSlice> slices, AfterFailure afterFailure, Opener<C> opener) throws IOException {
        this.slices = slices.iterator();
        this.opener = opener;
        this.losses = new FileLosses(afterFailure);
        openNext();
    }

    private void openNext() throws IOException {
        while (opened == null && slices.hasNext()) {
            FileSlice next = slices.next();
            slice = next;
            file = next.file();
            begun = false;
            if (losses.areFoundBefore()) {
                FileLosses.checkCanBeReadTwice(next.file());
            }
            try {
                if (losses.areFoundBefore()) {
                    readThrough(next);
                }
                opened = opener.open(next);
            } catch (IOException e) {
                losses.passOver(next.file(), e, false);
            }
            if (opened == null) {
                isThrough(next, 0);
            }
        }
    }

    /** Reads all of a slice and makes nothing of it, so that it fails if anything of it does. */
    private void readThrough(FileSlice slice) throws IOException {
        try (ChunkReader<C> reader = opener.open(slice)) {
            if (reader == null) {
                return;
            }
            for (C chunk = reader.nextChunk(); chunk != null; chunk = reader.nextChunk()) {
                chunk.release();
            }
        }
    }

    @Override
    public @Nullable C nextChunk() throws IOException {
        while (opened != null) {
            C chunk = nextOf(opened);
            if (chunk != null) {
                begun = true;
                return chunk;
            }
            bytesPassedOver += opened.bytesPassedOver();
            isThrough(Objects.requireNonNull(slice), opened.position());
            close();
            openNext();
        }
        return null;
    }

    private void isThrough(FileSlice read, long position) {
        bytesBefore += read.file().sizeIsKnown() ? read.length() : position;
    }

    /** The next chunk of a slice; null if it has no more, or cannot be read on and that is let pass. */
    private @Nullable C nextOf(ChunkReader<C> reader) throws IOException {
        try {
            return reader.nextChunk();
        } catch (IOException e) {
            InputFile failed = file;
            if (failed == null) {
                throw e;
            }
            losses.passOver(failed, e, begun);
            return null;
        }
    }

    /** What decompresses may have read beyond the end of its slice, or not up to it. */
    @Override
    public long bytesRead() {
        long ofSlice = opened == null || slice == null
                ? 0
                : Math.max(0, Math.min(opened.position() - slice.from(), slice.length()));
        mostBytesRead = Math.max(mostBytesRead, bytesBefore + ofSlice);
        return mostBytesRead;
    }

    @Override
    public long bytesPassedOver() {
        return bytesPassedOver;
    }

    @Override
    public List<FileLoss> filesLost() {
        return losses.all();
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
