package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.bag.io.format.Encoding;
import dev.bag.io.format.RecordMaker.BadRecord;
import dev.bag.io.json.JsonBinding;
import dev.bag.io.json.JsonRowRecords;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Selected fields are those of Jackson's tree, and the same documents are refused. With {@code -Djson=N}, N documents. */
class JsonOracleTest {

    private static final int DOCUMENTS = Integer.getInteger("json", 40_000);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectReader JACKSON =
            MAPPER.reader().forType(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final List<List<String>> SEGMENTS = List.of(
            List.of("a"),
            List.of("user", "id"),
            List.of("user"),
            List.of("user", "a", "1"),
            List.of("x", "0"),
            List.of("x", "1", "id"),
            List.of("a.b"),
            List.of("\\"),
            List.of("a\"b", "a"),
            List.of("näme"),
            List.of("😀"),
            List.of("longer than eight"));

    private static final List<String> PATHS = SEGMENTS.stream()
            .map(names -> String.join(
                    ".",
                    names.stream()
                            .map(name -> name.replace("\\", "\\\\").replace(".", "\\."))
                            .toList()))
            .toList();

    private final JsonRowRecords<JsonRow> rows =
            new JsonRowRecords<>(PATHS, JsonRow::new, Encoding.of(UTF_8, 0, null, false), Malformed.REPORT.treatment);

    @Test
    void readsWhatJacksonReads() throws Exception {
        RandomJson random = new RandomJson(Long.getLong("seed", 1));
        int objects = 0;
        int refused = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            String text = i % 2 == 0 ? random.document() : random.spoilt();
            JsonNode tree = jackson(text);
            if (tree != null && i % 8 == 0) { // ours has settings for speed
                assertThat(JsonBinding.defaultMapper().readTree(text)).as(text).isEqualTo(tree);
            }
            if (readsTheSame(text)) {
                objects++;
            } else {
                refused++;
            }
        }
        assertThat(objects).isGreaterThan(DOCUMENTS / 3);
        assertThat(refused).isGreaterThan(DOCUMENTS / 10);
    }

    /** Returns whether both read a text; fails if only one does, or a value differs. */
    boolean readsTheSame(String text) throws Exception {
        JsonNode tree = jackson(text);
        JsonRow row = row(text);
        assertThat(row != null).as(text).isEqualTo(tree != null && tree.isObject());
        if (row != null) {
            compare(text, tree, row);
        }
        return row != null;
    }

    private static void compare(String text, JsonNode tree, JsonRow row) throws Exception {
        for (int path = 0; path < PATHS.size(); path++) {
            JsonNode expected = tree;
            for (String name : SEGMENTS.get(path)) {
                expected = expected.isArray() && name.matches("\\d")
                        ? expected.path(Integer.parseInt(name))
                        : expected.path(name);
            }
            if (row.isMissing(path) != expected.isMissingNode() || row.isNull(path) != expected.isNull()) {
                throw new AssertionError(text + " at " + PATHS.get(path) + ": " + row);
            }
            if (expected.isTextual()) {
                assertThat(row.text(path)).as(text).isEqualTo(expected.textValue());
            } else if (expected.isNumber()) {
                assertThat(row.doubleValue(path)).as(text).isEqualTo(expected.doubleValue());
                if (expected.isIntegralNumber() && expected.canConvertToLong()) {
                    assertThat(row.longValue(path)).as(text).isEqualTo(expected.longValue());
                }
            } else if (expected.isBoolean()) {
                assertThat(row.booleanValue(path)).as(text).isEqualTo(expected.booleanValue());
            } else if (expected.isContainerNode()) {
                assertThat(MAPPER.readTree(row.text(path))).as(text).isEqualTo(expected);
            }
        }
    }

    private static JsonNode jackson(String text) throws Exception {
        try {
            // Of the bytes, as files are read. What begins with zeros would be taken for UTF-16.
            byte[] bytes = text.getBytes(UTF_8);
            for (int i = 0; i < Math.min(4, bytes.length); i++) {
                if (bytes[i] == 0) {
                    return null;
                }
            }
            return JACKSON.readValue(bytes);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private JsonRow row(String text) {
        try {
            return rows.make(text, null);
        } catch (BadRecord e) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "-01",
                "1.",
                ".5",
                "+1",
                "-",
                "1e",
                "1e+",
                "1.e5",
                "0x10",
                "NaN",
                "-Infinity",
                "Infinity",
                "tru",
                "truex",
                "nul",
                "fals",
                "falsey",
                "True",
                "'a'",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u123\"",
                "\"a\tb\"",
                "\"a",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1",
                "[}",
                "{\"a\":1,}",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{\"a\":1 \"b\":2}",
                "{1:2}",
                "{\"a\":1]",
                "{\"a\" 1}",
                "{,}",
                "1 2",
                "\u00a01",
                "/* */ 1",
                "1 // c",
                "\u0001",
                "",
                "1,"
            })
    void refusesWhatIsNoValueAlsoWhereNothingIsSelected(String value) throws Exception {
        for (String text : List.of(
                "{\"b\":" + value + "}",
                "{\"a\":" + value + "}",
                "{\"user\":{\"x\":[" + value + ",0]}}",
                "{} " + value + "x")) {
            assertThat(jackson(text)).as(text).isNull();
            assertThat(row(text)).as(text).isNull();
        }
    }

    @Test
    void hasTheLimitsOfJackson() throws Exception {
        for (int depth : new int[] {1, 500, 999, 1000, 1001, 5000}) {
            assertSame(depth < 1000, "{\"b\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
            assertSame(depth <= 1000, "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
        }
        for (int digits : new int[] {999, 1000, 1001}) {
            assertSame(digits <= 1000, "{\"b\":-" + "1".repeat(digits) + "}");
            assertSame(digits <= 1000, "{\"b\":1." + "1".repeat(digits - 1) + "}");
            assertSame(digits <= 1000, "{\"b\":-1.5e-" + "0".repeat(digits - 2) + "}");
        }
        for (int length : new int[] {49_999, 50_000, 50_001}) {
            assertSame(length <= 50_000, "{\"" + "n".repeat(length) + "\":1}");
            assertSame(length <= 50_000, "{\"\\n" + "n".repeat(length - 1) + "\":1}");
            assertSame(length <= 50_000, "{\"é\\u20ac\\u00e9" + "n".repeat(length - 7) + "\":1}");
        }
    }

    private void assertSame(boolean accepted, String text) throws Exception {
        assertThat(row(text) != null).isEqualTo(accepted);
        assertThat(jackson(text) != null).isEqualTo(accepted);
    }
}
