package dev.bag.bench.peers;

import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * How often each status of access logs, or each word, occurs, with RDDs of Spark: {@code SparkCounts status|words FILES}. Says how
 * many seconds it has taken without the start of Spark.
 */
public final class SparkCounts {

    private SparkCounts() {}

    public static void main(String... arguments) {
        try (JavaSparkContext spark = Spark.start("counts")) {
            long start = System.nanoTime();
            JavaRDD<String> lines =
                    spark.textFile(String.join(",", Arrays.copyOfRange(arguments, 1, arguments.length)));
            System.out.println("RESULT " + (arguments[0].equals("status") ? status(lines) : words(lines)));
            System.out.printf(Locale.ROOT, "SECONDS %.3f%n", (System.nanoTime() - start) / 1e9);
        }
    }

    private static String status(JavaRDD<String> lines) {
        return new TreeMap<>(lines.mapToPair(line -> new Tuple2<>(line.split(" ", 10)[8], 1L))
                        .reduceByKey(Long::sum)
                        .collectAsMap())
                .toString();
    }

    private static String words(JavaRDD<String> lines) {
        return lines.flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                .mapToPair(word -> new Tuple2<>(word, 1L))
                .reduceByKey(Long::sum)
                .top(10, new SparkLinesByClient.ByCount())
                .stream()
                .map(count -> count._1 + "=" + count._2)
                .collect(Collectors.joining(";"));
    }
}
