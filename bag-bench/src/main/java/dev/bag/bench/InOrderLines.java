package dev.bag.bench;

import dev.bag.Bag;
import dev.bag.io.TextFiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Lines with what carries something from each line to the next, and without: {@code InOrderLines WHAT LOGS}, where {@code WHAT}
 * is {@code filter}, {@code index}, {@code lengths} or {@code scan}.
 */
public final class InOrderLines {

    private InOrderLines() {}

    public static void main(String... arguments) {
        String[] paths = Arrays.copyOfRange(arguments, 1, arguments.length);
        System.out.println("RESULT " + of(arguments[0], TextFiles.read(paths)));
    }

    static long of(String what, Bag<String> lines) {
        return switch (what) {
            case "filter" ->
                lines.filter(line -> line.length() % 2 == 0).count().compute();
            case "index" ->
                lines.zipWithIndex()
                        .filter(line -> line.first().length() % 2 == 0 && line.second() >= 0)
                        .count()
                        .compute();
            case "lengths" -> largest(lines.map(InOrderLines::length));
            case "scan" -> largest(lines.map(InOrderLines::length).scan((a, b) -> a < b ? b : a));
            default -> throw new IllegalArgumentException(what + " is none of filter, index, lengths, scan");
        };
    }

    private static long length(String line) {
        return line.length();
    }

    private static long largest(Bag<Long> lengths) {
        Optional<Long> largest = lengths.max(Comparator.naturalOrder()).compute();
        return largest.orElse(0L);
    }
}
