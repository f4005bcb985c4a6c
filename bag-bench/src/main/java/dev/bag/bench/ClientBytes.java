package dev.bag.bench;

import dev.bag.fold.Folds;
import dev.bag.io.TextFiles;

/** The 10 clients to which most bytes were sent, by access logs, with bag: {@code ClientBytes LOGS}. */
public final class ClientBytes {

    private ClientBytes() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    static String of(String... paths) {
        return Counts.text(TextFiles.read(paths)
                .foldBy(LogLine::client, Folds.summingLong(LogLine::bytes))
                .topByValue(10)
                .compute());
    }
}
