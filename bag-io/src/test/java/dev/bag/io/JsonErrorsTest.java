package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of lines that are no records, and of calls that cannot be. */
class JsonErrorsTest {

    @TempDir
    Path directory;

    record User(long id, String name) {

        User {
            if (id < 0) {
                throw new IllegalArgumentException("the id is negative");
            }
        }
    }

    record Event(User user, List<User> others) {}

    static final class NoConstructor {
        @SuppressWarnings("unused")
        NoConstructor(int a, int b) {}
    }

    private String file(String text) throws Exception {
        return Files.writeString(directory.resolve("events.json"), text).toString();
    }

    private static String message(Bag<?> bag) {
        return catchThrowableOfType(BagException.class, () -> bag.compute(Runner.inline()))
                .getMessage();
    }

    private static final String ONE_EACH =
            "  Each line must be one JSON document. If the file is JSON, make lines of it: jq -c . FILE";

    @Test
    void namesLineColumnAndByteAndShowsTheLine() throws Exception {
        String file = file("{\"a\":1}\n\n{\"é\":[1, 2,],\t\"b\":\"\"}\n");
        String expected = file + ", line 3: not JSON at column 12: ']' stands where a value is expected, at byte 21.\n"
                + "  line: \"{\\\"é\\\":[1, 2,],\\t\\\"b\\\":\\\"\\\"}\"\n" + ONE_EACH;
        assertThat(message(JsonLines.read(file))).isEqualTo(expected);
        assertThat(message(JsonLines.read(Map.class, file))).isEqualTo(expected);
        assertThat(message(JsonLines.select("a").read(file))).isEqualTo(expected);
    }

    @Test
    void namesTheSamePlaceHoweverTheFileIsCutAndCompressed() throws Exception {
        String file = file("{\"a\":\"é\"}\r\n".repeat(50) + "{\"a\":tru}\r\n" + "{\"a\":2}\n".repeat(50));
        String place = ", line 51: not JSON at column 6: 't' stands where true is expected, at byte 605.";
        for (int blockSize : new int[] {1, 7, 100, 100_000}) {
            JsonReadOptions options = JsonLines.options().blockSize(blockSize);
            for (Bag<?> bag : List.of(
                    options.read(file),
                    options.read(Map.class, file),
                    options.select("b").read(file))) {
                assertThat(message(bag)).startsWith(file + place);
            }
        }
        Process gzip = new ProcessBuilder("gzip", "-k", file).start();
        assertThat(gzip.waitFor()).isZero();
        assertThat(message(JsonLines.select("b").read(file + ".gz"))).startsWith(file + ".gz" + place);
        assertThat(message(JsonLines.read(file + ".gz"))).startsWith(file + ".gz" + place);
    }

    @Test
    void showsTheLongLineWhereItIsWrong() throws Exception {
        String file = file("{\"a\":\"" + "x".repeat(1000) + "\", 'b'}" + " ".repeat(1000));
        assertThat(message(JsonLines.select("a").read(file)))
                .isEqualTo(file
                        + ", line 1: not JSON at column 1,010: ''' stands where a name in double quotes is expected, at byte 1,009.\n"
                        + "  line: \"…" + "x".repeat(97) + "\\\", 'b'}" + " ".repeat(96) + "…\"\n" + ONE_EACH);
    }

    @Test
    void showsWholeCharactersWhereTheyAreCut() throws Exception {
        String file = file("\"" + "😀é".repeat(300) + "\\x" + "漢".repeat(300) + '"');
        assertThat(message(JsonLines.read(file)))
                .startsWith(
                        file + ", line 1: not JSON at column 603: 'x' stands where an escape such as \\n is expected")
                .contains("\n  line: \"…é" + "😀é".repeat(49) + "\\\\x" + "漢".repeat(99) + "…\"\n");
    }

    @Test
    void namesTheWayOutOfOneArray() throws Exception {
        String wayOut = "  If the file is one JSON array, make a line of each of its elements: jq -c '.[]' FILE";
        String spread = file("[\n  {\"a\":1},\n  {\"a\":2}\n]\n");
        for (Bag<?> bag : List.of(
                JsonLines.read(spread),
                JsonLines.read(User.class, spread),
                JsonLines.select("a").read(spread))) {
            assertThat(message(bag))
                    .isEqualTo(spread
                            + ", line 1: not JSON at column 2: the line ends where a value is expected, at byte 1.\n"
                            + "  line: \"[\"\n" + wayOut);
        }
        String oneLine = file("[{\"a\":1},{\"a\":2}]");
        assertThat(message(JsonLines.read(oneLine)))
                .isEqualTo(
                        oneLine + ", line 1: the line is a JSON array of objects, at byte 0.\n"
                                + "  line: \"[{\\\"a\\\":1},{\\\"a\\\":2}]\"\n" + wayOut + "\n"
                                + "  If each line is meant to be an array, read it as one: JsonLines.read(ArrayNode.class, paths).");
        assertThat(message(JsonLines.select("a").read(oneLine)))
                .isEqualTo(oneLine + ", line 1: the line is a JSON array, not an object, at byte 0.\n"
                        + "  line: \"[{\\\"a\\\":1},{\\\"a\\\":2}]\"\n" + wayOut);
        assertThat(message(JsonLines.read(User.class, oneLine)))
                .startsWith(oneLine + ", line 1: not read as User at column 1: Cannot deserialize value of type")
                .endsWith(wayOut);
    }

