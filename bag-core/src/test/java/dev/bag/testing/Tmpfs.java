package dev.bag.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.function.Executable;

/** A small file system in memory on top of a folder, where the tests may mount one. */
public final class Tmpfs {

    private Tmpfs() {}

    /** Does {@code action} while {@code folder} is such a file system; where that cannot be made the test is skipped. */
    public static void whileMounted(Path folder, String options, Executable action) throws Throwable {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "bag-test", folder.toString()), "mounting takes root");
        try {
            action.execute();
        } finally {
            run("umount", folder.toString());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
