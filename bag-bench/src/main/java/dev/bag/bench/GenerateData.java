package dev.bag.bench;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the data of the comparisons, the same each time: {@code GenerateData DIRECTORY [SCALE]}. 16 logs of 64 MiB times
 * the scale, each as {@code access-NN.log} and {@code access-NN.log.gz}; all of them in one {@code access-all.log}, and
 * that as {@code access-all.log.gz}; 8 texts {@code words-N.txt} of 62.5 MiB times the scale; {@code clients.tsv}, a
 * table of 2,000,000 clients of the logs times the scale; and {@code tiny.txt} of 1 KB. {@code GenerateData DIRECTORY
 * SCALE limits} also makes {@code access-NN.log.zst} and 48 more logs, {@code more-NN.log}. {@code GenerateData DIRECTORY
 * SCALE files} also makes {@code access-NN.log.bz2}; {@code access-all.log} as .bz2 and .zst, and of several frames or
 * members as {@code access-frames.log.zst} and {@code access-bgzf.log.gz}; 8 files {@code events-N.json} of 62.5 MiB and
 * {@code orders.csv} of 500 MiB, times the scale; and 20 archives {@code texts-NN.zip} of 5,000 entries. What is there is
 * left alone.
 */
public final class GenerateData {

    private static final int PARTS = 16;
    private static final int MORE_PARTS = 48;
    private static final long PART_BYTES = 64L << 20;
    private static final int TEXTS = 8;
    private static final long TEXT_BYTES = 125L << 19;
    private static final int CLIENTS = 2_000_000;

    private GenerateData() {}

    public static void main(String... arguments) throws Exception {
        double scale = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1;
        into(Path.of(arguments[0]), scale);
        if (arguments.length > 2 && arguments[2].equals("limits")) forLimits(Path.of(arguments[0]), scale);
        if (arguments.length > 2 && arguments[2].equals("files")) forFiles(Path.of(arguments[0]), scale);
    }

    static void into(Path directory, double scale) throws Exception {
        Files.createDirectories(directory);
        Path all = directory.resolve("access-all.log.gz");
        if (!Files.exists(all) || !Files.exists(part(directory, PARTS - 1))) {
            logs(directory, (int) (PART_BYTES * scale));
            finish(unfinished(all));
        }
        for (int text = 0; text < TEXTS; text++) {
            Path file = directory.resolve("words-" + text + ".txt");
            if (!Files.exists(file)) write(file, new WordWriter(text).text((int) (TEXT_BYTES * scale)));
        }
        Path clients = directory.resolve("clients.tsv");
        if (!Files.exists(clients)) {
            write(clients, Hosts.table((int) (CLIENTS * scale)).getBytes(StandardCharsets.ISO_8859_1));
        }
        Path tiny = directory.resolve("tiny.txt");
        if (!Files.exists(tiny)) Files.writeString(tiny, "0123456789012345678901234567890\n".repeat(32));
    }

    /** What is added for {@code limits.sh}. */
    static void forLimits(Path directory, double scale) throws IOException {
        for (int part = 0; part < PARTS; part++) {
            Path raw = part(directory, part);
            Path compressed = raw.resolveSibling(raw.getFileName() + ".zst");
            if (Files.exists(compressed)) continue;
            try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(unfinished(compressed)))) {
                Files.copy(raw, out);
            }
            finish(unfinished(compressed));
        }
        for (int part = PARTS; part < PARTS + MORE_PARTS; part++) {
            Path file = directory.resolve("more-" + part + ".log");
            if (!Files.exists(file)) write(file, new LogWriter(part).log((int) (PART_BYTES * scale)));
        }
    }

    /** What is added for {@code files.sh}. */
    static void forFiles(Path directory, double scale) throws Exception {
        GenerateFiles.into(
                directory,
                scale,
                IntStream.range(0, PARTS)
                        .mapToObj(part -> part(directory, part))
                        .toList());
    }

    /** The parts are made and compressed by several threads, and put together in their order by this one. */
    private static void logs(Path directory, int partBytes) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        Path raw = unfinished(directory.resolve("access-all.log"));
        try (OutputStream rawOut = Files.newOutputStream(raw);
                OutputStream zipped = gzip(unfinished(directory.resolve("access-all.log.gz")))) {
            Queue<Future<byte[]>> ahead = new ArrayDeque<>();
            for (int next = 0; next < PARTS || !ahead.isEmpty(); ) {
                while (next < PARTS && ahead.size() < threads) {
                    int part = next++;
                    ahead.add(executor.submit(() -> part(directory, part, partBytes)));
                }
                byte[] bytes = ahead.remove().get();
                rawOut.write(bytes);
                zipped.write(bytes);
            }
        } finally {
            executor.shutdownNow();
        }
        finish(raw);
    }

    private static byte[] part(Path directory, int part, int byteCount) throws IOException {
        byte[] bytes = new LogWriter(part).log(byteCount);
        Path file = part(directory, part);
        Path zipped = unfinished(file.resolveSibling(file.getFileName() + ".gz"));
        try (OutputStream out = gzip(zipped)) {
            out.write(bytes);
        }
        finish(zipped);
        write(file, bytes);
        return bytes;
    }

    private static Path part(Path directory, int part) {
        return directory.resolve(String.format(Locale.ROOT, "access-%02d.log", part));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path unfinished = unfinished(file);
        Files.write(unfinished, bytes);
        finish(unfinished);
    }

    private static OutputStream gzip(Path file) throws IOException {
        return new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), 1 << 16);
    }

    static Path unfinished(Path file) {
        return file.resolveSibling("." + file.getFileName());
    }

    static void finish(Path unfinished) throws IOException {
        String name = unfinished.getFileName().toString().substring(1);
        Files.move(unfinished, unfinished.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** For benchmarks that need a log in memory. */
    public static String log(int byteCount) {
        return new String(new LogWriter(0).log(byteCount), StandardCharsets.ISO_8859_1);
    }
}
