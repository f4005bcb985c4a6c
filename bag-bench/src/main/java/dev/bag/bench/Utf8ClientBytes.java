package dev.bag.bench;

import dev.bag.fold.Folds;
import dev.bag.io.TextFiles;
import dev.bag.value.Utf8;

/**
 * The 10 clients to which most bytes were sent, by access logs, with bag and without Strings: {@code Utf8ClientBytes
 * LOGS}.
 */
public final class Utf8ClientBytes {

    private Utf8ClientBytes() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    static String of(String... paths) {
        return Counts.text(TextFiles.readUtf8(paths)
                .foldBy(line -> line.field(' ', 0), Folds.summingLong(Utf8ClientBytes::bytes))
                .topByValue(10)
                .compute());
    }

    /** The tenth word, which is {@code -} for none. */
    private static long bytes(Utf8 line) {
        Utf8 word = line.field(' ', 9);
        return word.byteAt(0) == '-' ? 0 : word.parseLong();
    }
}
