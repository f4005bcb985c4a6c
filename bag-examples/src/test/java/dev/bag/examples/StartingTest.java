package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/java-flags} and {@code bin/java-archive}: what they print is understood by Java. */
class StartingTest {

    private static final String MAKING = "making an archive of classes, which takes a moment";
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    /** The program that is started. */
    static final class Hello {

        public static void main(String... arguments) {
            System.out.println("hello");
        }
    }

    @Test
    void javaUnderstandsTheCollector(@TempDir Path directory) throws Exception {
        String flags = script(directory, Map.of("JAVA_TOOL_OPTIONS", ""), "java-flags");
        assertThat(flags).isIn("-XX:+UseSerialGC\n", "-XX:+UseParallelGC -Xmn64m\n");
        assertThat(java(directory, Stream.concat(words(flags), Stream.of("-version"))))
                .contains(System.getProperty("java.version"));
    }

    @Test
    void aCollectorThatIsAskedForElsewhereStays(@TempDir Path directory) throws Exception {
        assertThat(script(directory, Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g -XX:+UseG1GC"), "java-flags"))
                .isEmpty();
        assertThat(script(directory, Map.of("JDK_JAVA_OPTIONS", "-XX:+UseZGC"), "java-flags"))
                .isEmpty();
    }

    @Test
    void aProgramStartsFromItsArchive(@TempDir Path directory) throws Exception {
        Path jar = jarOf(directory, Hello.class);
        List<String> first = archive(directory, jar);
        assumeTrue(first.size() == 2, "this JDK makes no archives");
        String flag = first.get(1);
        assertThat(first.get(0)).isEqualTo(MAKING);
        assertThat(hello(directory, jar, flag, "-Xlog:class+load"))
                .contains(Hello.class.getName() + " source: shared objects file");
        assertThat(archive(directory, jar)).as("when it is there").containsExactly(flag);

        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
        String[] silent = {flag, "-Xlog:cds=off,cds+dynamic=off"};
        assertThat(hello(directory, jar, silent)).as("for another jar").isEqualTo("hello\n");
        assertThat(hello(directory, jar, silent[0], silent[1], "-XX:-UseCompressedOops"))
                .as("for another kind of heap")
                .isEqualTo("hello\n");

        Path archive = Path.of(flag.substring(flag.indexOf('=') + 1));
        Files.setLastModifiedTime(archive, FileTime.fromMillis(System.currentTimeMillis() - 120_000));
        assertThat(archive(directory, jar)).as("when it is older than the jar").containsExactly(MAKING, flag);
        assertThat(hello(directory, jar, flag, "-Xlog:class+load"))
                .contains(Hello.class.getName() + " source: shared objects file");
    }

    @Test
    void withoutAnArchiveAProgramStartsAsEver(@TempDir Path directory) throws Exception {
        Path classes = Files.createDirectory(directory.resolve("classes")); // Java archives no classes of directories
        Path file = classes.resolve(entry(Hello.class));
        Files.createDirectories(file.getParent());
        Files.write(file, bytes(Hello.class));
        assertThat(archive(directory, classes)).containsExactly(MAKING);
        assertThat(archive(directory, classes)).isEmpty();
    }

    private static List<String> archive(Path directory, Path classes) throws Exception {
        String name = directory.resolve("hello").toString();
        return script(directory, Map.of(), "java-archive", name, "-cp", classes.toString(), Hello.class.getName())
                .lines()
                .toList();
    }

    private static String hello(Path directory, Path classes, String... flags) throws Exception {
        return java(
                directory,
                Stream.concat(Stream.of(flags), Stream.of("-cp", classes.toString(), Hello.class.getName())));
    }

    private static String java(Path directory, Stream<String> arguments) throws Exception {
        Stream<String> java = Stream.of(JAVA_HOME.resolve("bin/java").toString());
        return Shell.run(directory, Map.of(), "", Stream.concat(java, arguments).toArray(String[]::new));
    }

    private static String script(Path directory, Map<String, String> variables, String name, String... arguments)
            throws Exception {
        assumeTrue(Shell.isInstalled("bash"), "bash is not installed");
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("JAVA_HOME", JAVA_HOME.toString());
        Path script = Path.of("..", "bin", name).toAbsolutePath().normalize();
        String[] command = Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return Shell.run(directory, environment, "", command);
    }

    private static Stream<String> words(String line) {
        return Stream.of(line.strip().split(" "));
    }

    private static Path jarOf(Path directory, Class<?> type) throws IOException {
        Path jar = directory.resolve("hello.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry(type)));
            out.write(bytes(type));
        }
        return jar;
    }

    private static String entry(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + entry(type))) {
            return in.readAllBytes();
        }
    }
}
