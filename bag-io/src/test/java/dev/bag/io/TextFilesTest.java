package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Report;
import dev.bag.RunListener;
import dev.bag.Runner;
import dev.bag.value.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {

    @TempDir
    Path directory;

    @Test
    void readsFilesInOrder() throws Exception {
        write("b.log", "b1\nb2\n");
        write("a.log", "a1\r\na2");
        write("c.log", "");
        Files.write(directory.resolve("d.log.gz"), gzip("d1\nd2\n"));
        assertThat(TextFiles.read(directory + "/*.log*").compute()).containsExactly("a1", "a2", "b1", "b2", "d1", "d2");
        assertThat(TextFiles.read(directory).compute()).containsExactly("a1", "a2", "b1", "b2", "d1", "d2");
        assertThat(TextFiles.read(directory.toUri()).compute()).containsExactly("a1", "a2", "b1", "b2", "d1", "d2");
        assertThat(TextFiles.read(directory + "/b.log", directory + "/a.log").compute())
                .containsExactly("b1", "b2", "a1", "a2");
    }

    @Test
    void isCalledByItsPatterns() throws Exception {
        write("a.log", "a");
        Bag<String> bag = TextFiles.read(directory + "/*.log", directory + "/a.log");
        assertThat(bag.explain()).contains(directory + "/*.log, " + directory + "/a.log");
    }

    @Test
    void reportsHowManyBytesWerePassedOver() throws Exception {
        byte[] packed = gzip("the same line\n".repeat(100_000));
        byte[] file = Arrays.copyOf(packed, packed.length + 100);
        Arrays.fill(file, packed.length, file.length, (byte) 'x');
        Path path = Files.write(directory.resolve("trailing.gz"), file);
        Bag<String> lines = TextFiles.options().ignoreTrailingBytes().read(path, path);
        for (int threads : new int[] {1, 2, 4}) {
            for (int retries : new int[] {0, 1}) {
                assertThat(passedOver(threads, retries, runner -> lines.count().compute(runner)))
                        .isEqualTo(200);
                assertThat(passedOver(
                                threads,
                                retries,
                                runner -> lines.zipWithIndex().count().compute(runner)))
                        .isEqualTo(200);
                assertThat(passedOver(threads, retries, runner -> lines.take(3, runner)))
                        .isZero();
                assertThat(passedOver(threads, retries, runner -> readAll(lines, runner)))
                        .isEqualTo(200);
            }
        }
        assertThat(passedOver(
                        1,
                        0,
                        runner -> TextFiles.options()
                                .ignoreTrailingBytes()
                                .readWithSource(path)
                                .count()
                                .compute(runner)))
                .isEqualTo(100);
    }

    private static void readAll(Bag<String> lines, Runner runner) {
        try (Stream<String> stream = lines.stream(runner)) {
            assertThat(stream.count()).isEqualTo(200_000);
        }
    }

    private static long passedOver(int threads, int retries, Consumer<Runner> run) {
        List<Report> reports = new CopyOnWriteArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void runEnded(Report report) {
                reports.add(report);
            }
        };
        try (Runner runner = Runner.local()
                .threads(threads)
                .retries(retries)
                .listener(listener)
                .build()) {
            run.accept(runner);
        }
        assertThat(reports).hasSize(1);
        return reports.get(0).bytesPassedOver();
    }

    @Test
    void isRepartitionedByTheBytesOfTheFiles() throws Exception {
        byte[] packed = gzip("the same line\n".repeat(100_000));
        write("a.log", "x".repeat(99) + "\n");
        write("b.log", ("y".repeat(99) + "\n").repeat(50));
        write("empty.log", "");
        Files.write(directory.resolve("c.log.gz"), packed);
        Bag<String> plain = TextFiles.read(directory + "/*.log");
        Bag<String> compressed = TextFiles.read(directory + "/c.log.gz");
        Bag<String> blocks = TextFiles.options().blockSize(777).read(directory + "/*.log");
        Bag<Sourced<String>> numbered = TextFiles.options().readWithSource(directory + "/*.log");
        for (Bag<?> bag : List.of(plain, blocks, numbered, plain.filter(line -> false))) {
            assertThat(bag.repartitionBySize("100").partitionCount()).isEqualTo(51);
            assertThat(bag.repartitionBySize("5.1kB").partitionCount()).isEqualTo(1);
            assertThat(bag.repartitionBySize("5099B").partitionCount()).isEqualTo(2);
            assertThat(bag.repartitionBySize("1TB").partitionCount()).isEqualTo(1);
        }
        assertThat(compressed.repartitionBySize("1").partitionCount()).isEqualTo(packed.length);
        assertThat(TextFiles.read(directory + "/empty.log")
                        .repartitionBySize("1")
                        .partitionCount())
                .isEqualTo(1);
        assertThat(plain.repartitionBySize("100").compute()).isEqualTo(plain.compute());
        assertThat(compressed.repartitionBySize("1kB").count().compute()).isEqualTo(100_000);
    }

    @Test
    @Tag("P7")
    void readsEmptyFilesAndNone() throws Exception {
        write("a.log", "");
        assertThat(TextFiles.read(directory + "/a.log").compute()).isEmpty();
        assertThat(TextFiles.read(directory + "/a.log", directory + "/a.log")
                        .count()
                        .compute())
                .isZero();
        assertThat(TextFiles.options().allowEmpty().read(directory + "/*.none").compute())
                .isEmpty();
        assertThat(TextFiles.options().allowEmpty().read(new String[0]).compute())
                .isEmpty();
    }

    @Test
    @Tag("P1")
    @Tag("P2")
    void readsTheSameLinesOnAnyNumberOfThreads() throws Exception {
        List<String> lines = lines(30_000);
        write("plain.log", String.join("\n", lines) + "\n");
        Files.write(directory.resolve("packed.gz"), gzip(String.join("\n", lines) + "\n"));
        for (int threads : new int[] {1, 2, 7}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                for (String name : List.of("plain.log", "packed.gz")) {
                    for (long blockSize : new long[] {1000, 77_777, 1L << 30}) {
                        Bag<String> bag =
                                TextFiles.options().blockSize(blockSize).read(directory + "/" + name);
                        assertThat(bag.compute(runner)).isEqualTo(lines);
                        assertThat(bag.count().compute(runner)).isEqualTo(lines.size());
                    }
                }
            }
        }
    }

    @Test
    @Tag("P1")
    void countsAsManyLinesAsWc() throws Exception {
        byte[] noise = new byte[3_000_000];
        new Random(12).nextBytes(noise);
        Path file = Files.write(directory.resolve("noise.bin"), noise);
        Process wc = new ProcessBuilder("sh", "-c", "(cat " + file + "; echo) | wc -l").start();
        long oracle = Long.parseLong(new String(wc.getInputStream().readAllBytes(), US_ASCII).trim());
        TextReadOptions options = TextFiles.options().charset(ISO_8859_1);
        for (long blockSize : new long[] {999, 100_000, 5_000_000}) {
            assertThat(options.blockSize(blockSize).read(file).count().compute())
                    .isEqualTo(oracle);
        }
    }

    @Test
    void numbersLinesHoweverTheFilesAreRead() throws Exception {
        List<String> lines = lines(20_000);
        write("a.txt", String.join("\r\n", lines));
        Files.write(directory.resolve("b.gz"), gzip(String.join("\n", lines) + "\n"));
        write("c.txt", "\n\nc");
        List<Sourced<String>> expected = new ArrayList<>();
        for (String name : List.of("a.txt", "b.gz")) {
            IntStream.range(0, lines.size())
                    .forEach(i -> expected.add(new Sourced<>(directory + "/" + name, i + 1, lines.get(i))));
        }
        String last = directory + "/c.txt";
        expected.addAll(List.of(new Sourced<>(last, 1, ""), new Sourced<>(last, 2, ""), new Sourced<>(last, 3, "c")));
        for (int threads : new int[] {1, 3}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                for (TextReadOptions options : List.of(
                        TextFiles.options(),
                        TextFiles.options().blockSize(1000),
                        TextFiles.options().filesPerPartition(3),
                        TextFiles.options().lineEnding(LineEnding.UNIVERSAL))) {
                    assertThat(options.readWithSource(directory).compute(runner))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void numbersLinesThatAreLeftOutOrDecodedForwards() throws Exception {
        Path file = Files.write(directory.resolve("bad.txt"), "a\n\u00ff\nb\n".getBytes(ISO_8859_1));
        assertThat(TextFiles.options()
                        .malformed(Malformed.SKIP)
                        .readWithSource(file)
                        .compute())
                .containsExactly(new Sourced<>(file.toString(), 1, "a"), new Sourced<>(file.toString(), 3, "b"));
        Charset japanese = Charset.forName("ISO-2022-JP");
        Path stateful = Files.write(
                directory.resolve("jp.txt"), "a\n漢\nb\n".repeat(30_000).getBytes(japanese));
        List<Sourced<String>> lines =
                TextFiles.options().charset(japanese).readWithSource(stateful).compute();
        assertThat(lines).hasSize(90_000).last().isEqualTo(new Sourced<>(stateful.toString(), 90_000, "b"));
        assertThat(lines).element(40_000).isEqualTo(new Sourced<>(stateful.toString(), 40_001, "漢"));
    }

    @Test
    @Tag("P20")
    void failsWithOneExceptionThatSaysWhere() throws Exception {
        Path file = Files.write(directory.resolve("bad.log"), "a\nb\u00ff\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> TextFiles.read(file).count().compute())
                .isInstanceOfSatisfying(BagException.class, e -> {
                    assertThat(e.location()).contains(Location.at(file.toString(), 2, 2));
                    assertThat(e.partition()).hasValue(0);
                })
                .hasMessage(file + ", line 2: not UTF-8: ff, at byte 3.\n"
                        + "  Read it with the right charset(...), or with malformed(Malformed.REPLACE) or"
                        + " malformed(Malformed.SKIP).");
        assertThat(TextFiles.options().charset(ISO_8859_1).read(file).compute()).containsExactly("a", "bÿ");
    }

    @Test
    @Tag("P20")
    void tellsTheLineOnWhichAFunctionFailed() throws Exception {
        write("numbers.txt", "1\n2\n3\nfour\n5\n");
        assertThatThrownBy(() -> TextFiles.options()
                        .blockSize(3)
                        .read(directory + "/numbers.txt")
                        .map(Integer::parseInt)
                        .compute())
                .isInstanceOfSatisfying(
                        BagException.class,
                        e -> assertThat(e.location()).contains(Location.at(directory + "/numbers.txt", 4, 6)));
    }

    @Test
    @Tag("P17")
    void refusesAFileThatHasChangedSinceTheBagWasBuilt() throws Exception {
        Path file = write("a.log", "a\n");
        Bag<String> bag = TextFiles.read(file);
        assertThat(bag.compute()).containsExactly("a");
        Files.writeString(file, "a\nb\n");
        assertThatThrownBy(bag::compute)
                .isInstanceOf(BagException.class)
                .hasMessageStartingWith(file + ": the file has changed");
    }

    @Test
    @Tag("P29")
    @Tag("P38")
    void leavesNoFileOpen() throws Exception {
        Path processFiles = Path.of("/proc/self/fd");
        assumeThat(processFiles).isDirectory();
        write("a.txt", String.join("\n", lines(30_000)));
        Files.write(directory.resolve("b.gz"), gzip(String.join("\n", lines(30_000))));
        Files.write(directory.resolve("c.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        Bag<String> good = TextFiles.read(directory + "/a.txt", directory + "/b.gz");
        Bag<String> bad = TextFiles.read(directory);
        assertThat(good.take(1)).hasSize(1);
        assertThat(good.skip(30_000).take(3)).hasSize(3);
        assertThat(good.anyMatch(line -> line.startsWith("line 7")).compute()).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> bad.count().compute()).isInstanceOf(BagException.class);
        }
        try (Stream<Path> open = Files.list(processFiles)) {
            assertThat(open.map(TextFilesTest::target).filter(path -> path.startsWith(directory.toString())))
                    .isEmpty();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    @Test
    void readsWithEachOption() throws Exception {
        Path file = write("a.txt", "a;b\r;c\n;");
        assertThat(TextFiles.options().delimiter(";").read(file).compute()).containsExactly("a", "b\r", "c\n");
        assertThat(TextFiles.options()
                        .lineEnding(LineEnding.UNIVERSAL)
                        .read(file)
                        .compute())
                .containsExactly("a;b", ";c", ";");
        Path wide = Files.write(directory.resolve("wide.txt"), "é\nè\n".getBytes(UTF_16LE));
        assertThat(TextFiles.options().charset(UTF_16LE).read(wide).compute()).containsExactly("é", "è");
        Path packed = Files.write(directory.resolve("packed.txt"), gzip("x\n"));
        assertThat(TextFiles.options()
                        .compression(Compression.GZIP)
                        .read(packed)
                        .compute())
                .containsExactly("x");
        assertThatThrownBy(
                        () -> TextFiles.options().maxLineLength("2B").read(file).compute())
                .hasMessageContaining("has more than 2 bytes");
        assertThat(TextFiles.options()
                        .maxLineLength(3)
                        .delimiter(";")
                        .read(file)
                        .compute())
                .hasSize(3);
    }

    @Test
    void makesPartitionsOfSizesOnly() throws Exception {
        write("a.txt", "0123456789\n".repeat(100));
        write("b.txt", "b\n");
        write("c.txt", "c\n");
        assertThat(TextFiles.options().blockSize("110B").read(directory).partitionCount())
                .isEqualTo(11);
        assertThat(TextFiles.options().filesPerPartition(2).read(directory).partitionCount())
                .isEqualTo(2);
        assertThat(TextFiles.read(directory).partitionCount()).isEqualTo(1);
    }

    @Test
    void readsAFileOnceThatIsCompressedThoughItsNameDoesNotSaySo() throws Exception {
        List<String> lines = lines(5000);
        Path file = Files.write(directory.resolve("old.log.1"), gzip(String.join("\n", lines)));
        Bag<String> bag = TextFiles.options().blockSize(1000).read(file);
        assertThat(bag.partitionCount()).isGreaterThan(5);
        assertThat(bag.compute()).isEqualTo(lines);
    }

    @Test
    void readsFilesOfOtherFileSystems() throws Exception {
        List<String> lines = lines(2000);
        Path zip = directory.resolve("all.zip");
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.write(inside.getPath("/a.txt"), lines);
        }
        try (FileSystem inside = FileSystems.newFileSystem(zip)) {
            assertThat(TextFiles.options()
                            .blockSize(1000)
                            .read(inside.getPath("/*.txt"))
                            .compute())
                    .isEqualTo(lines);
        }
    }

    @Test
    void leavesOptionsAsTheyAre() throws Exception {
        Path file = write("a.txt", "a;b");
        TextReadOptions options = TextFiles.options();
        assertThat(options.delimiter(";").read(file).compute()).containsExactly("a", "b");
        assertThat(options.read(file).compute()).containsExactly("a;b");
    }

    @Test
    void refusesWrongOptionsAtOnce() {
        TextReadOptions options = TextFiles.options();
        refused(() -> options.blockSize(0), "blockSize(0): must be at least 1 byte");
        refused(
                () -> options.blockSize("1MB").filesPerPartition(1),
                "blockSize and filesPerPartition contradict each other: leave one of them out");
        refused(() -> options.filesPerPartition(0), "filesPerPartition(0): must be at least 1");
        refused(() -> options.maxLineLength("0"), "maxLineLength(0): must be from 1 to 2147482623 bytes");
        refused(() -> options.maxRatio(0), "maxRatio(0): the ratio must be 1 or more");
        refused(() -> options.codecMemory("1kB"), "codecMemory(1000): at least 1 MiB is needed");
        refused(() -> options.delimiter(""), "delimiter(\"\"): the delimiter must have a character");
        refused(
                () -> options.charset(US_ASCII).delimiter("→"),
                "delimiter(\"→\"): the charset US-ASCII has no such characters");
        refused(
                () -> options.delimiter("→").charset(US_ASCII),
                "delimiter(\"→\"): the charset US-ASCII has no such characters");
        refused(
                () -> options.delimiter(";").lineEnding(LineEnding.UNIVERSAL),
                "delimiter(...) and lineEnding(UNIVERSAL) contradict each other: leave one out");
        refused(() -> options.read(new String[0]), "read(): at least one path is needed, or allowEmpty()");
    }

    private static void refused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(directory.resolve(name), text.getBytes(UTF_8));
    }

    private static List<String> lines(int count) {
        Random random = new Random(11);
        return IntStream.range(0, count)
                .mapToObj(i -> "line " + i + " " + "xé".repeat(random.nextInt(20)))
                .toList();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
