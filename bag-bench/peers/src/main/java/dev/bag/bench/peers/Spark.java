package dev.bag.bench.peers;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** What the programs with Spark have in common. */
final class Spark {

    private Spark() {}

    /** A thread for each processor. */
    static JavaSparkContext start(String name) {
        return new JavaSparkContext(
                new SparkConf().setAppName(name).setMaster("local[*]").set("spark.ui.enabled", "false"));
    }

    static String client(String line) {
        return line.substring(0, line.indexOf(' '));
    }
}
