package dev.bag.bench;

import dev.bag.fold.Fold;
import dev.bag.io.TextFiles;

/** The lines of access logs sorted by client, and a checksum over them in that order, with bag: {@code SortByClient LOGS}. */
public final class SortByClient {

    private SortByClient() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    static String of(String... paths) {
        return TextFiles.read(paths)
                .sortBy(LogLine::client)
                .fold(Fold.of(LineChecksum::new, LineChecksum::add, LineChecksum::append, LineChecksum::toString))
                .compute();
    }
}
