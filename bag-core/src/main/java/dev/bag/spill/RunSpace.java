package dev.bag.spill;

import dev.bag.memory.MemoryAccount;
import dev.bag.memory.MemoryBudget;
import dev.bag.serial.Codecs;
import dev.bag.value.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory that one run has counted, what of it can be spilled, and the files it has spilled to. Thread-safe. What is
 * left of it is given back and deleted when the run is over.
 */
public final class RunSpace extends MemoryAccount implements AutoCloseable {

    private final Path tempDirectory;
    /** Guarded by this; null until something may go to disk, which most runs never need. */
    private @Nullable Disk disk;

    private final AtomicLong spilledBytes = new AtomicLong();
    private volatile boolean packsAtOnce;
    private volatile SpillListener listener = (bytes, path) -> {};

    /** Told when something was written to disk. */
    @FunctionalInterface
    public interface SpillListener {

        /** So many bytes were written to {@code file}. */
        void spilled(long bytes, Path file);
    }

    RunSpace(MemoryBudget budget, Path tempDirectory, int parallelism) {
        super(budget, parallelism);
        this.tempDirectory = tempDirectory;
        openAccount();
    }

    /** Where files are, and what writes records into them. */
    private record Disk(SpillDirectory directory, Codecs codecs) {}

    /** Sets what is told of all that is spilled. */
    public void listener(SpillListener to) {
        listener = to;
    }

    /** Says that all that is gathered leaves this process, so that it is made bytes at once. */
    public void packAtOnce() {
        packsAtOnce = true;
    }

    /**
     * Returns whether what this run gathers will most likely become bytes: because it has needed more memory than there is, or
     * leaves this process.
     */
    public boolean isSpilling() {
        return packsAtOnce || spilledBytes.get() > 0;
    }

    /** Returns a new area: files for one purpose, which are deleted together. */
    public SpillArea newArea() {
        return newArea(Storage.MEMORY);
    }

    /** As {@link #newArea()}, for what is written only when memory is short, or at once. */
    public SpillArea newArea(Storage storage) {
        Disk on = disk();
        return new SpillArea(this, on.directory(), on.codecs(), storage);
    }

    private synchronized Disk disk() {
        Disk known = disk;
        if (known == null) {
            known = new Disk(new SpillDirectory(tempDirectory), new Codecs());
            disk = known;
        }
        return known;
    }

    private synchronized @Nullable Disk usedDisk() {
        return disk;
    }

    void spilled(long bytes, Path file) {
        spilledBytes.addAndGet(bytes);
        listener.spilled(bytes, file);
    }

    /** Returns how many bytes were written to disk so far. */
    public long spilledBytes() {
        return spilledBytes.get();
    }

    /** Returns how many files were made so far. */
    public int spilledFiles() {
        Disk used = usedDisk();
        return used == null ? 0 : used.directory().fileCount();
    }

    /** Gives back all memory and deletes all files. Nothing of the run may work any more. */
    @Override
    public void close() throws IOException {
        closeAccount();
        Disk used = usedDisk();
        if (used != null) {
            used.directory().close();
        }
    }
}
