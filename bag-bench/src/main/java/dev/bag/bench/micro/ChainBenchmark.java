package dev.bag.bench.micro;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Runner;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A chain of record-wise operators, on one thread: the time for a record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ChainBenchmark.RECORDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChainBenchmark {

    static final int RECORDS = 1_000_000;

    @Param({"1", "4", "16"})
    int pairsOfOperators;

    private final Runner runner = Runner.local().threads(1).build();

    @TearDown
    public void stop() {
        runner.close();
    }

    @Benchmark
    public long bag() {
        Bag<Long> numbers = Bag.range(0, RECORDS, 8);
        for (int i = 0; i < pairsOfOperators; i++) {
            numbers = numbers.map(number -> number + 1).filter(number -> number % 64 != 0);
        }
        Delayed<Long> count = numbers.count();
        return count.compute(runner);
    }

    @Benchmark
    public long stream() {
        Stream<Long> numbers = LongStream.range(0, RECORDS).boxed();
        for (int i = 0; i < pairsOfOperators; i++) {
            numbers = numbers.map(number -> number + 1).filter(number -> number % 64 != 0);
        }
        return numbers.count();
    }
}