    @Test
    void namesTheWayOutOfOtherDocuments() throws Exception {
        String spread = file("{\n  \"a\": 1\n}\n");
        String cut = spread + ", line 1: not JSON at column 2: the line ends where a name in double quotes is expected,"
                + " at byte 1.\n  line: \"{\"\n"
                + "  If each document is spread over several lines, make a line of each: jq -c . FILE";
        assertThat(message(JsonLines.read(spread))).isEqualTo(cut);
        assertThat(message(JsonLines.read(Map.class, spread))).isEqualTo(cut);
        assertThat(message(JsonLines.select("a").read(spread))).isEqualTo(cut);

        for (String between : List.of("", " ", ",")) {
            String several = file("{\"a\":1}\n{\"a\":2}" + between + "{\"a\":3}\n");
            String first = between.equals(",") ? "','" : "'{'";
            int column = between.equals(" ") ? 9 : 8;
            for (Bag<?> bag : List.of(
                    JsonLines.read(several),
                    JsonLines.read(Map.class, several),
                    JsonLines.select("a").read(several))) {
                assertThat(message(bag))
                        .isEqualTo(several + ", line 2: not JSON at column " + column + ": " + first
                                + " follows the end of the JSON value, at byte " + (column + 7) + ".\n"
                                + "  line: \"{\\\"a\\\":2}" + between + "{\\\"a\\\":3}\"\n"
                                + "  If there are several documents on a line, make a line of each: jq -c . FILE");
            }
        }
    }

    @Test
    void selectsOfObjectsOnly() throws Exception {
        String file = file("{\"a\":1}\n12\n");
        assertThat(message(JsonLines.select("a").read(file)))
                .isEqualTo(
                        file + ", line 2: the line is a single value, not a JSON object, at byte 8.\n  line: \"12\"\n"
                                + "  It has no fields to select. JsonLines.read(...) reads such lines.");
    }

    @Test
    @Tag("P20")
    void saysWhereARecordDoesNotFitItsClass() throws Exception {
        String unknown = file("{\"user\":{\"id\":1,\"nme\":2}}");
        BagException e = catchThrowableOfType(
                BagException.class, () -> JsonLines.read(Event.class, unknown).compute());
        assertThat(e.getMessage())
                .startsWith(unknown
                        + ", line 1: not read as Event at column 25, field user.nme: Unrecognized field \"nme\"")
                .endsWith("\n  line: \"{\\\"user\\\":{\\\"id\\\":1,\\\"nme\\\":2}}\"\n"
                        + "  Its fields are id, name. To pass over others, use @JsonIgnoreProperties(ignoreUnknown = true),"
                        + " or JsonLines.options().mapper(...) with FAIL_ON_UNKNOWN_PROPERTIES disabled.");
        assertThat(e).hasRootCauseInstanceOf(UnrecognizedPropertyException.class);
        assertThat(e.location().orElseThrow().line()).hasValue(1);

        String text = file("\n{\"others\":[{\"id\":1},{\"id\":\"x\"}]}");
        assertThat(message(JsonLines.read(Event.class, text)))
                .startsWith(text
                        + ", line 2: not read as Event at column 27, field others.1.id: Cannot deserialize value of"
                        + " type `long` from String \"x\"")
                .endsWith("give a mapper that reads both: JsonLines.options().mapper(...).");

        String thrown = file("{\"user\":{\"id\":-1}}");
        assertThatThrownBy(() -> JsonLines.read(Event.class, thrown).compute())
                .hasMessageContaining("field user: Cannot construct instance of")
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage("the id is negative");
    }

    @Test
    void refusesNullAsARecord() throws Exception {
        String file = file("{\"id\":1}\n null\n");
        assertThat(message(JsonLines.read(User.class, file)))
                .isEqualTo(file + ", line 2: not read as User: it is null, which is no record, at byte 10.\n"
                        + "  line: \" null\"\n  Leave such lines out, or read trees: JsonLines.read(paths).");
    }

