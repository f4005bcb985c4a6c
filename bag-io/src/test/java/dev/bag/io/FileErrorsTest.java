package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Report;
import dev.bag.RunListener;
import dev.bag.Runner;
import dev.bag.value.ErrorPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that cannot be read to their end, and policies for them. */
@Tag("P8")
@Tag("P34")
class FileErrorsTest {

    private static final FileErrorPolicy SKIP = FileErrorPolicy.SKIP_FILE;
    private static final FileErrorPolicy KEEP = FileErrorPolicy.KEEP_PREFIX;

    @TempDir
    Path folder;

    private final AtomicReference<Report> report = new AtomicReference<>();
    private final List<RunListener.FileLost> lost = new ArrayList<>();
    private final Runner runner = Runner.local()
            .threads(4)
            .listener(new RunListener() {
                @Override
                public void fileLost(FileLost event) {
                    lost.add(event);
                }

                @Override
                public void runEnded(Report ended) {
                    report.set(ended);
                }
            })
            .build();

    @AfterEach
    void close() {
        runner.close();
    }

    private static List<String> lines(String name, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(name + " " + i + " " + Integer.toHexString((name + i).hashCode()));
        }
        return lines;
    }

    private static byte[] text(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private byte[] bzipped(byte[] bytes) throws IOException, InterruptedException {
        Path plain = Files.write(folder.resolve("plain"), bytes);
        Folder.assertRuns("bzip2", "-1", plain.toString());
        Path made = folder.resolve("plain.bz2");
        assumeThat(made).exists();
        byte[] read = Files.readAllBytes(made);
        Files.delete(made);
        return read;
    }

    private void assertLeftOut(int files, int cut) {
        Report.LeftOut leftOut = report.get().leftOut();
        assertThat(leftOut.files()).isEqualTo(files);
        assertThat(leftOut.cutFiles()).isEqualTo(cut);
        assertThat(leftOut.firstFiles()).hasSize(files + cut);
        assertThat(leftOut.records()).isZero();
        assertThat(lost).hasSize(files + cut);
        lost.clear();
    }

    /** Every file of three with a cut in the middle one, at some places. */
    @ParameterizedTest
    @CsvSource({"gz", "bz2"})
    void cutFiles(String extension) throws IOException, InterruptedException {
        List<String> a = lines("a", 50);
        List<String> b = lines("b", 40_000); // several blocks of bzip2
        List<String> c = lines("c", 50);
        byte[] whole = extension.equals("gz") ? gzipped(text(b)) : bzipped(text(b));
        Files.write(folder.resolve("a.txt"), text(a));
        Files.write(folder.resolve("c.txt"), text(c));
        Path cut = folder.resolve("b.txt." + extension);
        List<String> others = new ArrayList<>(a);
        others.addAll(c);
        for (int length : new int[] {1, 5, 100, whole.length / 2, whole.length - 5, whole.length - 1}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            for (String blockSize : List.of("1kB", "64MB")) {
                TextReadOptions options = TextFiles.options().blockSize(blockSize);
                String pattern = folder + "/*";
                assertThatThrownBy(() -> options.read(pattern).compute(runner)).isInstanceOf(BagException.class);
                assertThat(options.onFileError(SKIP).read(pattern).compute(runner))
                        .isEqualTo(others);
                assertLeftOut(1, 0);
                assertThat(options.onFileError(SKIP).read(pattern).stream(runner)
                                .toList())
                        .isEqualTo(others);
                assertLeftOut(1, 0);
                List<String> kept =
                        new ArrayList<>(options.onFileError(KEEP).read(pattern).compute(runner));
                assertThat(kept).startsWith(a.toArray(String[]::new)).endsWith(c.toArray(String[]::new));
                List<String> prefix = kept.subList(a.size(), kept.size() - c.size());
                assertThat(prefix).isEqualTo(b.subList(0, prefix.size()));
                assertLeftOut(prefix.isEmpty() ? 1 : 0, prefix.isEmpty() ? 0 : 1);
                if (extension.equals("gz")) {
                    assertThat(prefix).hasSizeGreaterThanOrEqualTo(decodable(Files.readAllBytes(cut)));
                }
            }
        }
    }

    /** How many lines the JDK gets out of a file that is cut. */
    private static int decodable(byte[] cut) throws IOException {
        int lines = 0;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(cut), 1)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                lines += next == '\n' ? 1 : 0;
            }
        } catch (EOFException e) {
            return lines;
        }
        return lines;
    }

    @ParameterizedTest
    @EnumSource(value = FileErrorPolicy.class, names = "FAIL", mode = EnumSource.Mode.EXCLUDE)
    void filesThatHaveGoneOrChanged(FileErrorPolicy policy) throws IOException {
        List<String> a = lines("a", 50);
        Files.write(folder.resolve("a"), text(a));
        Path gone = Files.write(folder.resolve("gone"), text(a));
        Path changed = Files.write(folder.resolve("shorter"), text(a));
        Bag<String> bag = TextFiles.options().onFileError(policy).read(folder);
        Bag<Sourced<String>> numbered = TextFiles.options().onFileError(policy).readWithSource(folder);
        Bag<FileContent> whole = WholeFiles.options().onFileError(policy).read(folder);
        Files.delete(gone);
        Files.write(changed, text(a.subList(0, 3)));
        assertThat(bag.compute(runner)).isEqualTo(a);
        assertLeftOut(2, 0);
        assertThat(numbered.map(Sourced::text).compute(runner)).isEqualTo(a);
        assertLeftOut(2, 0);
        assertThat(whole.map(FileContent::text).compute(runner)).containsExactly(new String(text(a), UTF_8));
        assertLeftOut(2, 0);
    }

    @Test
    void otherFormats() throws IOException {
        List<String> rows = new ArrayList<>(List.of("x"));
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            rows.add("\"" + Integer.toHexString(i * 31) + "\"");
            documents.add("{\"x\":\"" + Integer.toHexString(i * 31) + "\"}");
        }
        byte[] csv = gzipped(text(rows));
        Path cutCsv = Files.write(folder.resolve("rows.csv.gz"), Arrays.copyOf(csv, csv.length / 2));
        byte[] json = gzipped(text(documents));
        Path cutJson = Files.write(folder.resolve("rows.json.gz"), Arrays.copyOf(json, json.length / 2));

        assertThat(CsvFiles.options().onFileError(SKIP).read(cutCsv).compute(runner))
                .isEmpty();
        assertLeftOut(1, 0);
        List<String> keptRows = CsvFiles.options()
                .onFileError(KEEP)
                .read(cutCsv)
                .map(row -> "\"" + row.get("x") + "\"")
                .compute(runner);
        assertThat(keptRows).hasSizeGreaterThan(1000).isEqualTo(rows.subList(1, keptRows.size() + 1));
        assertLeftOut(0, 1);

        assertThat(JsonLines.options().onFileError(SKIP).read(cutJson).compute(runner))
                .isEmpty();
        assertLeftOut(1, 0);
        List<String> keptDocuments = JsonLines.options()
                .onFileError(KEEP)
                .read(cutJson)
                .map(Object::toString)
                .compute(runner);
        assertThat(keptDocuments).hasSizeGreaterThan(1000).isEqualTo(documents.subList(0, keptDocuments.size()));
        assertLeftOut(0, 1);

        List<FileContent> content =
                WholeFiles.options().onFileError(KEEP).read(cutJson).compute(runner);
        assertThat(new String(text(documents), UTF_8)).startsWith(content.get(0).text());
        assertThat(content.get(0).bytes().length).isGreaterThan(10_000);
        assertLeftOut(0, 1);
    }

    @Test
    void archives() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("one", "two", "three")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(text(lines(name, 500)));
            }
        }
        Path good = Files.write(folder.resolve("a.zip"), bytes.toByteArray());
        byte[] broken = bytes.toByteArray();
        int second = new String(broken, ISO_8859_1).indexOf("two");
        broken[second + 200] ^= 0x55;
        Path bad = Files.write(folder.resolve("b.zip"), broken);
        assertThatThrownBy(() -> Archives.read(good, bad).compute(runner)).isInstanceOf(BagException.class);
        assertThat(Archives.options()
                        .onFileError(SKIP)
                        .read(bad, good)
                        .map(ArchiveEntry::name)
                        .compute(runner))
                .containsExactly("one", "two", "three");
        assertLeftOut(1, 0);
        assertThat(Archives.options()
                        .onFileError(KEEP)
                        .read(bad, good)
                        .map(ArchiveEntry::name)
                        .compute(runner))
                .containsExactly("one", "one", "two", "three");
        assertLeftOut(0, 1);
        byte[] cut = Arrays.copyOf(broken, broken.length / 2);
        Files.write(bad, cut);
        assertThat(Archives.options()
                        .onFileError(SKIP)
                        .read(bad, good)
                        .map(ArchiveEntry::name)
                        .compute(runner))
                .containsExactly("one", "two", "three");
        assertLeftOut(1, 0);
    }

    @Test
    void bothPoliciesTogether() throws IOException {
        byte[] gzip = gzipped(text(List.of("1", "two", "3")));
        Path cut = Files.write(folder.resolve("a.gz"), Arrays.copyOf(gzip, gzip.length - 4));
        Path whole = Files.write(folder.resolve("b.gz"), gzip);
        Bag<Integer> numbers = TextFiles.options()
                .onFileError(SKIP)
                .read(cut, whole)
                .map(Integer::parseInt)
                .onError(ErrorPolicy.skip(1));
        assertThat(numbers.compute(runner)).containsExactly(1, 3);
        assertThat(report.get().leftOut().records()).isEqualTo(1);
        assertThat(report.get().leftOut().files()).isEqualTo(1);
    }

    @Test
    void aFileOfSeveralResultsCountsOnce() throws IOException {
        byte[] gzip = gzipped(text(lines("a", 100)));
        Files.write(folder.resolve("a.gz"), Arrays.copyOf(gzip, gzip.length - 4));
        Bag<String> bag = TextFiles.options().onFileError(SKIP).read(folder);
        Delayed<Long> count = bag.count();
        Delayed.computeAll(
                runner,
                count,
                bag.distinct().count(),
                bag.mapWith(count, (x, n) -> x).count());
        assertLeftOut(1, 0);
    }

    @Test
    void aFileThatIsRightIsRead() throws IOException {
        List<String> all = lines("a", 10_000);
        Files.write(folder.resolve("a.gz"), gzipped(text(all)));
        Files.write(folder.resolve("b"), text(all));
        for (FileErrorPolicy policy : FileErrorPolicy.values()) {
            Bag<String> bag =
                    TextFiles.options().onFileError(policy).blockSize(1000).read(folder);
            assertThat(bag.compute(runner)).hasSize(2 * all.size()).startsWith(all.toArray(String[]::new));
            assertThat(bag.count().compute(runner)).isEqualTo(2L * all.size());
            assertThat(bag.take(3, runner)).isEqualTo(all.subList(0, 3));
            assertThat(report.get().leftOut().isNothing()).isTrue();
        }
    }
}
