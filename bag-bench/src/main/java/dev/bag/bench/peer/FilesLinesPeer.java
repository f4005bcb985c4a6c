package dev.bag.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What most people would write, without any library. {@code FilesLinesPeer status FILES}: how often each status occurs
 * in gzip files, by {@code readLine}, a task for each file. {@code FilesLinesPeer count FILES}: how many lines there are
 * in plain files, by {@code Files.lines} in a parallel stream.
 */
public final class FilesLinesPeer {

    private FilesLinesPeer() {}

    public static void main(String... arguments) throws Exception {
        String[] paths = Arrays.copyOfRange(arguments, 1, arguments.length);
        String result = switch (arguments[0]) {
            case "status" -> statusCounts(paths);
            case "count" -> lineCount(paths);
            default -> throw new IllegalArgumentException(arguments[0] + ": status or count is needed");
        };
        System.out.println("RESULT " + result);
    }

    /** How often each status occurs. */
    public static String statusCounts(String... paths) throws Exception {
        try (Workers workers = new Workers()) {
            for (String path : paths) {
                workers.submit(() -> countStatuses(Path.of(path)));
            }
            return workers.sum().toString();
        }
    }

    private static StatusTable countStatuses(Path file) throws IOException {
        StatusTable table = new StatusTable();
        InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                table.addLine(line);
            }
        }
        return table;
    }

    /** How many lines there are. */
    public static String lineCount(String... paths) {
        return String.valueOf(
                Arrays.stream(paths).parallel().flatMap(FilesLinesPeer::lines).count());
    }

    private static Stream<String> lines(String path) {
        try {
            return Files.lines(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
