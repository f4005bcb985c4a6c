package dev.bag.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.github.luben.zstd.ZstdInputStream;
import dev.bag.bench.peer.ArchiveWordsPeer;
import dev.bag.bench.peer.ByteRangesPeer;
import dev.bag.bench.peer.ClientBytesPeer;
import dev.bag.bench.peer.CompressPeer;
import dev.bag.bench.peer.EventTotalsPeer;
import dev.bag.bench.peer.FileScanPeer;
import dev.bag.bench.peer.FilesLinesPeer;
import dev.bag.bench.peer.InlinePeer;
import dev.bag.bench.peer.LineScanPeer;
import dev.bag.bench.peer.PipePeer;
import dev.bag.bench.peer.TopWordsPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the data of the comparisons, bag and its peers give the same answers. */
class AnswersTest {

    @TempDir
    private static Path data;

    @BeforeAll
    static void generate() throws Exception {
        GenerateData.into(data, 1.0 / 16);
        GenerateData.forLimits(data, 1.0 / 256);
        GenerateData.forFiles(data, 1.0 / 256);
    }

    @Test
    void allFormsOfTheDataAreTheSameText() throws IOException {
        byte[] raw = Files.readAllBytes(data.resolve("access-all.log"));
        assertThat(raw.length).isBetween(64 << 20, 65 << 20);
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        for (String part : parts()) {
            byte[] unzipped = unzipped(part);
            assertThat(Files.readAllBytes(Path.of(part.replace(".gz", "")))).isEqualTo(unzipped);
            try (InputStream in = new ZstdInputStream(Files.newInputStream(Path.of(part.replace(".gz", ".zst"))))) {
                assertThat(in.readAllBytes()).isEqualTo(unzipped);
            }
            parts.write(unzipped);
        }
        assertThat(parts.toByteArray()).isEqualTo(raw);
        assertThat(unzipped(path("access-all.log.gz"))).isEqualTo(raw);
    }

    @Test
    void statusCountsAgree() throws Exception {
        String expected = StatusCounts.of(path("access-all.log"));
        assertThat(expected).startsWith("200=").endsWith(";503=" + expected.substring(expected.lastIndexOf('=') + 1));
        assertThat(expected.split(";")).hasSize(12);
        assertThat(StatusCounts.of(path("access-all.log.gz"))).isEqualTo(expected);
        assertThat(StatusCounts.of(parts())).isEqualTo(expected);
        assertThat(ByteRangesPeer.of(path("access-all.log"))).isEqualTo(expected);
        assertThat(PipePeer.of(path("access-all.log.gz"))).isEqualTo(expected);
        assertThat(FilesLinesPeer.statusCounts(parts())).isEqualTo(expected);
        assertThat(FileScanPeer.of(parts())).isEqualTo(expected);
        for (String extension : List.of("", ".gz", ".zst")) {
            String[] parts =
                    Stream.of(plainParts()).map(part -> part + extension).toArray(String[]::new);
            assertThat(Utf8StatusCounts.of(parts)).as(extension).isEqualTo(expected);
            assertThat(LineScanPeer.statusCounts(parts)).as(extension).isEqualTo(expected);
        }
    }

    @Test
    void statusCountsOfOtherFormsOfOneLogAgree() throws Exception {
        String expected = StatusCounts.of(path("access-all.log"));
        for (String name : List.of("access-all.log.zst", "access-frames.log.zst", "access-bgzf.log.gz")) {
            assertThat(Utf8StatusCounts.of(path(name))).as(name).isEqualTo(expected);
        }
        assertThat(unzipped(path("access-bgzf.log.gz"))).isEqualTo(Files.readAllBytes(data.resolve("access-all.log")));
        assertThat(Utf8StatusCounts.of(path("access-00.log.bz2")))
                .isEqualTo(Utf8StatusCounts.of(path("access-00.log")));
    }

    @Test
    void totalsOfEventsAgree() throws Exception {
        String[] events = IntStream.range(0, 8)
                .mapToObj(part -> path("events-" + part + ".json"))
                .toArray(String[]::new);
        String expected = EventTotalsPeer.of("bytes", events);
        assertThat(expected.split(";")).hasSize(10);
        assertThat(EventTotalsPeer.of("tree", events)).isEqualTo(expected);
        for (String form : List.of("record", "paths", "tree")) {
            assertThat(EventTotals.of(form, events)).as(form).isEqualTo(expected);
        }
    }

