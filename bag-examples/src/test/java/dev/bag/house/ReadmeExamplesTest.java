package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.KeyedBag;
import dev.bag.Results;
import dev.bag.Runner;
import dev.bag.examples.GenerateLogs;
import dev.bag.examples.TableSink;
import dev.bag.fold.Folds;
import dev.bag.io.CsvFiles;
import dev.bag.io.FileContent;
import dev.bag.io.FileErrorPolicy;
import dev.bag.io.JsonLines;
import dev.bag.io.TextFiles;
import dev.bag.io.WholeFiles;
import dev.bag.io.Written;
import dev.bag.source.Source;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.Pair;
import dev.bag.value.Quantiles;
import dev.bag.value.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The Java blocks of the README and the tour, in the order of the tour. A block is what stands between a line
 * {@code // readme: name} and a line {@code // end} in a test; {@link ReadmeTest} compares the two.
 */
class ReadmeExamplesTest {

    /** The README says that the examples are run after the first command, which makes these logs. */
    @BeforeAll
    static void generateLogs() {
        GenerateLogs.into("target/access-logs");
    }

    private static Bag<String> lines() {
        return TextFiles.read("target/access-logs/*.gz");
    }

    @Test
    void read() {
        // readme: read
        Bag<String> lines = TextFiles.read("target/access-logs/*.gz"); // lists the files, reads nothing
        List<String> first = lines.take(3); // reads until there are three
        long count = lines.count().compute(); // reads everything, on all cores
        // end
        assertThat(lines.toString()).isEqualTo("Bag[4 partitions: target/access-logs/*.gz]");
        assertThat(first).hasSize(3).allMatch(line -> line.contains("[31/May/2024:00:00:00 +0000]"));
        assertThat(count).isEqualTo(560_000);
    }

    @Test
    void readUtf8() {
        // readme: read as bytes
        KeyedBag<Utf8, Long> statuses = TextFiles.readUtf8("target/access-logs/*.gz")
                .filter(line -> line.contains("HTTP"))
                .map(line -> line.field(' ', 8))
                .frequencies();

        long served = statuses.filterKeys(status -> status.parseInt() < 400)
                .values()
                .sumLong(n -> n)
                .compute();
        // end
        assertThat(served)
                .isEqualTo(lines().filter(line -> line.matches(".* HTTP/[^ ]* [1-3][0-9]{2} .*"))
                        .count()
                        .compute());
    }

    @Test
    void json() throws Exception {
        // readme: json
        Path file = Files.writeString(Path.of("target/events.json"), """
                {"user": {"id": 7, "name": "Ann"}, "amount": 2.5}
                {"user": {"id": 8, "name": "Bob"}, "amount": 1}
                {"user": {"id": 7, "name": "Ann"}, "amount": 4}
                """);

        KeyedBag<Long, Double> amounts = JsonLines.select("user.id", "amount")
                .read(file)
                .foldBy(row -> row.longValue(0), Folds.summing(row -> row.doubleValue(1)));
        amounts.toMap().compute(); // {7=6.5, 8=1.0}

        Bag<JsonNode> trees = JsonLines.read(file); // or JsonLines.read(Event.class, file), for a record Event
        trees.map(tree -> tree.at("/user/name").textValue()).distinct().compute(); // [Ann, Bob]
        // end
        assertThat(amounts.toMap().compute()).isEqualTo(Map.of(7L, 6.5, 8L, 1.0));
        assertThat(trees.map(tree -> tree.at("/user/name").textValue())
                        .distinct()
                        .compute())
                .containsExactly("Ann", "Bob");
    }

    @Test
    void mapAndFilter() {
        Bag<String> lines = lines();
        // readme: map and filter
        Bag<String> failedHosts =
                lines.filter(line -> line.contains("\" 503 ")).map(line -> line.substring(0, line.indexOf(' ')));
        // end
        assertThat(failedHosts.take(20)).hasSize(20).allMatch(host -> host.matches("10\\.\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void frequencies() {
        Bag<String> lines = lines();
        // readme: frequencies
        Bag<String> methods = lines.filter(line -> line.contains("HTTP"))
                .map(line -> line.split("\"")[1].split(" ")[0]);

        Map<String, Long> counts = methods.frequencies().toMap().compute();
        List<Pair<String, Long>> top = methods.frequencies().topByValue(1).compute(); // the most frequent
        // end
        assertThat(counts).containsOnlyKeys("GET", "POST");
        assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(560_000 - 8);
        assertThat(top).containsExactly(Pair.of("GET", counts.get("GET")));
    }

    @Test
    void quantiles() {
        Bag<String> lines = lines();
        // readme: quantiles
        Quantiles lengths =
                lines.fold(Folds.quantiles(String::length, 0.5, 0.99)).compute();
        double median = lengths.at(0.5);
        // end
        assertThat(lengths.ranks()).containsExactly(0.5, 0.99);
        assertThat(median).isBetween(100.0, lengths.at(0.99));
        assertThat(lengths).hasToString("Quantiles[0.5=" + median + ", 0.99=" + lengths.at(0.99) + "]");
    }

    @Test
    void groupBy() {
        // readme: groupBy
        Bag<String> fruit = Bag.of("pear", "fig", "plum", "kiwi", "nut");
        KeyedBag<Integer, List<String>> byLength = fruit.groupBy(String::length);
        KeyedBag<Integer, String> joined = fruit.foldBy(String::length, Folds.joining(" "));

        byLength.toMap().compute().get(3); // [fig, nut]
        joined.toMap().compute().get(4); // pear plum kiwi
        // end
        assertThat(byLength.toMap().compute().get(3)).containsExactly("fig", "nut");
        assertThat(joined.toMap().compute().get(4)).isEqualTo("pear plum kiwi");
    }

    @Test
    void join() {
        // readme: join
        KeyedBag<String, Long> monday = Bag.of("fig", "pear", "fig").frequencies();
        KeyedBag<String, Long> tuesday = Bag.of("pear", "plum").frequencies();

        monday.join(tuesday).toMap().compute(); // {pear=(1, 1)}
        // end
        assertThat(monday.join(tuesday).toMap().compute()).hasToString("{pear=(1, 1)}");
    }

    @Test
    void computeAll() {
        Bag<String> lines = lines();
        // readme: computeAll
        Delayed<Long> count = lines.count();
        Delayed<Optional<String>> longest = lines.max(Comparator.comparing(String::length));
        Delayed<Double> meanLength = lines.mean(String::length);

        Results results = Delayed.computeAll(count, longest, meanLength);
        long theCount = results.get(count);
        String theLongest = results.get(longest).orElseThrow();
        // end
        assertThat(theCount).isEqualTo(560_000);
        assertThat((double) theLongest.length()).isGreaterThan(results.get(meanLength));
    }

    @Test
    void errors() {
        // readme: errors
        Bag<Integer> networks = TextFiles.read("target/access-logs/access-1.log.gz")
                .map(line -> Integer.parseInt(line.split("\\.")[0]))
                .named("first number of the host");
        // end
        assertThatThrownBy(() -> networks.distinct().compute()).isInstanceOfSatisfying(BagException.class, e -> {
            assertThat(ReadmeTest.DOCUMENTS)
                    .allSatisfy(document -> assertThat(String.join("\n", SourceTree.lines(document)))
                            .contains(e.getMessage()));
            assertThat(e.operator()).isEqualTo("first number of the host");
            assertThat(e.location().orElseThrow().line()).hasValue(70_001);
            assertThat(e).hasCauseInstanceOf(NumberFormatException.class);
        });
    }

    @Test
    void badRecords() throws IOException {
        // readme: bad records
        Path numbers = Files.writeString(Path.of("target/numbers.txt"), "12\n7\nn/a\n30\n");
        Bag<Integer> parsed = TextFiles.options()
                .onFileError(FileErrorPolicy.SKIP_FILE)
                .read("target/numbers.txt")
                .map(Integer::parseInt)
                .onError(ErrorPolicy.deadLetter("target/bad-numbers.jsonl", 1_000));
        parsed.sumLong(number -> number).compute(); // 49

        String reason = JsonLines.select("line", "message", "record")
                .read("target/bad-numbers.jsonl")
                .map(row -> row.text(0) + ": " + row.text(1))
                .first()
                .orElseThrow(); // 3: For input string: "n/a"
        // end
        assertThat(numbers).exists();
        assertThat(parsed.compute()).containsExactly(12, 7, 30);
        assertThat(reason).isEqualTo("3: For input string: \"n/a\"");
    }

    @Test
    void csvFiles() throws IOException {
        Files.writeString(
                Path.of("target/sales.csv"),
                "day,item,count,discount\n2024-05-01,nut,3,\n2024-05-02,\"fig, dried\",1,0.5\n2024-05-02,nut,4,0.25\n");
        // readme: csv
        record Sale(LocalDate day, String item, int count, Optional<Double> discount) {}

        Map<String, Long> sold = CsvFiles.read(Sale.class, "target/sales.csv")
                .foldBy(Sale::item, Folds.summingLong(Sale::count))
                .toMap()
                .compute();
        double discounts = CsvFiles.read("target/sales.csv")
                .filter(row -> !row.get("discount").isEmpty())
                .sum(row -> row.doubleValue("discount"))
                .compute();
        // end
        assertThat(sold).isEqualTo(Map.of("nut", 7L, "fig, dried", 1L));
        assertThat(discounts).isEqualTo(0.75);
    }

    @Test
    void wholeFiles() {
        // readme: whole files
        Bag<Integer> sizes = WholeFiles.read("target/access-logs/*.gz").map(FileContent::length);
        long largest = sizes.max(Comparator.naturalOrder()).compute().orElseThrow();
        // end
        assertThat(sizes.count().compute()).isEqualTo(4);
        assertThat(largest).isGreaterThan(1_000_000);
    }

    @Test
    void customSource() {
        // readme: custom source
        Source<Integer> dice = Source.of(
                "two dice",
                List.of(
                        () -> new Random(1).ints(1_000, 1, 7).iterator(),
                        () -> new Random(2).ints(1_000, 1, 7).iterator()));
        Map<Integer, Long> rolls = Bag.from(dice).frequencies().toMap().compute();
        // end
        assertThat(new TreeMap<>(rolls)).containsOnlyKeys(1, 2, 3, 4, 5, 6);
        assertThat(rolls.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(2_000);
    }

    @Test
    void write() throws IOException {
        Bag<String> lines = lines();
        deleteErrors();
        // readme: write
        Bag<String> errors = lines.filter(line -> line.contains("\" 500 "));
        Delayed<Written> written = TextFiles.writeLater(errors, "target/errors/part-*.txt.gz");
        Delayed<Long> all = lines.count();
        Results both = Delayed.computeAll(written, all);

        List<Path> files = both.get(written).paths(); // part-0.txt.gz, part-1.txt.gz, …
        TextFiles.writeOptions().overwrite().write(errors.sorted(), "target/errors.txt"); // one file
        // end
        assertThat(both.get(all)).isEqualTo(560_000);
        assertThat(files).hasSize(lines.partitionCount()).allMatch(Files::exists);
        assertThat(files.get(0)).hasFileName("part-0.txt.gz");
        assertThat(TextFiles.read("target/errors").compute()).isEqualTo(errors.compute());
        assertThat(TextFiles.read("target/errors.txt").compute())
                .isEqualTo(errors.sorted().compute());
        deleteErrors();
    }

    @Test
    void rows() throws SQLException {
        String database = "jdbc:h2:mem:tour";
        try (Connection open = DriverManager.getConnection(database);
                Statement statement = open.createStatement()) {
            statement.execute("CREATE TABLE sales (item VARCHAR(20), amount INTEGER)");
            // readme: rows
            record Sale(String item, int amount) {}

            Bag<Sale> sales = Bag.of(new Sale("tea", 2), new Sale("milk, \"fresh\"", 1));
            CsvFiles.writeOptions().overwrite().write(sales, "target/sales.csv"); // item,amount and two rows
            Bag<Sale> again = CsvFiles.read(Sale.class, "target/sales.csv");
            // end
            assertThat(Path.of("target/sales.csv")).hasContent("item,amount\ntea,2\n\"milk, \"\"fresh\"\"\",1\n");
            // readme: table
            var table =
                    new TableSink<Sale>(database, "sales", "item, amount", sale -> List.of(sale.item(), sale.amount()));
            long rows = again.write(table); // each row once, whatever had to be run again
            // end
            assertThat(rows).isEqualTo(2);
        }
    }

    private static void deleteErrors() throws IOException {
        Path folder = Path.of("target/errors");
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
        Files.deleteIfExists(Path.of("target/errors.txt"));
    }

    @Test
    void mapWith() {
        // readme: mapWith
        Bag<Integer> numbers = Bag.of(1, 2, 6);
        Delayed<Double> mean = numbers.mean(number -> number);
        Bag<Double> differences = numbers.mapWith(mean, (number, theMean) -> number - theMean);

        differences.compute(); // [-2.0, -1.0, 3.0]
        // end
        assertThat(differences.compute()).containsExactly(-2.0, -1.0, 3.0);
    }

    @Test
    void delayed() {
        // readme: delayed
        Delayed<Integer> width = Delayed.call(() -> 6);
        Delayed<Integer> height = Delayed.call(() -> 7);
        Delayed<Integer> area = Delayed.call((w, h) -> w * h, width, height);

        area.compute(); // 42
        // end
        assertThat(area.compute()).isEqualTo(42);
    }

    @Test
    void stream() {
        Bag<String> lines = lines();
        // readme: stream
        List<String> found;
        try (Stream<String> stream = lines.stream()) {
            found = stream.filter(line -> line.contains("curl")).limit(3).toList(); // in order, and reads no further
        }
        // end
        assertThat(found).hasSize(3).allMatch(line -> line.contains("curl"));
    }

    @Test
    void memory() {
        Bag<String> lines = lines();
        // readme: memory
        List<Pair<String, Integer>> largest;
        try (Runner runner = Runner.local().memory("64MB").build()) {
            largest = lines.groupBy(line -> line.split(" ")[0])
                    .mapValues(List::size)
                    .entries()
                    .topK(3, Comparator.comparing(Pair::second))
                    .compute(runner);
        }
        // end
        Map<String, Long> counts =
                lines.countBy(line -> line.split(" ")[0]).toMap().compute();
        assertThat(largest)
                .hasSize(3)
                .allSatisfy(each -> assertThat(counts).containsEntry(each.first(), (long) each.second()));
    }

    @Test
    void runner() {
        Bag<String> lines = lines();
        // readme: runner
        long count;
        try (Runner runner = Runner.local().threads(2).build()) {
            count = lines.count().compute(runner);
        }
        // end
        assertThat(count).isEqualTo(560_000);
    }
}
