package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as JSON lines is read back as it was. */
class JsonWriteTest {

    @TempDir
    private Path folder;

    record User(int id, String name) {}

    record Event(User user, double amount, List<String> tags) {}

    private static final List<Event> EVENTS = IntStream.range(0, 300)
            .mapToObj(i -> new Event(
                    new User(i, "line\n\r\u2028\t\"" + "é😀".repeat(i % 4)),
                    i / 8.0,
                    List.of("a", "b\\").subList(0, i % 3)))
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"part-*.json", "part-*.json.gz", "all.json", "all.json.zst"})
    void objectsComeBackEqualAndInOrder(String name) {
        for (int partitions : new int[] {1, 3, 7}) {
            Path target = folder.resolve(partitions + "-" + name);
            Written written = JsonLines.write(Bag.from(EVENTS, partitions), target.toString());
            assertThat(written.records()).isEqualTo(EVENTS.size());
            Path[] paths = written.paths().toArray(Path[]::new);
            assertThat(JsonLines.read(Event.class, paths).compute()).isEqualTo(EVENTS);
            assertThat(JsonLines.select("user.name")
                            .read(paths)
                            .map(row -> row.text(0))
                            .compute())
                    .isEqualTo(EVENTS.stream().map(event -> event.user().name()).toList());
        }
    }

    @Test
    void treesAndMapsComeBackEqual() {
        Bag<JsonNode> trees = JsonLines.read(
                JsonLines.write(Bag.from(EVENTS), folder.resolve("a")).paths().toArray(Path[]::new));
        List<JsonNode> all = trees.compute();
        Path[] again = JsonLines.write(trees, folder.resolve("b")).paths().toArray(Path[]::new);
        assertThat(JsonLines.read(again).compute()).isEqualTo(all);

        List<Map<String, Object>> maps = List.of(Map.of("x", 1), Map.of("y", List.of(true, "z")));
        Path[] ofMaps =
                JsonLines.write(Bag.from(maps), folder.resolve("c")).paths().toArray(Path[]::new);
        assertThat(JsonLines.read(Map.class, ofMaps).compute()).isEqualTo(maps);
    }

    @Test
    void aMapperOfOnesOwnWritesOnOneLine() {
        ObjectMapper mapper = new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE);
        Bag<?> documents = JsonLines.documents(Bag.from(List.of(new User(7, "Ann"))), mapper);
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE); // too late
        assertThat(documents.map(Object::toString).compute()).containsExactly("{\"Id\":7,\"Name\":\"Ann\"}");
    }

    @Test
    void sharesAPassWithOtherResults() throws IOException {
        Bag<Event> events = Bag.from(EVENTS, 4);
        Delayed<Written> written = JsonLines.writeLater(events, folder.resolve("out-*.json"));
        Delayed<Long> count = events.count();
        Results results = Delayed.computeAll(written, count);
        assertThat(results.get(written).paths()).hasSize(4).allMatch(Files::isRegularFile);
        assertThat(results.get(count)).isEqualTo(EVENTS.size());
    }

    @Test
    void whatCannotBeWrittenIsNamedAndNothingIsWritten() throws IOException {
        Bag<Object> odd = Bag.from(List.of("fine", new Object()));
        assertThatThrownBy(() -> JsonLines.write(odd, folder.resolve("odd.json")))
                .isInstanceOf(BagException.class)
                .hasMessageContaining("java.lang.Object");
        Path rows = Files.writeString(folder.resolve("rows.json"), "{\"a\":1}\n");
        assertThatThrownBy(() -> JsonLines.write(
                        JsonLines.select("a").read(rows),
                        folder.resolve("odd.json").toString()))
                .isInstanceOf(BagException.class)
                .hasMessageContaining("map it to a record");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(rows);
        }
    }
}
