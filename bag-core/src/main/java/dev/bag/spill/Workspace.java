package dev.bag.spill;

import dev.bag.memory.MemoryBudget;
import java.nio.file.Path;

/** What the runs of one runner share besides its threads: memory to keep data in, and a folder for what does not fit. */
public final class Workspace {

    private final MemoryBudget budget;
    private final Path tempDirectory;
    private final int parallelism;

    /**
     * Memory and a folder.
     *
     * @param memoryBytes about how much memory all runs together may keep data in
     * @param tempDirectory where to make files; looked at when the first one is made
     * @param parallelism how many tasks work at the same time
     */
    public Workspace(long memoryBytes, Path tempDirectory, int parallelism) {
        this.budget = new MemoryBudget(memoryBytes);
        this.tempDirectory = tempDirectory;
        this.parallelism = parallelism;
    }

    /** Half of the heap, and the folder for temporary files of the system. */
    public static Workspace byDefault(int parallelism) {
        return new Workspace(halfOfTheHeap(), systemTempDirectory(), parallelism);
    }

    /** Half of the memory the JVM may use. */
    public static long halfOfTheHeap() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /** Where the system keeps temporary files. */
    public static Path systemTempDirectory() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** The space of a run that begins. */
    public RunSpace open() {
        return new RunSpace(budget, tempDirectory, parallelism);
    }

    /** About how much memory all runs together may keep data in. */
    public long memoryBytes() {
        return budget.limit();
    }

    /** About how much they keep now. */
    public long usedBytes() {
        return budget.used();
    }

    /** The most they have kept at any time, after what was over the limit had been spilled. */
    public long peakBytes() {
        return budget.peak();
    }

    /** Where files are made. */
    public Path tempDirectory() {
        return tempDirectory;
    }
}
