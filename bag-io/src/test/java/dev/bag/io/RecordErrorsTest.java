package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import dev.bag.value.ErrorPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single records that cannot be read, and policies for them. */
@Tag("P34")
class RecordErrorsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private Path letters() {
        return folder.resolve("letters.jsonl");
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(ISO_8859_1));
    }

    private List<JsonNode> letterLines() throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(letters())) {
            nodes.add(MAPPER.readTree(line));
        }
        return nodes;
    }

    /** Lines of which some are malformed and some too long, cut and compressed in all ways. */
    @ParameterizedTest
    @CsvSource({"1, 1, false", "8, 7, false", "1, 64, false", "8, 1000000, false", "1, 1, true", "8, 1, true"})
    void badLinesAreListedWithTheirPlaces(int threads, int blockSize, boolean compressed) throws IOException {
        Random random = new Random(blockSize);
        StringBuilder text = new StringBuilder();
        List<String> good = new ArrayList<>();
        List<String> places = new ArrayList<>();
        Path file = folder.resolve(compressed ? "lines.txt.gz" : "lines.txt");
        for (int line = 1; line <= 300; line++) {
            String content = switch (random.nextInt(12)) {
                case 0 -> "bad \u00ff" + line;
                case 1 -> "long " + "x".repeat(100) + line;
                default -> "good " + line;
            };
            if (content.startsWith("good")) {
                good.add(content);
            } else {
                places.add(line + " " + text.length() + " "
                        + (content.startsWith("bad") ? "bad \ufffd" + line : content.substring(0, 20)));
            }
            text.append(content).append(random.nextInt(4) == 0 ? "\r\n" : "\n");
        }
        byte[] bytes = text.toString().getBytes(ISO_8859_1);
        Files.write(file, compressed ? gzipped(bytes) : bytes);
        Bag<String> lines = TextFiles.options()
                .blockSize(blockSize)
                .maxLineLength("80")
                .read(file)
                .onError(ErrorPolicy.deadLetter(letters(), places.size()));
        try (Runner runner = Runner.local().threads(threads).build()) {
            assertThat(lines.compute(runner)).isEqualTo(good);
            assertThat(lines.count().compute(runner)).isEqualTo(good.size());
        }
        List<String> listed = new ArrayList<>();
        for (JsonNode letter : letterLines()) {
            String record = letter.get("record").asText();
            assertThat(letter.get("file").asText()).isEqualTo(file.toString());
            assertThat(letter.get("operator").asText()).isEqualTo(file.toString());
            listed.add(letter.get("line").asLong() + " " + letter.get("offset").asLong() + " "
                    + (record.startsWith("long") ? record.substring(0, 20) : record));
        }
        assertThat(listed).isEqualTo(places);
        assertThatThrownBy(() -> TextFiles.options()
                        .blockSize(blockSize)
                        .maxLineLength("80")
                        .read(file)
                        .onError(ErrorPolicy.skip(places.size() - 1))
                        .compute())
                .isInstanceOf(BagException.class)
                .hasMessageStartingWith("onError(skip(" + (places.size() - 1) + ")): " + places.size() + " records");
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void theSourceDropsFirstWhatItIsToldToDrop() throws IOException {
        Path file = write("lines", "a\n\u00ff\nb\n");
        Bag<String> dropped = TextFiles.options().malformed(Malformed.SKIP).read(file);
        assertThat(dropped.onError(ErrorPolicy.skip(0)).compute()).containsExactly("a", "b");
        Bag<String> replaced = TextFiles.options().malformed(Malformed.REPLACE).read(file);
        assertThat(replaced.onError(ErrorPolicy.skip(0)).compute()).containsExactly("a", "\ufffd", "b");
    }

    @Test
    void linesOfOtherKindsAreLeftOutToo() throws IOException {
        Path file = write("lines", "a\n\u00ff\nb\n");
        ErrorPolicy one = ErrorPolicy.skip(1);
        assertThat(TextFiles.readUtf8(file).onError(one).map(Object::toString).compute())
                .containsExactly("a", "b");
        assertThat(TextFiles.options()
                        .readWithSource(file)
                        .onError(one)
                        .map(Sourced::line)
                        .compute())
                .containsExactly(1L, 3L);
        Path wide = Files.write(folder.resolve("wide"), "a\n\ud800\nb\n".getBytes(UTF_16LE));
        Files.write(wide, new byte[] {'a', 0, '\n', 0, 0, (byte) 0xd8, '\n', 0, 'b', 0});
        assertThat(TextFiles.options().charset(UTF_16LE).read(wide).onError(one).compute())
                .containsExactly("a", "b");
    }

    /** Lines of a charset in which line ends can only be found by decoding, and of a delimiter that can overlap itself. */
    @ParameterizedTest
    @CsvSource({"ISO-2022-JP, ''", "UTF-8, abab"})
    void longLinesOfTextThatIsDecodedFirst(String charset, String delimiter) throws IOException {
        List<String> good = new ArrayList<>();
        List<String> all = new ArrayList<>();
        int bad = 0;
        for (int length : new int[] {5, 79, 80, 81, 3, 200_000, 70_000, 1, 65_536, 80, 300}) {
            String line = "x".repeat(length);
            all.add(line);
            if (length <= 80) {
                good.add(line);
            } else {
                bad++;
            }
        }
        String end = delimiter.isEmpty() ? "\n" : delimiter;
        Path file = write("lines", String.join(end, all));
        TextReadOptions options =
                TextFiles.options().charset(Charset.forName(charset)).maxLineLength("80");
        TextReadOptions delimited = delimiter.isEmpty() ? options : options.delimiter(delimiter);
        assertThat(delimited
                        .read(file)
                        .onError(ErrorPolicy.deadLetter(letters(), bad))
                        .compute())
                .isEqualTo(good);
        assertThat(letterLines().stream().map(letter -> letter.get("line").asInt()))
                .containsExactly(4, 6, 7, 9, 11);
    }

    record User(String name, int age) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void linesOfJsonThatDoNotFit(int threads) throws IOException {
        Path file = write("users", """
                {"name":"a","age":1}
                {"name":"b","age":"x"}
                {"name":"c"
                [1]

                {"name":"d","age":4}
                """);
        try (Runner runner = Runner.local().threads(threads).build()) {
            assertThat(JsonLines.read(User.class, file)
                            .onError(ErrorPolicy.deadLetter(letters(), 3))
                            .compute(runner))
                    .containsExactly(new User("a", 1), new User("d", 4));
            assertThat(letterLines().stream()
                            .map(letter -> letter.get("line").asInt()
                                    + letter.get("record").asText()))
                    .containsExactly("2{\"name\":\"b\",\"age\":\"x\"}", "3{\"name\":\"c\"", "4[1]");
            assertThat(JsonLines.read(file).onError(ErrorPolicy.skip(1)).count().compute(runner))
                    .isEqualTo(4);
            assertThat(JsonLines.select("name")
                            .read(file)
                            .onError(ErrorPolicy.skip(2))
                            .map(row -> row.text(0))
                            .compute(runner))
                    .containsExactly("a", "b", "d");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rowsThatDoNotFit(boolean multiline) throws IOException {
        Path file = write("users.csv", "name,age\na,1\nb,x\nc\n\"d\",4\ne,5,6\n\"f\"g,7\nh,8\r\n\"i\" ,9\r\nj,10");
        Bag<User> users = CsvFiles.options()
                .multiline(multiline)
                .blockSize(5)
                .read(User.class, file)
                .onError(ErrorPolicy.deadLetter(letters(), 5));
        assertThat(users.compute())
                .containsExactly(new User("a", 1), new User("d", 4), new User("h", 8), new User("j", 10));
        assertThat(letterLines().stream()
                        .map(letter -> letter.get("line").asInt()
                                + letter.get("record").asText()))
                .containsExactly("3b,x", "4c", "6e,5,6", "7\"f\"g,7", "9\"i\" ,9");
    }

    @Test
    void aPolicyIsNotForWholeFiles() throws IOException {
        byte[] gzip = gzipped("a\nb\n".getBytes(ISO_8859_1));
        Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(gzip, gzip.length - 3));
        assertThatThrownBy(
                        () -> TextFiles.read(file).onError(ErrorPolicy.skip(9)).compute())
                .isInstanceOf(BagException.class)
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void whatFailsBehindTheSourceNamesTheLine() throws IOException {
        Path file = write("numbers", "1\n2\nx\n4\ny\n");
        assertThat(TextFiles.options()
                        .blockSize(2)
                        .read(file)
                        .map(Integer::parseInt)
                        .named("parse")
                        .onError(ErrorPolicy.deadLetter(letters(), 2))
                        .compute())
                .containsExactly(1, 2, 4);
        assertThat(Files.readString(letters())).isEqualTo("""
                {"operator":"parse","file":"%s","line":3,"offset":4,"partition":2,"error":"java.lang.NumberFormatException","message":"For input string: \\"x\\"","record":"x"}
                {"operator":"parse","file":"%s","line":5,"offset":8,"partition":4,"error":"java.lang.NumberFormatException","message":"For input string: \\"y\\"","record":"y"}
                """.formatted(file, file));
        try (Stream<String> stream = TextFiles.read(file).onError(ErrorPolicy.skip(0)).stream()) {
            assertThat(stream).hasSize(5);
        }
    }
}
