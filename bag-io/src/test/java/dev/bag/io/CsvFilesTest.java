package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import dev.bag.value.Location;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFilesTest {

    @TempDir
    Path directory;

    @Test
    void readsRecordsByTheNamesOfTheirColumns() throws Exception {
        Path file = write("a.csv", "\ufeffname,age,note\r\nAnn,7,\"a \"\"b\"\", c\nd\"\r\n\r\nBen, 8 ,\r\n");
        List<CsvRecord> records = CsvFiles.read(file).compute();
        assertThat(records).hasSize(2);
        CsvRecord ann = records.get(0);
        assertThat(ann.get("name")).isEqualTo("Ann");
        assertThat(ann.get(2)).isEqualTo("a \"b\", c\nd").isEqualTo(ann.get("note"));
        assertThat(ann.longValue("age")).isEqualTo(7);
        assertThat(ann.columns()).containsExactly("name", "age", "note");
        CsvRecord ben = records.get(1);
        assertThat(ben.get("note")).isEmpty();
        assertThat(ben.get("age")).as("as it stands there").isEqualTo(" 8 ");
        assertThat(ben.doubleValue("age")).isEqualTo(8).isEqualTo(ben.doubleValue(1));
        assertThat(ben.toMap()).isEqualTo(Map.of("name", "Ben", "age", " 8 ", "note", ""));
        assertThat(ben).hasToString("{name=Ben, age= 8 , note=}");
        assertThat(ben.size()).isEqualTo(3);
    }

    @Test
    void saysWhatIsWrongWithAColumn() throws Exception {
        Path file = write("a.csv", "name,age\nAnn,\nBen,x\n");
        CsvRecord ann = CsvFiles.read(file).first().orElseThrow();
        CsvRecord ben = CsvFiles.read(file).compute().get(1);
        assertThatThrownBy(() -> ann.get("Age"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no column \"Age\": the columns are \"name\", \"age\"");
        assertThatThrownBy(() -> ann.get(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("there is no column 2: the record has 2, numbered from 0");
        assertThatThrownBy(() -> ann.longValue("age"))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("column \"age\": the cell is empty");
        assertThatThrownBy(() -> ben.longValue("age")).hasMessage("column \"age\": \"x\" is not a whole number");
        assertThatThrownBy(() -> ben.doubleValue(1)).hasMessage("column \"age\": \"x\" is not a number");
        assertThatThrownBy(() -> CsvFiles.read(file)
                        .sumLong(record -> record.longValue("age"))
                        .compute())
                .isInstanceOfSatisfying(
                        BagException.class,
                        e -> assertThat(e.location())
                                .contains(new Location(
                                        file.toString(), OptionalLong.of(2), OptionalLong.empty(), Optional.empty())))
                .hasMessageContaining(file + ", line 2")
                .hasMessageContaining("column \"age\": the cell is empty");
    }

    @Test
    @Tag("P1")
    @Tag("P2")
    void readsTheSameRecordsHoweverTheFileIsCut() throws Exception {
        StringBuilder text = new StringBuilder("# a comment\nkey,value\n");
        StringBuilder multiline = new StringBuilder("# a comment\nkey,value\n");
        List<String> expected = new ArrayList<>();
        List<String> expectedMultiline = new ArrayList<>();
        Random random = new Random(19);
        for (int i = 0; i < 30_000; i++) {
            String end = random.nextBoolean() ? "\n" : "\r\n";
            String value = "v\"é".repeat(random.nextInt(5));
            String quoted = "\"" + value.replace("\"", "\"\"") + ",\"";
            text.append(i).append(',').append(quoted).append(end);
            expected.add(i + "|" + value + ",");
            multiline
                    .append(i)
                    .append(",\"")
                    .append(i % 7 == 0 ? "x\ny" : "")
                    .append(quoted.substring(1))
                    .append(end);
            expectedMultiline.add(i + "|" + (i % 7 == 0 ? "x\ny" : "") + value + ",");
        }
        CsvReadOptions options = CsvFiles.options().comment('#');
        for (int threads : new int[] {1, 2, 7}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                for (Charset charset : new Charset[] {UTF_8, UTF_16BE}) {
                    Path lines = Files.write(
                            directory.resolve("lines.csv"), text.toString().getBytes(charset));
                    Path packed = Files.write(
                            directory.resolve("p.csv.gz"),
                            gzip(multiline.toString().getBytes(charset)));
                    for (CsvReadOptions each : List.of(
                            options,
                            options.blockSize(1000),
                            options.multiline(false).blockSize(100_000),
                            options.multiline(false).blockSize(3000))) {
                        assertThat(read(each.charset(charset), lines, runner)).isEqualTo(expected);
                    }
                    assertThat(read(options.charset(charset), packed, runner)).isEqualTo(expectedMultiline);
                }
            }
        }
    }

    private static List<String> read(CsvReadOptions options, Path file, Runner runner) {
        return options.read(file)
                .map(record -> record.get("key") + "|" + record.get("value"))
                .compute(runner);
    }

    @Test
    @Tag("P1")
    void cutsAtEveryByteIfNoValueHasALineEnd() throws Exception {
        for (String text : List.of(
                "\n#c\nk,é\n1,2\r\n\"3\",4\n\n5,\"6\"", "k\n", "k\n1", "k,\"x\"\"y\"\r\n1,2\r\n#\n3,4\r\n", "", "\n")) {
            for (String mark : List.of("", "\ufeff")) {
                Path file = write("x.csv", mark + text);
                CsvReadOptions options = CsvFiles.options().comment('#');
                List<CsvRecord> expected = options.read(file).compute();
                List<CsvRecord> named = options.noHeader().read(file).compute();
                for (long blockSize = 1; blockSize < Files.size(file) + 2; blockSize++) {
                    CsvReadOptions cut = options.multiline(false).blockSize(blockSize);
                    assertThat(cut.read(file).compute())
                            .as("%s in %s", text, blockSize)
                            .isEqualTo(expected);
                    assertThat(cut.noHeader().read(file).compute()).isEqualTo(named);
                }
            }
        }
    }

    @Test
    void readsEachFileWithItsOwnColumns() throws Exception {
        write("a.csv", "x,y\n1,2\n");
        write("b.csv", "y,z,x\n4,5,3\n");
        write("c.csv", "");
        write("d.csv", "x,y\n");
        Bag<CsvRecord> bag = CsvFiles.read(directory.toString());
        assertThat(bag.partitionCount()).isEqualTo(1);
        assertThat(bag.map(record -> record.get("x") + record.get("y")).compute())
                .containsExactly("12", "34");
        assertThat(CsvFiles.options()
                        .filesPerPartition(1)
                        .read(directory.toUri())
                        .partitionCount())
                .isEqualTo(4);
    }

    @Test
    void readsWithEachOption() throws Exception {
        Path file = write("a.csv", "1;'a;b'\n# 2;c\n3;\"\n");
        CsvReadOptions options = CsvFiles.options().delimiter(';').quote('\'').comment('#');
        assertThat(options.noHeader().read(file).map(CsvRecord::toMap).compute())
                .containsExactly(Map.of("0", "1", "1", "a;b"), Map.of("0", "3", "1", "\""));
        assertThat(options.header("k", "v")
                        .read(file)
                        .map(record -> record.get("v"))
                        .compute())
                .containsExactly("a;b", "\"");
        assertThatThrownBy(() ->
                        options.noHeader().read(file).first().orElseThrow().get("1"))
                .hasMessage("there is no column \"1\": the columns have no names, because of noHeader(). Use get(int)");
        Path ragged = write("r.csv", "a,b\n1\n1,2,3\n");
        List<CsvRecord> records =
                CsvFiles.options().allowRaggedRecords().read(ragged).compute();
        assertThat(records.get(0).get("b")).isEmpty();
        assertThat(records.get(0).size()).isEqualTo(1);
        assertThat(records.get(1).get(2)).isEqualTo("3");
        assertThat(records.get(1).toMap()).isEqualTo(Map.of("a", "1", "b", "2", "2", "3"));
        Path latin = Files.write(directory.resolve("l.csv"), "é\nè\n".getBytes(ISO_8859_1));
        assertThat(CsvFiles.options()
                        .charset(ISO_8859_1)
                        .read(latin)
                        .first()
                        .orElseThrow()
                        .get("é"))
                .isEqualTo("è");
        assertThat(CsvFiles.options()
                        .malformed(Malformed.REPLACE)
                        .read(latin)
                        .first()
                        .orElseThrow()
                        .get(0))
                .isEqualTo("\ufffd");
        assertThat(CsvFiles.options()
                        .malformed(Malformed.REPLACE)
                        .multiline(false)
                        .blockSize(1)
                        .read(latin)
                        .count()
                        .compute())
                .isEqualTo(1);
    }

    @Test
    @Tag("P20")
    void failsWithFileAndLine() throws Exception {
        refuses(
                "a,b\n1,2\n\"x\ny\",2\n1,2,3\n",
                5,
                "the record has 3 values, but there are 2 columns.\n"
                        + "  Is delimiter(...) or quote(...) another character? To read such records, use allowRaggedRecords().");
        refuses(
                "a\n1,2\n",
                2,
                "the record has 2 values, but there is 1 column.\n"
                        + "  Is delimiter(...) or quote(...) another character? To read such records, use allowRaggedRecords().");
        refuses(
                "a,b,a\n1,2,3\n",
                1,
                "two columns are called \"a\".\n" + "  If this is no header, use noHeader() or header(...).");
        refuses(
                "a,b\n1,2\n1,\"2\"3\n",
                3,
                "unexpected character after closing quote: '3' (0x33).\n"
                        + "  A value with quotes in it must be in quotes, with each of its own quotes twice.");
        refuses(
                "a,b\n1,2\n\n1,\"2\n3,4\n",
                4,
                "a quote that begins in this record does not end before the end of the text.\n"
                        + "  Is a quote missing? If quotes mean nothing in these files, set quote(...) to a character that they have"
                        + " not.");
    }

    private void refuses(String text, int line, String message) throws IOException {
        Path file = write("x.csv", text);
        for (Path each : List.of(file, Files.write(directory.resolve("x.csv.gz"), gzip(text.getBytes(UTF_8))))) {
            for (int threads : new int[] {1, 3}) {
                try (Runner runner = Runner.local().threads(threads).build()) {
                    assertThatThrownBy(() -> CsvFiles.read(each).count().compute(runner))
                            .isInstanceOf(BagException.class)
                            .hasMessage(each + ", line " + line + ": " + message);
                }
            }
        }
        if (text.indexOf('"') < 0) {
            assertThatThrownBy(() -> CsvFiles.options()
                            .multiline(false)
                            .blockSize(5)
                            .read(file)
                            .count()
                            .compute())
                    .hasMessage(file + ", line " + line + ": " + message);
        }
    }

    @Test
    void refusesALineEndInQuotesIfThereIsToBeNone() throws Exception {
        Path file = write("x.csv", "a,b\n1,2\n1,\"2\n3\"\n4,5\n");
        for (long blockSize : new long[] {3, 7, 12, 1000}) {
            assertThatThrownBy(() -> CsvFiles.options()
                            .multiline(false)
                            .blockSize(blockSize)
                            .read(file)
                            .compute(Runner.inline())) // the block behind fails, too
                    .as("blocks of %s", blockSize)
                    .isInstanceOf(BagException.class)
                    .hasMessageContaining("x.csv, line 3: ");
        }
    }

    @Test
    @Tag("P13")
    void refusesRecordsAboveTheLimit() throws Exception {
        Path file = write("x.csv", "a\n" + "b".repeat(300_000) + "\nc\n");
        assertThat(CsvFiles.options()
                        .maxRecordLength(300_000)
                        .read(file)
                        .count()
                        .compute())
                .isEqualTo(2);
        for (int limit : new int[] {100, 299_999}) {
            assertThatThrownBy(() ->
                            CsvFiles.options().maxRecordLength(limit).read(file).compute())
                    .hasMessage(
                            file + ", line 2: the record has more than " + String.format("%,d", limit)
                                    + " characters.\n  If it is meant to be so long, raise the limit with maxRecordLength(...).");
        }
    }

    enum Kind {
        SMALL,
        LARGE
    }

    record Item(
            String name,
            int count,
            long total,
            double weight,
            boolean sold,
            BigDecimal price,
            LocalDate day,
            Kind kind,
            Optional<Integer> shelf,
            Double discount) {}

    @Test
    void makesObjectsOfRecordClasses() throws Exception {
        Path file = write(
                "items.csv",
                "day,kind,name,count,total,weight,sold,price,unused,shelf,discount\n"
                        + "2024-05-01,SMALL,nut,1,2,3.5,true,4.20,x,,\n"
                        + " 2024-05-02 ,LARGE ,,-1, 9223372036854775807,1e3,FALSE,-0.1,,17,0.5\n");
        List<Item> expected = List.of(
                new Item(
                        "nut",
                        1,
                        2,
                        3.5,
                        true,
                        new BigDecimal("4.20"),
                        LocalDate.of(2024, 5, 1),
                        Kind.SMALL,
                        Optional.empty(),
                        null),
                new Item(
                        "",
                        -1,
                        Long.MAX_VALUE,
                        1000,
                        false,
                        new BigDecimal("-0.1"),
                        LocalDate.of(2024, 5, 2),
                        Kind.LARGE,
                        Optional.of(17),
                        0.5));
        assertThat(CsvFiles.read(Item.class, file).compute()).isEqualTo(expected);
        assertThat(CsvFiles.read(Item.class, directory + "/*.csv").compute()).isEqualTo(expected);
        assertThat(CsvFiles.read(Item.class, file.toUri()).compute()).isEqualTo(expected);
    }

    record Small(String name, int age) {}

    record Checked(int age) {

        Checked {
            if (age < 0) {
                throw new IllegalStateException("born later");
            }
        }
    }

    record Strange(String name, Object other) {}

    @Test
    @Tag("P20")
    void saysWhyARowIsNoObject() throws Exception {
        Path file = write("x.csv", "name,age\nAnn,7\nBen,x\n");
        assertThatThrownBy(() -> CsvFiles.read(Small.class, file).compute())
                .hasMessage(file + ", line 3: column \"age\": \"x\" is not a value of int.\n"
                        + "  Mend the file, make the component a String or an Optional, or read without a class.");
        Path empty = write("e.csv", "name,age\nAnn,\n");
        assertThatThrownBy(() -> CsvFiles.read(Small.class, empty).compute())
                .hasMessageStartingWith(
                        empty + ", line 2: column \"age\": the cell is empty, but the component is of type int");
        Path other = write("o.csv", "#\nName,age\nAnn,7\n");
        assertThatThrownBy(() ->
                        CsvFiles.options().comment('#').read(Small.class, other).compute())
                .hasMessage(
                        other + ", line 2: there is no column \"name\" for Small: the columns are \"Name\", \"age\".\n"
                                + "  Components and columns must have the same names; name the columns with header(...) otherwise.");
        assertThat(CsvFiles.options()
                        .header("name", "age")
                        .read(Small.class, write("n.csv", "Ann,7\n"))
                        .compute())
                .containsExactly(new Small("Ann", 7));
        Path young = write("y.csv", "age\n-1\n");
        assertThatThrownBy(() -> CsvFiles.read(Checked.class, young).compute())
                .isInstanceOf(BagException.class)
                .hasMessageContaining("born later")
                .hasMessageContaining(young.toString());
    }

    @Test
    void refusesAtOnceWhatCannotBe() throws Exception {
        Path file = write("x.csv", "a\n");
        refused(
                () -> CsvFiles.read(String.class, file),
                "read(String.class, ...): java.lang.String is not a record class."
                        + " Only records say what their columns are; otherwise use read(...).map(...).");
        refused(
                () -> CsvFiles.read(Strange.class, file),
                "read(Strange.class, ...): the component other is a"
                        + " java.lang.Object, which is not made of text. Use a String, a number, a boolean, an enum, LocalDate,"
                        + " LocalDateTime, or an Optional of one of these.");
        CsvReadOptions options = CsvFiles.options();
        refused(
                () -> options.noHeader().read(Small.class, file),
                "noHeader() and a record class contradict each other:" + " name the columns with header(...)");
        refused(() -> options.delimiter('"'), "delimiter, quote and comment must be different characters");
        refused(
                () -> options.delimiter('\n'),
                "delimiter(...): must be a character that ends no line, and not half of a pair");
        refused(() -> options.header("a", "a"), "header(...): the name \"a\" occurs twice");
        refused(() -> options.header(), "header(): at least one name is needed, or noHeader()");
        refused(() -> options.maxRecordLength(0), "maxRecordLength(0): must be from 1 to 1073740800 characters");
        refused(
                () -> options.malformed(Malformed.SKIP),
                "malformed(SKIP): records of CSV files are not left out for their"
                        + " bytes. Use REPLACE, and filter.");
        refused(() -> CsvFiles.read(new String[0]), "read(): at least one path is needed, or allowEmpty()");
    }

    private static void refused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void saysWhatIsCut() throws Exception {
        Path file = write("x.csv", "a\n" + "1\n".repeat(100));
        assertThat(CsvFiles.options().blockSize(20).read(file).explain())
                .contains("values may have line ends, so a file is not cut; multiline(false) says that none has");
        assertThat(CsvFiles.options().blockSize(20).multiline(false).read(file).partitionCount())
                .isEqualTo(11);
        assertThat(CsvFiles.read(file).repartitionBySize("50B").partitionCount())
                .isEqualTo(5);
    }

    @Test
    void canBeKeptAndSent() throws Exception {
        Path file = write("x.csv", "a,b,c,d,e,f,g,h,i,j\n1,2,3,4,5,6,7,8,9,10\n2,2,3,4,5,6,7,8,9,10\n");
        List<CsvRecord> records = CsvFiles.read(file).compute();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(records.get(0));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            CsvRecord again = (CsvRecord) in.readObject();
            assertThat(again).isEqualTo(records.get(0)).hasSameHashCodeAs(records.get(0));
            assertThat(again.get("j")).isEqualTo("10");
        }
        assertThat(records.get(0)).isNotEqualTo(records.get(1));
        try (Runner runner = Runner.local().memory("1B").build()) {
            assertThat(CsvFiles.read(file)
                            .sortBy(record -> -record.longValue("a"))
                            .compute(runner))
                    .containsExactly(records.get(1), records.get(0));
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
