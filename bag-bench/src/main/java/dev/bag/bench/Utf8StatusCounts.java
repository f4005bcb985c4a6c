package dev.bag.bench;

import dev.bag.io.TextFiles;
import dev.bag.value.Utf8;
import java.util.Map;

/** How often each status occurs in access logs, with bag and without Strings: {@code Utf8StatusCounts FILES}. */
public final class Utf8StatusCounts {

    private Utf8StatusCounts() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    static String of(String... paths) {
        Map<Utf8, Long> counts = TextFiles.readUtf8(paths)
                .map(line -> line.field(' ', 8))
                .frequencies()
                .toMap()
                .compute();
        return StatusCounts.text(counts);
    }
}
