package dev.bag;

import static dev.bag.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many runners one after the other, and many runs at once on one. */
class ManyRunnersTest {

    @TempDir
    Path folder;

    private static int openFiles() {
        String[] open = Path.of("/proc/self/fd").toFile().list();
        return open == null ? 0 : open.length;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bag-worker"))
                .count();
    }

    private static Bag<Long> numbers() {
        return Bag.from(LongStream.range(0, 2_000).boxed().toList(), 8);
    }

    private void useARunner() {
        try (Runner runner = Runner.local()
                .threads(3)
                .memory("10kB")
                .tempDirectory(folder)
                .listener(new RunListener() {})
                .retries(1)
                .build()) {
            assertThat(numbers().groupBy(n -> n % 100).count().compute(runner)).isEqualTo(100);
            assertThat(numbers().stream(runner).limit(10)).hasSize(10);
        }
    }

    @Test
    @Tag("P38")
    void runnersThatAreClosedLeaveNoThreadsAndNoOpenFiles() {
        useARunner();
        long threadsBefore = threads();
        int filesBefore = openFiles();
        for (int i = 0; i < 200; i++) {
            useARunner();
        }
        assertThat(threads()).isEqualTo(threadsBefore);
        await().until(() -> openFiles() <= filesBefore + 5); // what the JVM itself has opened in the meantime
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    @Tag("P24")
    @Tag("P27")
    void twentyThreadsRunFiftyActionsEachAtOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(20);
        AtomicInteger failures = new AtomicInteger();
        try (Runner runner = Runner.local().threads(4).retries(1).build()) {
            List<Callable<Long>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                calls.add(() -> {
                    long sum = 0;
                    for (int run = 0; run < 50; run++) {
                        sum += run(runner, number + run, failures);
                    }
                    return sum;
                });
            }
            for (Future<Long> each : callers.invokeAll(calls)) {
                assertThat(each.get()).isEqualTo(50 * 1_999_000L);
            }
            assertThat(failures).hasValue(20 * 10);
        } finally {
            callers.shutdownNow();
        }
    }

    private static long run(Runner runner, int kind, AtomicInteger failures) {
        return switch (kind % 5) {
            case 0 -> numbers().sumLong(n -> n).compute(runner);
            case 1 -> numbers().sorted().stream(runner).mapToLong(n -> n).sum();
            case 2 ->
                numbers()
                        .groupBy(n -> n % 10)
                        .mapValues(group -> Bag.from(group).sumLong(n -> n).compute())
                        .values()
                        .sumLong(n -> n)
                        .compute(runner);
            case 3 -> numbers().sumLong(n -> n).computeAsync(runner).join();
            default -> {
                try {
                    numbers()
                            .map(n -> Objects.requireNonNull(n == 1_234 ? null : n))
                            .count()
                            .compute(runner);
                } catch (BagException e) {
                    failures.incrementAndGet();
                }
                yield 1_999_000L;
            }
        };
    }
}