    @Test
    void totalsOfOrdersAgree() throws Exception {
        Map<String, Double> totals = new HashMap<>();
        try (Stream<String> rows = Files.lines(data.resolve("orders.csv"))) {
            rows.skip(1).map(row -> row.split(",")).forEach(cells -> {
                assertThat(cells).hasSizeGreaterThanOrEqualTo(9);
                totals.merge(cells[2], Double.parseDouble(cells[7]), Double::sum);
            });
        }
        for (String form : List.of("any", "lines", "record")) {
            assertThat(OrderTotals.of(form, path("orders.csv"))).as(form).isEqualTo(Totals.top(10, totals));
        }
    }

    @Test
    void wordsInArchivesAgree() throws Exception {
        String[] archives = IntStream.range(0, 20)
                .mapToObj(part -> path(String.format("texts-%02d.zip", part)))
                .toArray(String[]::new);
        String expected = ArchiveWordsPeer.of(archives);
        assertThat(Long.parseLong(expected)).isGreaterThan(20 * 20 * 100);
        assertThat(ArchiveWords.of(archives)).isEqualTo(expected);
    }

    @Test
    void copiedLinesAreTheSame() throws Exception {
        String expected = LineScanPeer.lineCount(plainParts());
        for (String extension : List.of("", ".zst", ".gz")) {
            String pattern = path("copies" + extension + "/part-*.log" + extension);
            assertThat(CopyLines.of(pattern, plainParts())).as(extension).isEqualTo(expected);
            assertThat(Utf8StatusCounts.of(pattern)).isEqualTo(Utf8StatusCounts.of(path("access-all.log")));
        }
        Path folder = Files.createDirectories(data.resolve("packed"));
        String byteCount = String.valueOf(Files.size(data.resolve("access-all.log")));
        for (String extension : List.of("zst", "gz")) {
            assertThat(CompressPeer.of(folder, extension, plainParts())).isEqualTo(byteCount);
            assertThat(LineScanPeer.lineCount(path("packed/access-03.log." + extension)))
                    .isEqualTo(LineScanPeer.lineCount(path("access-03.log")));
        }
    }

    @Test
    void lineCountsAgree() throws Exception {
        assertThat(TinyCount.of(path("tiny.txt"))).isEqualTo("32");
        assertThat(FilesLinesPeer.lineCount(path("tiny.txt"))).isEqualTo("32");
        try (Stream<String> lines = Files.lines(Path.of(path("access-all.log")))) {
            String expected = String.valueOf(lines.count());
            assertThat(TinyCount.of(path("access-all.log"))).isEqualTo(expected);
            assertThat(LineScanPeer.lineCount(path("access-all.log"))).isEqualTo(expected);
            assertThat(LineScanPeer.lineCount(plainParts())).isEqualTo(expected);
        }
    }

    @Test
    void bytesByClientAgree() throws Exception {
        String expected = ClientBytes.of(plainParts());
        assertThat(expected.split(";")).hasSize(10);
        assertThat(ClientBytesPeer.scan(plainParts())).isEqualTo(expected);
        assertThat(ClientBytesPeer.split(plainParts())).isEqualTo(expected);
        assertThat(Utf8ClientBytes.of(plainParts())).isEqualTo(expected);
        assertThat(InlinePeer.clientBytes(plainParts())).isEqualTo(expected);
    }

    @Test
    void topWordsAgree() throws Exception {
        String[] texts = IntStream.range(0, 8)
                .mapToObj(text -> path("words-" + text + ".txt"))
                .toArray(String[]::new);
        String expected = TopWords.of(texts);
        assertThat(expected).startsWith("the=");
        assertThat(expected.split(";")).hasSize(20);
        assertThat(TopWordsPeer.stream(texts)).isEqualTo(expected);
        assertThat(TopWordsPeer.merge(texts)).isEqualTo(expected);
        assertThat(Utf8TopWords.split(texts)).isEqualTo(expected);
        assertThat(Utf8TopWords.fields(texts)).isEqualTo(expected);
        assertThat(InlinePeer.topWords(texts)).isEqualTo(expected);
    }

