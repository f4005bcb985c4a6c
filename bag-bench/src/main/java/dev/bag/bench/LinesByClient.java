package dev.bag.bench;

import dev.bag.io.TextFiles;
import java.util.List;

/**
 * The lines of access logs grouped by client, whole, and of these groups the 10 with most characters, with bag:
 * {@code LinesByClient LOGS}.
 */
public final class LinesByClient {

    private LinesByClient() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    static String of(String... paths) {
        return Counts.text(TextFiles.read(paths)
                .groupBy(LogLine::client)
                .mapValues(LinesByClient::characters)
                .entries()
                .topK(10, Counts.BY_COUNT)
                .compute());
    }

    private static long characters(List<String> lines) {
        long count = 0;
        for (String line : lines) {
            count += line.length();
        }
        return count;
    }
}
