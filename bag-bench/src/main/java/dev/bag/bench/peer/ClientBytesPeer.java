package dev.bag.bench.peer;

import dev.bag.bench.Counts;
import dev.bag.bench.LogLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The 10 clients to which most bytes were sent, without any library: a parallel stream of files and {@code groupingBy}. */
public final class ClientBytesPeer {

    private ClientBytesPeer() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    /** Any number of paths. */
    public static String of(String... paths) {
        return Counts.top(
                10,
                Arrays.stream(paths)
                        .parallel()
                        .flatMap(ClientBytesPeer::lines)
                        .collect(Collectors.groupingBy(LogLine::client, Collectors.summingLong(LogLine::bytes))));
    }

    private static Stream<String> lines(String path) {
        try {
            return Files.lines(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
