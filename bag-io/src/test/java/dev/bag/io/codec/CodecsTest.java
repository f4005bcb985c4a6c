package dev.bag.io.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bag.io.file.Numbers;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every codec against the program that defines its format. */
@Tag("once")
class CodecsTest {

    @TempDir
    Path directory;

    private final Random random = new Random(10);

    @ParameterizedTest
    @CsvSource({"gzip, gz", "bzip2, bz2", "xz, xz", "zstd, zst"})
    @Tag("P9")
    void readsAllStreamsOfAFileThatTheProgramWrote(String program, String extension) throws Exception {
        byte[] first = someText(200_000);
        byte[] second = someText(10);
        byte[] third = someText(70_000);
        byte[] file = Decompressed.join(
                compress(program, first),
                compress(program, second),
                compress(program, new byte[0]),
                compress(program, third));
        byte[] expected = Decompressed.join(first, second, third);
        Path path = directory.resolve("x." + extension);
        Files.write(path, file);
        assertThat(Decompressed.read(path)).isEqualTo(expected);
        assertThat(Decompressed.read(path, Decompressed.trickle(file), 777)).isEqualTo(expected);
        assertThat(Decompressed.run(file, program, "-dc"))
                .hasValueSatisfying(oracle -> assertThat(oracle).isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource({"bzip2, bz2", "xz, xz", "zstd, zst"})
    @Tag("P8")
    void refusesEveryPrefix(String program, String extension) throws Exception {
        byte[] first = compress(program, someText(300));
        byte[] second = compress(program, someText(5));
        byte[] file = Decompressed.join(first, second, compress(program, someText(40)));
        byte[] all = read("whole." + extension, file);
        for (int length = 1; length < file.length; length++) {
            byte[] prefix = Arrays.copyOf(file, length);
            if (length == first.length || length == first.length + second.length) {
                assertThat(read("x." + extension, prefix))
                        .isEqualTo(Arrays.copyOf(all, length == first.length ? 300 : 305));
                continue;
            }
            assertThatThrownBy(() -> read("x." + extension, prefix))
                    .as("cut at %s of %s", length, file.length)
                    .isInstanceOf(SourceException.class)
                    .hasMessageStartingWith(directory.resolve("x." + extension) + ": ");
        }
    }

    @ParameterizedTest
    @CsvSource({"bzip2, bz2", "xz, xz", "zstd, zst"})
    @Tag("P8")
    void refusesEveryFlippedBitOrReadsTheSame(String program, String extension) throws Exception {
        byte[] text = someText(600);
        Path path = directory.resolve("x." + extension);
        byte[] file = Decompressed.run(text, program, program.equals("xz") ? "-0c" : "-c")
                .orElseGet(() -> new byte[0]);
        int exact = 0;
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                byte[] seen = Decompressed.read(path, Decompressed.channel(flipped), 1000);
                assertThat(seen).as("bit %s", bit).isEqualTo(text);
                exact++;
            } catch (SourceException e) {
                assertThat(e.getMessage()).startsWith(path + ": ");
            }
        }
        assertThat(exact).as("bits without a meaning").isLessThan(30);
    }

    @ParameterizedTest
    @CsvSource({"bzip2, bz2, inside a block", "xz, xz, too early", "zstd, zst, too early"})
    @Tag("P8")
    void saysThatAFileIsCutShort(String program, String extension, String where) throws Exception {
        byte[] file = compress(program, someText(100_000));
        byte[] half = Arrays.copyOf(file, file.length / 2);
        String size = Numbers.grouped(half.length);
        assertThatThrownBy(() -> read("x." + extension, half))
                .isInstanceOf(SourceException.class)
                .hasMessage(directory.resolve("x." + extension) + ": the " + program + " stream ends " + where
                        + ", at byte " + size + " of " + size + ". The file is cut short.\n"
                        + "  If it is still being written, leave it out.");
    }

