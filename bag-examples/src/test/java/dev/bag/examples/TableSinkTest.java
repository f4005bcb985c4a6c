package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import dev.bag.io.ArchiveEntry;
import dev.bag.io.Archives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows arrive once each, or not at all, whatever fails meanwhile. */
class TableSinkTest {

    private static final int COUNT = 10_000;
    private static final String URL = "jdbc:h2:mem:sink";

    private final TableSink<Integer> sink =
            new TableSink<>(URL, "numbers", "name, n", n -> Arrays.asList(n % 7 == 0 ? null : "n" + n, n));

    private final Bag<Integer> bag = Bag.from(IntStream.range(0, COUNT).boxed().toList(), 8);

    /** As long as it is open the database is there. */
    private Connection connection;

    @BeforeEach
    void createTable() throws SQLException {
        connection = DriverManager.getConnection(URL);
        execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY, name VARCHAR(10))");
        execute("INSERT INTO numbers VALUES (-1, 'earlier')");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private void assertRows(int count) throws SQLException {
        assertThat(query("SELECT COUNT(*) FROM numbers WHERE n >= 0")).containsExactly(String.valueOf(count));
        assertThat(query("SELECT name FROM numbers WHERE n = -1")).containsExactly("earlier");
        assertThat(query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'"))
                .containsExactly("NUMBERS");
    }

    @Test
    void rowsAreThereWhenAllAreWritten() throws SQLException {
        assertThat(bag.write(sink)).isEqualTo(COUNT);
        assertRows(COUNT);
        assertThat(query("SELECT name FROM numbers WHERE n IN (7, 8) ORDER BY n"))
                .containsExactly(null, "n8");
        assertThat(Bag.<Integer>empty().write(sink)).isZero();
    }

    @Test
    void filesInZipsBecomeRows(@TempDir Path folder) throws Exception {
        for (int zip = 0; zip < 3; zip++) {
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(folder.resolve(zip + ".zip")))) {
                for (int i = 0; i < 2_000; i++) {
                    out.putNextEntry(new ZipEntry("drop/" + i + ".txt"));
                    out.write(("file " + i).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        execute("CREATE TABLE files (archive VARCHAR(200), name VARCHAR(200), text VARCHAR(1000))");
        TableSink<ArchiveEntry> files = new TableSink<>(
                URL, "files", "archive, name, text", entry -> List.of(entry.archive(), entry.name(), entry.text()));
        assertThat(Archives.read(folder.toString()).write(files)).isEqualTo(6_000);
        assertThat(query("SELECT COUNT(DISTINCT archive || name) FROM files")).containsExactly("6000");
        assertThat(query("SELECT text FROM files WHERE name = 'drop/17.txt'"))
                .containsExactly("file 17", "file 17", "file 17");
        execute("DROP TABLE files");
    }

    @Test
    void tasksThatAreRunAgainLeaveNothingTwice() throws SQLException {
        Set<Integer> failed = ConcurrentHashMap.newKeySet();
        Bag<Integer> flaky = bag.peek(n -> {
            if (n % 1_249 == 1_248 && failed.add(n)) {
                throw new IOException("not now");
            }
        });
        try (Runner runner = Runner.local().threads(3).retries(2).build()) {
            assertThat(flaky.write(sink, runner)).isEqualTo(COUNT);
        }
        assertThat(failed).hasSize(8);
        assertRows(COUNT);
    }

    @Test
    void whatFailsLeavesNothing() throws SQLException {
        Bag<Integer> failing = bag.map(n -> 10 / (n - 9_000) + n);
        assertThatThrownBy(() -> failing.write(sink))
                .isInstanceOf(BagException.class)
                .hasRootCauseMessage("/ by zero");
        assertRows(0);
        Bag<Integer> twice = bag.concat(Bag.of(77));
        assertThatThrownBy(() -> twice.write(sink)).hasMessageContaining("PRIMARY KEY ON PUBLIC.NUMBERS");
        assertRows(0);
        TableSink<Integer> missing = new TableSink<>(URL, "nowhere", "n", List::of);
        assertThatThrownBy(() -> bag.write(missing)).hasMessageContaining("NOWHERE");
    }
}
