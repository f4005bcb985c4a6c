package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the programs make of their command lines. */
class UsageTest {

    private static final Usage USAGE = new Usage("Usage: program [FILE ...]\n");

    @ParameterizedTest
    @ValueSource(
            classes = {AccessLogs.class, WordCount.class, AmountsByUser.class, MonteCarloPi.class, GenerateLogs.class})
    void helpPrintsTheUsageAndNothingElse(Class<?> program, @TempDir Path directory) throws Exception {
        for (String help : List.of("--help", "-h")) {
            Ended ended = run(directory, program, help);
            assertThat(ended.status()).isZero();
            assertThat(ended.printed()).startsWith("Usage: java ");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {AccessLogs.class, WordCount.class, AmountsByUser.class, MonteCarloPi.class, GenerateLogs.class})
    void anUnknownOptionFailsWithTheUsage(Class<?> program, @TempDir Path directory) throws Exception {
        Ended ended = run(directory, program, "--verbose");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.printed()).startsWith("unknown option: --verbose\nUsage: java ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatFollowsTwoDashesIsAName() {
        assertThat(names("a", "b")).containsExactly("a", "b");
        assertThat(names()).isEmpty();
        assertThat(names("a", "--", "--help", "--", "-x")).containsExactly("a", "--help", "--", "-x");
    }

    private static List<String> names(String... arguments) {
        PrintStream none = new PrintStream(new ByteArrayOutputStream());
        Usage.Parsed parsed = USAGE.parse(none, none, arguments);
        assertThat(parsed.isOver()).isFalse();
        return parsed.names();
    }

    private record Ended(int status, String printed) {}

    private static Ended run(Path directory, Class<?> program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                absolute(System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        return new Ended(process.waitFor(), printed);
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                List.of(classPath.split(File.pathSeparator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }
}
