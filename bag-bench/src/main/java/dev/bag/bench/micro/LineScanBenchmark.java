package dev.bag.bench.micro;

import dev.bag.Runner;
import dev.bag.bench.GenerateData;
import dev.bag.io.TextFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Lines of a plain file of 64 MiB as Strings, on one thread: the time for all of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LineScanBenchmark {

    private final Path file = write();
    private final Runner runner = Runner.local().threads(1).build();

    private static Path write() {
        try {
            return Files.writeString(Files.createTempFile("lines", ".log"), GenerateData.log(64 << 20));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TearDown
    public void delete() throws IOException {
        runner.close();
        Files.delete(file);
    }

    @Benchmark
    public long bag() {
        return TextFiles.read(file).sumLong(String::length).compute(runner);
    }

    @Benchmark
    public long readLine() throws IOException {
        long length = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                length += line.length();
            }
        }
        return length;
    }
}
