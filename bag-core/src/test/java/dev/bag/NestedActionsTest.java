package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.Runners;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Actions inside tasks: they never deadlock, and need no threads of their own. */
@Tag("P24")
class NestedActionsTest {

    private static long nested(int depth) {
        return depth == 0
                ? 1
                : Bag.of(1, 2).sumLong(n -> n == 1 ? nested(depth - 1) : 0).compute();
    }

    private static long nestedOn(Runner runner, int depth) {
        return depth == 0
                ? 1
                : Bag.of(1, 2)
                        .sumLong(n -> n == 1 ? nestedOn(runner, depth - 1) : 0)
                        .compute(runner);
    }

    @Test
    void actionsNestAHundredDeep() {
        for (Runner runner : Runners.ALL) {
            assertThat(nestedOn(runner, 100)).isEqualTo(1);
            assertThat(Bag.of(1).map(n -> nested(100)).compute(runner)).containsExactly(1L);
        }
    }

    @Test
    void aThousandActionsMayBeInsideTasksAtOnce() {
        for (Runner runner : Runners.ALL) {
            Bag<Long> inner = Bag.range(0, 5, 5);
            assertThat(Bag.range(0, 1_000, 1_000)
                            .sumLong(n -> inner.sumLong(m -> m).compute())
                            .compute(runner))
                    .isEqualTo(10_000);
        }
    }

