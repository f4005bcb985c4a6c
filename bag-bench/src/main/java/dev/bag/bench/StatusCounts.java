package dev.bag.bench;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.io.TextFiles;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often each status occurs in access logs, with bag: {@code StatusCounts FILES}. */
public final class StatusCounts {

    private StatusCounts() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    static String of(String... paths) {
        return text(counts(TextFiles.read(paths)).compute());
    }

    static Delayed<Map<String, Long>> counts(Bag<String> lines) {
        return lines.map(StatusCounts::status).frequencies().toMap();
    }

    /** Counts by status, in the order of the statuses. */
    static String text(Map<?, Long> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(count -> count.getKey() + "=" + count.getValue())
                        .collect(Collectors.joining(";"));
    }

    /** The ninth word. */
    private static String status(String line) {
        int before = -1;
        for (int word = 0; word < 8; word++) {
            before = line.indexOf(' ', before + 1);
        }
        return line.substring(before + 1, line.indexOf(' ', before + 1));
    }
}
