package dev.bag.bench;

import dev.bag.io.TextFiles;
import dev.bag.value.Utf8;
import java.util.List;

/**
 * The lines of access logs grouped by client, whole, and of these groups the 10 with most bytes, with bag and without
 * Strings: {@code Utf8LinesByClient LOGS}.
 */
public final class Utf8LinesByClient {

    private Utf8LinesByClient() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    static String of(String... paths) {
        return Counts.text(TextFiles.readUtf8(paths)
                .groupBy(line -> line.field(' ', 0))
                .mapValues(Utf8LinesByClient::length)
                .entries()
                .topK(10, Counts.<Utf8>byCount())
                .compute());
    }

    private static long length(List<Utf8> lines) {
        long length = 0;
        for (Utf8 line : lines) {
            length += line.length();
        }
        return length;
    }
}
