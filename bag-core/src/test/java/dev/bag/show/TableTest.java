package dev.bag.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.show.Table.Kind;
import dev.bag.text.OneLine;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How records become tables, and tables text and HTML. */
class TableTest {

    record Hit(String client, int status, List<String> tags) {}

    private static String text(int width, Kind kind, Object... records) {
        return TextTable.of(Table.of(Arrays.asList(records), 20, kind), width);
    }

    @Test
    void componentsAreColumns() {
        assertThat(text(
                        80,
                        Kind.RECORDS,
                        new Hit("10.0.0.1", 200, List.of("a", "b")),
                        new Hit("10.0.0.12", 7, List.of())))
                .isEqualTo("""
                        client     status  tags
                        ---------  ------  ------
                        10.0.0.1      200  [a, b]
                        10.0.0.12       7  []
                        (2 rows)
                        """);
    }

    @Test
    void keysOfMapsAreColumnsInTheOrderInWhichTheyFirstOccur() {
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("b", 1);
        first.put("a", "x");
        assertThat(text(80, Kind.RECORDS, first, Map.of("c", 2.5))).isEqualTo("""
                        b  a    c
                        -  -  ---
                        1  x
                              2.5
                        (2 rows)
                        """);
    }

    @Test
    void entriesHaveAKeyAndTheFieldsOfTheirValue() {
        assertThat(text(80, Kind.ENTRIES, new Pair<>("k", 1L))).startsWith("key  value\n---  -----\nk        1\n");
        assertThat(text(80, Kind.ENTRIES, new Pair<>("k", new Pair<>("l", Optional.of("r")))))
                .startsWith("key  first  second\n");
        assertThat(text(80, Kind.ENTRIES, new Pair<>("k", Map.of("key", 2)))).startsWith("key  value.key\n");
    }

    @Test
    void anythingElseIsOneColumn() {
        assertThat(text(80, Kind.RECORDS, "a\tb\nc", "d")).isEqualTo("record\n-------\na\\tb\\nc\nd\n(2 rows)\n");
        assertThat(text(80, Kind.RECORDS)).isEqualTo("record\n------\n(0 rows)\n");
        assertThat(TextTable.of(Table.ofValue(null, 3), 80)).isEqualTo("record\n------\n\n(1 row)\n");
        assertThat(TextTable.of(Table.ofValue(Map.of("a", 1), 3), 80)).startsWith("key  value\n");
    }

    @Test
    void whatIsNotShownIsSaid() {
        Table table = Table.of(List.of(1, 2, 3), 2, Kind.RECORDS);
        assertThat(TextTable.of(table, 80)).endsWith("\n     2\n(the first 2 rows, there are more)\n");
        Map<String, String> wide = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            wide.put("column" + i, "value " + i);
        }
        assertThat(text(50, Kind.RECORDS, wide)).endsWith("(no room for column5, column6, column7, column8, …\n");
    }

    @Test
    void wideCharactersTakeTwoCellsAndMarksNone() {
        assertThat(OneLine.width("日本")).isEqualTo(4);
        assertThat(OneLine.width("e\u0301")).isEqualTo(1);
        assertThat(OneLine.width("🙂")).isEqualTo(2);
        assertThat(OneLine.cut("日本語", 5)).isEqualTo("日本…");
        assertThat(OneLine.cut("日本語", 4)).isEqualTo("日…");
        assertThat(text(80, Kind.RECORDS, new Pair<>("日本", "x"), new Pair<>("a", "y")))
                .isEqualTo("first  second\n-----  ------\n日本   x\na      y\n(2 rows)\n");
    }

    @Test
    void noLineIsLongerThanTheTerminal() {
        Random random = new Random(7);
        String letters = "ab 日語\u0301é🙂\n";
        int[] points = letters.codePoints().toArray();
        for (int round = 0; round < 500; round++) {
            List<Map<String, String>> rows = new ArrayList<>();
            for (int row = 0; row < 4; row++) {
                Map<String, String> cells = new LinkedHashMap<>();
                for (int column = random.nextInt(7); column >= 0; column--) {
                    StringBuilder cell = new StringBuilder();
                    for (int i = random.nextInt(60); i > 0; i--) {
                        cell.appendCodePoint(points[random.nextInt(points.length)]);
                    }
                    cells.put("c" + column, cell.toString());
                }
                rows.add(cells);
            }
            int width = 20 + random.nextInt(100);
            String text = TextTable.of(Table.of(rows, 20, Kind.RECORDS), width);
            assertThat(text.lines())
                    .allSatisfy(line -> assertThat(OneLine.width(line)).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void htmlIsEscaped() {
        assertThat(HtmlTable.of(Table.of(List.of(new Pair<>("<b>&\"", 1)), 20, Kind.RECORDS)))
                .contains("<td style=\"text-align: left\">&lt;b&gt;&amp;&quot;</td>")
                .contains("<td style=\"text-align: right\">1</td>")
                .doesNotContain("<b>");
    }
}
