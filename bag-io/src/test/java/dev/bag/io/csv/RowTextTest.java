package dev.bag.io.csv;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.bag.io.file.ByteInput;
import dev.bag.io.file.InputFile;
import dev.bag.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts that are cut into blocks of every length, against the library that reads them from beginning to end. */
class RowTextTest {

    private static final InputFile FILE = new InputFile(Path.of("x.csv"), 1);
    private static final Dialect DIALECT = Dialect.DEFAULT.withComment('#');

    private record Seen(long line, List<String> values) {}

    @Test
    @Tag("P1")
    void cutsNowhereButWhereRowsEnd() throws Exception {
        String[] pieces = {"a", ",", "\"", "\n", "\r", "\r\n", "#", "\"\"", "\"b\"", "é", "😀", "\"c\nd\""};
        Random random = new Random(18);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(14); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            for (int blockLength = 2; blockLength <= text.length() + 1; blockLength += 1 + i % 3) {
                for (Charset charset : new Charset[] {UTF_8, UTF_16LE}) {
                    assertSameRows(text.toString(), charset, blockLength);
                }
            }
        }
    }

    /** The rows that the library finds in a text are found in its bytes. */
    static void assertSameRows(String text, Charset charset, int blockLength) throws Exception {
        assertThat(seen(text, charset, blockLength))
                .as("%s in blocks of %s", text, blockLength)
                .isEqualTo(oracle(text));
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

    private static List<Object> seen(String text, Charset charset, int blockLength) throws Exception {
        List<Object> rows = new ArrayList<>();
        RowText blocks = text(text.getBytes(charset), charset, DIALECT, 1 << 20, blockLength);
        try {
            for (RowBlock block = blocks.next(); block != null; block = blocks.next()) {
                Rows parsed = new Rows(block, DIALECT);
                for (Row row = parsed.next(); row != null; row = parsed.next()) {
                    rows.add(new Seen(block.linesBefore() + row.line(), List.of(row.values())));
                }
            }
        } catch (Rows.BadRow | SourceException e) {
            rows.add("broken");
        }
        return rows;
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
                            text(bytes, charset, DIALECT, 100, blockLength).firstRow(DIALECT);
                    assertThat(RowText.byteCount(first, charset, false, input(bytes)))
                            .as("%s in blocks of %s", begin, blockLength)
                            .isEqualTo(begin.getBytes(charset).length);
                }
            }
        }
        assertThat(text("\n#a\n".getBytes(UTF_8), UTF_8, DIALECT, 100, 9).firstRow(DIALECT))
                .isNull();
    }

    @Test
    @Tag("P14")
    void handsOutWhatPrecedesWrongBytes() throws Exception {
        byte[] bytes = "a\nb\nc\u00ff".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int blockLength = 2; blockLength < 10; blockLength++) {
            RowText text = text(bytes, UTF_8, DIALECT, 100, blockLength);
            StringBuilder seen = new StringBuilder();
            assertThatThrownBy(() -> {
                        for (RowBlock block = text.next(); block != null; block = text.next()) {
                            seen.append(block.characters(), 0, block.length());
                        }
                    })
                    .hasMessage("x.csv, line 3: not UTF-8: ff, at byte 5.\n"
                            + "  Read it with the right charset(...), or with malformed(Malformed.REPLACE).");
            assertThat(seen).hasToString("a\nb\n");
        }
    }

    @Test
    @Tag("P13")
    void refusesARowAboveTheLimit() {
        byte[] bytes = "a\n\"bcdefghijklmnopqrstuvwxyz\nabcdefghi".getBytes(UTF_8);
        RowText text = text(bytes, UTF_8, DIALECT, 10, 4);
        assertThatThrownBy(() -> {
                    while (text.next() != null) {
                        // up to the row that is too long
                    }
                })
                .hasMessage("x.csv, line 2: the record has more than 10 characters.\n"
                        + "  Is a quote missing? If quotes mean nothing in these files, set quote(...) to a character that"
                        + " they have not.");
    }

    private static RowText text(byte[] bytes, Charset charset, Dialect dialect, int most, int blockLength) {
        return new RowText(FILE, input(bytes), 0, RowText.decoder(charset, false), dialect, most, () -> 0, blockLength);
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
}
