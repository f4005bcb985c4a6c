package dev.bag.bench.micro;

import dev.bag.Bag;
import dev.bag.Runner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How often each String occurs, few different ones or many, on one thread: the time for a record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CountingBenchmark.RECORDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CountingBenchmark {

    static final int RECORDS = 1_000_000;

    @Param({"12", "1000", "300000"})
    int keys;

    private final Runner runner = Runner.local().threads(1).build();
    private List<String> records = List.of();
    private Bag<String> bag = Bag.empty();

    /** Each record is an object of its own, as if it had been read. */
    @Setup
    public void start() {
        SplittableRandom random = new SplittableRandom(1);
        records = new ArrayList<>(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            records.add("key-" + random.nextInt(keys));
        }
        bag = Bag.from(records, 8);
    }

    @TearDown
    public void stop() {
        runner.close();
    }

    @Benchmark
    public long frequencies() {
        return bag.frequencies().entries().count().compute(runner);
    }

    @Benchmark
    public long hashMap() {
        Map<String, Long> counts = new HashMap<>();
        for (String text : records) {
            counts.merge(text, 1L, Long::sum);
        }
        return counts.size();
    }
}
