package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.spark.SparkRunner;
import dev.bag.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stage of many tasks needs little memory, also where driver and executor are one process. */
@Tag("long")
class DriverMemoryTest {

    private static final int TASKS = Integer.getInteger("tasks", 100_000);

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void manyTasksRunInASmallHeap() throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx300m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dtasks=" + TASKS,
                "-Dspark.testing.memory=500000000", // Spark refuses a heap below 450 MB
                "--add-modules=jdk.incubator.vector"));
        for (String each : LoopbackCluster.OPENED) {
            options.add("--add-opens=java.base/" + each + "=ALL-UNNAMED");
        }
        Process child = ChildJvm.start(Tasks.class, options);
        child.getInputStream().transferTo(System.out);
        assertThat(child.waitFor()).isZero();
    }

    /** Adds up numbers, each in a task of its own. */
    static final class Tasks {

        private Tasks() {}

        public static void main(String... arguments) {
            SparkConf conf =
                    new SparkConf().setMaster("local[2]").setAppName("tasks").set("spark.ui.enabled", "false");
            try (JavaSparkContext context = new JavaSparkContext(conf);
                    Runner spark = SparkRunner.on(context)) {
                context.setLogLevel("ERROR");
                Long sum = Bag.range(0, TASKS, TASKS).sumLong(x -> x).compute(spark);
                assertThat(sum).isEqualTo(TASKS * (TASKS - 1L) / 2);
            }
        }
    }
}
