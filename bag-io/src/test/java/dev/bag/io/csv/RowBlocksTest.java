package dev.bag.io.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.bag.io.csv.RowBlocks.Block;
import dev.bag.io.file.ByteInput;
import dev.bag.io.file.InputFile;
import dev.bag.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Texts that are cut into blocks of every length, decoded or as bytes, against the library that reads them from beginning to
 * end.
 */
class RowBlocksTest {

    private static final InputFile FILE = new InputFile(Path.of("x.csv"), 1);
    private static final Dialect DIALECT = Dialect.DEFAULT.withComment('#');

    private record Seen(long line, List<String> values) {}

    @Test
    @Tag("P1")
    void cutsNowhereButWhereRowsEnd() throws Exception {
        String[] pieces = {
            "a",
            ",",
            "\"",
            "\n",
            "\r",
            "\r\n",
            "#",
            "\"\"",
            "\"b\"",
            "é",
            "😀",
            "\"c\nd\"",
            " ",
            "-1",
            "!+",
            "some words"
        };
        Random random = new Random(18);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(i % 10 == 0 ? 60 : 14); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            for (int blockLength = 2; blockLength <= text.length() + 1; blockLength += 1 + i % 3) {
                assertSameRows(text.toString(), blockLength);
            }
        }
    }

    /** All texts of a few bytes that have a meaning, or none. */
    @Test
    @Tag("P1")
    void readsEachShortText() throws Exception {
        char[] characters = {'a', ',', '"', '\n', '\r', '#'};
        for (int length = 1; length <= 6; length++) {
            int count = (int) Math.pow(characters.length, length);
            for (int number = 0; number < count; number++) {
                StringBuilder text = new StringBuilder();
                for (int rest = number, i = 0; i < length; i++, rest /= characters.length) {
                    text.append(characters[rest % characters.length]);
                }
                List<Object> expected = oracle(text.toString());
                assertThat(seen(text.toString(), bytes(text.toString(), 2 + number % 6)))
                        .as("%s", text)
                        .isEqualTo(expected);
            }
        }
    }

    /** Below some separators and quotes are digits and letters, below others hardly anything. */
    @Test
    @Tag("P1")
    void readsEachSeparatorAndQuoteAlike() throws Exception {
        String[] pieces = {"a", ",", ",", "\"", "\n", "\r\n", "\"\"", ",\"b b\",", "é", "\"c\nd\"", " ", "17", "Zz", "~"
        };
        Random random = new Random(19);
        for (int i = 0; i < 1500; i++) {
            StringBuilder made = new StringBuilder();
            for (int n = random.nextInt(30); n >= 0; n--) {
                made.append(pieces[random.nextInt(pieces.length)]);
            }
            String text = made.toString();
            List<Object> expected = seen(text, bytes(text, 7));
            for (String others : List.of("\t\"", ";\"", "|'", "\u0001\u0002", "x%", "'|", "}{", "!*")) {
                char separator = others.charAt(0);
                char quote = others.charAt(1);
                String other = text.replace(',', separator).replace('"', quote);
                Dialect dialect = new Dialect(separator, quote, '#', true);
                RowBytes blocks = bytes(other.getBytes(UTF_8), dialect, 1 << 20, 7);
                List<Object> values = new ArrayList<>();
                for (Object row : seen(other, blocks, dialect)) {
                    values.add(
                            row instanceof Seen line
                                    ? new Seen(
                                            line.line(),
                                            line.values().stream()
                                                    .map(value -> value.replace(separator, ',')
                                                            .replace(quote, '"'))
                                                    .toList())
                                    : row);
                }
                assertThat(values).as("%s with %s", text, others).isEqualTo(expected);
            }
        }
    }

    /** The rows that the library finds in a text are found in its bytes. */
    static void assertSameRows(String text, int blockLength) throws Exception {
        List<Object> expected = oracle(text);
        assertThat(seen(text, bytes(text, blockLength)))
                .as("%s as bytes, in blocks of %s", text, blockLength)
                .isEqualTo(expected);
        for (Charset charset : new Charset[] {UTF_8, UTF_16LE}) {
            assertThat(seen(text, text(text.getBytes(charset), charset, DIALECT, 1 << 20, blockLength)))
                    .as("%s in blocks of %s", text, blockLength)
                    .isEqualTo(expected);
        }
    }

    /** The rows, and what says that one behind them is none. */
    private static List<Object> oracle(String text) {
        List<Object> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                rows.add(new Seen(row.getStartingLineNumber(), row.getFields()));
            }
        } catch (CsvParseException e) {
            rows.add("broken");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    private static List<Object> seen(String text, RowBlocks blocks) throws Exception {
        return seen(text, blocks, DIALECT);
    }

    private static List<Object> seen(String text, RowBlocks blocks, Dialect dialect) throws Exception {
        List<Object> rows = new ArrayList<>();
        try {
            for (Block block = blocks.next(); block != null; block = blocks.next()) {
                Rows parsed = block.rows(dialect);
                for (Row row = parsed.next(); row != null; row = parsed.next()) {
                    rows.add(new Seen(block.linesBefore() + row.line(), List.of(row.values())));
                    assertThat(copied(row)).as("%s", text).isEqualTo(row.values());
                }
                blocks.release(block);
            }
        } catch (Rows.BadRow | SourceException e) {
            rows.add("broken");
        }
        return rows;
    }

    private static String[] copied(Row row) {
        byte[] copy = row.copy();
        String[] values = new String[row.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Cells.text(copy, values.length, i);
            assertThat(row.isEmpty(i)).isEqualTo(values[i].isEmpty());
        }
        return values;
    }

    /** Rows that are broken, and what precedes and follows them, with the words of the library, whichever way they are read. */
    @Test
    @Tag("P14")
    void refusesAlikeWhatIsBroken() throws Exception {
        String[] pieces = {"a", ",", "\"", "\n", "\r\n", "\"\"", "\"b\"", "é", "\u00ff", ";", "\n\n", "'"};
        List<Dialect> dialects = List.of(DIALECT, new Dialect(';', '\'', -1, false), new Dialect('"', 'a', ';', true));
        Random random = new Random(19);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            // Of ISO-8859-1, so that some bytes are not UTF-8.
            byte[] bytes = text.toString().getBytes(i % 4 == 0 ? ISO_8859_1 : UTF_8);
            Dialect dialect = dialects.get(i % dialects.size());
            int blockLength = 2 + random.nextInt(12);
            assertThat(told(bytes(bytes, dialect, 100, blockLength), dialect))
                    .as("%s in blocks of %s", text, blockLength)
                    .isEqualTo(told(text(bytes, UTF_8, dialect, 100, blockLength), dialect));
        }
    }

    /** All rows and all errors, up to the one that ends the text. */
    private static List<String> told(RowBlocks blocks, Dialect dialect) throws IOException {
        List<String> told = new ArrayList<>();
        try {
            for (Block block = blocks.next(); block != null; block = blocks.next()) {
                Rows rows = block.rows(dialect);
                while (tells(rows, block.linesBefore(), told)) {
                    // up to the last one of the block
                }
            }
        } catch (SourceException e) {
            told.add(e.getMessage());
        }
        return told;
    }

    private static boolean tells(Rows rows, long linesBefore, List<String> told) {
        try {
            Row row = rows.next();
            if (row == null) {
                return false;
            }
            told.add(linesBefore + row.line() + List.of(row.values()).toString());
        } catch (Rows.BadRow e) {
            told.add(linesBefore + e.line() + ": " + e.getMessage() + " " + e.text());
        }
        return true;
    }

    @Test
    void countsLinesAsTheyAreNumbered() throws Exception {
        assertThat(text("a\nb\r\n\"c\nd\"\r#x\n\n".getBytes(UTF_8), UTF_8, DIALECT, 100, 4)
                        .countLines())
                .isEqualTo(6);
        assertThat(text(new byte[0], UTF_8, DIALECT, 100, 4).countLines()).isZero();
        assertThat(text("a".getBytes(UTF_8), UTF_8, DIALECT, 100, 2).countLines())
                .isZero();
    }

    @Test
    void knowsHowManyBytesTheFirstRowIs() throws Exception {
        for (String begin : List.of("é,b\n", "é\r\n", "\n#😀\n\r\n\"é\",b\r", "#\na\n")) {
            for (Charset charset : new Charset[] {UTF_8, UTF_16LE}) {
                byte[] bytes = (begin + "c,d\nee\n").getBytes(charset);
                for (int blockLength = 2; blockLength < 20; blockLength++) {
                    RowText.FirstRow first =
                            text(bytes, charset, DIALECT, 100, blockLength).firstRow();
                    assertThat(RowText.byteCount(first, charset, false, input(bytes)))
                            .as("%s in blocks of %s", begin, blockLength)
                            .isEqualTo(begin.getBytes(charset).length);
                }
            }
        }
        assertThat(text("\n#a\n".getBytes(UTF_8), UTF_8, DIALECT, 100, 9).firstRow())
                .isNull();
    }

    @Test
    @Tag("P14")
    void handsOutWhatPrecedesWrongBytes() throws Exception {
        byte[] bytes = "a\nb\nc\u00ff".getBytes(ISO_8859_1);
        for (int blockLength = 2; blockLength < 10; blockLength++) {
            for (RowBlocks blocks :
                    List.of(text(bytes, UTF_8, DIALECT, 100, blockLength), bytes(bytes, DIALECT, 100, blockLength))) {
                assertThat(told(blocks, DIALECT))
                        .containsExactly(
                                "1[a]",
                                "2[b]",
                                "x.csv, line 3: not UTF-8: ff, at byte 5.\n"
                                        + "  Read it with the right charset(...), or with malformed(Malformed.REPLACE).");
            }
        }
    }

    @Test
    @Tag("P13")
    void refusesARowAboveTheLimit() {
        byte[] bytes = "a\n\"bcdefghijklmnopqrstuvwxyz\nabcdefghi".getBytes(UTF_8);
        for (RowBlocks blocks : List.of(text(bytes, UTF_8, DIALECT, 10, 4), bytes(bytes, DIALECT, 10, 4))) {
            assertThatThrownBy(() -> {
                        while (blocks.next() != null) {
                            // up to the row that is too long
                        }
                    })
                    .hasMessage("x.csv, line 2: the record has more than 10 characters.\n"
                            + "  Is a quote missing? If quotes mean nothing in these files, set quote(...) to a character that"
                            + " they have not.");
        }
    }

    /** Characters are counted, not bytes. */
    @Test
    @Tag("P13")
    void readsARowOfAsManyCharactersAsTheLimit() throws Exception {
        for (String text : List.of("aaaaaa", "éééééé", "€€€€€€", "😀😀😀")) {
            assertThat(told(bytes(text.getBytes(UTF_8), DIALECT, 6, 4), DIALECT))
                    .containsExactly("1[" + text + "]");
            assertThat(told(bytes(text.repeat(5).getBytes(UTF_8), DIALECT, 6, 4), DIALECT))
                    .singleElement()
                    .asString()
                    .contains("more than 6 characters");
        }
    }

    private static RowText text(byte[] bytes, Charset charset, Dialect dialect, int most, int blockLength) {
        return new RowText(of(charset, dialect, most), input(bytes), blockLength);
    }

    private static RowBytes bytes(String text, int blockLength) {
        return bytes(text.getBytes(UTF_8), DIALECT, 1 << 20, blockLength);
    }

    private static RowBytes bytes(byte[] bytes, Dialect dialect, int most, int blockLength) {
        return new RowBytes(of(UTF_8, dialect, most), input(bytes), blockLength);
    }

    private static RowBlocks.Text of(Charset charset, Dialect dialect, int most) {
        return new RowBlocks.Text(FILE, 0, charset, false, dialect, most, 0, () -> 0);
    }

    private static ByteInput input(byte[] bytes) {
        ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
        return new ByteInput() {
            @Override
            public int read(byte[] into, int from, int length) {
                return stream.read(into, from, Math.min(3, length));
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    /** Around the lengths at which ends take more bytes. */
    @Test
    void keepsValuesOfEachLength() throws Exception {
        for (int length : new int[] {0, 1, 254, 255, 256, 257, 300, 65_534, 65_535, 65_536, 70_000, 200_000}) {
            for (int count : new int[] {1, 2, 3, 200, 255, 256, 300, 70_000}) {
                String[] expected = new String[count];
                Arrays.fill(expected, "");
                int first = Math.max(0, length - count + 1);
                expected[0] = "x".repeat(first);
                expected[count - 1] = count == 1 ? expected[0] : "7";
                if (first == 0 && count == 1) {
                    continue; // an empty line is no row
                }
                byte[] text = String.join(",", expected).getBytes(UTF_8);
                Row row = new RowBytes(of(UTF_8, DIALECT, 1 << 20), input(text), 1 << 20)
                        .next()
                        .rows(DIALECT)
                        .next();
                assertThat(copied(row)).isEqualTo(expected);
                if (count > 1) {
                    assertThat(Cells.longValue(row.copy(), count, count - 1)).isEqualTo(7);
                    assertThat(Cells.doubleValue(row.copy(), count, count - 1)).isEqualTo(7);
                }
            }
        }
    }
}
