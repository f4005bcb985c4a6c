package dev.bag;

import dev.bag.run.Engine;
import dev.bag.run.LocalEngine;
import dev.bag.spill.Workspace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** What the system properties say of the default runner. */
final class RunnerDefaults {

    private RunnerDefaults() {}

    /** The engine of the default runner. */
    static Engine engine() {
        int threads = threads();
        return LocalEngine.of(threads, new Workspace(memoryBytes(), tempDirectory(), threads), 0, () -> null);
    }

    private static int threads() {
        String property = System.getProperty("bag.threads");
        if (property == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        try {
            return Runner.Builder.checkedThreads(Integer.parseInt(property.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "bag.threads=%s: a whole number of at least 1 is needed", property), e);
        }
    }

    private static long memoryBytes() {
        String property = System.getProperty("bag.memory");
        return property == null ? Workspace.halfOfTheHeap() : Runner.Builder.checkedMemory("bag.memory", property);
    }

    private static Path tempDirectory() {
        String property = System.getProperty("bag.tempDirectory");
        if (property == null) {
            return Workspace.systemTempDirectory();
        }
        try {
            return Path.of(property);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("bag.tempDirectory=" + property + ": this is no path", e);
        }
    }
}
