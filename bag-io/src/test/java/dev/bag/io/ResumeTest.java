package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.Kryo;
import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that fails or is killed leaves what it has finished to the next one, and to none that is another. */
@Tag("P36")
class ResumeTest {

    private static final int FILES = 8;
    private static final int FAILS_IN = 5;
    private static final List<Integer> ALL = IntStream.range(0, FILES).boxed().toList();
    private static final List<Integer> MISSING =
            IntStream.range(FAILS_IN, FILES).boxed().toList();

    private static final TextWriteOptions OPTIONS = TextFiles.writeOptions().resume("v1");

    @TempDir
    Path directory;

    @BeforeEach
    void writeInputs() throws IOException {
        Files.createDirectories(directory.resolve("in"));
        for (int i = 0; i < FILES; i++) {
            Path file = directory.resolve("in/" + i + ".gz");
            try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                for (int n = 0; n < 50; n++) {
                    out.write((i + "," + n + "\n").getBytes());
                }
            }
        }
    }

    /** Lines of all files; the file of which each is the first is noted. */
    static Bag<String> lines(Path directory, UnaryOperator<String> last) {
        return TextFiles.options()
                .filesPerPartition(1)
                .read(directory + "/in/*.gz")
                .map(line -> {
                    if (line.endsWith(",0")) {
                        Files.writeString(
                                directory.resolve("computed"),
                                line.charAt(0) + "\n",
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND);
                    }
                    return last.apply(line);
                });
    }

    private Bag<String> failing() {
        return lines(directory, line -> {
            if (line.equals(FAILS_IN + ",20")) {
                throw new IllegalStateException("not now");
            }
            return line;
        });
    }

    private Bag<String> whole() {
        return lines(directory, line -> line);
    }

    private void fail(TextWriteOptions options, String target) {
        try (Runner runner = Runner.local().threads(1).build()) {
            assertThatThrownBy(() -> options.write(failing(), target, runner))
                    .isInstanceOf(BagException.class)
                    .hasRootCauseMessage("not now");
        }
    }

    /** Which files have been read since this was called before. */
    private List<Integer> computed() throws IOException {
        Path log = directory.resolve("computed");
        List<Integer> computed = new ArrayList<>(new TreeSet<>(
                Files.exists(log)
                        ? Files.readAllLines(log).stream().map(Integer::valueOf).toList()
                        : List.of()));
        Files.deleteIfExists(log);
        return computed;
    }

    private void assertWritten(String target) throws IOException {
        assertThat(TextFiles.read(target).compute()).isEqualTo(whole().compute());
        Files.delete(directory.resolve("computed"));
        assertThat(Folder.names(directory)).noneMatch(name -> name.contains("/.") || name.startsWith("."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out/p-*.txt", "out/p-*.gz", "out/p-*.zst", "out.bz2", "out.zst", "out.txt"})
    void onlyWhatIsMissingIsComputed(String name) throws Exception {
        String target = directory + "/" + name;
        fail(OPTIONS, target);
        assertThat(computed()).hasSize(FAILS_IN + 1);
        assertThat(Folder.names(directory.resolve("out")))
                .as("what is kept is hidden, and nothing else is there")
                .allMatch(file -> file.startsWith(".bag-") && (file.endsWith(".kept") || file.endsWith(".info")));
        fail(OPTIONS, target);
        assertThat(computed()).containsExactly(FAILS_IN);
        Written written = OPTIONS.write(whole(), target);
        assertThat(computed()).isEqualTo(MISSING);
        assertThat(written.records()).isEqualTo(50L * FILES);
        assertWritten(target);
        for (Path path : written.paths()) {
            Folder.assertIntact(path);
        }
    }

    /** Runs until it halts. */
    static final class Writes {

        private Writes() {}

        public static void main(String[] args) {
            Path directory = Path.of(args[0]);
            Bag<String> bag = lines(directory, line -> {
                if (line.equals(FAILS_IN + ",20")) {
                    Runtime.getRuntime().halt(9);
                }
                return line;
            });
            (args[2].equals("resume") ? OPTIONS : TextFiles.writeOptions())
                    .write(bag, args[1], Runner.local().threads(1).build());
        }
    }

    private void kill(String target, String how) throws Exception {
        new ChildJvm().withJarOf(Kryo.class).run(Writes.class, directory.toString(), target, how);
        assertThat(computed()).hasSize(FAILS_IN + 1);
    }

    @Test
    void aProcessThatIsKilledLeavesWhatItHasFinished() throws Exception {
        String target = directory + "/out/p-*.txt";
        kill(target, "resume");
        assertThat(Folder.names(directory.resolve("out"))).anyMatch(name -> name.endsWith(".tmp"));
        OPTIONS.write(whole(), target);
        assertThat(computed()).isEqualTo(MISSING);
        assertWritten(directory + "/out");
    }

    @Test
    @Tag("P38")
    void whatAKilledProcessHasLeftIsDeletedByTheNextOne() throws Exception {
        String target = directory + "/out/p-*.txt";
        kill(target, "plainly");
        assertThat(Folder.names(directory.resolve("out")))
                .hasSize(FAILS_IN + 2)
                .allMatch(name -> name.endsWith(".tmp") || name.endsWith(".lock"));
        fail(TextFiles.writeOptions(), target);
        assertThat(directory.resolve("out")).isEmptyDirectory();
        computed();
        kill(target, "resume");
        TextFiles.writeOptions().write(whole(), target);
        assertThat(computed()).isEqualTo(ALL);
        assertWritten(directory + "/out");
    }

    @Test
    void anythingElseBeginsAnew() throws Exception {
        String target = directory + "/out/p-*.txt";
        assertBeginsAnew(target, () -> OPTIONS.resume("v2").write(whole(), target));
        assertBeginsAnew(target, () -> OPTIONS.delimiter("\r\n").write(whole(), target));
        assertBeginsAnew(target, () -> OPTIONS.write(whole().limit(399), target));
        assertBeginsAnew(target, () -> OPTIONS.write(whole().filter(line -> true), target));
        assertBeginsAnew(
                target,
                () -> CsvFiles.writeOptions().resume("v1").header("line").write(whole().map(List::of), target));
        assertBeginsAnew(target, () -> {
            Path file = directory.resolve("in/7.gz");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
            OPTIONS.write(whole(), target);
        });
    }

    private void assertBeginsAnew(String target, Folder.Action action) throws Exception {
        fail(OPTIONS, target);
        computed();
        action.run();
        assertThat(computed()).isEqualTo(ALL);
        assertThat(Folder.names(directory.resolve("out")))
                .as("nothing that is hidden is left")
                .hasSize(FILES + 1);
        for (String name : Folder.names(directory.resolve("out"))) {
            Files.delete(directory.resolve("out").resolve(name));
        }
        assertThat(target).isNotEmpty();
    }

    @Test
    void whatIsKeptAndDoesNotHoldIsComputedAgain() throws Exception {
        String target = directory + "/out/p-*.txt";
        fail(OPTIONS, target);
        computed();
        List<String> kept = Folder.names(directory.resolve("out")).stream()
                .filter(name -> name.endsWith(".kept"))
                .toList();
        assertThat(kept).hasSize(FAILS_IN);
        Path flipped = directory.resolve("out").resolve(kept.get(0));
        byte[] bytes = Files.readAllBytes(flipped);
        bytes[17] ^= 1;
        Files.write(flipped, bytes);
        Path cut = directory.resolve("out").resolve(kept.get(1));
        Files.write(cut, List.of());
        Path info = directory.resolve("out").resolve(kept.get(2).replace(".kept", ".info"));
        Files.write(info, new byte[] {1, 2, 3, 4, 5});
        Files.delete(directory.resolve("out").resolve(kept.get(3)));
        OPTIONS.write(whole(), target);
        assertThat(computed()).containsExactly(0, 1, 2, 3, 5, 6, 7);
        assertWritten(directory + "/out");
    }

    @Test
    void foldsAndCarryingOperatorsSeeEverythingAllTheSame() throws Exception {
        String target = directory + "/out/p-*.txt";
        UnaryOperator<Bag<String>> numbered = bag -> bag.zipWithIndex().map(pair -> pair.second() + ":" + pair.first());
        try (Runner runner = Runner.local().threads(1).build()) {
            assertThatThrownBy(() -> OPTIONS.write(numbered.apply(failing()), target, runner))
                    .isInstanceOf(BagException.class);
        }
        OPTIONS.write(numbered.apply(whole()), target);
        assertThat(TextFiles.read(directory + "/out").compute())
                .isEqualTo(numbered.apply(whole()).compute());
    }

    @Test
    void csvBeginsEachFileWithTheNamesOfItsColumns() throws Exception {
        String target = directory + "/out/p-*.csv.gz";
        CsvWriteOptions options = CsvFiles.writeOptions().resume("v1").header("file", "n");
        try (Runner runner = Runner.local().threads(1).build()) {
            assertThatThrownBy(() -> options.write(failing().map(line -> List.of(line.split(","))), target, runner))
                    .isInstanceOf(BagException.class);
        }
        computed();
        Written written = options.write(whole().map(line -> List.of(line.split(","))), target);
        assertThat(computed()).isEqualTo(MISSING);
        assertThat(CsvFiles.read(target)
                        .map(row -> row.get("file") + "," + row.get("n"))
                        .compute())
                .isEqualTo(whole().compute());
        assertThat(written.paths()).hasSize(FILES);
    }

    @Test
    void aRunThatIsAliveIsLeftAlone() throws Exception {
        String target = directory + "/out/p-*.txt";
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waits.class.getName(),
                        target)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("open");
            List<String> its = Folder.names(directory.resolve("out"));
            assertThat(its).anyMatch(name -> name.endsWith(".tmp"));
            assertThatThrownBy(() -> OPTIONS.write(whole(), target))
                    .hasMessageContaining("another process is writing there");
            TextFiles.writeOptions().write(whole(), target);
            assertThat(Folder.names(directory.resolve("out"))).containsAll(its);
        } finally {
            process.destroyForcibly().waitFor();
        }
        TextFiles.writeOptions().overwrite().write(whole(), target);
        assertWritten(directory + "/out");
    }

    /** Writes until it is killed. */
    static final class Waits {

        private Waits() {}

        public static void main(String[] args) {
            Bag<String> bag = Bag.from(List.of("a", "b"), 1).peek(text -> {
                if (text.equals("b")) {
                    System.out.println("open");
                    System.out.flush();
                    new CountDownLatch(1).await(); // never: this process is killed
                }
            });
            OPTIONS.write(bag, args[0], Runner.local().threads(1).build());
        }
    }
}
