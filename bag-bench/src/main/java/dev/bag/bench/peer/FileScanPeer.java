package dev.bag.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * How often each status occurs in gzip files, without any library: a task for each file, line ends found in the bytes, a
 * String for each line. Quicker than {@code readLine}.
 */
public final class FileScanPeer {

    private FileScanPeer() {}

    public static void main(String... paths) throws Exception {
        System.out.println("RESULT " + of(paths));
    }

    /** Any number of paths. */
    public static String of(String... paths) throws Exception {
        try (Workers workers = new Workers()) {
            for (String path : paths) {
                workers.submit(() -> count(Path.of(path)));
            }
            return workers.sum().toString();
        }
    }

    private static StatusTable count(Path file) throws IOException {
        StatusTable table = new StatusTable();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
            table.addAll(in);
        }
        return table;
    }
}
