package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in a folder, also below it and hidden; and what other programs say of it. */
final class Folder {

    private Folder() {}

    /** The names of all files and folders below, hidden ones, too. */
    static List<String> names(Path folder) throws IOException {
        return List.copyOf(contents(folder).keySet());
    }

    /** The bytes of each file below as text of one character each; nothing of a folder. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        if (!Files.exists(folder)) {
            return contents;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> !each.equals(folder)).toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        Files.isDirectory(file) ? "" : new String(Files.readAllBytes(file), ISO_8859_1));
            }
        }
        return contents;
    }

    /** Fails unless a program ends well; where it is missing the test is skipped. */
    static void assertRuns(String... command) throws InterruptedException, IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeThat(command[0]).as("%s is not installed", command[0]).isEmpty();
            return;
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), output)
                .isZero();
    }

    /** Fails unless the program of its format finds a file intact. */
    static void assertIntact(Path file) throws IOException, InterruptedException {
        String name = file.getFileName().toString();
        List<String> command = new ArrayList<>();
        if (name.endsWith(".gz")) {
            command.add("gzip");
        } else if (name.endsWith(".zst")) {
            command.add("zstd");
        } else if (name.endsWith(".bz2")) {
            command.add("bzip2");
        } else if (name.endsWith(".xz")) {
            command.add("xz");
        } else {
            return;
        }
        command.add("-t");
        command.add(file.toString());
        assertRuns(command.toArray(String[]::new));
    }

    /** Does {@code action} while a folder is a small file system; where that cannot be made the test is skipped. */
    static void whileTmpfs(Path folder, String options, Action action) throws Exception {
        assumeThat(isRun("mount", "-t", "tmpfs", "-o", options, "bag-test", folder.toString()))
                .as("mounting takes root")
                .isTrue();
        try {
            action.run();
        } finally {
            isRun("umount", folder.toString());
        }
    }

    /** Something that may throw. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private static boolean isRun(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
