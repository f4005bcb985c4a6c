package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Runner;
import dev.bag.io.csv.CsvLayout;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as CSV is what is read back: by this library, by another one, and by Python. */
class CsvWriteTest {

    private static final Runner RUNNER = Runner.local().threads(3).build();

    @TempDir
    Path directory;

    private final Random random = new Random(11);

    private String value() {
        String[] parts = {
            "",
            " ",
            "a",
            "b c",
            ",",
            ";",
            "\"",
            "\"\"",
            "\n",
            "\r",
            "\r\n",
            "\ufeff",
            "é",
            "日本",
            "😀",
            "#",
            "'",
            "\t",
            "\0",
            "NULL",
            "\u2028",
            "\u00a0",
            "x".repeat(300)
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    /** Partitions of rows; some are empty. */
    private List<List<List<String>>> partitions(int count, int columns) {
        List<List<List<String>>> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int rows = random.nextInt(3) == 0 ? 0 : random.nextInt(30);
            partitions.add(IntStream.range(0, rows)
                    .mapToObj(n ->
                            IntStream.range(0, columns).mapToObj(c -> value()).toList())
                    .toList());
        }
        return partitions;
    }

    private static Bag<List<String>> bag(List<List<List<String>>> partitions) {
        return Bag.concatAll(partitions.stream().map(rows -> Bag.from(rows, 1)).toList());
    }

    private static List<String> values(CsvRecord record) {
        return IntStream.range(0, record.size()).mapToObj(record::get).toList();
    }

    @Test
    @Tag("P1")
    void everyTableIsReadBackByAll() throws Exception {
        CsvWriteOptions[] styles = {
            CsvFiles.writeOptions(),
            CsvFiles.writeOptions().quoteAll(),
            CsvFiles.writeOptions().crlf(),
            CsvFiles.writeOptions().delimiter('\t').nullText("NULL")
        };
        List<Path> files = new ArrayList<>();
        List<List<List<String>>> tables = new ArrayList<>();
        for (int round = 0; round < 24; round++) {
            int columns = 1 + random.nextInt(4);
            List<String> names =
                    IntStream.range(0, columns).mapToObj(c -> c + value()).toList();
            List<List<List<String>>> partitions = partitions(1 + random.nextInt(4), columns);
            List<List<String>> rows = partitions.stream().flatMap(List::stream).toList();
            CsvWriteOptions style = styles[round % styles.length].header(names.toArray(String[]::new));
            char delimiter = round % styles.length == 3 ? '\t' : ',';

            Path one = directory.resolve(round + ".csv");
            assertThat(style.write(bag(partitions), one, RUNNER).records()).isEqualTo(rows.size());
            Path folder = directory.resolve("folder" + round);
            Written written = style.write(bag(partitions), folder + "/*.csv.gz", RUNNER);
            for (Bag<CsvRecord> read : List.of(
                    CsvFiles.options().delimiter(delimiter).read(one),
                    CsvFiles.options().delimiter(delimiter).read(folder))) {
                assertThat(read.map(CsvWriteTest::values).compute()).isEqualTo(rows);
                read.forEach(record -> assertThat(record.columns()).isEqualTo(names));
            }
            for (int i = 0; i < partitions.size(); i++) {
                Path file = written.paths().get(i);
                Folder.assertIntact(file);
                assertThat(CsvFiles.options()
                                .delimiter(delimiter)
                                .noHeader()
                                .read(file)
                                .map(CsvWriteTest::values)
                                .compute())
                        .as("each file begins with the names")
                        .hasSize(partitions.get(i).size() + 1)
                        .startsWith(names);
            }
            List<List<String>> all = new ArrayList<>(List.of(names));
            all.addAll(rows);
            assertThat(byFastCsv(one, delimiter)).isEqualTo(all);
            if (delimiter == ',') {
                files.add(one);
                tables.add(all);
            }
        }
        Path json = byPython(files);
        assertThat(new ObjectMapper().readValue(json.toFile(), new TypeReference<List<List<List<String>>>>() {}))
                .isEqualTo(tables);
    }

    private static List<List<String>> byFastCsv(Path file, char delimiter) throws IOException {
        try (var rows = CsvReader.builder().fieldSeparator(delimiter).ofCsvRecord(Files.readString(file))) {
            return rows.stream().map(row -> List.copyOf(row.getFields())).toList();
        }
    }

    private Path byPython(List<Path> files) throws Exception {
        Path script = directory.resolve("read.py");
        Path json = directory.resolve("tables.json");
        Files.writeString(script, """
                import csv, json, sys
                csv.field_size_limit(1 << 30)
                def table(name):
                    with open(name, newline='', encoding='utf-8') as f:
                        return list(csv.reader(f))
                with open(sys.argv[1], 'w', encoding='utf-8') as out:
                    json.dump([table(name) for name in sys.argv[2:]], out)
                """);
        List<String> command = new ArrayList<>(List.of("python3", script.toString(), json.toString()));
        files.forEach(file -> command.add(file.toString()));
        Folder.assertRuns(command.toArray(String[]::new));
        return json;
    }

    enum Size {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "not this";
            }
        }
    }

    record Sale(
            String item,
            int count,
            Long stock,
            double price,
            boolean paid,
            char grade,
            BigDecimal tax,
            Size size,
            LocalDate day,
            LocalDateTime at,
            Optional<Integer> discount) {}

    private static Sale sale(int n) {
        return new Sale(
                "item, \"" + n + "\"\n",
                -n,
                n % 2 == 0 ? null : (long) n << 40,
                n / 3.0,
                n % 2 == 0,
                n % 2 == 0 ? ' ' : '"',
                new BigDecimal("1E+" + n),
                Size.values()[n % 2],
                LocalDate.of(2024, 2, 1 + n),
                LocalDateTime.of(2024, 2, 1 + n, 3, 4, 0, n),
                n % 2 == 0 ? Optional.empty() : Optional.of(n));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "csv.gz", "csv.zst", "csv.bz2", "csv.xz"})
    @Tag("P7")
    void objectsOfARecordClassAreReadBackEqual(String extension) throws IOException {
        List<Sale> sales = IntStream.range(0, 25).mapToObj(CsvWriteTest::sale).toList();
        Bag<Sale> bag =
                Bag.concatAll(List.of(Bag.from(List.<Sale>of(), 1), Bag.from(sales, 3), Bag.from(List.of(), 1)));
        Path folder = directory.resolve("out");
        Written written = CsvFiles.write(bag, folder + "/sales-*." + extension);
        assertThat(written.records()).isEqualTo(25);
        for (Path file : written.paths()) {
            assertThat(CsvFiles.options().noHeader().read(file).first().map(CsvWriteTest::values))
                    .hasValue(List.of(
                            "item",
                            "count",
                            "stock",
                            "price",
                            "paid",
                            "grade",
                            "tax",
                            "size",
                            "day",
                            "at",
                            "discount"));
        }
        assertThat(CsvFiles.read(Sale.class, folder).compute()).isEqualTo(sales);
        Path one = directory.resolve("one." + extension);
        CsvFiles.write(bag, one);
        assertThat(CsvFiles.read(Sale.class, one).compute()).isEqualTo(sales);
        assertThat(Folder.names(directory)).noneMatch(name -> name.contains(".tmp"));
    }

    @Test
    void bytesAreThoseThatOneExpects() throws IOException {
        record Row(String name, Integer age, List<String> tags) {}
        List<List<Object>> rows = List.of(List.of("a,b", 1), Arrays.asList(null, 2.5), List.of("", "NULL"));
        assertThat(written(CsvFiles.writeOptions().header("x y", "z"), rows))
                .isEqualTo("x y,z\n\"a,b\",1\n,2.5\n,NULL\n");
        assertThat(written(CsvFiles.writeOptions().noHeader().crlf().nullText("NULL"), rows))
                .isEqualTo("\"a,b\",1\r\nNULL,2.5\r\n,\"NULL\"\r\n");
        assertThat(written(
                        CsvFiles.writeOptions()
                                .noHeader()
                                .quoteAll()
                                .quote('\'')
                                .delimiter(';'),
                        rows))
                .isEqualTo("'a,b';'1'\n;'2.5'\n'';'NULL'\n");
        Map<String, Object> map = new HashMap<>(Map.of("b", 2, "a", "é", "c", true));
        map.put("d", null);
        assertThat(written(CsvFiles.writeOptions().header("a", "d", "b", "other"), List.of(map)))
                .isEqualTo("a,d,b,other\né,,2,\n");
        assertThat(written(CsvFiles.writeOptions().header("age").noHeader(), List.of(new Row("x", 7, List.of()))))
                .as("columns that are not written may be anything")
                .isEqualTo("7\n");
        assertThat(written(CsvFiles.writeOptions().noHeader(), List.of(new Object[] {""}, new String[] {null})))
                .isEqualTo("\"\"\n\"\"\n");
    }

    private String written(CsvWriteOptions options, List<?> rows) throws IOException {
        Path file = directory.resolve("bytes.csv");
        options.overwrite().write(Bag.from(rows, 1), file);
        return Files.readString(file);
    }

    @Test
    void recordsThatWereReadKeepTheirColumns() throws IOException {
        Path in = directory.resolve("in.csv");
        Files.writeString(in, "name,\"a,ge\"\nAnn,7\n\"B\nen\",\n");
        Path out = directory.resolve("out.csv");
        CsvFiles.write(CsvFiles.read(in), out.toString());
        assertThat(out).hasContent("name,\"a,ge\"\nAnn,7\n\"B\nen\",\n");
        CsvFiles.writeOptions().header("a,ge", "name").overwrite().write(CsvFiles.read(in), out);
        assertThat(out).hasContent("\"a,ge\",name\n7,Ann\n,\"B\nen\"\n");
        CsvFiles.writeOptions()
                .noHeader()
                .overwrite()
                .write(CsvFiles.options().noHeader().read(in), out);
        assertThat(out).hasSameTextualContentAs(in);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1", "Shift_JIS"})
    void everyCharsetIsReadBack(String name) {
        Charset charset = Charset.forName(name);
        List<List<String>> rows = List.of(List.of("a,b", "\"\n", "x"), List.of("", "y ", "#"));
        Bag<List<String>> bag = Bag.concatAll(List.of(Bag.from(List.<List<String>>of(), 1), Bag.from(rows, 2)));
        CsvWriteOptions options = CsvFiles.writeOptions().charset(charset).header("p", "q", "r");
        options.write(bag, directory.resolve("one.csv"));
        options.write(bag, directory + "/many-*.csv");
        for (String file : List.of("/one.csv", "/many-*.csv")) {
            Bag<CsvRecord> read = CsvFiles.options().charset(charset).read(directory + file);
            assertThat(read.map(CsvWriteTest::values).compute()).isEqualTo(rows);
            assertThat(read.first().orElseThrow().columns()).containsExactly("p", "q", "r");
        }
    }

    @Test
    void withoutRecordsTheNamesAreThere() {
        Bag<List<String>> none = Bag.from(List.of(List.of("x")), 1).filter(row -> false);
        CsvFiles.writeOptions().header("a", "b").write(none, directory.resolve("named.csv"));
        assertThat(directory.resolve("named.csv")).hasContent("a,b\n");
        CsvFiles.writeOptions().header("a", "b").charset(UTF_16).write(none, directory.resolve("utf16.csv"));
        assertThat(directory.resolve("utf16.csv")).hasBinaryContent("a,b\n".getBytes(UTF_16));
        CsvFiles.write(none, directory.resolve("unnamed.csv"));
        assertThat(directory.resolve("unnamed.csv")).isEmptyFile();
        assertThat(CsvFiles.read(directory.resolve("unnamed.csv")).compute()).isEmpty();
        Written folder = CsvFiles.write(none, directory + "/folder/");
        assertThat(folder.paths()).containsExactly(directory.resolve("folder/part-0.csv"));
    }

    @Test
    void sharesAPassWithOtherResults() {
        Bag<Sale> sales =
                Bag.from(IntStream.range(0, 20).mapToObj(CsvWriteTest::sale).toList(), 4);
        Delayed<Written> written = CsvFiles.writeLater(sales, directory + "/*.csv");
        Delayed<Long> count = sales.count();
        var results = Delayed.computeAll(written, count);
        assertThat(results.get(written).records()).isEqualTo(results.get(count)).isEqualTo(20);
    }

    record Other(String item) {}

    record WithList(List<String> tags) {}

    @Test
    void saysWhatIsWrongWithARecord() {
        assertThatRefuses(
                List.of(List.of("a")),
                "the columns have no names, because the record is a list. Name them with"
                        + " writeOptions().header(...), or leave the header out with noHeader().");
        assertThatRefuses(
                List.of(Map.of("a", 1)),
                "the record is a map, which may have other keys than the next one."
                        + " Name the columns with writeOptions().header(...).");
        assertThatRefuses(
                List.of("text"),
                "the record is a java.lang.String, of which no columns are known. Make it an object"
                        + " of a record class, a list or a map first.");
        assertThatRefuses(
                List.of(new WithList(List.of())),
                "column \"tags\": a java.util.ImmutableCollections$ListN is not"
                        + " written as text. Make a String of it first, with map(...).");
        assertThatRefuses(
                List.of(sale(1), new Other("x")), "the record has the columns \"item\", but the first one had");
        assertThatThrownBy(() -> CsvFiles.writeOptions()
                        .header("a", "b")
                        .write(Bag.of(List.of(1, 2), List.of(1)), directory + "/x.csv"))
                .isInstanceOf(BagException.class)
                .rootCause()
                .hasMessage(
                        "the record has 1 values, but there are 2 columns. Give each record a value for each column; null is one.");
        assertThatThrownBy(() -> CsvFiles.writeOptions()
                        .header("item", "color")
                        .write(Bag.of(new Other("x")), directory + "/x.csv"))
                .rootCause()
                .hasMessage(
                        "the record has no column \"color\": its columns are \"item\". Make it one with map(...), or leave it out of"
                                + " header(...).");
        assertThatThrownBy(() ->
                        CsvFiles.writeOptions().charset(ISO_8859_1).write(Bag.of(new Other("日")), directory + "/x.csv"))
                .rootCause()
                .hasMessage(
                        "the charset ISO-8859-1 has no U+65E5, which is character 0 of the record. Replace it, or choose another"
                                + " charset with writeOptions().charset(...).");
        assertThat(directory).isEmptyDirectory();
    }

    private void assertThatRefuses(List<?> rows, String message) {
        assertThatThrownBy(() -> CsvFiles.write(Bag.from(rows, 1), directory + "/x.csv"))
                .isInstanceOf(BagException.class)
                .rootCause()
                .hasMessageStartingWith(message);
    }

    @Test
    void partitionsWithOtherColumnsAreRefused() {
        Bag<Record> bag =
                Bag.concatAll(List.of(Bag.<Record>of(), Bag.<Record>of(sale(1)), Bag.<Record>of(new Other("x"))));
        for (String target : List.of("/x.csv", "/x-*.csv.gz")) {
            assertThatThrownBy(() -> CsvFiles.write(bag, directory + target))
                    .hasMessageContaining("partition 2 has the columns \"item\", \"count\"")
                    .hasMessageContaining(
                            "but partition 3 has the columns \"item\".\n  All records of an output have the same columns."
                                    + " Choose them by name with writeOptions().header(...).");
        }
        assertThat(directory).isEmptyDirectory();
        CsvFiles.writeOptions().header("item").write(bag, directory + "/x.csv");
        assertThat(CsvFiles.read(Other.class, directory + "/x.csv").compute())
                .containsExactly(new Other(sale(1).item()), new Other("x"));
    }

    @Test
    void optionsThatCannotBeAreRefusedAtOnce() {
        CsvWriteOptions options = CsvFiles.writeOptions();
        assertThatThrownBy(() -> options.delimiter('"'))
                .hasMessage("delimiter, quote and comment must be different characters");
        assertThatThrownBy(() -> options.delimiter('\n')).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.nullText("a,b"))
                .hasMessage("nullText(\"a,b\"): must not need quotes, because a value in quotes is not null");
        assertThatThrownBy(() -> options.nullText("NULL").delimiter('U')).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(options::header).hasMessage("header(): at least one name is needed, or noHeader()");
        assertThatThrownBy(() -> options.header("a", "a")).hasMessage("header(...): the name \"a\" occurs twice");
        assertThatThrownBy(() -> options.delimiter('→').charset(ISO_8859_1))
                .hasMessage("charset(ISO-8859-1): the charset lacks the delimiter, the quote, or what stands for null");
        assertThatThrownBy(() -> CsvFiles.write(Bag.of(List.of()), "a*b*.csv"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(UTF_8).isEqualTo(Charset.forName(CsvLayout.DEFAULT.charset()));
    }
}
