package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeFilesTest {

    @TempDir
    Path directory;

    @Test
    @Tag("P1")
    @Tag("P2")
    void readsEachFileAsOneRecord() throws Exception {
        Random random = new Random(17);
        List<FileContent> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[i % 50 == 7 ? 200_000 : random.nextInt(100)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = 'x';
            }
            Path file = directory.resolve(String.format("%03d%s", i, i % 3 == 0 ? ".gz" : ".bin"));
            Files.write(file, i % 3 == 0 ? gzip(bytes) : bytes);
            expected.add(new FileContent(file.toString(), bytes));
        }
        for (int threads : new int[] {1, 2, 7}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                for (WholeFileOptions options : List.of(
                        WholeFiles.options(),
                        WholeFiles.options().blockSize(1000),
                        WholeFiles.options().filesPerPartition(7))) {
                    assertThat(options.read(directory).compute(runner)).isEqualTo(expected);
                    assertThat(options.read(directory).count().compute(runner)).isEqualTo(300);
                }
            }
        }
        assertThat(WholeFiles.read(directory).partitionCount()).isBetween(2, 10);
        assertThat(WholeFiles.options().filesPerPartition(7).read(directory).partitionCount())
                .isEqualTo(43);
        assertThat(WholeFiles.options()
                        .blockSize("100kB")
                        .read(directory.resolve("*.bin"))
                        .partitionCount())
                .isGreaterThan(4);
        assertThat(WholeFiles.read(directory.toUri())
                        .groupBy(FileContent::length)
                        .count()
                        .compute())
                .isPositive();
    }

    @Test
    void readsCompressedFilesAsTheyAreIfAsked() throws Exception {
        byte[] packed = gzip("a".getBytes(UTF_8));
        Path file = Files.write(directory.resolve("a.gz"), packed);
        assertThat(WholeFiles.read(file).first().orElseThrow().text()).isEqualTo("a");
        assertThat(WholeFiles.options()
                        .compression(Compression.NONE)
                        .read(file)
                        .first()
                        .orElseThrow()
                        .bytes())
                .isEqualTo(packed);
        Path archive = Files.write(directory.resolve("a.zip"), new byte[] {'P', 'K', 3, 4});
        assertThat(WholeFiles.read(archive.toString()).first().orElseThrow().length())
                .isEqualTo(4);
    }

    @Test
    @Tag("P13")
    @Tag("P16")
    void refusesFilesAboveTheLimit() throws Exception {
        for (int length : new int[] {0, 1, 99, 100, 101, 70_000}) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 'x');
            Path plain = Files.write(directory.resolve("x.bin"), bytes);
            Path packed = Files.write(directory.resolve("x.gz"), gzip(bytes));
            Bag<FileContent> both = WholeFiles.options().maxFileSize("100").read(plain, packed);
            if (length <= 100) {
                assertThat(both.map(FileContent::length).compute()).containsExactly(length, length);
                continue;
            }
            String remedy =
                    "100.\n  A whole file is held in memory. To read it anyway, raise the limit with maxFileSize(...).";
            assertThatThrownBy(both::compute)
                    .isInstanceOf(BagException.class)
                    .hasMessage(plain + ": the file has " + String.format("%,d", length)
                            + " bytes, more than the limit of " + remedy);
            assertThatThrownBy(() -> both.skip(1).partition(0).compute()).isInstanceOf(BagException.class);
            assertThatThrownBy(() ->
                            WholeFiles.options().maxFileSize(100).read(packed).compute())
                    .hasMessage(packed + ": more bytes come out of the file than the limit of " + remedy);
            assertThat(WholeFiles.read(packed).first().orElseThrow().bytes()).isEqualTo(bytes);
        }
        assertThatThrownBy(() -> WholeFiles.options().maxFileSize(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxFileSize(0): must be from 1 to 2147482623 bytes");
    }

    @Test
    @Tag("P8")
    @Tag("P17")
    void failsWithTheFile() throws Exception {
        byte[] packed = gzip("some text".getBytes(UTF_8));
        Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(packed, packed.length - 1));
        assertThatThrownBy(() -> WholeFiles.read(cut).compute()).hasMessageStartingWith(cut + ": the gzip stream ends");
        Path growing = Files.write(directory.resolve("x.bin"), new byte[3]);
        Bag<FileContent> bag = WholeFiles.read(growing);
        Files.write(growing, new byte[4]);
        assertThatThrownBy(bag::compute).hasMessageStartingWith(growing + ": the file has changed");
        Path good = Files.writeString(directory.resolve("good.txt"), "no number");
        assertThatThrownBy(() -> WholeFiles.read(good)
                        .map(file -> Integer.parseInt(file.text()))
                        .compute())
                .hasMessageStartingWith("map failed on " + good)
                .hasMessageContaining("record: " + good + " (9 bytes)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE", "ISO-8859-1", "GB18030"})
    void filesOfFewBytesAreTextOrMalformed(String charset) {
        for (int length = 0; length < 5; length++) {
            FileContent content =
                    new FileContent("f", "abcd".substring(0, length).getBytes(UTF_8));
            try {
                assertThat(content.text(Charset.forName(charset))).isNotNull();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("f: ");
            }
        }
    }

    @Test
    void decodesTextByItsMark() {
        assertThat(content("é".getBytes(UTF_8)).text()).isEqualTo("é");
        assertThat(content("\ufeffé".getBytes(UTF_8)).text()).isEqualTo("é");
        assertThat(content("\ufeffé".getBytes(UTF_16LE)).text()).isEqualTo("é");
        assertThat(content("\ufeffé".getBytes(UTF_16LE)).text(UTF_16LE)).isEqualTo("é");
        assertThat(content("é".getBytes(ISO_8859_1)).text(ISO_8859_1)).isEqualTo("é");
        assertThat(content("a\ufffd".getBytes(UTF_8)).text()).isEqualTo("a\ufffd");
        assertThat(content(new byte[0]).text()).isEmpty();
        assertThatThrownBy(() -> content("ab\u00ff".getBytes(ISO_8859_1)).text())
                .hasMessage("x: not UTF-8: ff, at byte 2.\n  Use text(...) with the right charset, or bytes().");
        assertThatThrownBy(() -> content("\ufeffé".getBytes(UTF_16LE)).text(UTF_8))
                .hasMessage("x: the file begins with the byte order mark of UTF-16LE, but text(UTF-8) is asked for.\n"
                        + "  Use text(): the mark decides.");
    }

    @Test
    void cannotBeChanged() {
        byte[] bytes = {1, 2};
        FileContent content = content(bytes);
        content.bytes()[0] = 9;
        assertThat(content.bytes()).containsExactly(1, 2);
        assertThat(content).isEqualTo(content(bytes.clone())).hasSameHashCodeAs(content(bytes.clone()));
        assertThat(content).isNotEqualTo(content(new byte[] {1})).hasToString("x (2 bytes)");
    }

    private static FileContent content(byte[] bytes) {
        return new FileContent("x", bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
