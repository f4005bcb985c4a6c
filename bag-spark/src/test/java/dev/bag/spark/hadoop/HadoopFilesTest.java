package dev.bag.spark.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import dev.bag.io.TextFiles;
import dev.bag.spark.SparkRunner;
import dev.bag.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of Hadoop are read and written as all others, by a local runner and by Spark. */
class HadoopFilesTest {

    private static JavaSparkContext context;
    private static Runner spark;

    @TempDir
    private Path folder;

    @BeforeAll
    static void connect() {
        context = new JavaSparkContext(new SparkConf()
                .setMaster("local[2]")
                .setAppName("HadoopFilesTest")
                .set("spark.ui.enabled", "false")
                .set("spark.hadoop.fs.disk.impl", Disk.class.getName()));
        spark = SparkRunner.on(context);
    }

    @AfterAll
    static void disconnect() {
        spark.close();
        context.close();
    }

    @AfterEach
    void mend() {
        Disk.FAILS_AFTER.set(Integer.MAX_VALUE);
    }

    private String uri(String scheme, String name) {
        return scheme + "://" + folder.resolve(name);
    }

    private static List<Runner> runners() {
        return List.of(spark, Runner.inline());
    }

    /** Names and contents of what is in a folder, hidden or not. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path each : all.toList()) {
                    files.put(each.getFileName().toString(), Files.readString(each));
                }
            }
        }
        return files;
    }

    @Test
    @Tag("P1")
    void patternsFoldersAndPiecesAreRead() throws IOException {
        Files.createDirectories(folder.resolve("logs/2024 ü"));
        String lines =
                IntStream.range(0, 5_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        Files.writeString(folder.resolve("logs/2024 ü/a.txt"), lines);
        Files.writeString(folder.resolve("logs/b.txt"), "b\n");
        Files.writeString(folder.resolve("logs/_hidden.txt"), "hidden\n");
        for (Runner runner : runners()) {
            assertThat(TextFiles.read(uri("disk", "logs/**.txt")).count().compute(runner))
                    .isEqualTo(5_001);
            assertThat(TextFiles.read(uri("store", "logs")).compute(runner)).containsExactly("b");
            Bag<String> pieces = TextFiles.options().blockSize("1kB").read(uri("disk", "logs/2024%20%C3%BC/*.txt"));
            assertThat(pieces.partitionCount()).isGreaterThan(20);
            assertThat(String.join("\n", pieces.compute(runner)) + "\n").isEqualTo(lines);
        }
    }

    @Test
    @Tag("P17")
    void aFileThatIsMissingOrChangedIsNamed() throws IOException {
        assertThatThrownBy(() -> TextFiles.read(uri("disk", "no.txt")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(uri("disk", "no.txt") + ": there is no such file.");
        assertThatThrownBy(() -> TextFiles.read("unheard://host/x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "unheard://host/x: no java.nio.file provider for the scheme \"unheard\" is on the class path.");
        Path file = Files.writeString(folder.resolve("a.txt"), "one\n");
        Bag<String> lines = TextFiles.read(uri("disk", "a.txt"));
        Files.writeString(file, "one\ntwo\n");
        for (Runner runner : runners()) {
            assertThatThrownBy(() -> lines.count().compute(runner))
                    .isInstanceOf(BagException.class)
                    .hasMessageContaining(uri("disk", "a.txt"))
                    .hasMessageContaining("its size in bytes was 4 when the bag was built, and is 8 now");
        }
        Files.delete(file);
        for (Runner runner : runners()) {
            assertThatThrownBy(() -> lines.count().compute(runner))
                    .isInstanceOf(BagException.class)
                    .hasMessageContaining("the file is gone");
        }
    }

    private static Bag<String> lines() {
        return Bag.range(0, 400, 3).map(x -> "line " + x);
    }

    @Test
    @Tag("P36")
    void whatIsWrittenIsThatOfALocalFile() throws IOException {
        for (String name : List.of("out/part-*.txt", "out/part-*.txt.gz", "out.txt", "out.txt.gz")) {
            TextFiles.write(lines(), folder.resolve("here/" + name), Runner.inline());
            for (Runner runner : runners()) {
                for (String scheme : List.of("disk", "store")) {
                    String place = scheme + (runner == spark ? "spark" : "inline");
                    TextFiles.write(lines(), uri(scheme, place + "/" + name), runner);
                    TextFiles.writeOptions().overwrite().write(lines(), uri(scheme, place + "/" + name), runner);
                    assertThat(bytes(folder.resolve(place))).as(name).isEqualTo(bytes(folder.resolve("here")));
                    assertThatThrownBy(() -> TextFiles.write(lines(), uri(scheme, place + "/" + name), runner))
                            .hasStackTraceContaining("the file exists already");
                }
            }
        }
    }

    private static Map<String, String> bytes(Path folder) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                bytes.put(folder.relativize(each).toString(), java.util.Arrays.toString(Files.readAllBytes(each)));
            }
        }
        return bytes;
    }

    /** What a reader may see at any time: files that are whole, and all of them if there is a mark that says so. */
    private static void assertWhole(Map<String, String> seen, List<Map<String, String>> outputs) {
        Map<String, String> visible = new TreeMap<>(seen);
        visible.keySet().removeIf(name -> name.startsWith("."));
        if (visible.containsKey("_SUCCESS")) {
            assertThat(visible).isIn(outputs);
        } else {
            visible.forEach((name, text) ->
                    assertThat(outputs).extracting(each -> each.get(name)).contains(text));
        }
    }

