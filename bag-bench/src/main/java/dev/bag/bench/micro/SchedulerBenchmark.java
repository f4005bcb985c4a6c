package dev.bag.bench.micro;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Tasks that do next to nothing, on a thread for each processor: the time for a task. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SchedulerBenchmark.TASKS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SchedulerBenchmark {

    static final int TASKS = 100_000;

    private final Runner runner = Runner.local().build();
    private final ExecutorService executor =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    @TearDown
    public void stop() {
        runner.close();
        executor.shutdownNow();
    }

    /** A partition for each task. */
    @Benchmark
    public long partitions() {
        return Bag.range(0, TASKS, TASKS).map(number -> number + 1).count().compute(runner);
    }

    /** A delayed value for each task. */
    @Benchmark
    public int delayedValues() {
        List<Delayed<Integer>> calls = new ArrayList<>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            calls.add(Delayed.call(() -> number + 1));
        }
        return Delayed.all(calls).compute(runner).size();
    }

    /** The same with a fixed thread pool. */
    @Benchmark
    public long futures() throws ExecutionException, InterruptedException {
        List<Future<Integer>> futures = new ArrayList<>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            futures.add(executor.submit(() -> number + 1));
        }
        long sum = 0;
        for (Future<Integer> future : futures) {
            sum += future.get();
        }
        return sum;
    }
}
