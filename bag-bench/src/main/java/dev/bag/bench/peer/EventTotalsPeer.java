package dev.bag.bench.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bag.bench.Totals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The 10 users with the largest total of amounts above 100, by Jackson and a thread for each processor. {@code
 * EventTotalsPeer bytes FILES}: lines found a byte at a time, of which a parser reads what is asked for. {@code
 * EventTotalsPeer tree FILES}: {@code readLine}, and a tree for each line.
 */
public final class EventTotalsPeer {

    private static final double LEAST = 100;

    private EventTotalsPeer() {}

    public static void main(String... arguments) throws Exception {
        System.out.println("RESULT " + of(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length)));
    }

    /** By bytes or by trees. */
    public static String of(String form, String... paths) throws Exception {
        List<Map<Long, Double>> tables = PathQueue.tables(
                HashMap::new,
                switch (form) {
                    case "bytes" -> EventTotalsPeer::countBytes;
                    case "tree" -> EventTotalsPeer::countTrees;
                    default -> throw new IllegalArgumentException(form + ": bytes or tree is needed");
                },
                paths);
        Map<Long, Double> sums = new HashMap<>();
        tables.forEach(table -> table.forEach((user, total) -> sums.merge(user, total, Double::sum)));
        return Totals.top(10, sums);
    }

    private static void countTrees(InputStream in, Map<Long, Double> totals) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            JsonNode event = mapper.readTree(line);
            double amount = event.get("amount").asDouble();
            if (amount > LEAST) totals.merge(event.get("user").get("id").asLong(), amount, Double::sum);
        }
    }

    private static void countBytes(InputStream in, Map<Long, Double> totals) throws IOException {
        JsonFactory factory = new JsonFactory();
        LineScan.byBytes(in, (bytes, from, to) -> {
            try (JsonParser parser = factory.createParser(bytes, from, to - from)) {
                count(parser, totals);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Reads no further than it has to. */
    private static void count(JsonParser parser, Map<Long, Double> totals) throws IOException {
        long user = -1;
        double amount = 0;
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("amount")) {
                amount = parser.getDoubleValue();
                if (!(amount > LEAST)) return;
                if (user >= 0) break;
            } else if (name.equals("user")) {
                user = userId(parser);
            } else {
                parser.skipChildren();
            }
        }
        totals.merge(user, amount, Double::sum);
    }

    private static long userId(JsonParser parser) throws IOException {
        long id = -1;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("id")) id = parser.getLongValue();
            else parser.skipChildren();
        }
        return id;
    }
}
