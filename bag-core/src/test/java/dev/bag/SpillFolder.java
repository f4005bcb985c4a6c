package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.run.LocalEngine;
import dev.bag.spill.Workspace;
import dev.bag.testing.Eventually;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An empty folder for the runners of one test to spill into. When the test is over there must be nothing in it, and none
 * of them may count any memory.
 */
final class SpillFolder implements BeforeEachCallback, AfterEachCallback {

    private final List<Runner> runners = new ArrayList<>();
    private Path path = Path.of("");

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        path = Files.createTempDirectory("spill-folder");
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        runners.forEach(Runner::close);
        if (context.getExecutionException().isEmpty()) {
            assertClean();
            Files.delete(path);
        }
        runners.clear();
    }

    /** The folder. */
    Path path() {
        return path;
    }

    /** A runner that spills into this folder. */
    Runner runner(int threads, String memory) {
        return runner(threads, memory, path);
    }

    /** A runner that spills into another folder. */
    Runner runner(int threads, String memory, Path into) {
        Runner runner = Runner.local()
                .threads(threads)
                .memory(memory)
                .tempDirectory(into)
                .build();
        runners.add(runner);
        return runner;
    }

    /** Runners of every number of threads, with less memory than they need and with as much as they like. */
    List<Runner> everyRunner() {
        return List.of(runner(1, "1B"), runner(2, "4kB"), runner(7, "20kB"), runner(2, "1GB"));
    }

    /** What is in it now. */
    List<Path> files() {
        return filesIn(path);
    }

    /** Whether somebody spills into it now. */
    boolean isUsed() {
        String[] names = path.toFile().list();
        return names != null && names.length > 0;
    }

    /** Fails unless all that was spilled is gone, and all memory given back. */
    void assertClean() {
        assertThat(files()).as("files that were left").isEmpty();
        for (Runner runner : runners) {
            assertThat(workspace(runner).usedBytes())
                    .as("bytes still counted by %s", runner)
                    .isZero();
        }
    }

    /** As {@link #assertClean}, for runs that end on another thread. */
    void assertSoonClean() {
        Eventually.await().untilAsserted(this::assertClean);
    }

    /** What all runs of {@code runner} share. */
    static Workspace workspace(Runner runner) {
        return ((LocalEngine) runner.engine()).workspace();
    }

    /** The files in {@code folder} now, and in the folders in it; what goes in the meantime may be among them or not. */
    static List<Path> filesIn(Path folder) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    return each.equals(folder) ? FileVisitResult.CONTINUE : visitFile(each, attributes);
                }

                @Override
                public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
                    found.add(each);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path each, IOException e) throws IOException {
                    return goOn(each, e);
                }

                @Override
                public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e) throws IOException {
                    return e == null ? FileVisitResult.CONTINUE : goOn(each, e);
                }

                private FileVisitResult goOn(Path each, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException && !each.equals(folder)) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new AssertionError("the folder cannot be looked into", e);
        }
        return found;
    }
}