    @Test
    void saysThatTheTextIsUtf16() throws Exception {
        String file = Files.write(directory.resolve("utf16.json"), "{}".getBytes("UTF-16LE"))
                .toString();
        assertThat(message(JsonLines.read(file)))
                .isEqualTo(file + ", line 1: not JSON: the line has zero bytes, at byte 0.\n"
                        + "  line: \"{\\u0000}\\u0000\"\n"
                        + "  If the text is UTF-16 or UTF-32, say so with charset(...).");
        assertThat(message(JsonLines.select("a").read(file))).startsWith(file + ", line 1: not JSON at column 2");
    }

    @Test
    void tellsTheLineWhereAValueIsNotWhatItIsAskedFor() throws Exception {
        String file = file("{\"a\":1}\n{\"a\":\"x\"}\n");
        assertThat(message(JsonLines.select("a")
                        .read(file)
                        .map(row -> row.longValue(0))
                        .named("a")))
                .isEqualTo("map \"a\" failed on " + file
                        + ", line 2 (partition 1 of 1): NumberFormatException: longValue(0):"
                        + " the field a is not a number: \"x\"\n  record: {a=\\\"x\\\"}\n  chain: " + file
                        + " > a > compute");
    }

    @Test
    void hasTheLimitsThatItsMapperHas() throws Exception {
        String file = file("[".repeat(1001) + "]".repeat(1001));
        assertThat(message(JsonLines.read(file)))
                .startsWith(file + ", line 1: not JSON at column 1,001: nested deeper than 1,000, at byte 1,000.");
    }

    @Test
    void refusesWhatCannotBeWhenTheBagIsBuilt() throws Exception {
        String file = file("{}");
        refuses(
                () -> JsonLines.read(Runnable.class, file),
                "read(Runnable.class): Jackson cannot make objects of it: it is abstract, and nothing says which class is"
                        + " meant.\n  Change the class, or read it with JsonLines.options().mapper(...).");
        refuses(
                () -> JsonLines.read(NoConstructor.class, file),
                "read(NoConstructor.class): Jackson cannot make objects of it: it has no constructor that Jackson can use."
                        + "\n  Change the class, or read it with JsonLines.options().mapper(...).");
        refuses(() -> JsonLines.select(), "select(): at least one path of a field is needed, such as \"user.id\"");
        refuses(() -> JsonLines.select("a", "b.c", "a"), "select(\"a\"): the field is there twice");
        refuses(
                () -> JsonLines.select("a..b"),
                "select(\"a..b\"): a name is empty; a dot within a name is written as \\.");
        refuses(() -> JsonLines.select(""), "select(\"\"): a name is empty; a dot within a name is written as \\.");
        refuses(
                () -> JsonLines.select("a\\b"),
                "select(\"a\\b\"): a backslash must be followed by a dot or a backslash");
        refuses(() -> JsonLines.select("a\\"), "select(\"a\\\"): a backslash must be followed by a dot or a backslash");
        refuses(() -> JsonLines.select("a\0"), "select(\"a\0\"): the character U+0000 cannot be in a path");
        refuses(
                () -> JsonLines.options().mapper(new ObjectMapper()).select("a"),
                "mapper(...) and select(...) contradict each other: fields are selected without a mapper; leave one out");
        ObjectMapper other = new ObjectMapper(new JsonFactory() {
            @Override
            public String getFormatName() {
                return "YAML";
            }
        });
        refuses(() -> JsonLines.options().mapper(other), "mapper(...): it is one of YAML, not JSON");
        ObjectMapper own = new ObjectMapper(new JsonFactory() {});
        assertThat(JsonLines.options().mapper(own).read(file).compute()).hasToString("[{}]");
        refuses(() -> JsonLines.options().blockSize(0), "blockSize(0): must be at least 1 byte");
        refuses(() -> JsonLines.read(new String[0]), "read(): at least one path is needed, or allowEmpty()");
        assertThat(JsonLines.options().allowEmpty().read(new String[0]).compute())
                .isEmpty();
        assertThatThrownBy(() -> JsonLines.read((Class<Object>) null, file))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("type");
        assertThatThrownBy(() -> JsonLines.read((TypeReference<Object>) null, file))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("type");
        assertThatThrownBy(() -> JsonLines.options().mapper(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("mapper");
        assertThatThrownBy(() -> JsonLines.select((String) null)).isInstanceOf(NullPointerException.class);
        assertThat(new String(Files.readAllBytes(Path.of(file)), UTF_8)).isEqualTo("{}");
    }

    private static void refuses(Callable<?> call, String message) {
        assertThatThrownBy(call::call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
