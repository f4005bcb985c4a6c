package dev.bag.io.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.file.Numbers;
import dev.bag.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyOutputStream;

/** The codecs that decode themselves, and lzma: against the programs and libraries that write their formats. */
@Tag("once")
class OtherCodecsTest {

    @TempDir
    Path directory;

    private final Random random = new Random(16);

    /** Formats, and what writes them. */
    enum Written {
        LZ4("lz4", true, true, "lz4", "-c"),
        LZ4_LINKED("lz4", true, true, "lz4", "-c", "-BD", "-B4"),
        LZ4_ALL_CHECKED("lz4", true, true, "lz4", "-c", "-9", "--content-size", "-BX", "-B5"),
        LZ4_UNCHECKED("lz4", true, false, "lz4", "-c", "--no-frame-crc"),
        LZ4_LEGACY("lz4", true, false, "lz4", "-c", "-l"),
        LZMA("lzma", false, false, "xz", "-c", "--format=lzma"),
        SNAPPY_FRAMED("sz", true, true),
        SNAPPY_HADOOP("snappy", true, false),
        SNAPPY_JAVA("snappy", true, false),
        ZLIB("zz", true, true),
        COMPRESS("Z", false, false);

        final String extension;
        final boolean joins;
        final boolean checked;
        final String[] command;

        Written(String extension, boolean joins, boolean checked, String... command) {
            this.extension = extension;
            this.joins = joins;
            this.checked = checked;
            this.command = command;
        }

        byte[] compress(byte[] bytes) throws Exception {
            if (command.length > 0) {
                Optional<byte[]> compressed = Decompressed.run(bytes, command);
                assumeThat(compressed).as(command[0]).isPresent();
                return compressed.orElseThrow();
            }
            return switch (this) {
                case SNAPPY_FRAMED -> through(SnappyFramedOutputStream::new, bytes);
                case SNAPPY_JAVA -> through(SnappyOutputStream::new, bytes);
                case SNAPPY_HADOOP -> hadoop(bytes);
                case ZLIB -> through(DeflaterOutputStream::new, bytes);
                default -> LzwWriter.compress(bytes, 16, true, 0);
            };
        }
    }

    private interface Opener {
        OutputStream open(OutputStream out) throws IOException;
    }

