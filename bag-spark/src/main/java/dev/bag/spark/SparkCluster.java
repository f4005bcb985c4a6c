package dev.bag.spark;

import dev.bag.run.Cluster;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** A context of Spark as a cluster. */
final class SparkCluster implements Cluster {

    private static final AtomicLong RUNS = new AtomicLong();

    private final JavaSparkContext context;
    private final boolean isOurs;
    private final @Nullable ShellClasses shell;

    SparkCluster(JavaSparkContext context, boolean isOurs) {
        this.context = context;
        this.isOurs = isOurs;
        this.shell = ShellClasses.of(context);
    }

    @Override
    public Run begin() {
        return new SparkRun(context, "bag-" + RUNS.incrementAndGet(), shell);
    }

    @Override
    public void close() {
        if (isOurs) {
            context.close();
        }
    }
}