    @Test
    @Tag("P36")
    void aWriteThatFailsAnywhereIsWholeOrTold() throws IOException {
        TextFiles.write(lines(), folder.resolve("here/*.txt"), Runner.inline());
        Map<String, String> expected = files(folder.resolve("here"));
        for (String scheme : List.of("disk", "store")) {
            Path out = folder.resolve(scheme);
            Throwable failure = new IOException();
            for (int operations = 0; failure != null; operations++) {
                Disk.FAILS_AFTER.set(operations);
                failure =
                        catchThrowable(() -> TextFiles.write(lines(), uri(scheme, scheme + "/*.txt"), Runner.inline()));
                mend();
                Map<String, String> seen = files(out);
                if (failure == null) {
                    assertThat(seen).isEqualTo(expected);
                } else {
                    assertThat(failure).isInstanceOfAny(BagException.class, UncheckedIOException.class);
                    assertWhole(seen, List.of(expected));
                    delete(out);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path each : all.toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    @Test
    @Tag("P36")
    void aProcessThatIsKilledLeavesFilesThatAreWhole() throws Exception {
        TextFiles.write(lines().map(String::toUpperCase), folder.resolve("old/*.txt"), Runner.inline());
        TextFiles.write(lines(), folder.resolve("new/*.txt"), Runner.inline());
        List<Map<String, String>> outputs = List.of(files(folder.resolve("old")), files(folder.resolve("new")));
        Path out = Files.createDirectory(folder.resolve("out"));
        for (int operations : new int[] {11, 17}) {
            for (Map.Entry<String, String> each : outputs.get(0).entrySet()) {
                Files.writeString(out.resolve(each.getKey()), each.getValue());
            }
            ChildJvm.Result killed =
                    ChildJvm.run(Killed.class, List.of("-Dout=" + uri("store", "out/*.txt"), "-Dafter=" + operations));
            assertThat(killed.exitCode()).as(killed.output()).isEqualTo(9);
            assertWhole(files(out), outputs);
        }
        assertThat(files(out))
                .as("killed between two files")
                .containsEntry("0.txt", outputs.get(1).get("0.txt"))
                .containsEntry("1.txt", outputs.get(0).get("1.txt"))
                .doesNotContainKey("_SUCCESS");
        TextFiles.writeOptions().overwrite().write(lines(), uri("store", "out/*.txt"), Runner.inline());
        assertThat(files(out)).containsAllEntriesOf(outputs.get(1));
    }

    /** Replaces an output, and is killed meanwhile. */
    static final class Killed {

        private Killed() {}

        public static void main(String... arguments) {
            Disk.kills = true;
            Disk.FAILS_AFTER.set(Integer.getInteger("after"));
            TextFiles.writeOptions().overwrite().write(lines(), System.getProperty("out"), Runner.inline());
        }
    }

    @Test
    @Tag("P5")
    void aFailureOnSparkLeavesNothing() throws IOException {
        Bag<String> failing = Bag.range(0, 400, 4).map(x -> "line " + 100 / (x - 350));
        List<String> schemes = new ArrayList<>(List.of("disk", "store"));
        for (String scheme : schemes) {
            assertThatThrownBy(() -> TextFiles.write(failing, uri(scheme, scheme + "/out/*.txt"), spark))
                    .isInstanceOf(BagException.class)
                    .hasMessageStartingWith("map failed");
            assertThat(folder.resolve(scheme)).doesNotExist();
        }
    }
}
