package dev.bag.bench;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Persisted;
import dev.bag.Progress;
import dev.bag.RunListener;
import dev.bag.Runner;
import dev.bag.fold.Folds;
import dev.bag.io.TextFiles;
import dev.bag.value.Command;
import dev.bag.value.Retry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Runs of all kinds on one runner for a long time: {@code Soak SECONDS}. Twenty threads begin fifty runs at once each, again and
 * again: shuffles that spill, files, streams that are left, calls that grow, fail, are attempted again or raced, processes,
 * cancels. Every ten seconds it prints the threads, the open files and the heap after a collection; at the end each for the first
 * and the last third, which should be the same. A result that is wrong ends it with status 1.
 */
public final class Soak {

    private static final int CALLERS = 20;
    private static final int RUNS = 50;
    private static final int RECORDS = 2_000;
    private static final long SUM = (long) RECORDS * (RECORDS - 1) / 2;
    private static final int INTERVAL_MILLIS = 10_000;
    private static final int FIRST_SAMPLES = 2;
    private static final int KINDS = 14;

    private final Runner runner;
    private final Path folder;
    private final LongAdder runs = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final ConcurrentMap<String, Throwable> wrong = new ConcurrentHashMap<>();
    private volatile boolean isOver;

    private record Sample(int threads, int files, long heapKilobytes) {}

    private Soak(Runner runner, Path folder) {
        this.runner = runner;
        this.folder = folder;
    }

    public static void main(String... arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        Path folder = Files.createTempDirectory("soak");
        List<Sample> samples;
        Soak soak;
        try (Runner runner = Runner.local()
                .threads(4)
                .memory("16MB")
                .tempDirectory(folder)
                .retries(1)
                .listener(new RunListener() {})
                .progress(Progress.to(state -> {}))
                .build()) {
            soak = new Soak(runner, folder);
            samples = soak.soak(Duration.ofSeconds(seconds));
        }
        int third = samples.size() / 3;
        System.out.println("first third " + mean(samples.subList(0, third)) + ", last third "
                + mean(samples.subList(samples.size() - third, samples.size())) + ", runs " + soak.runs
                + ", of these cancelled "
                + soak.cancelled + ", wrong " + soak.wrong);
        System.exit(soak.wrong.isEmpty() ? 0 : 1);
    }

    private static Sample mean(List<Sample> of) {
        return new Sample(
                (int) of.stream().mapToInt(Sample::threads).average().orElse(0),
                (int) of.stream().mapToInt(Sample::files).average().orElse(0),
                (long) of.stream().mapToLong(Sample::heapKilobytes).average().orElse(0));
    }

