package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What commands and programs print. */
final class Shell {

    private Shell() {}

    /** The lines that a script prints, run in {@code directory}; skips the test where the commands are missing. */
    static List<String> script(Path directory, String script) throws Exception {
        for (String command : List.of("sh", "zcat", "awk", "sort", "uniq", "tr")) {
            assumeTrue(isInstalled(command), command + " is not installed");
        }
        return run(directory, Map.of("LC_ALL", "C"), "", "sh", "-c", script)
                .lines()
                .toList();
    }

    /** What a process prints, errors included, when it is given {@code input} to read. */
    static String run(Path directory, Map<String, String> environment, String input, String... command)
            throws IOException, InterruptedException {
        Path inputFile = Files.writeString(Files.createTempFile("input", ".txt"), input);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(inputFile.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } finally {
            Files.delete(inputFile);
        }
    }

    static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** What {@code program} prints to the console. */
    static String printedBy(Runnable program) {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
