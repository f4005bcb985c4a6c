package dev.bag.spill;

import dev.bag.memory.MemoryAccount;
import dev.bag.memory.MemoryBudget;
import dev.bag.serial.Codecs;
import dev.bag.value.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that one run has counted, what of it can be spilled, and the files it has spilled to. Thread-safe. What is
 * left of it is given back and deleted when the run is over.
 */
public final class RunSpace extends MemoryAccount implements AutoCloseable {

    private final SpillDirectory directory;
    private final Codecs codecs = new Codecs();
    private final AtomicLong spilledBytes = new AtomicLong();
    private volatile SpillListener listener = (bytes, path) -> {};

    /** Told when something was written to disk. */
    @FunctionalInterface
    public interface SpillListener {

        /** So many bytes were written to {@code file}. */
        void spilled(long bytes, Path file);
    }

    RunSpace(MemoryBudget budget, Path tempDirectory, int parallelism) {
        super(budget, parallelism);
        this.directory = new SpillDirectory(tempDirectory);
        openAccount();
    }

    /** Sets what is told of all that is spilled. */
    public void listener(SpillListener to) {
        listener = to;
    }

    /** Returns whether this run has needed more memory than there is, so that what it gathers will most likely go to disk. */
    public boolean isSpilling() {
        return spilledBytes.get() > 0;
    }

    /** Returns a new area: files for one purpose, which are deleted together. */
    public SpillArea newArea() {
        return newArea(Storage.MEMORY);
    }

    /** As {@link #newArea()}, for what is written only when memory is short, or at once. */
    public SpillArea newArea(Storage storage) {
        return new SpillArea(this, directory, codecs, storage);
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
        return directory.fileCount();
    }

    /** Gives back all memory and deletes all files. Nothing of the run may work any more. */
    @Override
    public void close() throws IOException {
        closeAccount();
        directory.close();
    }
}