    private static byte[] through(Opener opener, byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream compressing = opener.open(out)) {
            compressing.write(bytes);
        }
        return out.toByteArray();
    }

    /** Blocks of up to 100,000 bytes, each in pieces of up to 60,000. */
    static byte[] hadoop(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(out);
        for (int from = 0; from == 0 || from < bytes.length; from += 100_000) {
            int to = Math.min(bytes.length, from + 100_000);
            data.writeInt(to - from);
            for (int at = from; at < to; at += 60_000) {
                byte[] piece = Snappy.compress(Arrays.copyOfRange(bytes, at, Math.min(to, at + 60_000)));
                data.writeInt(piece.length);
                data.write(piece);
            }
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P9")
    void readsWhatWasWritten(Written format) throws Exception {
        for (int length : new int[] {0, 1, 13, 65_536, 65_537}) {
            byte[] bytes = someText(length);
            assertThat(read("x." + format.extension, format.compress(bytes)))
                    .as("%s bytes", length)
                    .isEqualTo(bytes);
        }
        byte[] mixed = Decompressed.join(someText(300_000), new byte[300_000], someBytes(300_000), someText(300_000));
        assertThat(Arrays.equals(read("x." + format.extension, format.compress(mixed)), mixed))
                .isTrue();
    }

    @Test
    @Tag("P9")
    void readsBlocksOfAnySizeThatReferToEachOther() throws Exception {
        byte[] bytes = Decompressed.join(someText(5_000_000), someBytes(500_000), new byte[4_000_000]);
        for (String[] options :
                new String[][] {{"-BD", "-B4"}, {"-BD", "-B7"}, {"-B4"}, {"-12", "-BD", "-B5"}, {"-l"}}) {
            String[] command = Decompressed.words("lz4", "-c", options);
            Optional<byte[]> file = Decompressed.run(bytes, command);
            assumeThat(file).isPresent();
            assertThat(Arrays.equals(read("x.lz4", file.orElseThrow()), bytes))
                    .as("%s", Arrays.toString(options))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P9")
    void readsAllStreamsWhateverTheChannelGives(Written format) throws Exception {
        byte[] first = someText(70_000);
        byte[] second = someText(10);
        byte[] file = format.compress(first);
        byte[] expected = first;
        if (format.joins) {
            file = Decompressed.join(
                    file, format.compress(second), format.compress(new byte[0]), format.compress(first));
            expected = Decompressed.join(first, second, first);
        }
        Path path = Files.write(directory.resolve("x." + format.extension), file);
        assertThat(Decompressed.read(path)).isEqualTo(expected);
        assertThat(Decompressed.read(path, Decompressed.trickle(file), 777)).isEqualTo(expected);
    }

    @Test
    @Tag("P9")
    void readsTensOfThousandsOfEmptyFrames() throws Exception {
        byte[] empty = Written.LZ4.compress(new byte[0]);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int i = 0; i < 60_000; i++) {
            file.writeBytes(empty);
        }
        file.writeBytes(Written.LZ4.compress("end".getBytes(UTF_8)));
        assertThat(read("x.lz4", file.toByteArray())).asString().isEqualTo("end");
    }

    @Test
    void readsFramesThatAreSkippedAndLegacyOnesAmongOthers() throws Exception {
        byte[] skippable = {0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};
        byte[] text = someText(1000);
        byte[] frame = Written.LZ4.compress(text);
        byte[] legacy = Written.LZ4_LEGACY.compress(text);
        byte[] file = Decompressed.join(skippable, skippable, frame, legacy, skippable, legacy, frame, skippable);
        byte[] expected = Decompressed.join(text, text, text, text);
        assertThat(read("x.lz4", file)).isEqualTo(expected);
        assertThat(read("x.txt", file)).as("by its content").isEqualTo(expected);
        byte[] longSkippable = new byte[8 + 700];
        System.arraycopy(new byte[] {0x50, 0x2a, 0x4d, 0x18, (byte) 0xbc, 2}, 0, longSkippable, 0, 6);
        assertThat(read("y.lz4", Decompressed.join(longSkippable, frame))).isEqualTo(text);
    }

    @Test
    void knowsByTheirContentThoseThatHaveASignature() throws Exception {
        byte[] text = someText(1000);
        for (Written format : new Written[] {
            Written.LZ4, Written.LZ4_LEGACY, Written.SNAPPY_FRAMED, Written.SNAPPY_JAVA, Written.COMPRESS
        }) {
            assertThat(read("x", format.compress(text))).as("%s", format).isEqualTo(text);
        }
        byte[] zlib = Written.ZLIB.compress(text);
        assertThat(read("x.z", zlib)).as("never guessed").isEqualTo(zlib);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P8")
    void refusesEveryPrefix(Written format) throws Exception {
        byte[] text = someText(200);
        byte[] file = format.compress(text);
        int whole = 0;
        for (int length = 1; length < file.length; length++) {
            try {
                byte[] seen = readOnce(path(format), Arrays.copyOf(file, length), Decompressed.AUTO);
                assertThat(seen).as("cut at %s of %s", length, file.length).isEqualTo(Arrays.copyOf(text, seen.length));
                whole++;
            } catch (SourceException e) {
                assertThat(e.getMessage())
                        .as("cut at %s", length)
                        .startsWith(directory.resolve("x." + format.extension) + ": ");
                assertThat(e.location().file()).endsWith("x." + format.extension);
            }
        }
        assertThat(whole)
                .as("lengths at which the format cannot tell")
                .isLessThanOrEqualTo(
                        switch (format) {
                            case COMPRESS -> file.length / 4;
                            case SNAPPY_FRAMED, SNAPPY_JAVA, LZ4_LEGACY, SNAPPY_HADOOP -> 1;
                            default -> 0;
                        });
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P8")
    @Tag("P16")
    void refusesEveryFlippedBitOrReadsTheSameWhereThereAreChecksums(Written format) throws Exception {
        byte[] text = someText(format == Written.LZMA ? 60 : 300);
        Path path = directory.resolve("x." + format.extension);
        byte[] file = format.compress(text);
        Decompression little = Decompressed.AUTO.withLimits(Limits.DEFAULT.withMemoryBytes(32 << 20));
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                byte[] seen = readOnce(path, flipped, little);
                boolean asItIs = Arrays.equals(seen, flipped); // its name does not say and its content not any more
                boolean skipped = format == Written.SNAPPY_FRAMED && seen.length == 0; // no checksum covers the type
                if (format.checked && !asItIs && !skipped) {
                    assertThat(seen).as("bit %s", bit).isEqualTo(text);
                }
            } catch (SourceException e) {
                assertThat(e.getMessage()).startsWith(path + ": ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P8")
    void refusesAnyBytes(Written format) throws Exception {
        byte[] file = format.compress(someText(300));
        for (int i = 0; i < 300; i++) {
            byte[] broken = file.clone();
            for (int j = random.nextInt(20); j >= 0; j--) {
                broken[random.nextInt(i % 2 == 0 ? file.length : Math.min(20, file.length))] = (byte) random.nextInt();
            }
            Path path = path(format);
            try {
                readOnce(path, broken, Decompressed.AUTO.withLimits(Limits.DEFAULT.withMemoryBytes(16 << 20)));
            } catch (SourceException e) {
                assertThat(e.getMessage()).startsWith(path + ": ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatTextIsNotOfTheFormatThatItsNameSays(Written format) {
        for (String text : new String[] {"date,host,status\n2024-05-01,a,200\n", "{\"a\": 1, \"b\": [true]}\n"}) {
            assertThatThrownBy(() -> read("x." + format.extension, text.getBytes(UTF_8)))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("x." + format.extension + ": this is not a ")
                    .hasMessageEndingWith(
                            ".\n  If it is text in spite of its name, use compression(Compression.NONE).");
        }
    }

    @ParameterizedTest
    @CsvSource({"lz4 -c, lz4, lz4", "xz -c, xz, xz", "zstd -c, zst, zstd", "xz -c --format=lzma, lzma, lzma"})
    @Tag("P8")
    void refusesOrPassesOverWhatFollowsTheLastStream(String command, String extension, String format) throws Exception {
        byte[] text = someText(1000);
        byte[] packed = Decompressed.run(text, command.split(" ")).orElse(new byte[0]);
        assumeThat(packed).isNotEmpty();
        String name = "x." + extension;
        for (int length : new int[] {1, 3, 4, 7, 200_000}) {
            byte[] garbage = new byte[length];
            Arrays.fill(garbage, (byte) '#');
            byte[] file = Decompressed.join(packed, garbage);
            String places = Numbers.grouped(packed.length) + " of " + Numbers.grouped(file.length);
            assertThatThrownBy(() -> read(name, file))
                    .hasMessage(directory.resolve(name) + ": bytes that are not " + format
                            + " follow the compressed data, at byte " + places
                            + ".\n  Something may have been appended; to pass over it, use ignoreTrailingBytes().");
            Path path = directory.resolve(name);
            try (FileBytes bytes = FileBytes.open(new InputFile(path, file.length))) {
                assertThat(Decompressed.read(bytes, passingOver())).isEqualTo(text);
                assertThat(bytes.bytesPassedOver()).isEqualTo(length);
            }
            if (!format.equals("lzma")) {
                byte[] another = Decompressed.join(file, packed);
                assertThatThrownBy(() -> Decompressed.read(Files.write(path, another), passingOver()))
                        .hasMessageContaining("another " + format + " ")
                        .hasMessageContaining(" follows, at byte " + Numbers.grouped(file.length) + " of "
                                + Numbers.grouped(another.length))
                        .hasMessageContaining("head -c " + packed.length + " ");
            }
        }
    }

    private static Decompression passingOver() {
        return Decompressed.AUTO.withLimits(Limits.DEFAULT.withTrailingBytes());
    }

    @Test
    void readsXzWithPaddingBetweenStreams() throws Exception {
        byte[] text = someText(100);
        byte[] packed = Decompressed.run(text, "xz", "-c").orElse(new byte[0]);
        assumeThat(packed).isNotEmpty();
        byte[] file = Decompressed.join(packed, new byte[8], packed, new byte[4]);
        assertThat(read("x.xz", file)).isEqualTo(Decompressed.join(text, text));
        assertThatThrownBy(() -> read("y.xz", Decompressed.join(packed, new byte[3])))
                .hasMessageContaining("bytes that are not xz follow");
    }

    @Test
    void readsZstdFramesOfEveryForm() throws Exception {
        byte[] text = someText(300_000);
        for (String options : new String[] {
            "-c --no-check", "-c --no-content-size", "-c -19 --long=24", "-c --fast=5 --no-content-size", "-c -T2"
        }) {
            byte[] one = Decompressed.run(text, ("zstd " + options).split(" ")).orElse(new byte[0]);
            assumeThat(one).isNotEmpty();
            byte[] small = Decompressed.run(new byte[] {1}, ("zstd " + options).split(" "))
                    .orElseThrow();
            byte[] zeros = Decompressed.run(new byte[200_000], ("zstd " + options).split(" "))
                    .orElseThrow();
            byte[] expected = Decompressed.join(text, new byte[] {1}, new byte[200_000], text);
            assertThat(Arrays.equals(read("x.zst", Decompressed.join(one, small, zeros, one)), expected))
                    .as(options)
                    .isTrue();
        }
    }

    /** The library compares the size of a frame only if its last block has bytes, or all of them are read at once. */
    @Test
    @Tag("P8")
    void refusesAZstdFrameThatHasFewerBytesThanItSays() {
        byte[] empty = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x20, 8, 1, 0, 0};
        byte[] three = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x20, 8, 24, 0, 0, 'a', 'b', 'c', 1, 0, 0};
        for (byte[] frame : new byte[][] {empty, three, Decompressed.join(frameOf("12345678"), empty)}) {
            for (int bufferLength : new int[] {1, 7, 1000}) {
                assertThatThrownBy(() -> Decompressed.read(
                                directory.resolve("x.zst"), Decompressed.channel(frame), bufferLength))
                        .isInstanceOf(SourceException.class)
                        .hasMessageContaining("x.zst: the zstd data are corrupt near byte " + frame.length);
            }
        }
    }

    private static byte[] frameOf(String eightBytes) {
        byte[] head = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x20, 8, 65, 0, 0};
        return Decompressed.join(head, eightBytes.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "9, true, 0",
        "10, true, 0",
        "12, false, 0",
        "16, false, 0",
        "16, true, 70",
        "13, true, 300",
        "16, true, 5000"
    })
    void readsCodesOfEveryWidthAsGzipDoes(int width, boolean blockMode, int clearEvery) throws Exception {
        for (byte[] bytes : new byte[][] {someText(200_000), someBytes(70_000), new byte[50_000], someText(700)}) {
            byte[] file = LzwWriter.compress(bytes, width, blockMode, clearEvery);
            if (width > 9) { // of which gzip takes codes of 10 bits
                assertThat(Arrays.equals(Decompressed.run(file, "gzip", "-dc").orElse(bytes), bytes))
                        .as("gzip")
                        .isTrue();
            }
            assertThat(Arrays.equals(read("x.Z", file), bytes)).isTrue();
        }
    }

    @Test
    @Tag("P16")
    void refusesToGiveLzmaMoreMemoryThanTheLimit() throws Exception {
        byte[] lzma = Decompressed.run(someText(1000), "xz", "-c", "--format=lzma", "--lzma1=dict=16MiB")
                .orElse(new byte[0]);
        assumeThat(lzma).isNotEmpty();
        Path path = Files.write(directory.resolve("x.lzma"), lzma);
        assertThatThrownBy(() ->
                        Decompressed.read(path, Decompressed.AUTO.withLimits(Limits.DEFAULT.withMemoryBytes(1 << 20))))
                .hasMessage(path + ": the lzma decoder would need 17 MiB of memory, more than the limit of 1 MiB.\n"
                        + "  To read it anyway, raise the limit with codecMemory(...).");
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "LZMA", "ZLIB"})
    @Tag("P16")
    void stopsBombs(Written format) throws Exception {
        byte[] bomb = format.compress(new byte[70 << 20]);
        Path path = Files.write(directory.resolve("x." + format.extension), bomb);
        Decompression strict = Decompressed.AUTO.withLimits(Limits.DEFAULT.withRatio(50));
        assertThatThrownBy(() -> Decompressed.read(path, strict))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("which is more than 50 times as many: this may be a decompression bomb");
    }

    @Test
    @Tag("P16")
    void takesNoLengthAtItsWord() {
        byte[] claimsMuch = {0x7f, 0, 0, 0, 0x7f, 0, 0, 0, 1, 2, 3};
        assertThatThrownBy(() -> read("x.snappy", claimsMuch)).isInstanceOf(SourceException.class);
        byte[] java = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1, 0x7f, 0, 0, 0, 1};
        assertThatThrownBy(() -> read("x.snappy", java))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("codecMemory");
        byte[] claimsLongBlock = {0, 0, 0, 100, 0, 0, 0, 6, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 'a'};
        assertThatThrownBy(() -> read("x.snappy", claimsLongBlock)).hasMessageContaining("a block claims to have");
    }

    @Test
    void refusesAVersionOfTheSnappyHeaderThatItDoesNotKnow() throws Exception {
        byte[] file = Written.SNAPPY_JAVA.compress(someText(100));
        for (byte[] change : new byte[][] {{8, -1}, {11, 0}, {12, 1}, {15, 2}}) { // both numbers are 1
            byte[] other = file.clone();
            other[change[0]] = change[1];
            assertThatThrownBy(() -> read("x.snappy", other))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("x.snappy: the snappy data are corrupt near byte 0 of " + file.length
                            + ": the header names version ")
                    .hasMessageEndingWith("; known is version 1.");
        }
    }

    private Path path(Written format) {
        return directory.resolve("x." + format.extension);
    }

    /** Without writing it to a disk. */
    private static byte[] readOnce(Path path, byte[] file, Decompression decompression) throws IOException {
        try (FileBytes bytes = new FileBytes(new InputFile(path, file.length), Decompressed.channel(file))) {
            return Decompressed.read(bytes, decompression);
        }
    }

    private byte[] read(String name, byte[] file) throws IOException {
        return Decompressed.read(Files.write(directory.resolve(name), file));
    }

    private byte[] someText(int length) {
        byte[] text = new byte[length];
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (i > 100 && random.nextInt(20) == 0) {
                from = random.nextInt(i - 50) + 40;
            }
            text[i] = random.nextInt(3) > 0 && i > 100
                    ? text[Math.min(i - 1, from++)]
                    : (byte) ("abc \n".charAt(random.nextInt(5)) + random.nextInt(2) * random.nextInt(20));
        }
        return text;
    }

    private byte[] someBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
