package dev.bag.spill;

import dev.bag.memory.MemoryAccount.Spillable;
import dev.bag.serial.Codecs;
import dev.bag.value.Storage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

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
    private final Storage storage;
    /** Guarded by this. */
    private final List<SpillFile> files = new ArrayList<>();

    private final Deque<SpillFile> idle = new ArrayDeque<>();
    private boolean closed;
    /** What may be spilled here. */
    private final Set<Spillable> spillables = ConcurrentHashMap.newKeySet();
    /** How many bytes were written for the purpose, here and in areas beside this one. */
    private final LongAdder written;

    SpillArea(RunSpace space, SpillDirectory directory, Codecs codecs, Storage storage) {
        this(space, directory, codecs, storage, new LongAdder());
    }

    private SpillArea(RunSpace space, SpillDirectory directory, Codecs codecs, Storage storage, LongAdder written) {
        this.space = space;
        this.directory = directory;
        this.codecs = codecs;
        this.storage = storage;
        this.written = written;
    }

    /** Returns an area for the same purpose whose files go before those of this one. */
    public SpillArea beside() {
        return new SpillArea(space, directory, codecs, Storage.MEMORY, written);
    }

    /** Returns what knows, and holds nothing else, how many bytes were written for the purpose so far. */
    public LongSupplier writtenBytes() {
        return written::sum;
    }

    /** The space of the run. */
    public RunSpace space() {
        return space;
    }

    /** From now on {@code spillable}, which spills here, may be spilled at any time, by any thread. */
    public RunSpace.Offer offer(Spillable spillable) {
        RunSpace.Offer offer = space.offer(spillable);
        spillables.add(spillable);
        return offer;
    }

    /** What was offered is on disk now, or not there any more. */
    public void withdraw(RunSpace.Offer offer) {
        space.withdraw(offer);
        spillables.remove(offer.spillable());
    }

    /** Whether all is written at once, whatever memory there is. */
    public boolean isOnDisk() {
        return storage == Storage.DISK;
    }

    /** Whether what is gathered for this will most likely go to disk. */
    public boolean isSpilling() {
        return isOnDisk() || space.isSpilling();
    }

    /** A writer with a file for itself until it is closed; null when the files here have been deleted. */
    public @Nullable Output open() throws IOException {
        SpillFile file = takeFile();
        return file == null ? null : new Output(file, new FrameWriter(file, codecs));
    }

    /** An empty place in memory for entries that will go to disk. */
    public PackedEntries newPacked() {
        return new PackedEntries(codecs, (int) Math.min(LARGEST_BLOCK, space.taskShare() / BLOCKS_A_TASK));
    }

    /** What was written to {@code file} between two positions. */
    public FrameReader read(SpillFile file, long from, long to) {
        return new FrameReader(file, codecs, from, to);
    }

    private synchronized @Nullable SpillFile takeFile() throws IOException {
        if (closed) {
            return null;
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

    /**
     * Drops what is in memory and deletes the files. The lock is not held while things are dropped, because each has one of
     * its own, which it holds when it opens a file here. What still reads in one of them that is to be kept goes on. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
        }
        spillables.forEach(Spillable::drop);
        deleteFiles();
    }

    private synchronized void deleteFiles() throws IOException {
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
        private boolean closed;

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
            if (closed) {
                return; // the file may be somebody else's by now
            }
            closed = true;
            writer.close();
            long bytes = file.size() - begin;
            written.add(bytes);
            space.spilled(bytes, file.path());
            giveBack(file);
        }
    }
}