    @Test
    void anActionInsideATaskRunsOnTheSameRunnerAndAddsNoThreads() {
        for (int threads : new int[] {1, 2}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                Set<Thread> seen = ConcurrentHashMap.newKeySet();
                Bag<Long> inner = Bag.range(0, 20, 20).peek(n -> seen.add(Thread.currentThread()));
                Bag.range(0, 20, 20).peek(n -> inner.count().compute()).forEach(n -> {}, runner);
                assertThat(seen).hasSizeLessThanOrEqualTo(threads);
                assertThat(seen)
                        .allSatisfy(thread -> assertThat(thread.getName()).startsWith("bag-worker-"));
            }
        }
    }

    @Test
    void allActionsWorkInsideATask() {
        Bag<Integer> inner = Bag.from(List.of(3, 1, 2), 3);
        for (Runner runner : Runners.ALL) {
            List<List<Integer>> answers = Bag.of(0)
                    .flatMap(n -> List.of(
                            inner.compute(),
                            inner.take(2),
                            inner.first().stream().toList(),
                            inner.stream().toList(),
                            inner.sorted().computeAsync().join(),
                            List.of(inner.count().compute().intValue())))
                    .compute(runner);
            assertThat(answers)
                    .containsExactly(
                            List.of(3, 1, 2),
                            List.of(3, 1),
                            List.of(3),
                            List.of(3, 1, 2),
                            List.of(1, 2, 3),
                            List.of(3));
        }
    }

    @Test
    void aStreamInsideATaskMayBeLeftOpenWhileRecordsArePushed() {
        Bag<Integer> inner = Bag.from(IntStream.range(0, 5_000).boxed().toList(), 7);
        for (Runner runner : Runners.ALL) {
            Bag<Integer> bag = Bag.of(1, 2, 3).flatMapStream(n -> inner.stream().map(m -> m * n));
            assertThat(bag.sumLong(n -> n).compute(runner)).isEqualTo(6L * 12_497_500);
            assertThat(bag.stream(runner).mapToLong(n -> n).sum()).isEqualTo(6L * 12_497_500);
        }
    }

    @Test
    void runnersMayUseEachOther() {
        try (Runner one = Runner.local().threads(1).build();
                Runner other = Runner.local().threads(1).build()) {
            assertThat(alternating(one, other, 20)).isEqualTo(1);
        }
    }

    private static long alternating(Runner here, Runner there, int depth) {
        return depth == 0
                ? 1
                : Bag.of(1, 2)
                        .sumLong(n -> n == 1 ? alternating(there, here, depth - 1) : 0)
                        .compute(here);
    }

    @Test
    void anActionInWhatFollowsAFutureIsDone() {
        for (int threads : new int[] {1, 2}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                CountDownLatch attached = new CountDownLatch(1);
                CompletableFuture<Long> chained = Bag.of(1)
                        .peek(n -> attached.await())
                        .computeAsync(runner)
                        .thenApply(list -> Bag.of(1, 2, 3).count().compute(runner))
                        .thenApply(count -> count + Bag.of(1, 2).stream(runner).count());
                attached.countDown();
                assertThat(chained.join()).isEqualTo(5);
            }
        }
    }

    @Test
    void manyCallersMayShareAPoolOfOne() {
        List<CompletableFuture<Long>> sums = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sums.add(Bag.range(0, 100, 10)
                    .sumLong(n -> Bag.range(0, 3, 3).count().compute())
                    .computeAsync(Runners.ONE));
        }
        assertThat(sums).allSatisfy(sum -> assertThat(sum.join()).isEqualTo(300));
    }

    @Test
    @Tag("P19")
    void theFailureOfAnInnerActionThatIsCaughtFailsNothing() {
        for (Runner runner : Runners.ALL) {
            Bag<Integer> failing = Bag.of(1, 2, 3).map(n -> 1 / (n - 2));
            List<String> answers = Bag.range(0, 30, 30)
                    .map(n -> {
                        try {
                            return "" + failing.compute();
                        } catch (BagException e) {
                            return e.operator();
                        }
                    })
                    .compute(runner);
            assertThat(answers).hasSize(30).containsOnly("map");
        }
    }

    @Test
    @Tag("P19")
    void theFailureOfTheOuterRunStopsInnerOnes() {
        for (Runner runner : List.of(Runners.TWO, Runners.SEVEN)) {
            CountDownLatch innerBegun = new CountDownLatch(1);
            AtomicInteger running = new AtomicInteger();
            Bag<Integer> blocked = Bag.of(1).peek(n -> {
                running.incrementAndGet();
                try {
                    innerBegun.countDown();
                    new CountDownLatch(1).await();
                } finally {
                    running.decrementAndGet();
                }
            });
            BagException failure = failure(() -> Bag.of(0, 1)
                    .map(n -> {
                        if (n == 0) {
                            return blocked.count().compute();
                        }
                        innerBegun.await();
                        throw new IllegalStateException("outer");
                    })
                    .compute(runner));
            assertThat(failure.getCause()).hasMessage("outer");
            assertThat(running).hasValue(0);
        }
    }

    /** Computes while it is being initialised. */
    private static final class InsideAnInitializer {

        static final long OFFSET = Long.parseLong("10");
        static final List<Long> SHIFTED = shifted(Runners.TWO);
        static final List<Long> SHIFTED_INLINE = shifted(Runner.inline());
        static final long STREAMED = Bag.range(0, 100, 10).map(n -> plus(n)).stream(Runners.TWO)
                .mapToLong(n -> n)
                .sum();
        static final long FUTURE = Bag.range(0, 100, 10)
                .sumLong(n -> plus(n))
                .computeAsync(Runners.ONE)
                .join();

        private static List<Long> shifted(Runner runner) {
            return Bag.range(0, 4, 4).map(n -> plus(n)).compute(runner);
        }

        private static long plus(long n) {
            return n + OFFSET;
        }
    }

    @Test
    void anActionInsideAStaticInitializerWorks() {
        assertThat(InsideAnInitializer.SHIFTED).containsExactly(10L, 11L, 12L, 13L);
        assertThat(InsideAnInitializer.SHIFTED_INLINE).containsExactly(10L, 11L, 12L, 13L);
        assertThat(InsideAnInitializer.STREAMED).isEqualTo(5_950);
        assertThat(InsideAnInitializer.FUTURE).isEqualTo(5_950);
    }

    @Test
    void workersAreDaemonsWithTheClassLoaderOfTheirMaker() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        ClassLoader own = new ClassLoader(getClass().getClassLoader()) {};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(own);
        try (Runner runner = Runner.local().threads(2).build()) {
            Thread.currentThread().setContextClassLoader(before);
            Bag.range(0, 10, 10).forEach(n -> seen.add(Thread.currentThread()), runner);
            assertThat(seen).isNotEmpty().allSatisfy(thread -> {
                assertThat(thread.isDaemon()).isTrue();
                assertThat(thread.getContextClassLoader()).isSameAs(own);
                assertThat(thread.getName()).matches("bag-worker-[12]");
            });
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        assertThat(seen).allSatisfy(thread -> assertThat(thread.isAlive()).isFalse());
    }

    @Test
    void anInlineRunnerUsesNoThreadButTheCallers() {
        Set<Thread> seen = new HashSet<>();
        try (Runner runner = Runner.inline()) {
            Bag.range(0, 10, 10).forEach(n -> seen.add(Thread.currentThread()), runner);
            assertThat(Bag.range(0, 10, 10).peek(n -> seen.add(Thread.currentThread())).stream(runner))
                    .hasSize(10);
            Bag.range(0, 10, 10)
                    .peek(n -> seen.add(Thread.currentThread()))
                    .count()
                    .computeAsync(runner)
                    .join();
        }
        assertThat(seen).containsExactly(Thread.currentThread());
    }
}