    @Test
    void wordsTooLongForACellAreCounted() throws Exception {
        String word = "a".repeat(17);
        String text = String.join("\n", word + " " + word.substring(1) + " b " + word, "cc " + word + "a b", word);
        Path file = Files.writeString(data.resolve("long words"), text);
        // Equal counts have another order there.
        assertThat(InlinePeer.topWords(file.toString()).split(";"))
                .containsExactlyInAnyOrder(TopWords.of(file.toString()).split(";"));
    }

    @Test
    void moreLogsAreOfTheSameKind() throws Exception {
        String[] more = IntStream.range(16, 64)
                .mapToObj(part -> path("more-" + part + ".log"))
                .toArray(String[]::new);
        long lines = Long.parseLong(LineScanPeer.lineCount(plainParts()));
        assertThat(Long.parseLong(LineScanPeer.lineCount(more))).isCloseTo(lines * 3 / 16, withinPercentage(1));
        assertThat(StatusCounts.of(more).split(";")).hasSize(12);
    }

    @Test
    void groupsOfLinesAreThoseOfAStream() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(path("access-all.log")))) {
            Map<String, Long> characters =
                    lines.collect(Collectors.groupingBy(LogLine::client, Collectors.summingLong(String::length)));
            String expected = Counts.top(10, characters);
            assertThat(LinesByClient.of(plainParts())).isEqualTo(expected);
            assertThat(Utf8LinesByClient.of(plainParts())).isEqualTo(expected);
        }
    }

    @Test
    void sortedLinesAreThoseOfAStream() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(path("access-all.log")))) {
            String expected = LineChecksum.of(
                    lines.sorted(Comparator.comparing(LogLine::client)).iterator());
            assertThat(SortByClient.of(path("access-all.log"))).isEqualTo(expected);
            assertThat(SortByClient.of(plainParts())).isEqualTo(expected);
        }
    }

    @Test
    void theChecksumOfLinesDependsOnTheirOrder() {
        String expected = LineChecksum.of(List.of("one", "two", "three", "four").iterator());
        assertThat(expected).startsWith("4 lines, ");
        assertThat(LineChecksum.of(List.of("two", "one", "three", "four").iterator()))
                .isNotEqualTo(expected);
        LineChecksum left = new LineChecksum().add("one").add("two");
        LineChecksum right = new LineChecksum().add("three").add("four");
        assertThat(left.append(right)).hasToString(expected);
    }

    @Test
    void joinedLinesAreThoseOfAMap() throws IOException {
        Map<String, String> names = new HashMap<>();
        for (String row : Files.readAllLines(Path.of(path("clients.tsv")))) {
            String[] cells = row.split("\t");
            assertThat(names.put(cells[0], cells[1])).isNull();
        }
        assertThat(names).hasSize(125_000);
        try (Stream<String> lines = Files.lines(Path.of(path("access-all.log")))) {
            List<Long> products = lines.filter(line -> names.containsKey(LogLine.client(line)))
                    .map(line -> (long) line.length()
                            * names.get(LogLine.client(line)).hashCode())
                    .toList();
            long sum = products.stream().mapToLong(product -> product).sum();
            assertThat(products).hasSizeGreaterThan(100_000);
            assertThat(JoinClients.of(path("clients.tsv"), plainParts())).isEqualTo(products.size() + " lines, " + sum);
        }
    }

    @Test
    void manyPartitionsAreAddedUp() {
        assertThat(ManyPartitions.of(1000)).isEqualTo("500500");
    }

    private static String path(String name) {
        return data.resolve(name).toString();
    }

    private static String[] parts() {
        return IntStream.range(0, 16)
                .mapToObj(part -> path(String.format("access-%02d.log.gz", part)))
                .toArray(String[]::new);
    }

    private static String[] plainParts() {
        return Stream.of(parts()).map(part -> part.replace(".gz", "")).toArray(String[]::new);
    }

    private static byte[] unzipped(String path) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(path)))) {
            return in.readAllBytes();
        }
    }
}
