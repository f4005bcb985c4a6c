package dev.bag.examples;

import dev.bag.Runner;
import dev.bag.spark.SparkRunner;
import java.util.Arrays;

/**
 * Analyses access logs on a cluster of Spark: {@code OnACluster MASTER LOGS}, where the master is such as
 * {@code spark://host:7077}, {@code yarn} or {@code local[2]}. It is {@link AccessLogs}, by another runner.
 *
 * <p>Here, and not beside the other examples, because those have no Spark on their class path.
 */
public final class OnACluster {

    private OnACluster() {}

    public static void main(String... arguments) {
        try (Runner spark = SparkRunner.connect(arguments[0])
                .appName("access logs")
                .conf("spark.ui.enabled", "false")
                .build()) {
            AccessLogs.analyse(spark, Arrays.copyOfRange(arguments, 1, arguments.length));
        }
    }
}
