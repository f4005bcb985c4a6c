package dev.bag.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM, with options of its own, on the class path of the tests. */
public final class ChildJvm {

    private static final int MOST_SECONDS = 120;

    private ChildJvm() {}

    /** What a JVM printed, errors included, and how it ended. */
    public record Result(int exitCode, String output) {}

    /** Runs {@code main} with these options of the JVM to its end. */
    public static Result run(Class<?> main, List<String> options) throws IOException, InterruptedException {
        return run(List.of(), main, options);
    }

    /** As {@link #run(Class, List)}, with the command that starts the JVM behind the words of another one. */
    public static Result run(List<String> around, Class<?> main, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(around);
        command.addAll(command(main, options));
        Path output = Files.createTempFile("child-jvm", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(main.getName() + " hangs; it printed\n" + Files.readString(output));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /** Starts {@code main}, which says by what it prints how far it is, and is to be ended by whoever starts it. */
    public static Process start(Class<?> main, List<String> options) throws IOException {
        return new ProcessBuilder(command(main, options))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> command(Class<?> main, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
