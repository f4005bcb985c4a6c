package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.run.LocalEngine;
import dev.bag.run.TaskRules;
import dev.bag.schedule.Alarm;
import dev.bag.spill.Workspace;
import dev.bag.testing.ProbedSource;
import dev.bag.value.Retry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine with one thread that plays several: a seed says which of the ready tasks is next, which calls of functions
 * fail, and when the run is cancelled. So each interleaving of whole tasks can be repeated.
 */
class InterleavingsTest {

    private static final int SEEDS = Integer.getInteger("interleavings", 2_000);
    /** With the long tests. */
    private static final int MANY_SEEDS = 10_000;

    private static final Counter CALLS = Counter.named("calls");

    @TempDir
    Path folder;

    /** Each wait is over at once; what comes back is one ready task among others. */
    private static final Alarm AT_ONCE = new Alarm() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Runnable after(long nanos, Runnable work) {
            work.run();
            return () -> {};
        }
    };

    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What goes wrong in one run. */
    private static final class Trouble {
        final int failsAt;
        final int failures;
        final int cancelAt;
        int calls;
        int failed;
        boolean isOver;

        Trouble(Random random) {
            failsAt = random.nextInt(3) == 0 ? 1 + random.nextInt(150) : -1;
            failures = 1 + random.nextInt(3);
            cancelAt = random.nextInt(10) == 0 ? 1 + random.nextInt(150) : -1;
        }

        <T> T call(T record) {
            calls++;
            if (calls == cancelAt && !isOver) {
                Thread.currentThread().interrupt();
            }
            if (failsAt > 0 && calls >= failsAt && failed < failures && !isOver) {
                failed++;
                throw new Failed();
            }
            CALLS.increment();
            return record;
        }
    }

    private record Shape(
            String name,
            boolean callsAll,
            Function<Bag<Integer>, Object> expected,
            Function<Bag<Integer>, Function<Runner, Object>> action) {}

    private static <T> Shape shape(String name, boolean callsAll, Function<Bag<Integer>, Bag<T>> operators) {
        return new Shape(
                name,
                callsAll,
                bag -> operators.apply(bag).compute(Runner.inline()),
                bag -> operators.apply(bag)::compute);
    }

    private static final List<Shape> SHAPES = List.of(
            shape("map", true, bag -> bag),
            shape("limit", false, bag -> bag.limit(37)),
            shape("scan", true, bag -> bag.scan(Integer::sum)),
            shape("takeWhile", false, bag -> bag.takeWhile(n -> n < 70)),
            shape("skip", true, bag -> bag.skip(15)),
            shape("sorted", true, bag -> bag.sortBy(n -> -n)),
            shape("grouped", true, bag -> bag.groupBy(n -> n % 7).entries()),
            shape(
                    "joined",
                    true,
                    bag -> bag.keyBy(n -> n % 5)
                            .join(Bag.of(1, 2, 3).keyBy(n -> n))
                            .entries()),
            shape("repartitioned", true, bag -> bag.repartition(9)),
            new Shape(
                    "fold",
                    true,
                    bag -> bag.sumLong(n -> n).compute(Runner.inline()),
                    bag -> bag.sumLong(n -> n)::compute),
            new Shape(
                    "anyMatch",
                    false,
                    bag -> bag.anyMatch(n -> n == 60).compute(Runner.inline()),
                    bag -> bag.anyMatch(n -> n == 60)::compute),
            new Shape(
                    "stream",
                    false,
                    bag -> bag.compute(Runner.inline()),
                    bag -> runner -> bag.stream(runner).collect(Collectors.toList())),
            new Shape(
                    "delayed",
                    true,
                    bag -> bag.count().map(n -> n + 1).compute(Runner.inline()),
                    bag -> bag.count().map(n -> n + 1)::compute));

    private static Bag<Integer> numbers(Random random) {
        List<List<List<Integer>>> parts = new ArrayList<>();
        int next = 0;
        int count = 1 + random.nextInt(5);
        for (int part = 0; part < count; part++) {
            List<List<Integer>> chunks = new ArrayList<>();
            for (int chunk = random.nextInt(6); chunk > 0; chunk--) {
                int size = random.nextInt(12);
                chunks.add(IntStream.range(next, next + size).boxed().toList());
                next += size;
            }
            parts.add(chunks);
        }
        return Bag.from(random.nextBoolean() ? ProbedSource.pipelined(parts) : ProbedSource.of(parts));
    }

    private Runner runner(Random random, int attempts, AtomicReference<@Nullable Report> report) {
        Retry retry = Retry.times(attempts);
        if (random.nextBoolean()) {
            retry = retry.backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        }
        TaskRules rules = new TaskRules(retry, null, null, List.of(), AT_ONCE);
        int parallelism = 1 + random.nextInt(4);
        String memory = random.nextInt(4) == 0 ? "1kB" : "1MB";
        Workspace workspace = new Workspace(Runner.Builder.checkedMemory("memory", memory), folder, parallelism);
        return new Runner(
                LocalEngine.ordered(
                        parallelism, random::nextInt, workspace, rules, () -> new ListenedRun(List.of(), report)),
                true);
    }

    private void check(long seed) {
        Random random = new Random(seed);
        Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
        Bag<Integer> numbers = numbers(random);
        Trouble trouble = new Trouble(random);
        int attempts = 1 + random.nextInt(4);
        AtomicReference<@Nullable Report> report = new AtomicReference<>();
        Object expected = shape.expected().apply(numbers);
        long all = numbers.count().compute(Runner.inline());
        try (Runner runner = runner(random, attempts, report)) {
            Function<Runner, Object> action = shape.action().apply(numbers.map(trouble::call));
            Throwable failure = null;
            try {
                assertThat(action.apply(runner)).isEqualTo(expected);
                long counted = report.get().count(CALLS);
                if (shape.callsAll()) {
                    assertThat(counted).isEqualTo(all);
                } else {
                    assertThat(counted).isLessThanOrEqualTo(all);
                }
            } catch (BagException e) {
                failure = e;
            }
            boolean wasCancelled = Thread.interrupted();
            if (failure != null) {
                boolean byFailure = failure.getCause() instanceof Failed;
                assertThat(byFailure || wasCancelled).as("%s", failure).isTrue();
                // as many failures as attempts can only be of one task
                assertThat(wasCancelled || trouble.failed >= Math.min(attempts, 1))
                        .isTrue();
                assertThat(byFailure
                                && trouble.failures < attempts
                                && !shape.name().equals("stream"))
                        .as("fewer failures than attempts fail nothing")
                        .isFalse();
            }
            trouble.isOver = true;
            assertThat(action.apply(runner)).as("the next run").isEqualTo(expected);
        }
    }

    @Test
    @Tag("P5")
    @Tag("P19")
    @Tag("P32")
    void everyInterleavingIsExactOrFails() {
        checkAll(0, SEEDS);
    }

    @Test
    @Tag("long")
    @Tag("P5")
    @Tag("P19")
    @Tag("P32")
    void tenThousandInterleavingsAreExactOrFail() {
        checkAll(SEEDS, MANY_SEEDS);
    }

    private void checkAll(long from, long to) {
        for (long seed = from; seed < to; seed++) {
            try {
                check(seed);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(folder.toFile().list()).isEmpty();
    }
}
