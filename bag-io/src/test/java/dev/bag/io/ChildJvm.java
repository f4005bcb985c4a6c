package dev.bag.io;

import dev.bag.Bag;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of the tests in a JVM of its own. */
final class ChildJvm {

    private final List<String> options = new ArrayList<>();
    private final List<Class<?>> jars = new ArrayList<>(List.of(Bag.class, TextFiles.class, ChildJvm.class));

    /** Adds an option of the JVM, such as {@code -Xmx64m}. */
    ChildJvm with(String option) {
        options.add(option);
        return this;
    }

    /** Adds the jar of a class to the class path, which has only ours. */
    ChildJvm withJarOf(Class<?> type) {
        jars.add(type);
        return this;
    }

    /** What the program has printed, errors included. */
    String run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private String classPath() {
        List<String> paths = new ArrayList<>();
        for (Class<?> type : jars) {
            paths.add(Path.of(java.net.URI.create(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString()))
                    .toString());
        }
        return String.join(File.pathSeparator, paths);
    }
}
