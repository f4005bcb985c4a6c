package dev.bag.spark;

import dev.bag.RunListener;
import dev.bag.Runner;
import dev.bag.run.ClusterRunners;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Makes runners that run bags on Apache Spark. Results, their order and the numbers of partitions are those of a local runner; what
 * differs is listed in docs/spark.md.
 *
 * <pre>{@code
 * try (Runner spark = SparkRunner.connect("spark://host:7077").appName("logs").build()) {
 *     Map<String, Long> counts = lines.countBy(line -> line.split(" ")[8]).toMap().compute(spark);
 * }
 * }</pre>
 */
public final class SparkRunner {

    private SparkRunner() {}

    /**
     * Returns a runner on a context of the user's. Closing the runner does not stop the context.
     *
     * @param context must not be stopped while the runner is used
     */
    public static Runner on(JavaSparkContext context) {
        return ClusterRunners.make(
                Runner.class, new SparkCluster(Objects.requireNonNull(context, "context"), false), List.of());
    }

    /**
     * Returns a builder of a runner with a context of its own, which is stopped when the runner is closed.
     *
     * @param master such as {@code spark://host:7077}, {@code local[4]} or {@code yarn}
     */
    public static Builder connect(String master) {
        return new Builder(Objects.requireNonNull(master, "master"));
    }

    /** Sets up a runner with a context of its own. */
    public static final class Builder {

        private final SparkConf conf;
        private final List<String> jars = new ArrayList<>();
        private final List<RunListener> listeners = new ArrayList<>();

        private Builder(String master) {
            this.conf = new SparkConf().setMaster(master).setAppName("bag");
        }

        /** Sets what the application is called on the cluster; by default {@code bag}. */
        public Builder appName(String name) {
            conf.setAppName(Objects.requireNonNull(name, "name"));
            return this;
        }

        /** Sets an option of Spark, such as {@code spark.executor.memory} to {@code 4g}. */
        public Builder conf(String key, String value) {
            conf.set(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Adds jars that executors need: that of the program, and bag-core, bag-spark and what else it uses. */
        public Builder jars(Path... files) {
            for (Path file : files) {
                jars.add(file.toString());
            }
            return this;
        }

        /** Sets the heap of each executor, such as {@code 4g}: the same as {@code conf("spark.executor.memory", size)}. */
        public Builder memory(String size) {
            return conf("spark.executor.memory", size);
        }

        /**
         * Adds a listener to the runs of the runner.
         *
         * @param listener called on a thread of its own, in this process
         */
        public Builder listener(RunListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Connects to the cluster, and returns a runner on it. */
        public Runner build() {
            SparkConf all = conf.clone();
            if (!jars.isEmpty()) {
                all.setJars(jars.toArray(String[]::new));
            }
            return ClusterRunners.make(
                    Runner.class, new SparkCluster(new JavaSparkContext(all), true), List.copyOf(listeners));
        }
    }
}