    @Test
    void skipsSkippableFramesOfZstd() throws Exception {
        byte[] skippable = {0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};
        byte[] text = someText(100);
        byte[] file =
                Decompressed.join(skippable, compress("zstd", text), skippable, compress("zstd", text), skippable);
        assertThat(read("named.txt", file)).isEqualTo(Decompressed.join(text, text));
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, x.txt",
        "gzip, x",
        "gzip, x.bz2",
        "bzip2, x.gz",
        "bzip2, x.log",
        "xz, x.1",
        "zstd, x.gz",
        "zstd, x.csv",
    })
    void believesTheContentMoreThanTheName(String program, String name) throws Exception {
        byte[] text = someText(1000);
        assertThat(read(name, compress(program, text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"BZh is a text", "BZh9 and so is this", "PK", "a", "''"})
    void takesOtherFilesAsTheyAre(String text) throws Exception {
        assertThat(read("x.txt", text.getBytes(UTF_8))).isEqualTo(text.getBytes(UTF_8));
    }

    @Test
    void takesAsItIsWhatOnlyLooksLikeGzip() throws Exception {
        byte[] reservedFlag = {0x1f, (byte) 0x8b, 8, (byte) 0x80, 0, 0, 0, 0, 0, 0};
        byte[] otherMethod = {0x1f, (byte) 0x8b, 7, 0, 0, 0, 0, 0, 0, 0};
        byte[] zlib = {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1};
        for (byte[] file : new byte[][] {reservedFlag, otherMethod, zlib}) {
            assertThat(read("x.bin", file)).isEqualTo(file);
        }
    }

    @Test
    void readsAsAnOptionSays() throws Exception {
        byte[] file = compress("gzip", someText(10));
        Decompression none = Decompression.DEFAULT.by(null);
        Decompression bzip2 = Decompression.DEFAULT.by(BuiltInCodec.BZIP2);
        Path path = Files.write(directory.resolve("x.gz"), file);
        assertThat(Decompressed.read(path, none)).isEqualTo(file);
        assertThatThrownBy(() -> Decompressed.read(path, bzip2))
                .isInstanceOf(SourceException.class)
                .hasMessage(path + ": this is not a bzip2 file: it begins with 1f 8b 08 00.\n"
                        + "  If it is text in spite of its name, use compression(Compression.NONE).");
    }

    @Test
    @Tag("P16")
    void refusesToGiveXzAndZstdMoreMemoryThanTheLimit() throws Exception {
        Limits limits = new Limits(1000, 1 << 20, false, false);
        byte[] xz = Decompressed.run(someText(1000), "xz", "-c", "--lzma2=dict=16MiB")
                .orElseGet(() -> new byte[0]);
        assumeThat(xz).isNotEmpty();
        Path xzPath = Files.write(directory.resolve("x.xz"), xz);
        assertThatThrownBy(() -> Decompressed.read(xzPath, Decompressed.AUTO.withLimits(limits)))
                .isInstanceOf(SourceException.class)
                .hasMessage(xzPath + ": the xz decoder would need 17 MiB of memory, more than the limit of 1 MiB.\n"
                        + "  To read it anyway, raise the limit with codecMemory(...).");
        byte[] zstd =
                Decompressed.run(someText(1000), "zstd", "-c", "--long=27").orElseGet(() -> new byte[0]);
        Path zstdPath = Files.write(directory.resolve("x.zst"), zstd);
        assertThatThrownBy(() -> Decompressed.read(zstdPath, Decompressed.AUTO.withLimits(limits)))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        zstdPath + ": the zstd decoder would need a window of more than half of the limit of 1 MiB.\n"
                                + "  To read it anyway, raise the limit with codecMemory(...).");
        assertThat(Decompressed.read(zstdPath)).hasSize(1000);
    }

    @ParameterizedTest
    @CsvSource({"gzip, gz", "bzip2, bz2", "xz, xz", "zstd, zst"})
    @Tag("P16")
    void stopsBombs(String program, String extension) throws Exception {
        byte[] bomb = compress(program, new byte[70 << 20]);
        Path path = Files.write(directory.resolve("x." + extension), bomb);
        Limits limits = new Limits(100, 256 << 20, false, false);
        assertThatThrownBy(() -> Decompressed.read(path, Decompressed.AUTO.withLimits(limits)))
                .isInstanceOf(SourceException.class)
                .hasMessageMatching(
                        "(?s).*x\\." + extension + ": more than 67,10[0-9],[0-9]{3} bytes came out of [0-9,]+,"
                                + " which is more than 100 times as many: this may be a decompression bomb\\.\n"
                                + "  To read it anyway, raise the limit with maxRatio\\(\\.\\.\\.\\)\\.");
    }

    private byte[] read(String name, byte[] file) throws IOException {
        return Decompressed.read(Files.write(directory.resolve(name), file));
    }

    private static byte[] compress(String program, byte[] bytes) throws IOException, InterruptedException {
        Optional<byte[]> compressed = Decompressed.run(bytes, program, "-c");
        assumeThat(compressed).as(program).isPresent();
        return compressed.orElseThrow();
    }

    private byte[] someText(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ("abc \n".charAt(random.nextInt(5)) + random.nextInt(2) * random.nextInt(20));
        }
        return text;
    }
}
