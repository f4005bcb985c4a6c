package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Results;
import dev.bag.Runner;
import dev.bag.function.CheckedFunction;
import dev.bag.value.Utf8;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what is read back, by this library and by the programs of each format. */
class TextWriteTest {

    private static final Runner RUNNER = Runner.local().threads(3).build();

    @TempDir
    Path directory;

    private final Random random = new Random(7);

    /** Records of each partition; some partitions are empty, and some records long. */
    private List<List<String>> partitions(int count, int most) {
        List<List<String>> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int records = random.nextInt(3) == 0 ? 0 : random.nextInt(most);
            partitions.add(IntStream.range(0, records).mapToObj(n -> text()).toList());
        }
        return partitions;
    }

    private String text() {
        int length = random.nextInt(40) == 0 ? random.nextInt(100_000) : random.nextInt(60);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            switch (random.nextInt(12)) {
                case 0 -> text.append("é?");
                case 1 -> text.append("\r-");
                case 2 -> text.appendCodePoint(0x1f600 + random.nextInt(50));
                case 3 -> text.append('\ufeff');
                case 4 -> text.append('\0');
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    private static Bag<String> bag(List<List<String>> partitions) {
        return Bag.concatAll(
                partitions.stream().map(records -> Bag.from(records, 1)).toList());
    }

    private static List<String> joined(List<List<String>> partitions) {
        return partitions.stream().flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"txt", "gz", "zst", "bz2", "xz"})
    @Tag("P1")
    @Tag("P7")
    void whatIsWrittenIsReadBack(String extension) throws Exception {
        for (int count : new int[] {1, 4}) {
            List<List<String>> partitions = partitions(count, 200 / count);
            Bag<String> bag = bag(partitions);
            Path folder = directory.resolve("out" + count);
            Written files = TextFiles.write(bag, folder + "/part-*." + extension, RUNNER);
            assertThat(files.records()).isEqualTo(joined(partitions).size());
            assertThat(files.paths()).hasSize(count);
            long bytes = 0;
            for (int i = 0; i < count; i++) {
                Path path = files.paths().get(i);
                assertThat(path).hasFileName("part-" + i + "." + extension);
                assertThat(TextFiles.read(path).compute()).isEqualTo(partitions.get(i));
                Folder.assertIntact(path);
                bytes += Files.size(path);
            }
            assertThat(files.bytes()).isEqualTo(bytes);
            assertThat(TextFiles.read(folder).compute()).isEqualTo(joined(partitions));
            assertThat(Folder.names(folder)).hasSize(count + 1).contains("_SUCCESS");

            Path one = directory.resolve("one" + count + "." + extension);
            Written file = TextFiles.write(bag, one, RUNNER);
            assertThat(file).isEqualTo(new Written(List.of(one), files.records(), Files.size(one)));
            assertThat(TextFiles.read(one).compute()).isEqualTo(joined(partitions));
            Folder.assertIntact(one);
        }
        assertThat(Folder.names(directory)).noneMatch(name -> name.contains(".tmp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"txt", "gz", "zst", "bz2", "xz"})
    @Tag("P7")
    void nothingIsWrittenAsFilesWithoutRecords(String extension) throws Exception {
        Path one = directory.resolve("one." + extension);
        TextFiles.write(Bag.<String>empty(), one);
        Written files = TextFiles.write(Bag.of("a", "b").filter(each -> false), directory + "/*." + extension);
        assertThat(files.paths()).hasSize(Bag.of("a", "b").partitionCount());
        for (Path path : List.of(one, files.paths().get(0))) {
            assertThat(TextFiles.options().allowEmpty().read(path).compute()).isEmpty();
            Folder.assertIntact(path);
        }
        assertThat(files.records()).isZero();
    }

    /** One compressed file, whose chunks are worked on by all threads; what is written is as if by one. */
    @ParameterizedTest
    @ValueSource(strings = {"txt", "gz", "zst", "bz2", "xz"})
    @Tag("P2")
    @Tag("P3")
    void filesAreTheSameForAnyNumberOfThreads(String extension) throws Exception {
        Path in = directory.resolve("in.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(in))) {
            for (int i = 0; i < 90_000; i++) {
                out.write((i + " " + Integer.toHexString(random.nextInt()) + "\n").getBytes(UTF_8));
            }
        }
        Path with = directory.resolve("with." + extension);
        List<String> wanted = null;
        byte[] bytes = null;
        boolean hasBlocks = extension.equals("gz") || extension.equals("zst");
        for (int threads : hasBlocks ? new int[] {1, 2, 3, 7, 0} : new int[] {1, 3}) {
            Runner.Builder builder = Runner.local().threads(Math.max(1, threads));
            try (Runner runner = threads == 0 ? builder.retries(1).build() : builder.build()) {
                Bag<String> bag = TextFiles.read(in).flatMap(line -> {
                    boolean isLong = line.startsWith("70000 "); // more than is held before it is written
                    return isLong ? Collections.nCopies(320_000, line) : line.endsWith("7") ? List.of(line) : List.of();
                });
                Delayed<Written> written = TextFiles.writeOptions().overwrite().writeLater(bag, with);
                Delayed<Long> count = bag.count();
                Results results = Delayed.computeAll(runner, written, count);
                assertThat(results.get(written).records()).isEqualTo(results.get(count));
                if (bytes == null) {
                    bytes = Files.readAllBytes(with);
                    wanted = bag.compute();
                    assertThat(TextFiles.read(with).compute()).isEqualTo(wanted);
                    Folder.assertIntact(with);
                }
                assertThat(Arrays.equals(Files.readAllBytes(with), bytes))
                        .as("%s threads", threads)
                        .isTrue();
            }
        }
    }

    @Test
    void bytesAreWrittenAsTheyAreRead() throws IOException {
        List<List<String>> partitions = partitions(3, 300);
        Path in = directory.resolve("in.txt");
        TextFiles.write(bag(partitions), in);
        Bag<Utf8> bytes = TextFiles.options().blockSize(10_000).readUtf8(in.toString());
        assertThat(bytes.partitionCount()).isGreaterThan(5);
        Path out = directory.resolve("out.txt");
        TextFiles.write(bytes, out, RUNNER);
        assertThat(out).hasSameBinaryContentAs(in);
        TextFiles.write(bytes.sorted(), directory + "/sorted-*.txt", RUNNER);
        assertThat(TextFiles.readUtf8(directory + "/sorted-*.txt")
                        .map(Utf8::toString)
                        .compute())
                .isEqualTo(TextFiles.readUtf8(in).compute().stream()
                        .sorted()
                        .map(Utf8::toString)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    @Tag("P1")
    void viewsAndCopiesAreWrittenAlike(String lineEnd) throws IOException {
        List<String> lines = List.of("", "a b", "", "", "é ü", "c", "d \re", "\ufeff f", " ", "g", "");
        String text = String.join(lineEnd, lines) + "h";
        Path in = Files.writeString(directory.resolve("in.txt"), text);
        List<String> expected = new ArrayList<>(lines.subList(0, lines.size() - 1));
        expected.add("h");
        CheckedFunction<Utf8, Utf8> mixed = line -> line.length() % 2 == 0 ? line : line.copy();
        for (int blockSize = 1; blockSize <= text.length() + 8; blockSize += 1 + blockSize / 4) {
            Bag<Utf8> bag = TextFiles.options().blockSize(blockSize).readUtf8(in);
            assertWritten(expected, bag);
            assertWritten(expected, bag.map(Utf8::copy));
            assertWritten(expected, bag.map(mixed));
            assertWritten(
                    expected.stream().filter(line -> line.length() > 1).toList(),
                    bag.map(mixed).filter(line -> line.toString().length() > 1));
            assertWritten(
                    expected.stream().map(line -> line.split(" ", 2)[0]).toList(), bag.map(line -> line.field(' ', 0)));
        }
    }

    private void assertWritten(List<String> records, Bag<Utf8> bag) throws IOException {
        Path out = directory.resolve("out.txt");
        Written written = TextFiles.writeOptions().overwrite().write(bag, out, RUNNER);
        assertThat(written.records()).isEqualTo(records.size());
        assertThat(Files.readString(out)).isEqualTo(String.join("\n", records) + "\n");
    }

    /** A record that begins with U+FEFF must not lose it where a file begins. */
    @Test
    void aMarkThatBelongsToTheFirstRecordIsKept() throws IOException {
        List<List<String>> partitions = List.of(List.of(), List.of(), List.of("\ufeffa", "\ufeffb"), List.of("\ufeff"));
        for (Charset charset : List.of(UTF_8, UTF_16, UTF_16LE)) {
            for (String extension : List.of("txt", "gz", "zst")) {
                Path folder = directory.resolve(charset + extension);
                TextWriteOptions options = TextFiles.writeOptions().charset(charset);
                options.write(bag(partitions), folder.resolve("part-*." + extension));
                options.write(bag(partitions), folder.resolve("one." + extension));
                TextReadOptions reading = TextFiles.options().charset(charset).allowEmpty();
                assertThat(reading.read(folder + "/part-*").compute()).isEqualTo(joined(partitions));
                assertThat(reading.read(folder + "/one." + extension).compute()).isEqualTo(joined(partitions));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTF-8", "UTF-16", "UTF-16BE", "UTF-32", "ISO-8859-1", "Shift_JIS", "ISO-2022-JP", "GB18030"})
    void everyCharsetAndDelimiterIsReadBack(String charset) {
        boolean hasKanji = Charset.forName(charset).newEncoder().canEncode('漢');
        List<String> records = List.of("", "a", hasKanji ? "漢字" : "ü", "b\rc", " ", "", "x;y", "z");
        for (String delimiter : List.of("\n", ";;", "\r\n", "aba", "\0")) {
            Path file = directory.resolve("x.txt");
            TextWriteOptions writing = TextFiles.writeOptions()
                    .overwrite()
                    .charset(Charset.forName(charset))
                    .delimiter(delimiter);
            TextReadOptions reading = TextFiles.options().charset(Charset.forName(charset));
            writing.write(Bag.from(records, 3), file);
            assertThat((delimiter.equals("\n") ? reading : reading.delimiter(delimiter))
                            .read(file)
                            .compute())
                    .as("with %s", delimiter)
                    .isEqualTo(records);
        }
    }

    @Test
    void severalOutputsAndFoldsShareOnePass() throws IOException {
        for (Runner runner : List.of(Runner.inline(), RUNNER)) {
            AtomicInteger read = new AtomicInteger();
            Bag<String> lines = Bag.from(
                            IntStream.range(0, 100).mapToObj(n -> "line " + n).toList(), 4)
                    .peek(line -> read.incrementAndGet());
            Bag<String> even = lines.filter(line -> line.endsWith("0"));
            TextWriteOptions options = TextFiles.writeOptions().overwrite();
            Delayed<Written> all = options.writeLater(lines, directory + "/all-*.txt.gz");
            Delayed<Written> some = options.writeLater(even, directory.resolve("even.txt"));
            Delayed<Long> count = lines.count();
            Delayed<Integer> files = all.map(written -> written.paths().size());
            Results results = Delayed.computeAll(runner, all, some, count, files);
            assertThat(read).hasValue(100);
            assertThat(results.get(all).records()).isEqualTo(100);
            assertThat(results.get(some).records()).isEqualTo(10);
            assertThat(results.get(count)).isEqualTo(100);
            assertThat(results.get(files)).isEqualTo(4);
            assertThat(TextFiles.read(directory + "/all-*").compute()).hasSize(100);
            assertThat(TextFiles.read(directory + "/even.txt").compute()).hasSize(10);
        }
    }

    @Test
    void whateverComesBeforeIsWrittenInItsPartitions() {
        Bag<String> lines = Bag.from(
                IntStream.range(0, 1000)
                        .mapToObj(n -> "%03d".formatted(n * 7 % 1000))
                        .toList(),
                5);
        List<Bag<String>> bags = List.of(
                lines.sorted(),
                lines.limit(321),
                lines.skip(500),
                lines.repartition(2),
                lines.repartition(9),
                lines.distinct(),
                lines.zipWith(lines, (a, b) -> a + b),
                lines.zipWithIndex().map(Object::toString),
                lines.concat(lines).limit(1500),
                lines.countBy(line -> line.substring(1)).entries().map(Object::toString),
                lines.partition(3));
        for (int i = 0; i < bags.size(); i++) {
            String pattern = directory.resolve("x" + i) + "/part-*.txt";
            Written written = TextFiles.write(bags.get(i), pattern, RUNNER);
            assertThat(written.paths()).hasSize(bags.get(i).partitionCount());
            List<List<String>> partitions =
                    Delayed.all(bags.get(i).partitions()).compute();
            for (int k = 0; k < partitions.size(); k++) {
                assertThat(TextFiles.read(written.paths().get(k)).compute())
                        .as("partition %s of %s", k, bags.get(i))
                        .isEqualTo(partitions.get(k));
            }
        }
    }

    @Test
    void numbersHaveAsManyDigitsAsTheLastOne() throws IOException {
        for (int count : new int[] {1, 10, 11, 101}) {
            Path folder = directory.resolve("of" + count);
            List<Integer> records = IntStream.range(0, count).boxed().toList();
            TextFiles.write(Bag.from(records, count).map(String::valueOf), folder.resolve("part-*"));
            String first = "part-" + "0".repeat(Integer.toString(count - 1).length());
            assertThat(Folder.names(folder)).contains(first).hasSize(count + 1);
            assertThat(TextFiles.read(folder).map(Integer::valueOf).compute()).isEqualTo(records);
        }
    }

    @Test
    void aFolderStandsForPartsInIt() throws IOException {
        TextFiles.write(Bag.from(List.of("a", "b"), 2), directory.resolve("new") + "/");
        Path existing = Files.createDirectory(directory.resolve("existing"));
        TextFiles.write(Bag.from(List.of("a", "b"), 2), existing.toString());
        assertThat(Folder.names(directory.resolve("new"))).containsExactly("_SUCCESS", "part-0.txt", "part-1.txt");
        assertThat(Folder.names(existing)).containsExactly("_SUCCESS", "part-0.txt", "part-1.txt");
    }

    @Test
    void successSaysWhatIsInEachFile() throws IOException {
        Written written = TextFiles.write(Bag.from(List.of("a", "b", "c"), 2), directory + "/say\"so\"-*.gz");
        JsonNode success =
                new ObjectMapper().readTree(directory.resolve("_SUCCESS").toFile());
        assertThat(success.get("records").asLong()).isEqualTo(3);
        assertThat(success.get("bytes").asLong()).isEqualTo(written.bytes());
        assertThat(success.get("parts")).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Path path = written.paths().get(i);
            JsonNode part = success.get("parts").get(i);
            CRC32C checksum = new CRC32C();
            checksum.update(Files.readAllBytes(path));
            assertThat(part.get("name").asText()).isEqualTo(path.getFileName().toString());
            assertThat(part.get("bytes").asLong()).isEqualTo(Files.size(path));
            assertThat(part.get("crc32c").asText()).isEqualTo("%08x".formatted(checksum.getValue()));
        }
    }

    /** Overwriting also deletes what an earlier output had more. */
    @Test
    void overwritingReplacesAllThatThePatternNamed() throws IOException {
        String pattern = directory.resolve("out") + "/part-*.txt";
        TextFiles.write(Bag.from(IntStream.range(0, 30).mapToObj(n -> "old" + n).toList(), 12), pattern);
        Files.writeString(directory.resolve("out/part-x.txt"), "not of this output\n");
        TextFiles.writeOptions().overwrite().write(Bag.from(List.of("new", "newer"), 2), pattern);
        assertThat(Folder.names(directory.resolve("out")))
                .containsExactly("_SUCCESS", "part-0.txt", "part-1.txt", "part-x.txt");
        assertThat(TextFiles.read(pattern.replace("*", "?"))
                        .filterNot(line -> line.startsWith("not"))
                        .compute())
                .containsExactly("new", "newer");
    }

    @Test
    void aBagIsWrittenOverTheFilesThatItReads() throws IOException {
        Path file = directory.resolve("x.txt");
        Files.writeString(file, "b\na\n");
        TextFiles.writeOptions().overwrite().write(TextFiles.read(file).sorted(), file, RUNNER);
        assertThat(file).hasContent("a\nb\n");
    }

    @Test
    void explainSaysWhereItGoes() {
        Bag<String> lines = Bag.of("a").map(line -> line);
        assertThat(TextFiles.writeLater(lines, "out/part-*.gz").explain())
                .contains("hand over to out/part-*.gz by write");
    }

    /** The layout that bgzip writes, and htslib looks for. */
    @Test
    void gzipMembersSayHowLongTheyAre() throws IOException {
        Path file = directory.resolve("x.gz");
        TextFiles.write(
                Bag.from(IntStream.range(0, 40_000).mapToObj(n -> "line " + n).toList(), 3), file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int members = 0;
        long text = 0;
        int length = 0;
        for (int at = 0; at < bytes.capacity(); at += length) {
            assertThat(bytes.getInt(at)).isEqualTo(0x04088b1f);
            assertThat(bytes.getInt(at + 12)).isEqualTo(0x00024342);
            length = (bytes.getShort(at + 16) & 0xffff) + 1;
            text += bytes.getInt(at + length - 4);
            members++;
        }
        assertThat(members).isGreaterThan(6);
        assertThat(length).as("the last member").isEqualTo(28);
        assertThat(text)
                .isEqualTo(
                        TextFiles.read(file).sumLong(line -> line.length() + 1).compute());
    }

    /** The seekable format of zstd's contrib folder. */
    @Test
    void zstdFilesEndWithATableOfTheirFrames() throws IOException {
        Path file = directory.resolve("x.zst");
        TextFiles.write(
                Bag.from(IntStream.range(0, 400_000).mapToObj(n -> "line " + n).toList(), 3), file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.capacity();
        assertThat(bytes.getInt(end - 4)).isEqualTo(0x8F92EAB1);
        int frames = bytes.getInt(end - 9);
        assertThat(frames).isGreaterThan(4);
        int table = end - 9 - 8 * frames;
        assertThat(bytes.getInt(table - 8)).isEqualTo(0x184D2A5E);
        assertThat(bytes.getInt(table - 4)).isEqualTo(8 * frames + 9);
        int at = 0;
        long text = 0;
        for (int i = 0; i < frames; i++) {
            assertThat(bytes.getInt(at)).isEqualTo(0xFD2FB528);
            at += bytes.getInt(table + 8 * i);
            text += bytes.getInt(table + 8 * i + 4);
        }
        assertThat(at).isEqualTo(table - 8);
        assertThat(text)
                .isEqualTo(
                        TextFiles.read(file).sumLong(line -> line.length() + 1).compute());
    }

    @Test
    void levelsCompressMoreOrLess() throws IOException {
        Bag<String> lines = Bag.from(
                IntStream.range(0, 20_000).mapToObj(n -> "line " + n * n).toList(), 2);
        for (String extension : List.of("gz", "zst", "xz")) {
            TextWriteOptions options = TextFiles.writeOptions().overwrite();
            Path file = directory.resolve("x." + extension);
            long least = options.compressionLevel(1).write(lines, file).bytes();
            long most = options.compressionLevel(extension.equals("zst") ? 19 : 6)
                    .write(lines, file)
                    .bytes();
            assertThat(most).isLessThan(least);
        }
        TextFiles.writeOptions().compressionLevel(0).write(lines, directory + "/0.gz");
        assertThat(TextFiles.read(directory + "/0.gz").compute()).isEqualTo(lines.compute());
    }

    @Test
    void recordsInLatin1AreThoseBytes() throws IOException {
        Path file = directory.resolve("x.txt");
        TextFiles.writeOptions().charset(ISO_8859_1).write(Bag.of("grün", "?"), file);
        assertThat(Files.readAllBytes(file)).isEqualTo("grün\n?\n".getBytes(ISO_8859_1));
    }
}
