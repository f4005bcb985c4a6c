package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.bag.Bag;
import dev.bag.Runner;
import dev.bag.io.json.JsonBinding;
import dev.bag.io.json.JsonRecords;
import dev.bag.io.json.JsonRowRecords;
import dev.bag.io.parts.TextFormat;
import dev.bag.io.parts.TextPart;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path directory;

    record User(long id, String name) {}

    record Event(User user, double amount, List<String> tags) {}

    static final class Bean {
        public int a;
        private String b;

        public String getB() {
            return b;
        }

        public void setB(String b) {
            this.b = b;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
    interface Shape {}

    record Circle(double radius) implements Shape {}

    private String file(String... lines) throws Exception {
        return write("file.json", String.join("\n", lines).getBytes(UTF_8));
    }

    private String write(String name, byte[] bytes) throws Exception {
        return Files.write(directory.resolve(name), bytes).toString();
    }

    @Test
    void makesTrees() throws Exception {
        String file = file("{\"a\":[1,2.5,\"x\"]}", " [1,[]] ", "\"text\"", "12", "null", "true", "{}");
        List<JsonNode> trees = JsonLines.read(file).compute();
        List<JsonNode> expected = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(file))) {
            expected.add(MAPPER.readTree(line));
        }
        assertThat(trees).isEqualTo(expected);
    }

    @Test
    void makesRecordsBeansMapsAndGenericTypes() throws Exception {
        String events = file(
                "{\"user\":{\"id\":7,\"name\":\"Ann\"},\"amount\":1.5,\"tags\":[\"a\",\"b\"]}",
                "{\"amount\":2,\"user\":null}");
        assertThat(JsonLines.read(Event.class, events).compute())
                .containsExactly(new Event(new User(7, "Ann"), 1.5, List.of("a", "b")), new Event(null, 2, null));

        String beans = file("{\"a\":1,\"b\":\"x\"}", "{\"b\":\"y\"}");
        assertThat(JsonLines.read(Bean.class, beans)
                        .map(bean -> bean.a + bean.b)
                        .compute())
                .containsExactly("1x", "0y");
        assertThat(JsonLines.read(Map.class, beans).compute())
                .isEqualTo(List.of(Map.of("a", 1, "b", "x"), Map.of("b", "y")));
        Bag<Map<String, Object>> maps = JsonLines.read(new TypeReference<Map<String, Object>>() {}, Path.of(beans));
        assertThat(maps.compute()).isEqualTo(List.of(Map.of("a", 1, "b", "x"), Map.of("b", "y")));

        String lists = file("[1,2]", "[]", "[3]");
        assertThat(JsonLines.read(new TypeReference<List<Integer>>() {}, lists).compute())
                .containsExactly(List.of(1, 2), List.of(), List.of(3));
        String arrays = file("[{\"a\":1}]");
        assertThat(JsonLines.read(ArrayNode.class, arrays).compute()).hasToString("[[{\"a\":1}]]");
        String shapes = file("{\"kind\":\"circle\",\"radius\":2}");
        assertThat(JsonLines.read(Shape.class, Path.of(shapes).toUri()).compute())
                .containsExactly(new Circle(2));
        assertThat(JsonLines.read(long.class, file("1", "2")).compute()).containsExactly(1L, 2L);
    }

    @Test
    void readsAsTheMapperIsSetWhenItIsGiven() throws Exception {
        String file = file("{\"id\":1,\"name\":\"a\",\"more\":2}", "{id:2,/* no name */}");
        ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
                        .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                        .build())
                .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_TRAILING_COMMA)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        Bag<User> users = JsonLines.options().mapper(mapper).read(User.class, file);
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        assertThat(users.compute()).containsExactly(new User(1, "a"), new User(2, null));
    }

    @Test
    void selectsFields() throws Exception {
        String file = file(
                "{\"user\":{\"id\":1},\"amount\":2.5}",
                "{\"amount\":1,\"user\":{\"id\":2,\"x\":{}},\"amount\":7}",
                "{\"user\":null}",
                "{\"user\":{\"id\":3},\"user\":{}}");
        List<JsonRow> rows =
                JsonLines.select("user.id", "amount", "user").read(file).compute();
        assertThat(rows)
                .hasToString(
                        "[{user.id=1, amount=2.5, user={\"id\":1}}, {user.id=2, amount=7, user={\"id\":2,\"x\":{}}},"
                                + " {user=null}, {user={}}]");
        assertThat(JsonLines.select("user.id", "amount")).hasToString("JsonSelection[user.id, amount]");
        assertThat(JsonLines.select("user.id").read(Path.of(file)).count().compute())
                .isEqualTo(4);
        assertThat(JsonLines.select("user.id").read(Path.of(file).toUri()).first())
                .isPresent();
    }

    @Test
    void leavesOutBlankLinesAndByteOrderMarks() throws Exception {
        String text = "\ufeff{\"a\":1}\r\n\r\n \t \r\n\n{\"a\":2} \r\n\ufeff{\"a\":3}\n\n  ";
        String file = write("file.json", text.getBytes(UTF_8));
        assertReads(file, "[1, 2, 3]");
        assertReads(write("empty.json", new byte[0]), "[]");
        assertReads(write("blank.json", "\n \n".getBytes(UTF_8)), "[]");
        assertReads(write("mark.json", "\ufeff".getBytes(UTF_8)), "[]");
        assertReads(write("last.json", "{\"a\":1}\n{\"a\":2}\r".getBytes(UTF_8)), "[1, 2]");
    }

    /** Trees, maps and rows of files with a field a. */
    private static void assertReads(String file, String expected) {
        assertThat(JsonLines.read(file).map(tree -> tree.get("a")).compute()).hasToString(expected);
        assertThat(JsonLines.read(Map.class, file).map(map -> map.get("a")).compute())
                .hasToString(expected);
        assertThat(JsonLines.select("a").read(file).map(row -> row.text(0)).compute())
                .hasToString(expected);
    }

    @Test
    void readsOtherCharsets() throws Exception {
        String text = "{\"a\":\"é漢😀\"}\n\n{\"a\":\"b\"}\n{\"a\":\"ü\"}";
        String expected = "[{\"a\":\"é漢😀\"}, {\"a\":\"b\"}, {\"a\":\"ü\"}]";
        for (String file : List.of(
                write("utf8.json", text.getBytes(UTF_8)), write("utf16.json", ("\ufeff" + text).getBytes(UTF_16LE)))) {
            assertThat(JsonLines.read(file).compute()).hasToString(expected);
            assertThat(JsonLines.select("a").read(file).compute()).hasToString(expected.replace("\"a\":", "a="));
        }
        String latin = write("latin.json", "{\"a\":\"é\"}\n{\"a\":\"b\"}\n".getBytes(ISO_8859_1));
        JsonReadOptions options = JsonLines.options().charset(ISO_8859_1);
        assertThat(options.read(latin).compute()).hasToString("[{\"a\":\"é\"}, {\"a\":\"b\"}]");
        assertThat(options.select("a").read(latin).compute()).hasToString("[{a=\"é\"}, {a=\"b\"}]");
        String japanese = write(
                "japanese.json", text.replace("ü", "").replace("é漢😀", "漢").getBytes("ISO-2022-JP"));
        JsonReadOptions forward = JsonLines.options().charset(java.nio.charset.Charset.forName("ISO-2022-JP"));
        assertThat(forward.read(japanese).compute()).hasToString("[{\"a\":\"漢\"}, {\"a\":\"b\"}, {\"a\":\"\"}]");
        assertThat(forward.select("a").read(japanese).compute()).hasToString("[{a=\"漢\"}, {a=\"b\"}, {a=\"\"}]");
    }

    @Test
    void treatsMalformedBytesAsItIsTold() throws Exception {
        byte[] bytes = "{\"a\":1}\n{\"a\":\"?\"}\n{\"a\":3}\n".getBytes(UTF_8);
        bytes[14] = (byte) 0xc3;
        String file = write("wrong.json", bytes);
        JsonReadOptions replace = JsonLines.options().malformed(Malformed.REPLACE);
        assertThat(replace.read(file).compute()).hasToString("[{\"a\":1}, {\"a\":\"\ufffd\"}, {\"a\":3}]");
        assertThat(replace.select("a").read(file).compute()).hasToString("[{a=1}, {a=\"\ufffd\"}, {a=3}]");
        JsonReadOptions skip = JsonLines.options().malformed(Malformed.SKIP);
        assertThat(skip.read(file).compute()).hasToString("[{\"a\":1}, {\"a\":3}]");
        assertThat(skip.select("a").read(file).compute()).hasToString("[{a=1}, {a=3}]");
        assertThatThrownBy(() -> JsonLines.read(file).compute())
                .hasMessage(file + ", line 2: not UTF-8: c3, followed by 22 7d, at byte 14.\n"
                        + "  Read it with the right charset(...), or with malformed(Malformed.REPLACE) or"
                        + " malformed(Malformed.SKIP).");
    }

    @Test
    void readsCompressedFilesOnSeveralThreads() throws Exception {
        StringBuilder text = new StringBuilder();
        long sum = 0;
        for (int i = 0; i < 60_000; i++) {
            text.append("{\"user\":{\"id\":")
                    .append(i)
                    .append(",\"name\":\"name ")
                    .append(i)
                    .append("\"}}\n");
            sum += i;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(text.toString().getBytes(UTF_8));
        }
        String file = write("events.json.gz", compressed.toByteArray());
        try (Runner runner = Runner.local().threads(3).build()) {
            assertThat(JsonLines.select("user.id")
                            .read(file)
                            .sumLong(row -> row.longValue(0))
                            .compute(runner))
                    .isEqualTo(sum);
            assertThat(JsonLines.read(file)
                            .sumLong(tree -> tree.get("user").get("id").asLong())
                            .compute(runner))
                    .isEqualTo(sum);
            Bag<Map<String, User>> maps = JsonLines.read(new TypeReference<Map<String, User>>() {}, file);
            assertThat(maps.sumLong(map -> map.get("user").id()).compute(runner))
                    .isEqualTo(sum);
        }
    }

    @Test
    @Tag("P1")
    void losesAndDoublesNothingHoweverAFileIsCut() throws Exception {
        Path file = Files.writeString(
                directory.resolve("cut.json"),
                "\ufeff{\"a\":1,\"b\":\"é\"}\r\n\n[1]\n{\"a\":{\"b\":[]}}\n  \n\"x\"\n{\"a\":\"\\u00e9\"} \nnull\n{}\n{\"a\":2}");
        List<String> lines = Files.readAllLines(file).stream()
                .map(line -> line.replace("\ufeff", ""))
                .filter(line -> !line.isBlank())
                .toList();
        List<Object> trees = new ArrayList<>();
        for (String line : lines) {
            trees.add(MAPPER.readTree(line));
        }
        String objects = String.join(
                "\n", lines.stream().filter(line -> line.startsWith("{")).toList());
        Path objectsFile = Files.writeString(directory.resolve("objects.json"), objects);
        List<Object> rows =
                List.copyOf(JsonLines.select("a", "b").read(objectsFile).compute());
        assertThat(rows).hasToString("[{a=1, b=\"é\"}, {a={\"b\":[]}}, {a=\"é\"}, {}, {a=2}]");
        JsonBinding<JsonNode> binding = JsonBinding.ofTrees(JsonBinding.defaultMapper());
        for (int cut = 1; cut <= Files.size(file); cut++) {
            for (int chunkLength = 1; chunkLength <= Files.size(file) + 1; chunkLength += 3) {
                assertThat(read(file, cut, chunkLength, (e, m) -> new JsonRecords<>(binding, e, m)))
                        .isEqualTo(trees);
                assertThat(read(
                                objectsFile,
                                cut,
                                chunkLength,
                                (e, m) -> new JsonRowRecords<>(List.of("a", "b"), JsonRow::new, e, m)))
                        .isEqualTo(rows);
            }
        }
    }

    private static <T> List<Object> read(Path file, int blockSize, int chunkLength, TextPart.RecordMakers<T> makers)
            throws Exception {
        List<Object> records = new ArrayList<>();
        long size = Files.size(file);
        for (long from = 0; from < size; from += blockSize) {
            FileSlice slice = new FileSlice(Texts.input(file), from, Math.min(size, from + blockSize));
            TextPart<T> part = new TextPart<>(List.of(slice), TextFormat.DEFAULT, Texts.AUTO, chunkLength, makers);
            try (Chunks<T> chunks = part.open()) {
                for (Chunk<T> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                    for (T record = chunk.next(); record != null; record = chunk.next()) {
                        records.add(record);
                    }
                }
            }
        }
        return records;
    }

    /** One line is spoilt. All others are read, and the error is told for that one, whatever the parser made of it. */
    @Test
    void goesOnBehindAWrongLine() throws Exception {
        RandomJson random = new RandomJson(3);
        JsonBinding<JsonNode> binding = JsonBinding.ofTrees(JsonBinding.defaultMapper());
        int wrong = 0;
        for (int round = 0; round < 300; round++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                lines.add((round + i) % 3 == 0 ? random.spoilt() : random.document());
            }
            Path file = Files.writeString(directory.resolve("wrong.json"), String.join("\n", lines));
            List<Object> expected = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                Path alone = Files.writeString(directory.resolve("alone.json"), lines.get(i));
                for (Object each : tolerantly(alone, binding)) {
                    expected.add(each instanceof Long ? (Object) (long) (i + 1) : each);
                    wrong += each instanceof Long ? 1 : 0;
                }
            }
            assertThat(tolerantly(file, binding)).as(lines.toString()).isEqualTo(expected);
        }
        assertThat(wrong).isGreaterThan(100);
    }

    /** Records, and the numbers of the lines that are none. */
    private static List<Object> tolerantly(Path file, JsonBinding<?> binding) throws Exception {
        List<Object> records = new ArrayList<>();
        TextPart<?> part = new TextPart<>(
                List.of(FileSlice.whole(Texts.input(file))),
                TextFormat.DEFAULT,
                Texts.AUTO,
                100_000,
                (encoding, malformed) -> new JsonRecords<>(binding, encoding, malformed));
        try (Chunks<?> chunks = part.open()) {
            for (Chunk<?> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                while (true) {
                    try {
                        Object record = chunk.next();
                        if (record == null) {
                            break;
                        }
                        records.add(record);
                    } catch (SourceException e) {
                        records.add(e.location().line().getAsLong());
                    }
                }
            }
        }
        return records;
    }

    @Test
    void groupsAndSortsMoreThanMemory() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append("{\"k\":")
                    .append(i % 7)
                    .append(",\"v\":\"value\\u0020")
                    .append(i)
                    .append("\"}\n");
        }
        String file = write("many.json", text.toString().getBytes(UTF_8));
        try (Runner runner = Runner.local().threads(2).memory("4kB").build()) {
            Bag<JsonRow> rows =
                    JsonLines.options().blockSize("10kB").select("k", "v", "w").read(file);
            assertThat(rows.groupBy(row -> row.longValue(0))
                            .mapValues(List::size)
                            .toMap()
                            .compute(runner)
                            .get(3L))
                    .isEqualTo(429);
            assertThat(rows.sortBy(row -> row.text(1)).first(runner).orElseThrow())
                    .hasToString("{k=0, v=\"value 0\"}");
            assertThat(rows.frequencies().count().compute(runner)).isEqualTo(3_000);
            Bag<JsonNode> trees = JsonLines.options().blockSize("10kB").read(file);
            assertThat(trees.groupBy(tree -> tree.get("k"))
                            .mapValues(List::size)
                            .count()
                            .compute(runner))
                    .isEqualTo(7);
            assertThat(trees.distinct().count().compute(runner)).isEqualTo(3_000);
        }
    }

    @Test
    void canBeSentElsewhere() throws Exception {
        String file = file("{\"user\":{\"id\":7,\"name\":\"Ann\"},\"amount\":1.5}");
        JsonBinding<Event> binding = JsonBinding.of(JsonBinding.defaultMapper(), Event.class);
        assertThat(JsonLines.read(Event.class, file).count().compute()).isEqualTo(1);
        JsonBinding<Event> copy = copy(copy(binding));
        assertThat(read(Path.of(file), 1000, 1000, (e, m) -> new JsonRecords<>(copy, e, m)))
                .containsExactly(new Event(new User(7, "Ann"), 1.5, null));
        JsonRow row = JsonLines.select("user", "x").read(file).first().orElseThrow();
        assertThat(copy(row)).isEqualTo(row).hasSameHashCodeAs(row).hasToString(row.toString());
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }
}
