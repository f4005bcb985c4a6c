package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files whose size is not known before they are read, and other odd names. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipesTest {

    private static final List<String> LINES =
            IntStream.range(0, 100_000).mapToObj(i -> "line " + i).toList();

    @TempDir
    Path directory;

    @Test
    @Tag("P1")
    void readsAPipeOnAnyNumberOfThreads() throws Exception {
        byte[] text = String.join("\n", LINES).getBytes(UTF_8);
        for (int threads : new int[] {1, 2, 7}) {
            for (byte[] bytes : List.of(text, gzip(text))) {
                try (Runner runner = Runner.local().threads(threads).build()) {
                    Path pipe = pipe("pipe" + threads + bytes.length, bytes);
                    assertThat(TextFiles.read(pipe).compute(runner)).isEqualTo(LINES);
                }
            }
        }
        assertThat(TextFiles.options()
                        .readWithSource(pipe("numbered", text))
                        .count()
                        .compute())
                .isEqualTo(100_000);
        byte[] wide = ("\ufeff" + String.join("\r\n", LINES)).getBytes(UTF_16BE);
        assertThat(TextFiles.read(pipe("wide", wide)).compute()).isEqualTo(LINES);
        assertThat(TextFiles.read(pipe("small", "a".getBytes(UTF_8))).compute()).containsExactly("a");
        assertThat(TextFiles.read(pipe("empty", new byte[0])).compute()).isEmpty();
    }

    @Test
    void isAPartitionOfItsOwn() throws Exception {
        Path before = Files.writeString(directory.resolve("a.txt"), "a\n");
        Path after = Files.writeString(directory.resolve("z.txt"), "z\n");
        Bag<String> bag = TextFiles.read(before, pipe("pipe", "p\n".getBytes(UTF_8)), after);
        assertThat(bag.partitionCount()).isEqualTo(3);
        assertThat(bag.explain()).contains("how large it is turns out when it is read");
        assertThat(bag.compute()).containsExactly("a", "p", "z");
        assertThat(TextFiles.read(directory).compute()).as("of a directory").containsExactly("a", "z");
    }

    @Test
    @Tag("P1")
    @Tag("P5")
    void refusesToReadAPipeTwice() throws Exception {
        Path pipe = pipe("pipe", "1\n2\nx\n".getBytes(UTF_8));
        String again =
                pipe + ": this is a pipe or a device, and what was read of it is gone: a bag of it can be read only"
                        + " once.\n  Copy it to a file first, or persist() the bag.";
        Bag<String> bag = TextFiles.read(pipe);
        assertThat(bag.take(1)).containsExactly("1");
        assertThatThrownBy(bag::compute).isInstanceOf(BagException.class).hasMessage(again);
        Path failing = pipe("failing", "1\n2\nx\n".getBytes(UTF_8));
        try (Runner runner = Runner.local().threads(2).retries(1).build()) {
            assertThatThrownBy(
                            () -> TextFiles.read(failing).map(Integer::parseInt).compute(runner))
                    .isInstanceOf(BagException.class)
                    .hasMessageContaining("what was read of it is gone");
        }
    }

    @Test
    @Tag("P8")
    void tellsWhatIsWrongInAPipe() throws Exception {
        byte[] packed = gzip("some text\n".repeat(1000).getBytes(UTF_8));
        Path cut = pipe("cut", Arrays.copyOf(packed, packed.length - 3));
        assertThatThrownBy(() -> TextFiles.read(cut).count().compute())
                .hasMessage(cut + ": the gzip stream ends inside a trailer. What was written is cut short.");
        Path line = pipe("line", "a\n\u00ffb\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> TextFiles.read(line).compute())
                .hasMessageStartingWith(line + ", line 2: not UTF-8: ff");
    }

    @Test
    @Tag("P21")
    void canBeCancelledWhileNothingWritesToThePipe() throws Exception {
        Path pipe = make("waiting");
        try (Runner runner = Runner.local().threads(1).build()) {
            CompletableFuture<Long> count = TextFiles.read(pipe).count().computeAsync(runner);
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals("bag opens " + pipe)));
            count.cancel(true);
        }
        write(pipe, new byte[0]).get(30, TimeUnit.SECONDS); // lets the thread end that still waits
    }

    @Test
    void readsWhatTheKernelMakesUp() throws Exception {
        Path version = Path.of("/proc/version");
        assumeThat(version).exists();
        Bag<String> bag = TextFiles.read("/proc/version", "/proc/sys/kernel/ostype*");
        List<String> expected = List.of(
                Files.readString(version).strip(),
                Files.readString(Path.of("/proc/sys/kernel/ostype")).strip());
        assertThat(bag.compute()).isEqualTo(expected);
        assertThat(bag.compute()).as("again").isEqualTo(expected);
        Path link = Files.createSymbolicLink(directory.resolve("link"), version);
        assertThat(TextFiles.read(link).compute()).containsExactly(expected.get(0));
    }

    @Test
    void readsItsStandardInput() throws Exception {
        assumeThat(Path.of("/dev/stdin")).exists();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        Path file = Files.writeString(directory.resolve("three.txt"), "a\nb\nc\n");
        for (String command :
                List.of("cat '%s' | '%s' -cp '%s' %s /dev/stdin", "'%2$s' -cp '%3$s' %4$s /dev/stdin < '%1$s'")) {
            String line = String.format(command, file, java, classPath, CountLines.class.getName());
            Process process = new ProcessBuilder("sh", "-c", line)
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                    .contains("lines: 3" + System.lineSeparator());
        }
    }

    @Test
    void saysThatNamesAreNotExpanded() {
        refused(
                "~/logs/*.gz",
                "~/logs/*.gz: there is no such file. \"~\" is not expanded here, as a shell does.\n"
                        + "  Use System.getProperty(\"user.home\").");
        refused(
                "$HOME/x.txt",
                "$HOME/x.txt: there is no such file. \"$\" is not expanded here, as a shell does.\n"
                        + "  Use System.getenv(...).");
        refused(
                "/tmp/${USER}/x.txt",
                "/tmp/${USER}/x.txt: there is no such file. \"$\" is not expanded here, as a shell"
                        + " does.\n  Use System.getenv(...).");
        refused(
                "https://example.org/*.gz",
                "https://example.org/*.gz: a web server cannot be asked which files it has, so \"*\" is no pattern there.\n"
                        + "  Name each file, as in read(first, second); the character itself is written with %2a.");
        refused(
                "hdfs://name/x.gz",
                "hdfs://name/x.gz: hdfs needs bag-spark, and the file system of Hadoop for it, on the class path.");
        refused(
                "price$list.txt",
                "price$list.txt: there is no such file.\n" + "  To read nothing without an error, use allowEmpty().");
    }

    private static void refused(String name, String message) {
        assertThatThrownBy(() -> TextFiles.read(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void readsUrisOfOtherFileSystems() throws Exception {
        URI zip = URI.create("jar:" + directory.resolve("all.zip").toUri());
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.writeString(inside.getPath("/a.txt"), "a\n");
            Files.writeString(inside.getPath("/b.txt"), "b\n");
        }
        assertThatThrownBy(() -> TextFiles.read(URI.create(zip + "!/a.txt")))
                .hasMessageContaining("open it first, with java.nio.file.FileSystems.newFileSystem(...).");
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of())) {
            assertThat(inside.isOpen()).isTrue();
            assertThat(TextFiles.read(URI.create(zip + "!/a.txt")).compute()).containsExactly("a");
            assertThat(TextFiles.read(zip + "!/*.txt").compute()).containsExactly("a", "b");
        }
    }

    /** A pipe into which something is being written. */
    private Path pipe(String name, byte[] bytes) throws Exception {
        Path pipe = make(name);
        CompletableFuture<Void> unused = write(pipe, bytes);
        assertThat(unused).isNotNull();
        return pipe;
    }

    private Path make(String name) throws Exception {
        assumeThat(File.separatorChar).isEqualTo('/');
        Path pipe = directory.resolve(name);
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .as("mkfifo")
                .isZero();
        return pipe;
    }

    private static CompletableFuture<Void> write(Path pipe, byte[] bytes) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        Files.write(pipe, bytes);
                    } catch (IOException e) {
                        // the reader has seen enough
                    }
                },
                task -> {
                    Thread thread = new Thread(task, "writes to " + pipe);
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
