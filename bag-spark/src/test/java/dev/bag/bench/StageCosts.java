package dev.bag.bench;

import dev.bag.Bag;
import dev.bag.Runner;
import dev.bag.spark.SparkRunner;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.Tuple2;

/**
 * What tasks and shuffles cost with bag on Spark, and with RDDs: {@code StageCosts [MASTER]}, by default {@code local[2]}. Times are
 * those of processors, in this process: with another master, of the driver alone.
 */
public final class StageCosts {

    private static final int TASKS = 4_000;
    private static final int RECORDS = 2_000_000;
    private static final AtomicLong WRITTEN = new AtomicLong();

    private StageCosts() {}

    public static void main(String... arguments) throws Exception {
        String master = arguments.length == 0 ? "local[2]" : arguments[0];
        SparkConf conf = new SparkConf().setMaster(master).setAppName("costs").set("spark.ui.enabled", "false");
        try (JavaSparkContext context = new JavaSparkContext(conf);
                Runner spark = SparkRunner.on(context)) {
            context.setLogLevel("ERROR");
            context.sc().addSparkListener(new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd task) {
                    TaskMetrics metrics = task.taskMetrics();
                    WRITTEN.addAndGet(metrics.shuffleWriteMetrics().bytesWritten());
                }
            });
            for (int round = 0; round < 3; round++) {
                tell(
                        "bag, empty task",
                        TASKS,
                        () -> Bag.range(0, TASKS, TASKS).sumLong(x -> x).compute(spark));
                tell(
                        "RDD, empty task",
                        TASKS,
                        () -> context.parallelize(Collections.nCopies(TASKS, 1), TASKS)
                                .reduce(Integer::sum));
                tell(
                        "bag, shuffled record",
                        RECORDS,
                        () -> Bag.range(0, RECORDS, 8)
                                .groupBy(x -> x % 1_000)
                                .count()
                                .compute(spark));
                tell(
                        "RDD, shuffled record",
                        RECORDS,
                        () -> context.parallelize(IntStream.range(0, 8).boxed().toList(), 8)
                                .flatMapToPair(part -> IntStream.range(0, RECORDS / 8)
                                        .mapToObj(i -> new Tuple2<>((long) i % 1_000, (long) part * RECORDS / 8 + i))
                                        .iterator())
                                .groupByKey()
                                .count());
            }
        }
    }

    private static void tell(String what, int count, Callable<?> action) throws Exception {
        WRITTEN.set(0);
        long wall = System.nanoTime();
        long cpu = cpu();
        action.call();
        System.out.printf(
                Locale.ROOT,
                "%-22s %8.1f us of a processor, %8.1f us, %6.1f bytes%n",
                what,
                (cpu() - cpu) / 1e3 / count,
                (System.nanoTime() - wall) / 1e3 / count,
                (double) WRITTEN.get() / count);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