    private List<Sample> soak(Duration length) throws Exception {
        TextFiles.write(
                numbers().map(String::valueOf), folder.resolve("in-*.txt.gz").toString());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int number = i;
            Thread caller = new Thread(() -> call(number), "caller-" + i);
            caller.start();
            callers.add(caller);
        }
        List<Sample> samples = new ArrayList<>();
        long end = System.nanoTime() + length.toNanos();
        for (int i = 0; System.nanoTime() - end < 0 && wrong.isEmpty(); i++) {
            Thread.sleep(INTERVAL_MILLIS);
            Sample sample = sample();
            System.out.println(sample + ", runs " + runs);
            if (i >= FIRST_SAMPLES) { // until then classes are loaded
                samples.add(sample);
            }
        }
        isOver = true;
        for (Thread caller : callers) {
            caller.join();
        }
        return samples;
    }

    /** The heap is what a full collection leaves, runs in progress included. */
    private static Sample sample() {
        System.gc();
        String[] files = Path.of("/proc/self/fd").toFile().list();
        Runtime runtime = Runtime.getRuntime();
        return new Sample(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                files == null ? 0 : files.length,
                (runtime.totalMemory() - runtime.freeMemory()) >> 10);
    }

    private void call(int caller) {
        int kind = caller;
        while (!isOver) {
            List<CompletableFuture<?>> begun = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                begun.add(begin(kind++ % KINDS));
            }
            begun.forEach(this::join);
        }
    }

    private void join(CompletableFuture<?> run) {
        try {
            run.join();
        } catch (CancellationException e) {
            cancelled.increment();
        } catch (CompletionException e) {
            wrong.putIfAbsent(String.valueOf(e.getCause()), e);
        }
        runs.increment();
    }

    private static Bag<Long> numbers() {
        return Bag.range(0, RECORDS, 4);
    }

    private CompletableFuture<?> begin(int kind) {
        try {
            return switch (kind) {
                case 0 -> isSum(numbers().sumLong(n -> n));
                case 1 -> isSum(numbers().sorted((a, b) -> Long.compare(b, a)).fold(Folds.summingLong(n -> n)));
                case 2 ->
                    isSum(numbers()
                            .groupBy(n -> n % 100)
                            .values()
                            .map(Soak::sum)
                            .sumLong(n -> n));
                case 3 ->
                    isSum(numbers()
                            .keyBy(n -> n % 10)
                            .join(numbers().keyBy(n -> n).filterKeys(key -> key < 10))
                            .values()
                            .sumLong(pair -> pair.first()));
                case 4 -> isSum(TextFiles.read(folder + "/in-*.txt.gz").sumLong(Long::parseLong));
                case 5 -> isSum(grown(0, RECORDS));
                case 6 -> isSum(attempted());
                case 7 -> isSum(numbers().mapAsync(n -> n, 8).limit(RECORDS).sumLong(n -> n));
                case 8 ->
                    isSum(numbers()
                            .map(String::valueOf)
                            .repartition(1)
                            .pipe(Command.of("cat"))
                            .sumLong(Long::parseLong));
                case 9 -> isSum(Delayed.firstOf(numbers().sumLong(n -> n), Delayed.call(Soak::late)));
                case 10 -> failing();
                case 11 -> cancelled();
                case 12 -> leftStream();
                default -> persisted();
            };
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static long sum(List<Long> numbers) {
        return numbers.stream().mapToLong(n -> n).sum();
    }

    private CompletableFuture<?> isSum(Delayed<? extends Number> sum) {
        return sum.computeAsync(runner).thenAccept(Soak::check);
    }

    private static void check(Number sum) {
        if (sum.longValue() != SUM) {
            throw new IllegalStateException(sum + " is not " + SUM);
        }
    }

    /** The numbers from one up to another, added up by calls that bring calls. */
    private static Delayed<Long> grown(long from, long to) {
        return Delayed.value(from).flatMap(begin -> {
            long middle = (begin + to) / 2;
            return middle == begin ? Delayed.value(begin) : grown(begin, middle).zipWith(grown(middle, to), Long::sum);
        });
    }

    private static Delayed<Long> attempted() {
        LongAdder attempts = new LongAdder();
        return Delayed.call(() -> {
                    attempts.increment();
                    if (attempts.sum() < 3) {
                        throw new IOException("not yet");
                    }
                    return SUM + 1;
                })
                .retry(Retry.times(3).backoff(Duration.ofMillis(1), Duration.ofMillis(5)))
                .timeout(Duration.ofMinutes(5))
                .map(n -> {
                    throw new IllegalStateException("to be recovered");
                })
                .recover(e -> SUM)
                .map(n -> (Long) n);
    }

    private static long late() throws InterruptedException {
        Thread.sleep(Duration.ofMinutes(5).toMillis()); // until it is interrupted, because the other one has won
        return 0;
    }

    private CompletableFuture<?> failing() {
        return numbers()
                .map(n -> 1_000 / (n - 1_234))
                .count()
                .computeAsync(runner)
                .handle((count, failure) -> {
                    if (!(failure instanceof BagException)
                            && !(failure instanceof CompletionException
                                    && failure.getCause() instanceof BagException)) {
                        throw new IllegalStateException("failed with " + failure, failure);
                    }
                    return null;
                });
    }

    private CompletableFuture<?> cancelled() {
        CompletableFuture<Long> run =
                Bag.range(0, Long.MAX_VALUE / 2, 8).count().computeAsync(runner);
        run.cancel(true);
        return run;
    }

    private CompletableFuture<?> leftStream() {
        try (Stream<Long> stream = numbers().map(n -> n + 1).stream(runner)) {
            return CompletableFuture.completedFuture(stream.limit(5).toList());
        }
    }

    private CompletableFuture<?> persisted() {
        try (Persisted<Long> kept = numbers().persist(runner)) {
            check(kept.bag().sumLong(n -> n).compute(runner));
        }
        return CompletableFuture.completedFuture(null);
    }
}
