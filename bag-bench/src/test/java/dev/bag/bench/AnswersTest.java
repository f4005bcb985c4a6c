package dev.bag.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.bench.peer.ByteRangesPeer;
import dev.bag.bench.peer.FileScanPeer;
import dev.bag.bench.peer.FilesLinesPeer;
import dev.bag.bench.peer.PipePeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    }

    @Test
    void allFormsOfTheDataAreTheSameText() throws IOException {
        byte[] raw = Files.readAllBytes(data.resolve("access-all.log"));
        assertThat(raw.length).isBetween(64 << 20, 65 << 20);
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        for (String part : parts()) {
            parts.write(unzipped(part));
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
    }

    @Test
    void lineCountsAgree() throws IOException {
        assertThat(TinyCount.of(path("tiny.txt"))).isEqualTo("32");
        assertThat(FilesLinesPeer.lineCount(path("tiny.txt"))).isEqualTo("32");
        try (Stream<String> lines = Files.lines(Path.of(path("access-all.log")))) {
            assertThat(TinyCount.of(path("access-all.log"))).isEqualTo(String.valueOf(lines.count()));
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

    private static byte[] unzipped(String path) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(path)))) {
            return in.readAllBytes();
        }
    }
}
