package dev.bag.spark;

import dev.bag.run.Cluster;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;

/** A context of Spark as a cluster. */
final class SparkCluster implements Cluster {

    private static final AtomicLong RUNS = new AtomicLong();

    private final JavaSparkContext context;
    private final boolean isOurs;

    SparkCluster(JavaSparkContext context, boolean isOurs) {
        this.context = context;
        this.isOurs = isOurs;
    }

    @Override
    public Run begin() {
        return new SparkRun(context, "bag-" + RUNS.incrementAndGet());
    }

    @Override
    public void close() {
        if (isOurs) {
            context.close();
        }
    }
}
