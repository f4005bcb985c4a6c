package dev.bag.spill;

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

    private static final int LARGEST_BLOCK = 1 << 18;
    /** Fewest blocks that a task fills before it seals them, so that they are mostly full then. */
    private static final int BLOCKS_A_TASK = 8;

    private final RunSpace space;
    private final SpillDirectory directory;
    private final Codecs codecs;
    /** Guarded by this. */
    private final List<SpillFile> files = new ArrayList<>();

    private final Deque<SpillFile> idle = new ArrayDeque<>();
    private boolean closed;

    SpillArea(RunSpace space, SpillDirectory directory, Codecs codecs) {
        this.space = space;
        this.directory = directory;
        this.codecs = codecs;
    }

    /** The space of the run. */
    public RunSpace space() {
        return space;
    }

    /** A writer with a file for itself until it is closed. */
    public Output open() throws IOException {
        SpillFile file = takeFile();
        return new Output(file, new FrameWriter(file, codecs));
    }

    /** An empty place in memory for entries that will go to disk. */
    public PackedEntries newPacked() {
        return new PackedEntries(codecs, (int) Math.min(LARGEST_BLOCK, space.taskShare() / BLOCKS_A_TASK));
    }

    /** What was written to {@code file} between two positions. */
    public FrameReader read(SpillFile file, long from, long to) {
        return new FrameReader(file, codecs, from, to);
    }

    private synchronized SpillFile takeFile() throws IOException {
        if (closed) {
            throw new SpillException("the files of this run have been deleted, because it is over", null);
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
    public synchronized void close() {
        closed = true;
        files.forEach(SpillFile::close);
        files.clear();
        idle.clear();
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
