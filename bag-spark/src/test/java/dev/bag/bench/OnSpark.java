package dev.bag.bench;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.KeyedBag;
import dev.bag.Results;
import dev.bag.Runner;
import dev.bag.io.TextFiles;
import dev.bag.spark.SparkRunner;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The work of the programs with RDDs of {@code bag-bench/peers}, with bag on Spark: {@code OnSpark status|words|groups|join FILES};
 * {@code bag-bench/spark.sh} compares them. Says how many seconds it has taken without the start of Spark.
 */
public final class OnSpark {

    private OnSpark() {}

    public static void main(String... arguments) {
        SparkConf conf = new SparkConf().setAppName("bag").setMaster("local[*]").set("spark.ui.enabled", "false");
        String[] paths = Arrays.copyOfRange(arguments, 1, arguments.length);
        try (JavaSparkContext context = new JavaSparkContext(conf);
                Runner spark = SparkRunner.on(context)) {
            long start = System.nanoTime();
            String result = switch (arguments[0]) {
                case "status" -> status(spark, paths);
                case "words" -> words(spark, paths);
                case "groups" -> groups(spark, paths);
                default -> join(spark, paths);
            };
            System.out.println("RESULT " + result);
            System.out.printf(Locale.ROOT, "SECONDS %.3f%n", (System.nanoTime() - start) / 1e9);
        }
    }

    private static String status(Runner spark, String... paths) {
        Map<String, Long> counts = TextFiles.read(paths)
                .map(line -> line.split(" ", 10)[8])
                .frequencies()
                .toMap()
                .compute(spark);
        return new TreeMap<>(counts).toString();
    }

    private static String words(Runner spark, String... paths) {
        return text(
                TextFiles.read(paths)
                        .flatMap(line -> Arrays.asList(line.split(" ")))
                        .frequencies()
                        .entries()
                        .topK(10, new ByCount()),
                spark);
    }

    private static String groups(Runner spark, String... paths) {
        return text(
                TextFiles.read(paths)
                        .groupBy(OnSpark::client)
                        .mapValues(lines ->
                                lines.stream().mapToLong(String::length).sum())
                        .entries()
                        .topK(10, new ByCount()),
                spark);
    }

    private static String join(Runner spark, String... paths) {
        KeyedBag<String, String> names = TextFiles.read(paths[0])
                .keyBy(row -> row.substring(0, row.indexOf('\t')))
                .mapValues(row -> row.substring(row.indexOf('\t') + 1));
        Bag<Pair<String, String>> joined = TextFiles.read(Arrays.copyOfRange(paths, 1, paths.length))
                .keyBy(OnSpark::client)
                .join(names)
                .values();
        Delayed<Long> count = joined.count();
        Delayed<Long> checksum = joined.sumLong(
                pair -> (long) pair.first().length() * pair.second().hashCode());
        Results results = Delayed.computeAll(spark, count, checksum);
        return results.get(count) + " lines, " + results.get(checksum);
    }

    private static String client(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private static String text(Delayed<List<Pair<String, Long>>> top, Runner spark) {
        return top.compute(spark).stream()
                .map(count -> count.first() + "=" + count.second())
                .collect(Collectors.joining(";"));
    }

    /** Of equal counts the first key is the greatest. */
    private static final class ByCount implements Comparator<Pair<String, Long>>, Serializable {

        private static final long serialVersionUID = 1;

        @Override
        public int compare(Pair<String, Long> left, Pair<String, Long> right) {
            int byCount = Long.compare(left.second(), right.second());
            return byCount != 0 ? byCount : right.first().compareTo(left.first());
        }
    }
}
