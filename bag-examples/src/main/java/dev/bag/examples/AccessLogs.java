// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
//SOURCES LogLine.java
//SOURCES GenerateLogs.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Results;
import dev.bag.Runner;
import dev.bag.examples.LogLine.Bad;
import dev.bag.examples.LogLine.Hit;
import dev.bag.fold.Fold;
import dev.bag.io.Malformed;
import dev.bag.io.TextFiles;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Analyses Apache access logs: traffic and errors of each hour, the paths that are asked for most, and the
 * lines that could not be understood. All of it is found in one pass over the files, on all cores.
 *
 * <p>Arguments: files, directories or patterns, compressed or not. Without any, logs are generated first.
 */
public final class AccessLogs {

    /** Of equal counts the first path is the greatest. Can be sent to a cluster, as the other one. */
    private static final Comparator<Pair<String, Long>> BY_COUNT =
            (Comparator<Pair<String, Long>> & Serializable) (left, right) -> {
                int byCount = Long.compare(left.second(), right.second());
                return byCount != 0 ? byCount : right.first().compareTo(left.first());
            };

    private static final Comparator<Bad> BY_PLACE = (Comparator<Bad> & Serializable) (left, right) -> {
        int byFile = left.file().compareTo(right.file());
        return byFile != 0 ? byFile : Long.compare(left.line(), right.line());
    };

    private static final Usage USAGE = new Usage("""
            Usage: java -jar bag-examples.jar [FILE ...]

            Analyses Apache access logs, in the combined or the common format: traffic and errors of each hour, the
            paths that are asked for most, and the lines that could not be understood.

            FILE is a file, a directory or a pattern such as 'logs/*.gz', compressed or not. Without any, logs of
            about 100 MB are generated in target/access-logs.
            """);

    private AccessLogs() {}

    /** The sums over some hits. */
    record Traffic(long hits, long bytes, long errors) {

        static final Fold<Hit, ?, Traffic> FOLD = Fold.of(() -> new Traffic(0, 0, 0), Traffic::plus, Traffic::plus);

        Traffic plus(Hit hit) {
            return new Traffic(hits + 1, bytes + hit.bytes(), errors + (hit.isError() ? 1 : 0));
        }

        Traffic plus(Traffic other) {
            return new Traffic(hits + other.hits, bytes + other.bytes, errors + other.errors);
        }
    }

    public static void main(String... arguments) {
        String[] names = USAGE.namesOrExit(arguments);
        String[] logs = names.length > 0 ? names : new String[] {GenerateLogs.into("target/access-logs")};
        analyse(Runner.defaultRunner(), logs);
    }

    /** Prints what is found in {@code logs} by {@code runner}. */
    static void analyse(Runner runner, String... logs) {
        Bag<LogLine> lines = TextFiles.options()
                .malformed(Malformed.REPLACE) // a log holds whatever clients have sent
                .readWithSource(logs)
                .map(LogLine::parse)
                .named("parse");
        Bag<Hit> hits = lines.filter(Hit.class);
        Bag<Bad> badLines = lines.filter(Bad.class);

        Delayed<Map<LocalDateTime, Traffic>> hours =
                hits.foldBy(Hit::hour, Traffic.FOLD).toMap();
        Delayed<List<Pair<String, Long>>> paths =
                hits.countBy(Hit::path).entries().topK(10, BY_COUNT);
        Delayed<Long> badCount = badLines.count();
        Delayed<List<Bad>> firstBad = badLines.bottomK(5, BY_PLACE);

        print("%s%n", lines);
        long start = System.nanoTime();
        Results results = Delayed.computeAll(runner, hours, paths, badCount, firstBad);
        double seconds = (System.nanoTime() - start) / 1e9;

        printHours(new TreeMap<>(results.get(hours)));
        print("%nMost wanted:%n");
        results.get(paths).forEach(path -> print("%,12d  %s%n", path.second(), path.first()));
        print("%nBad lines: %,d%n", results.get(badCount));
        results.get(firstBad).forEach(AccessLogs::printBad);
        print("%nTime: %.1f s%n", seconds);
    }

    private static void printHours(Map<LocalDateTime, Traffic> hours) {
        print("%n%-16s %12s %18s %8s%n", "Hour", "Hits", "Bytes", "Errors");
        hours.forEach((hour, traffic) -> {
            double errors = 100.0 * traffic.errors() / traffic.hits();
            print("%-16s %,12d %,18d %7.2f%%%n", hour, traffic.hits(), traffic.bytes(), errors);
        });
    }

    private static void printBad(Bad bad) {
        String text = bad.text().replaceAll("\\p{Cntrl}", "?");
        String excerpt = text.length() > 50 ? text.substring(0, 50) + "…" : text;
        print("  %s, line %,d: %s%n", bad.file(), bad.line(), excerpt);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
