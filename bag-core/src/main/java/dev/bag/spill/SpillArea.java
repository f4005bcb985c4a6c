package dev.bag.spill;

import dev.bag.value.Storage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Files for one purpose, such as one shuffle. Any number of threads write at the same time, each to a file of its own;
 * a file goes on to be written by the next one, so there are as many files as threads write at once.
 */
public final class SpillArea implements AutoCloseable {

    private final RunSpace space;
    private final SpillDirectory directory;
    private final Codecs codecs;
    private final Storage storage;
    /** Guarded by this. */
    private final List<SpillFile> files = new ArrayList<>();

    private final Deque<SpillFile> idle = new ArrayDeque<>();
    private boolean closed;

    SpillArea(RunSpace space, SpillDirectory directory, Codecs codecs, Storage storage) {
        this.space = space;
        this.directory = directory;
        this.codecs = codecs;
        this.storage = storage;
    }

    /** The space of the run. */
    public RunSpace space() {
        return space;
    }

    /** Whether all is written at once, whatever memory there is. */
    public boolean isOnDisk() {
        return storage == Storage.DISK;
    }

    /** Whether what is gathered for this will most likely go to disk. */
    public boolean isSpilling() {
        return isOnDisk() || space.isSpilling();
    }

    /** A writer with a file for itself until it is closed. */
    public Output open() throws IOException {
        SpillFile file = takeFile();
        return new Output(file, new FrameWriter(file, codecs));
    }

    /** An empty place in memory for entries that will go to disk. */
    public PackedEntries newPacked() {
        return new PackedEntries(codecs);
    }

    /** What was written to {@code file} between two positions. */
    public FrameReader read(SpillFile file, long from, long to) {
        return new FrameReader(file, codecs, from, to);
    }

    private synchronized SpillFile takeFile() throws IOException {
        if (closed) {
            throw new IllegalStateException("these files have been deleted, because nobody reads them any more");
        }
        SpillFile file = idle.poll();
        if (file == null) {
            file = directory.newFile();
            files.add(file);
        }
        return file;
    }

    private synchronized void giveBack(SpillFile file) {
        idle.push(file);
    }

    /** Deletes the files. What still reads in one of them that is to be kept goes on. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        idle.clear();
        IOException failure = null;
        for (SpillFile file : files) {
            try {
                file.close();
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        files.clear();
        if (failure != null) {
            throw failure;
        }
    }

    /** A file that is being written. */
    public final class Output implements AutoCloseable {

        private final SpillFile file;
        private final FrameWriter writer;
        private final long begin;

        private Output(SpillFile file, FrameWriter writer) {
            this.file = file;
            this.writer = writer;
            this.begin = file.size();
        }

        /** The file. */
        public SpillFile file() {
            return file;
        }

        /** What writes into it. */
        public FrameWriter writer() {
            return writer;
        }

        @Override
        public void close() throws IOException {
            writer.close();
            space.spilled(file.size() - begin, file.path());
            giveBack(file);
        }
    }
}
