package dev.bag.bench.peers;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * The lines of access logs joined with a table of clients, with RDDs of Spark: {@code SparkJoinClients TABLE LOGS}. Says
 * how many seconds it has taken without the start of Spark.
 */
public final class SparkJoinClients {

    private SparkJoinClients() {}

    public static void main(String... paths) {
        try (JavaSparkContext spark = Spark.start("join clients")) {
            long start = System.nanoTime();
            String[] logs = Arrays.copyOfRange(paths, 1, paths.length);
            JavaPairRDD<String, String> names = spark.textFile(paths[0])
                    .mapToPair(row ->
                            new Tuple2<>(row.substring(0, row.indexOf('\t')), row.substring(row.indexOf('\t') + 1)));
            Tuple2<Long, Long> sum = spark.textFile(String.join(",", logs))
                    .mapToPair(line -> new Tuple2<>(Spark.client(line), line))
                    .join(names)
                    .values()
                    .map(pair -> new Tuple2<>(1L, (long) pair._1.length() * pair._2.hashCode()))
                    .reduce((left, right) -> new Tuple2<>(left._1 + right._1, left._2 + right._2));
            System.out.println("RESULT " + sum._1 + " lines, " + sum._2);
            System.out.printf(Locale.ROOT, "SECONDS %.3f%n", (System.nanoTime() - start) / 1e9);
        }
    }
}
