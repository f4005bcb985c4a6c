package dev.bag.bench.peer;

import dev.bag.bench.Counts;
import dev.bag.bench.LogLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The 10 clients to which most bytes were sent, without any library: a parallel stream of files and {@code groupingBy}.
 * {@code ClientBytesPeer scan LOGS} looks for the two words it needs, as the program with bag does; {@code ClientBytesPeer
 * split LOGS} takes lines apart by {@code split(" ")}, as most people would.
 */
public final class ClientBytesPeer {

    private ClientBytesPeer() {}

    public static void main(String... arguments) {
        String[] paths = Arrays.copyOfRange(arguments, 1, arguments.length);
        String result = switch (arguments[0]) {
            case "scan" -> scan(paths);
            case "split" -> split(paths);
            default -> throw new IllegalArgumentException(arguments[0] + ": scan or split is needed");
        };
        System.out.println("RESULT " + result);
    }

    /** By the words that are needed. */
    public static String scan(String... paths) {
        Map<String, Long> bytes =
                allLines(paths).collect(Collectors.groupingBy(LogLine::client, Collectors.summingLong(LogLine::bytes)));
        return Counts.top(10, bytes);
    }

    /** By all words. */
    public static String split(String... paths) {
        Map<String, Long> bytes = allLines(paths)
                .map(line -> line.split(" "))
                .collect(Collectors.groupingBy(words -> words[0], Collectors.summingLong(words -> number(words[9]))));
        return Counts.top(10, bytes);
    }

    private static long number(String word) {
        return word.equals("-") ? 0 : Long.parseLong(word);
    }

    private static Stream<String> allLines(String... paths) {
        return Arrays.stream(paths).parallel().flatMap(ClientBytesPeer::lines);
    }

    private static Stream<String> lines(String path) {
        try {
            return Files.lines(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
