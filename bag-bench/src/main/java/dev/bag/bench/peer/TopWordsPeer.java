package dev.bag.bench.peer;

import dev.bag.bench.Counts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The 20 words that occur most often, without any library and with a String for each word. {@code TopWordsPeer stream
 * FILES}: a parallel stream of files and {@code groupingBy}. {@code TopWordsPeer merge FILES}: a task and a
 * {@code HashMap} for each processor, merged in the end.
 */
public final class TopWordsPeer {

    private TopWordsPeer() {}

    public static void main(String... arguments) throws Exception {
        String[] paths = Arrays.copyOfRange(arguments, 1, arguments.length);
        String result = switch (arguments[0]) {
            case "stream" -> stream(paths);
            case "merge" -> merge(paths);
            default -> throw new IllegalArgumentException(arguments[0] + ": stream or merge is needed");
        };
        System.out.println("RESULT " + result);
    }

    /** By a parallel stream. */
    public static String stream(String... paths) {
        return Counts.top(
                20,
                Arrays.stream(paths)
                        .parallel()
                        .flatMap(TopWordsPeer::lines)
                        .flatMap(line -> Arrays.stream(line.split(" ")))
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    /** By maps of counters. */
    public static String merge(String... paths) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Queue<String> queue = new ConcurrentLinkedQueue<>(Arrays.asList(paths));
            List<Future<Map<String, long[]>>> maps = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                maps.add(executor.submit(() -> count(queue)));
            }
            Map<String, Long> sum = new HashMap<>();
            for (Future<Map<String, long[]>> map : maps) {
                map.get().forEach((word, count) -> sum.merge(word, count[0], Long::sum));
            }
            return Counts.top(20, sum);
        } finally {
            executor.shutdownNow();
        }
    }

    private static Map<String, long[]> count(Queue<String> paths) throws IOException {
        Map<String, long[]> counts = new HashMap<>();
        for (String path = paths.poll(); path != null; path = paths.poll()) {
            try (BufferedReader reader = Files.newBufferedReader(Path.of(path))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    for (String word : line.split(" ")) {
                        counts.computeIfAbsent(word, key -> new long[1])[0]++;
                    }
                }
            }
        }
        return counts;
    }

    private static Stream<String> lines(String path) {
        try {
            return Files.lines(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
