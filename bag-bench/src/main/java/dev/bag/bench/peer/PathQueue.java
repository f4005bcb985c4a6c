package dev.bag.bench.peer;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** Files that a thread for each processor takes one by one, and counts in a table of its own. */
final class PathQueue {

    /** Adds what is in a file to a table. */
    interface Counter<T> {
        void count(InputStream in, T table) throws IOException;
    }

    private PathQueue() {}

    /** Returns the tables of all threads. */
    static <T> List<T> tables(Supplier<T> newTable, Counter<T> counter, String... paths) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Queue<String> queue = new ConcurrentLinkedQueue<>(List.of(paths));
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(() -> {
                    T table = newTable.get();
                    for (String path = queue.poll(); path != null; path = queue.poll()) {
                        try (InputStream in = open(path)) {
                            counter.count(in, table);
                        }
                    }
                    return table;
                }));
            }
            List<T> tables = new ArrayList<>();
            for (Future<T> each : running) {
                tables.add(each.get());
            }
            return tables;
        } finally {
            executor.shutdownNow();
        }
    }

    private static InputStream open(String path) throws IOException {
        InputStream in = Files.newInputStream(Path.of(path));
        if (path.endsWith(".gz")) return new GZIPInputStream(in, 1 << 16);
        if (path.endsWith(".zst")) return new ZstdInputStream(new BufferedInputStream(in, 1 << 16));
        return in;
    }
}
