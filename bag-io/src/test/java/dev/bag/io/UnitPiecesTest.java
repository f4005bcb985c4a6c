package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import dev.bag.io.codec.UnitFiles;
import dev.bag.io.parts.TextFormat;
import dev.bag.io.parts.TextPart;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of units in every format but bzip2, read as lines: which are cut, and that the lines are those of the file. */
@Tag("P1")
@Tag("P14")
class UnitPiecesTest {

    private static final int INDEPENDENT_WITH_CHECKSUMS = 0x30;

    @TempDir
    Path directory;

    private final Random random = new Random(18);

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst", "xz", "lz4", "snappy"})
    void neverLosesOrDoublesALine(String extension) throws Exception {
        for (String delimiter : new String[] {null, "aab"}) {
            TextFormat format = Texts.format("UTF-8", delimiter, false);
            for (int round = 0; round < 4; round++) {
                String text = text(delimiter == null ? "aé\n\r" : "ab", 1 + 20 * round);
                Path file = file(extension, text.getBytes(UTF_8), 1 + 5 * round);
                List<String> expected = Texts.oracle(text, delimiter, false);
                int size = (int) Files.size(file);
                for (int blockSize = 1; blockSize <= size; blockSize += 1 + blockSize / 2 + size / 20) {
                    for (int chunkLength : new int[] {1, 1000}) {
                        assertThat(Texts.lines(file, format, blockSize, chunkLength))
                                .as("blocks of %s, buffers of %s", blockSize, chunkLength)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst", "xz", "lz4", "snappy"})
    void readsALineOverManyUnitsAndAByteOrderMark(String extension) throws Exception {
        String line = "x".repeat(300);
        Path oneLine = file(extension, line.getBytes(UTF_8), 20);
        Path wide = directory.resolve("wide." + extension);
        String text = "\ufeffa\n\n\ufeffb\r\nc\n";
        Files.write(wide, units(extension, text.getBytes(Charset.forName("UTF-16LE")), 3));
        for (int blockSize : new int[] {1, 7, 100, 1000}) {
            assertThat(Texts.lines(oneLine, TextFormat.DEFAULT, blockSize, 10)).containsExactly(line);
            assertThat(Texts.lines(wide, TextFormat.DEFAULT, blockSize, 10)).containsExactly("a", "", "\ufeffb", "c");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst", "xz", "lz4", "snappy"})
    void tellsLineAndOffsetInTheDecompressedText(String extension) throws Exception {
        Path file = file(extension, text("aé\n", 150).getBytes(UTF_8), 30);
        List<Location> expected = locations(Texts.whole(file, TextFormat.DEFAULT, 1000));
        long size = Files.size(file);
        for (int pieces = 2; pieces < 6; pieces++) {
            List<Location> told = new ArrayList<>();
            for (int k = 0; k < pieces; k++) {
                FileSlice piece = new FileSlice(Texts.input(file), size * k / pieces, size * (k + 1) / pieces);
                told.addAll(locations(Texts.part(TextFormat.DEFAULT, 7, piece)));
            }
            assertThat(told).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst", "xz", "bz2"})
    void whatIsWrittenIsCutWhenItIsReadBack(String extension) throws Exception {
        int lines = extension.equals("xz") ? 1_300_000 : 80_000; // a block of xz has 24 MiB
        Bag<String> bag = Bag.range(0, lines, 3).map(i -> "line " + i % 100 + " of the text");
        Path file = directory.resolve("out." + extension);
        TextFiles.writeOptions().compressionLevel(1).write(bag, file);
        TextReadOptions options = TextFiles.options().blockSize(Files.size(file) / 4);
        Bag<String> read = options.read(file);
        assertThat(read.partitionCount()).isGreaterThan(3);
        Map<String, Long> expected = bag.frequencies().toMap().compute();
        for (int threads : new int[] {1, 2}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                assertThat(options.readUtf8(file).count().compute(runner)).isEqualTo(lines);
                assertThat(options.readUtf8(file).limit(50_000).count().compute(runner))
                        .isEqualTo(50_000);
            }
        }
        assertThat(read.frequencies().toMap().compute()).isEqualTo(expected);
        List<Integer> inPieces = read.mapPartitions(
                        records -> List.of(records.hasNext() ? 1 : 0).iterator())
                .compute();
        assertThat(inPieces)
                .as("pieces with lines")
                .filteredOn(some -> some == 1)
                .hasSizeGreaterThan(1);
        assertThat(read.explain()).contains("out." + extension + ": ").contains(", read in pieces");
    }

    @Test
    void readsJsonAndNumberedLines() throws Exception {
        String text =
                IntStream.range(0, 500).mapToObj(i -> "{\"n\":" + i + "}\n").collect(Collectors.joining());
        Path file = Files.write(directory.resolve("x.json.zst"), units("zst", text.getBytes(UTF_8), 50));
        List<Long> expected = IntStream.range(0, 500).mapToObj(i -> (long) i).toList();
        Bag<JsonRow> rows = JsonLines.options().blockSize(1000).select("n").read(file);
        assertThat(rows.partitionCount()).isGreaterThan(5);
        assertThat(rows.map(row -> row.longValue(0)).compute()).isEqualTo(expected);
        Bag<Sourced<String>> numbered = TextFiles.options().blockSize(1000).readWithSource(file);
        assertThat(numbered.map(line -> line.line() - 1).compute()).isEqualTo(expected);
    }

    @Test
    void cutsOnlyWhatHasUnits() throws Exception {
        byte[] text = text("ab\n", 30_000).getBytes(UTF_8);
        byte[] skippable = UnitFiles.skippable(0, new byte[100]);
        assertCut("members.gz", units("gz", text, 2000), "members of gzip, read in pieces");
        assertWhole("one.gz", gzip(text), "gzip whose members do not say how long they are, read by one task");
        assertWhole("a.gz", UnitFiles.members("MZ", text), "one member of gzip, read by one task");
        assertCut("frames.zst", units("zst", text, 2000), "frames of zstd, read in pieces");
        assertWhole("one.zst", UnitFiles.zstd(text), "one frame of zstd, read by one task");
        assertWhole("table.zst", UnitFiles.written("x.zst", text), "one frame of zstd, read by one task");
        assertWhole(
                "skip.zst", join(skippable, UnitFiles.zstd(text), skippable), "one frame of zstd, read by one task");
        assertCut("p.zst", UnitFiles.pzstd(text, text), "frames of zstd, read in pieces");
        assertCut("blocks.xz", units("xz", text, 20_000), "blocks of xz, read in pieces");
        assertCut(
                "streams.xz",
                join(UnitFiles.xz(text), new byte[8], UnitFiles.xz(text)),
                "blocks of xz, read in pieces");
        assertWhole("one.xz", UnitFiles.xz(text), "one block of xz, read by one task");
        assertCut("blocks.lz4", UnitFiles.lz4(INDEPENDENT_WITH_CHECKSUMS, text), "blocks of lz4, read in pieces");
        assertCut("frames.lz4", join(UnitFiles.lz4(4, text), UnitFiles.lz4(4, text)), "frames of lz4, read in pieces");
        assertWhole("one.lz4", UnitFiles.lz4(0x24, text), "one frame of lz4, read by one task");
        assertCut("x.snappy", UnitFiles.snappy(2000, text), "chunks of snappy, read in pieces");
    }

    private void assertCut(String name, byte[] content, String note) throws IOException {
        Path file = Files.write(directory.resolve(name), content);
        int size = content.length;
        assertThat(TextFiles.options().blockSize(size / 2).read(file).partitionCount())
                .as(name)
                .isGreaterThan(1);
        assertThat(TextFiles.options().blockSize(size / 2).read(file).explain()).contains("    " + file + ": " + note);
        assertThat(TextFiles.options().blockSize(size).read(file).partitionCount())
                .isEqualTo(1);
        assertThat(TextFiles.options().filesPerPartition(1).read(file).partitionCount())
                .isEqualTo(1);
        assertThat(TextFiles.options()
                        .blockSize(size / 2)
                        .charset(Charset.forName("UTF-16LE"))
                        .read(file)
                        .partitionCount())
                .isEqualTo(1);
    }

    private void assertWhole(String name, byte[] content, String note) throws IOException {
        Path file = Files.write(directory.resolve(name), content);
        Bag<String> bag = TextFiles.options().blockSize(content.length / 5).read(file);
        assertThat(bag.partitionCount()).as(name).isEqualTo(1);
        assertThat(bag.explain()).contains("    " + file + ": " + note);
    }

    @Test
    void isCutByAnInterruptedThreadToo() throws Exception {
        Path file = file("zst", text("ab\n", 3000).getBytes(UTF_8), 50);
        Thread.currentThread().interrupt();
        int partitions = TextFiles.options().blockSize(500).read(file).partitionCount();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(partitions).isGreaterThan(3);
    }

    @Test
    void isNotCutWhereLookingForUnitsMayTakeManyRequests() throws Exception {
        byte[] text = text("ab\n", 3000).getBytes(UTF_8);
        try (FileSystem inside = FileSystems.newFileSystem(directory.resolve("x.zip"), Map.of("create", "true"))) {
            Path file = Files.write(inside.getPath("x.lz4"), units("lz4", text, 50));
            Bag<String> lines = TextFiles.options().blockSize(500).read(file);
            assertThat(lines.partitionCount()).isEqualTo(1);
            assertThat(lines.explain())
                    .contains("frames of lz4 that are not looked for on this file system, read by one");
            assertThat(lines.compute()).isEqualTo(Texts.oracle(new String(text, UTF_8), null, false));
        }
    }

    @Test
    void warnsOnceOfAFileThatIsReadInPieces() throws Exception {
        byte[] text = text("ab\n", 3000).getBytes(UTF_8);
        Path zstd = Files.write(directory.resolve("zstd.gz"), units("zst", text, 100));
        Bag<String> lines = TextFiles.options().blockSize(500).read(zstd);
        assertThat(lines.partitionCount()).isGreaterThan(2);
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        Logger logger = Logger.getLogger("dev.bag.io");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord told) {
                warnings.add(new SimpleFormatter().formatMessage(told));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            lines.count().compute();
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(warnings.stream().filter(warning -> warning.startsWith(zstd.toString())))
                .containsExactly(zstd + ": read as zstd, which it is, though its name says gzip.");
    }

    @Test
    void explainsNamesThatAreNotTrue() throws Exception {
        byte[] text = text("ab\n", 3000).getBytes(UTF_8);
        Path zstd = Files.write(directory.resolve("zstd.gz"), units("zst", text, 100));
        Path plain = Files.write(directory.resolve("plain.xz"), text);
        Path named = Files.write(directory.resolve("gzip.log"), gzip(text));
        TextReadOptions options = TextFiles.options().blockSize(500);
        assertThat(options.read(zstd).explain())
                .contains(zstd + ": read as zstd, which it is, though its name says gzip");
        assertThat(options.read(zstd).partitionCount()).isGreaterThan(2);
        assertThat(options.read(zstd).compute()).isEqualTo(Texts.oracle(new String(text, UTF_8), null, false));
        assertThat(options.read(plain).explain())
                .contains(
                        plain + ": begins as text does, so it cannot be read as xz, which its name says; if it is text,"
                                + " use compression(Compression.NONE)");
        assertThatThrownBy(() -> options.read(plain).compute())
                .hasMessageContaining(plain + ": this is not a xz file: ");
        Path anyBytes = Files.write(directory.resolve("plain.lzma"), text);
        assertThat(options.read(anyBytes).explain()).doesNotContain("begins as text does");
        assertThat(TextFiles.read(named, zstd).explain())
                .contains(named + ": read as gzip, which it is, though its name does not say so");
        assertThat(TextFiles.options().compression(Compression.NONE).read(plain).explain())
                .doesNotContain("though");
    }

    @Test
    void saysWhatIsWrongWithAFileWhenItIsRead() throws Exception {
        Path gone = Files.write(
                directory.resolve("gone.zst"), units("zst", text("ab\n", 3000).getBytes(UTF_8), 50));
        Bag<String> bag = TextFiles.options().blockSize(1000).read(gone);
        Files.delete(gone);
        assertThatThrownBy(bag::compute)
                .isInstanceOf(BagException.class)
                .hasMessageContaining(gone + ": the file is gone.");
        Path folder = Files.createDirectory(directory.resolve("folder.gz"));
        Files.write(folder.resolve("empty.gz"), new byte[0]);
        assertThatThrownBy(() -> TextFiles.read(folder).compute()).hasMessageContaining("the file has 0 bytes");
        Path cut = Files.write(directory.resolve("cut.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 4, 0, 0});
        assertThatThrownBy(() -> TextFiles.options().blockSize(1).read(cut).compute())
                .hasMessageContaining("the gzip stream ends inside a header, at byte 6 of 6");
    }

    private static List<Location> locations(TextPart<String> part) throws Exception {
        List<Location> locations = new ArrayList<>();
        try (Chunks<String> chunks = part.open()) {
            for (Chunk<String> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                while (chunk.next() != null) {
                    locations.add(chunk.location().orElseThrow());
                }
            }
        }
        return locations;
    }

    private Path file(String extension, byte[] text, int most) throws IOException {
        return Files.write(directory.resolve("x." + extension), units(extension, text, most));
    }

    /** Compresses a text in units of up to so many bytes; some have none. */
    private byte[] units(String extension, byte[] text, int most) throws IOException {
        if (extension.equals("snappy")) {
            return UnitFiles.snappy(most, text);
        }
        List<byte[]> texts = new ArrayList<>();
        for (int at = 0; at < text.length; ) {
            int count = Math.min(random.nextInt(most + 1), text.length - at);
            texts.add(Arrays.copyOfRange(text, at, at + count));
            at += count;
        }
        byte[][] units = texts.toArray(byte[][]::new);
        return switch (extension) {
            case "gz" -> UnitFiles.members("IG", units);
            case "zst" -> UnitFiles.zstd(units);
            case "xz" -> UnitFiles.xz(units);
            default -> UnitFiles.lz4(INDEPENDENT_WITH_CHECKSUMS, units);
        };
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private String text(String alphabet, int length) {
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }
}
