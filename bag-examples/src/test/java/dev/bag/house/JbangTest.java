package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example can be run by jbang: its first lines say what it needs, which is all that it is compiled with here. */
@Tag("once")
class JbangTest {

    private static final Path EXAMPLES = Path.of("bag-examples/src/main/java/dev/bag/examples");
    private static final String SOURCES = "//SOURCES ";

    @TempDir
    Path folder;

    static Stream<Path> examples() {
        return SourceTree.mainJavaFiles().stream()
                .filter(file -> file.startsWith(EXAMPLES) && !file.endsWith("BagShell.java"))
                .filter(file -> SourceTree.lines(file).stream().anyMatch(line -> line.contains("static void main(")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theFirstLinesSayWhatItNeeds(Path example) throws Exception {
        List<String> head = SourceTree.lines(example).stream()
                .takeWhile(line -> line.startsWith("//"))
                .toList();
        assertThat(head)
                .startsWith("// spotless:off", "//JAVA 17+", "//DEPS dev.bag:bag-io:" + SourceTree.version())
                .endsWith("// spotless:on");
        List<Path> sources = new ArrayList<>(List.of(SourceTree.resolve(example)));
        for (String line : head) {
            if (line.startsWith(SOURCES)) {
                sources.add(SourceTree.resolve(EXAMPLES.resolve(line.substring(SOURCES.length()))));
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-cp",
                    classPath(),
                    "-sourcepath",
                    Files.createDirectory(folder.resolve("none")).toString(),
                    "-d",
                    folder.toString());
            assertThat(compiler.getTask(errors, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .as("%s", errors)
                    .isTrue();
        }
    }

    /** What the tests run with, without the examples. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Files.exists(Path.of(entry, "dev/bag/examples")))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
