package dev.bag.bench.peer;

import dev.bag.bench.ArchiveWords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipInputStream;

/** How many words there are in all files of zip archives, by the JDK's reader of streams and a thread for each processor. */
public final class ArchiveWordsPeer {

    private ArchiveWordsPeer() {}

    public static void main(String... paths) throws Exception {
        System.out.println("RESULT " + of(paths));
    }

    /** Adds up what is in all archives. */
    public static String of(String... paths) throws Exception {
        List<long[]> counts = PathQueue.tables(
                () -> new long[1],
                (in, count) -> {
                    ZipInputStream zip = new ZipInputStream(in);
                    while (zip.getNextEntry() != null) {
                        count[0] += ArchiveWords.wordCount(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                    }
                },
                paths);
        return String.valueOf(counts.stream().mapToLong(count -> count[0]).sum());
    }
}
