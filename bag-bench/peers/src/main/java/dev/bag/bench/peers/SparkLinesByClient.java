package dev.bag.bench.peers;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * The lines of access logs grouped by client, whole, and of these groups the 10 with most characters, with RDDs of Spark:
 * {@code SparkLinesByClient LOGS}.
 */
public final class SparkLinesByClient {

    private static final int PARTITIONS = 32;

    private SparkLinesByClient() {}

    public static void main(String... paths) {
        try (JavaSparkContext spark = Spark.start("lines by client")) {
            long start = System.nanoTime();
            System.out.println("RESULT "
                    + spark
                            .textFile(String.join(",", paths))
                            .mapToPair(line -> new Tuple2<>(Spark.client(line), line))
                            .groupByKey(PARTITIONS)
                            .mapValues(SparkLinesByClient::characters)
                            .top(10, new ByCount())
                            .stream()
                            .map(count -> count._1 + "=" + count._2)
                            .collect(Collectors.joining(";")));
            if (Boolean.getBoolean("without.start")) {
                System.out.printf(Locale.ROOT, "SECONDS %.3f%n", (System.nanoTime() - start) / 1e9);
            }
        }
    }

    private static long characters(Iterable<String> lines) {
        long count = 0;
        for (String line : lines) {
            count += line.length();
        }
        return count;
    }

    /** Of equal counts the first key is the greatest. */
    static final class ByCount implements Comparator<Tuple2<String, Long>>, Serializable {

        private static final long serialVersionUID = 1;

        @Override
        public int compare(Tuple2<String, Long> left, Tuple2<String, Long> right) {
            int byCount = Long.compare(left._2, right._2);
            return byCount != 0 ? byCount : right._1.compareTo(left._1);
        }
    }
}
