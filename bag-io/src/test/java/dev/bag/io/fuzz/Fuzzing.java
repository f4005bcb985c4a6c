package dev.bag.io.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets Jazzer make up inputs for targets, each in a process of its own: no test of a build, but run by hand with {@code -Pfuzz
 * -Dtest=Fuzzing}. With {@code -Dfuzz=NAME,NAME} some of the targets, with {@code -Dfuzz.seconds=N} as long for each. What it
 * finds and where it went is in {@code target/fuzz/NAME}, which a later run goes on with.
 */
class Fuzzing {

    private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
    private static final String NAMES = System.getProperty("fuzz", "");
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 300);
    private static final int LONGEST_INPUT = 4096;
    private static final int SHOWN = 4000;

    static Iterable<String> names() {
        return NAMES.isEmpty() ? FuzzTargets.names() : Arrays.asList(NAMES.split(","));
    }

    @ParameterizedTest
    @MethodSource("names")
    void findsNothing(String name) throws Exception {
        assumeThat(hasJazzer()).as("Jazzer is there with -Pfuzz only").isTrue();
        Path folder = Path.of("target", "fuzz", name);
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        int number = 0;
        for (byte[] input : KeptInputs.withSeeds(name, FuzzTargets.of(name))) {
            Files.write(corpus.resolve("kept-" + number++), input);
        }
        Path log = folder.toAbsolutePath().resolve("log");
        int exit = jazzer(name, folder, log);
        assertThat(exit).as("%s: %s", log, end(log)).isZero();
    }

    private static boolean hasJazzer() {
        try {
            return Class.forName(JAZZER, false, Fuzzing.class.getClassLoader()) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static int jazzer(String name, Path folder, Path log) throws IOException, InterruptedException {
        String ownPath = System.getProperty("java.class.path");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", // so that running out of memory is found
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("surefire.test.class.path", ownPath),
                JAZZER,
                "--target_class=" + Fuzzed.class.getName(),
                "--target_args=" + name,
                "--instrumentation_includes=dev.bag.io.**",
                "--disabled_hooks=*", // which look for what a server must not do
                "-max_total_time=" + SECONDS,
                "-max_len=" + LONGEST_INPUT,
                "-timeout=20",
                "-rss_limit_mb=3000",
                "corpus");
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    private static String end(Path log) throws IOException {
        String text = Files.readString(log, ISO_8859_1);
        return text.substring(Math.max(0, text.length() - SHOWN));
    }
}
