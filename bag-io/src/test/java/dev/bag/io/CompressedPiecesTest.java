package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.Runner;
import dev.bag.io.file.InputFile;
import dev.bag.io.parts.TextFormat;
import dev.bag.io.parts.TextPart;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One compressed file that is read in pieces: the same lines, at the same places, as when it is read whole. */
@Tag("once")
@Tag("P1")
@Tag("P14")
class CompressedPiecesTest {

    @TempDir
    Path directory;

    private final Random random = new Random(14);

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                // charset, delimiter, any line end, alphabet
                "-, -, false, ab\\n\\r",
                "-, -, true, aé\\n\\r",
                "-, -, false, \\ufeffa漢\\n",
                "UTF-8, ab, false, abc\\n",
                "UTF-8, aab, false, ab\\n",
                "UTF-8, é, true, aéè",
                "UTF-8, aa, false, ab",
                "UTF-16LE, -, false, aĊ਀\\n\\r",
                "UTF-16, ab, false, abĊ",
                "UTF-32BE, -, true, ab\\n\\r",
                "ISO-8859-1, -, false, aþé\\n",
                "Shift_JIS, -, false, a漢ソ表\\n\\r",
                "ISO-2022-JP, -, false, a漢ソ\\n\\r",
            })
    void neverLosesOrDoublesALine(String charset, String delimiter, boolean anyLineEnd, String alphabet)
            throws Exception {
        boolean universal = anyLineEnd && delimiter == null;
        TextFormat format = Texts.format(charset, delimiter, universal);
        Charset bytes = charset == null ? UTF_8 : Charset.forName(charset);
        String characters = alphabet.replace("\\n", "\n").replace("\\r", "\r").replace("\\ufeff", "\ufeff");
        for (int round = 0; round < 10; round++) {
            String text = text(characters, round);
            Path file = Files.write(directory.resolve("x.bz2"), streams(text.getBytes(bytes), 4));
            String withoutMark = charset == null && text.startsWith("\ufeff") ? text.substring(1) : text;
            assertSameInPieces(file, format, Texts.oracle(withoutMark, delimiter, universal));
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void heedsAByteOrderMarkHoweverItIsCut(String charset) throws Exception {
        String text = "\ufeffa\n\n\ufeffb\r\nc";
        List<String> expected = List.of("a", "", "\ufeffb", "c");
        byte[] bytes = text.getBytes(Charset.forName(charset));
        for (int most : new int[] {1, 4, 100}) {
            Path file = Files.write(directory.resolve("x.bz2"), streams(bytes, most));
            assertSameInPieces(file, TextFormat.DEFAULT, expected);
            assertSameInPieces(file, Texts.format(charset, null, false), expected);
        }
    }

    @Test
    void readsLinesOverManyBlocks() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append(text("abc", i % 5 == 2 ? 150 : i)).append('\n');
        }
        Path file =
                Files.write(directory.resolve("x.bz2"), streams(text.toString().getBytes(UTF_8), 20));
        assertSameInPieces(file, TextFormat.DEFAULT, Texts.oracle(text.toString(), null, false));
        Path oneLine =
                Files.write(directory.resolve("y.bz2"), streams("x".repeat(300).getBytes(UTF_8), 40));
        assertSameInPieces(oneLine, TextFormat.DEFAULT, List.of("x".repeat(300)));
    }

    private void assertSameInPieces(Path file, TextFormat format, List<String> expected) throws Exception {
        int size = (int) Files.size(file);
        for (int blockSize = 1; blockSize <= size + 1; blockSize += 1 + blockSize / 2) {
            for (int chunkLength : new int[] {1, 1000}) {
                assertThat(Texts.lines(file, format, blockSize, chunkLength))
                        .as("blocks of %s, buffers of %s", blockSize, chunkLength)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void tellsLineAndOffsetInTheDecompressedText() throws Exception {
        for (String mark : List.of("", "\ufeff")) {
            byte[] text = (mark + text("aé\n", 200)).getBytes(UTF_8);
            Path file = Files.write(directory.resolve("x.bz2"), streams(text, 30));
            InputFile input = Texts.input(file);
            List<Location> expected = locations(Texts.whole(file, TextFormat.DEFAULT, 1000));
            assertThat(expected).hasSizeGreaterThan(30);
            for (int pieces = 2; pieces < 9; pieces++) {
                List<Location> told = new ArrayList<>();
                for (FileSlice piece : slices(input, pieces)) {
                    told.addAll(locations(Texts.part(TextFormat.DEFAULT, 7, piece)));
                }
                assertThat(told).isEqualTo(expected);
            }
        }
    }

    @Test
    void tellsTheSameErrorsWhereverTheFileIsCut() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text("ab\n", 200).getBytes(UTF_8));
        bytes.writeBytes(new byte[] {'\n', 'x', (byte) 0xc3, '(', '\n'});
        bytes.writeBytes(text("ab\n", 100).getBytes(UTF_8));
        bytes.writeBytes("\n0123456789 0123456789 0123456789".getBytes(UTF_8));
        Path file = Files.write(directory.resolve("x.bz2"), streams(bytes.toByteArray(), 30));
        TextFormat format = TextFormat.DEFAULT.withMaxLineBytes(30);
        List<String> expected = errors(Texts.whole(file, format, 1000));
        assertThat(expected).hasSize(2);
        assertThat(expected.get(0)).contains("x.bz2, line ", ": not UTF-8: c3, followed by 28, at byte 202.");
        assertThat(expected.get(1)).contains(": the line that begins at byte 306 has more than 30 bytes.");
        for (int pieces = 2; pieces < 12; pieces++) {
            List<String> told = new ArrayList<>();
            for (FileSlice piece : slices(Texts.input(file), pieces)) {
                told.addAll(errors(Texts.part(format, 10, piece)));
            }
            assertThat(told).isEqualTo(expected);
        }
    }

    @Test
    void tellsTheFileIfItHasGone() throws Exception {
        Path file = Files.write(directory.resolve("x.bz2"), streams("a\nb\nc\nd\ne\nf\n".getBytes(UTF_8), 2));
        InputFile input = Texts.input(file);
        FileSlice second = new FileSlice(input, input.byteCount() / 2, input.byteCount());
        try (Chunks<String> chunks = Texts.part(TextFormat.DEFAULT, 7, second).open()) {
            Chunk<String> chunk = chunks.nextChunk();
            chunk.next();
            Files.delete(file);
            assertThat(chunk.location()).contains(Location.of(file.toString()));
        }
    }

    /** But for the checksum of a stream that begins in another piece, which only a reader of the whole stream can check. */
    @Test
    @Tag("P8")
    void failsInOnePieceIfTheFileIsCorrupt() throws Exception {
        String text = text("ab\n", 300);
        byte[] bytes = streams(text.getBytes(UTF_8), 40);
        int read = 0;
        int refused = 0;
        for (int at = 4; at < bytes.length; at += 5) {
            byte[] corrupt = bytes.clone();
            corrupt[at] ^= 0x10;
            Path file = Files.write(directory.resolve("x.bz2"), corrupt);
            List<String> lines = new ArrayList<>();
            try {
                for (FileSlice piece : slices(Texts.input(file), 5)) {
                    lines.addAll(Texts.lines(Texts.part(TextFormat.DEFAULT, 50, piece)));
                }
                assertThat(lines).as("at %s", at).isEqualTo(Texts.oracle(text, null, false));
                read++;
            } catch (SourceException e) {
                refused++;
            }
        }
        assertThat(read).isLessThan(refused / 20);
    }

    @Test
    void isReadInManyPartitionsByAllThreads() throws Exception {
        String text = IntStream.range(0, 60_000)
                .mapToObj(i -> "line " + i * 7919L % 60_000 + "\n")
                .collect(Collectors.joining());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(bytes, 1)) {
            bzip2.write(text.getBytes(UTF_8));
        }
        Path file = Files.write(directory.resolve("x.bz2"), bytes.toByteArray());
        List<String> expected = text.lines().toList();
        TextReadOptions options = TextFiles.options().blockSize("20kB");
        int pieces = (int) ((Files.size(file) - 1) / 20_000 + 1);
        Bag<String> lines = options.read(file);
        assertThat(lines.partitionCount()).isEqualTo(pieces).isGreaterThan(4);
        for (int threads : new int[] {1, 3}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                assertThat(lines.compute(runner)).isEqualTo(expected);
                assertThat(options.readUtf8(file).map(Object::toString).compute(runner))
                        .isEqualTo(expected);
                assertThat(lines.limit(40_000).compute(runner)).isEqualTo(expected.subList(0, 40_000));
                assertThat(lines.count().compute(runner)).isEqualTo(60_000);
            }
        }
        Bag<Sourced<String>> numbered = options.readWithSource(file);
        assertThat(numbered.map(Sourced::line).compute())
                .isEqualTo(
                        IntStream.rangeClosed(1, 60_000).mapToObj(i -> (long) i).toList());
    }

    @Test
    void isReadWholeIfOptionsSaySoOrItCannotBeCut() throws Exception {
        Path file = Files.write(
                directory.resolve("x.bz2"), streams(text("ab\n", 2000).getBytes(UTF_8), 50));
        assertThat(partitions(TextFiles.options().blockSize(1000), file)).isGreaterThan(3);
        assertThat(partitions(TextFiles.options().filesPerPartition(1), file)).isEqualTo(1);
        assertThat(partitions(TextFiles.options().blockSize(1000).charset(Charset.forName("UTF-16LE")), file))
                .isEqualTo(1);
        assertThat(partitions(TextFiles.options().blockSize(1000).delimiter("aa"), file))
                .isEqualTo(1);
        assertThat(partitions(TextFiles.options().blockSize(1000).compression(Compression.GZIP), file))
                .isEqualTo(1);
    }

    private static int partitions(TextReadOptions options, Path file) {
        return options.read(file).partitionCount();
    }

    @Test
    void isReadInPiecesWhateverItsName() throws Exception {
        String text = text("ab\n", 300);
        byte[] bytes = streams(text.getBytes(UTF_8), 40);
        List<String> expected = Texts.oracle(text, null, false);
        Path plainName = Files.write(directory.resolve("x.log"), bytes);
        assertThat(TextFiles.options().blockSize(100).read(plainName).compute()).isEqualTo(expected);
        Path otherContent = Files.writeString(directory.resolve("plain.bz2"), text);
        TextReadOptions plain = TextFiles.options().compression(Compression.NONE);
        assertThat(plain.blockSize(10).read(otherContent).compute()).isEqualTo(expected);
        Path twoFiles = Files.writeString(directory.resolve("y.log"), text);
        assertThat(TextFiles.options()
                        .blockSize(64)
                        .read(plainName, twoFiles)
                        .count()
                        .compute())
                .isEqualTo(2L * expected.size());
    }

    @Test
    void refusesABombInEveryPiece() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(bytes, 9)) {
            byte[] line = new byte[1 << 20];
            Arrays.fill(line, (byte) 'x');
            line[line.length - 1] = '\n';
            for (int i = 0; i < 70; i++) {
                bzip2.write(line);
            }
        }
        Path file = Files.write(directory.resolve("x.bz2"), bytes.toByteArray());
        InputFile input = Texts.input(file);
        FileSlice allButTheFirst = new FileSlice(input, 3, input.byteCount());
        TextFormat format = TextFormat.DEFAULT.withMaxLineBytes(2 << 20);
        assertThatThrownBy(() -> Texts.lines(Texts.part(format, 1 << 20, allButTheFirst)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("this may be a decompression bomb");
    }

    private static List<FileSlice> slices(InputFile file, int count) {
        List<FileSlice> slices = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            slices.add(new FileSlice(file, file.byteCount() * k / count, file.byteCount() * (k + 1) / count));
        }
        return slices;
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

    /** Reads on after each. */
    private static List<String> errors(TextPart<String> part) throws Exception {
        List<String> errors = new ArrayList<>();
        try (Chunks<String> chunks = part.open()) {
            for (Chunk<String> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                boolean more = true;
                while (more) {
                    try {
                        more = chunk.next() != null;
                    } catch (SourceException e) {
                        errors.add(e.getMessage());
                    }
                }
            }
        }
        return errors;
    }

    /** Compresses a text in streams of up to so many bytes; some have none. */
    private byte[] streams(byte[] text, int most) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int at = 0;
        do {
            int count = Math.min(random.nextInt(most + 1), text.length - at);
            BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(file, 1);
            bzip2.write(text, at, count);
            bzip2.finish();
            at += count;
        } while (at < text.length);
        return file.toByteArray();
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
