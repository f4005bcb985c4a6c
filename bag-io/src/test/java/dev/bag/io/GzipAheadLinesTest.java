package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bag.Bag;
import dev.bag.Runner;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bags of gzip files that helpers inflate ahead. */
class GzipAheadLinesTest {

    private static final String PROPERTY = "bag.gzip.speculate";
    private static final int LINES = 700_000;

    @TempDir
    static Path directory;

    private static Path file;

    @BeforeAll
    static void writeAFile() throws IOException {
        file = directory.resolve("lines.gz");
        Random random = new Random(2);
        try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), 1 << 16)) {
            for (int i = 0; i < LINES; i++) {
                String line = i + " GET /index.html?session=" + random.nextInt(1000) + " HTTP/1.1 200\n";
                out.write(line.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    @AfterEach
    void forgetTheChoice() {
        System.clearProperty(PROPERTY);
    }

    @Test
    @Tag("P2")
    void hasTheSameLinesInTheSameOrderEachTime() {
        System.setProperty(PROPERTY, "off");
        int expected = hash(TextFiles.read(file));
        System.setProperty(PROPERTY, "on");
        Bag<String> lines = TextFiles.read(file);
        for (int round = 0; round < 3; round++) {
            assertThat(hash(lines)).isEqualTo(expected);
        }
        assertThat(lines.count().compute()).isEqualTo(LINES);
        assertThat(TextFiles.read(file, file, file).count().compute()).isEqualTo(3L * LINES);
    }

    /** Depends on the order. */
    private static int hash(Bag<String> lines) {
        try (Runner runner = Runner.local().threads(3).build()) {
            return lines.compute(runner).hashCode();
        }
    }

    @Test
    @Tag("P29")
    void closesTheFileWhenAnActionNeedsNoMore() throws Exception {
        Path open = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(open), "open files can be seen in /proc only");
        System.setProperty(PROPERTY, "on");
        for (int i = 0; i < 20; i++) {
            int wanted = 100_000 + 25_000 * i;
            assertThat(TextFiles.read(file).skip(wanted).first().orElseThrow()).startsWith(wanted + " ");
            try (Stream<Path> files = Files.list(open)) {
                assertThat(files.filter(GzipAheadLinesTest::isOurs)).isEmpty();
            }
        }
    }

    private static boolean isOurs(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    @Test
    void refusesAnotherChoice() {
        System.setProperty(PROPERTY, "maybe");
        assertThatThrownBy(() -> TextFiles.read(file).count().compute())
                .hasRootCauseMessage("bag.gzip.speculate=maybe: auto, on or off is needed");
    }
}
