package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.io.format.Encoding;
import dev.bag.io.json.JsonRowRecords;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRowTest {

    private static JsonRow row(String json, String... paths) throws Exception {
        return new JsonRowRecords<>(
                        List.of(paths), JsonRow::new, Encoding.of(UTF_8, 0, null, false), Malformed.REPORT.treatment)
                .make(json, null);
    }

    @Test
    void tellsMissingFromNull() throws Exception {
        JsonRow row = row("{\"a\":null,\"b\":\"\",\"c\":\"null\"}", "a", "b", "c", "d", "a.x", "b.0");
        assertThat(row.size()).isEqualTo(6);
        assertThat(row.path(4)).isEqualTo("a.x");
        assertThat(row.isNull(0)).isTrue();
        assertThat(row.isMissing(0)).isFalse();
        assertThat(row.text(1)).isEmpty();
        assertThat(row.isNull(2)).isFalse();
        assertThat(row.text(2)).isEqualTo("null");
        for (int missing = 3; missing < 6; missing++) {
            assertThat(row.isMissing(missing)).isTrue();
            assertThat(row.isNull(missing)).isFalse();
        }
        assertThatThrownBy(() -> row.text(0))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("text(0): the field a is null; isNull(0) says so");
        assertThatThrownBy(() -> row.longValue(4))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("longValue(4): the field a.x is missing; isMissing(4) says so");
        for (int wrong : new int[] {-1, 6, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> row.isMissing(wrong))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("field " + wrong + ": 6 were selected, from index 0 to 5");
        }
    }

    @Test
    void findsNamesOfEveryLength() throws Exception {
        for (int length = 1; length < 30; length++) {
            String name = "n".repeat(length);
            JsonRow row = row(
                    "{\"" + name + "\":1,\"" + name + "n\":2,\"" + name.substring(1) + "x\":3,\"" + name.substring(1)
                            + "\":4}",
                    name,
                    name + "n",
                    name.substring(1) + "x");
            assertThat(row.longValue(0)).isEqualTo(1);
            assertThat(row.longValue(1)).isEqualTo(2);
            assertThat(row.longValue(2)).isEqualTo(3);
        }
    }

    @Test
    void findsElementsOfArraysAndFieldsThatAreCalledLikeThem() throws Exception {
        String json = "{\"items\":[{\"price\":1},{\"price\":[2,3]},7],\"o\":{\"0\":\"zero\",\"00\":\"no\"}}";
        JsonRow row = row(json, "items.0.price", "items.1.price.1", "items.2", "items.3", "o.0", "items.price", "o.00");
        assertThat(row).hasToString("{items.0.price=1, items.1.price.1=3, items.2=7, o.0=\"zero\", o.00=\"no\"}");
    }

    @Test
    void forgetsWhatALaterFieldOfTheSameNameReplaces() throws Exception {
        assertThat(row("{\"u\":{\"a\":1,\"b\":{\"c\":2}},\"u\":{\"a\":3}}", "u.a", "u.b.c"))
                .hasToString("{u.a=3}");
        assertThat(row("{\"u\":{\"a\":1},\"u\":5}", "u.a", "u")).hasToString("{u=5}");
        assertThat(row("{\"u\":[{\"a\":1},2],\"\\u0075\":[]}", "u.0.a", "u.1", "u"))
                .hasToString("{u=[]}");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,0",
        "12,12",
        "-12,-12",
        "12.0,12",
        "1.2e1,12",
        "120e-1,12",
        "999999999999999999,999999999999999999",
        "9223372036854775807,9223372036854775807",
        "-9223372036854775808,-9223372036854775808",
        "9223372036854775807.0,9223372036854775807"
    })
    void readsWholeNumbersHoweverTheyAreWritten(String json, long expected) throws Exception {
        assertThat(row("{\"a\":" + json + "}", "a").longValue(0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.5", "9223372036854775808", "-9223372036854775809", "1e19", "1e999999999", "1e-1", "1e99999999999"})
    void refusesOtherNumbersAsWholeOnes(String json) throws Exception {
        JsonRow row = row("{\"user\":{\"id\":" + json + "}}", "user.id");
        assertThatThrownBy(() -> row.longValue(0))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("longValue(0): the field user.id is not a whole number from -9223372036854775808 to"
                        + " 9223372036854775807: " + json);
    }

    @Test
    void refusesWhatIsNoNumber() throws Exception {
        JsonRow row = row("{\"a\":\"12\",\"b\":true,\"c\":[1],\"d\":\"" + "é".repeat(500) + "\"}", "a", "b", "c", "d");
        assertThatThrownBy(() -> row.longValue(0))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("longValue(0): the field a is not a number: \"12\"");
        assertThatThrownBy(() -> row.doubleValue(2)).hasMessage("doubleValue(2): the field c is not a number: [1]");
        assertThatThrownBy(() -> row.booleanValue(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("booleanValue(2): the field c is not true or false: [1]");
        assertThatThrownBy(() -> row.doubleValue(3))
                .hasMessage("doubleValue(3): the field d is not a number: \"" + "é".repeat(49) + "…");
        assertThat(row.booleanValue(1)).isTrue();
        assertThat(row.text(1)).isEqualTo("true");
        assertThat(row.text(2)).isEqualTo("[1]");
    }

    @Test
    void isEqualIfTheValuesAreWrittenAlike() throws Exception {
        JsonRow row = row("{\"a\":\"é\\n\\ud83d\\ude00\\ud83d\",\"b\":1}", "a", "b");
        JsonRow same = row("{\"x\":{},\"b\":1 ,\"a\":\"\\u00E9\\u000a😀\\uD83D\"}", "a", "b");
        assertThat(row).isEqualTo(same).hasSameHashCodeAs(same).hasToString("{a=\"é\\u000a😀\\ud83d\", b=1}");
        assertThat(same.text(0)).isEqualTo("é\n😀\ud83d");
        for (JsonRow other : Arrays.asList(
                row("{\"a\":\"é\",\"b\":1}", "a", "b"),
                row("{\"b\":1}", "a", "b"),
                row("{\"a\":1}", "a", "b"),
                row("{\"b\":1.0}", "a", "b"),
                row("{\"b\":1}", "c", "b"))) {
            assertThat(other).isNotEqualTo(row).isEqualTo(other);
        }
        assertThat(row("{\"b\":1}", "a", "b")).isNotEqualTo(row("{\"a\":1}", "a", "b"));
        assertThat(row("{\"b\":1}", "b", "c")).isNotEqualTo(row("{\"b\":1}", "b", "d"));
    }
}
