package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.Eventually;
import dev.bag.testing.EveryRun;
import dev.bag.testing.Runners;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.InFlight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that wait, on threads of their own. */
@Timeout(60)
class MapAsyncTest {

    private static final List<Integer> NUMBERS = IntStream.range(0, 50).boxed().toList();

    static List<Runner> runners() {
        return Runners.ALL;
    }

    /** Those that have threads, so that calls have threads, too. */
    static List<Runner> threaded() {
        return List.of(Runners.ONE, Runners.TWO, Runners.SEVEN);
    }

    private static void awaitForever() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    @Tag("P2")
    void keepsOrderHoweverRecordsArePartitioned(int inFlight) {
        List<Integer> expected = NUMBERS.stream().map(n -> n * n).toList();
        EveryRun.assertRecords(NUMBERS, bag -> bag.mapAsync(n -> n * n, inFlight), expected);
        EveryRun.assertRecords(
                NUMBERS,
                bag -> bag.mapAsyncStage(n -> CompletableFuture.supplyAsync(() -> n * n), InFlight.of(inFlight)),
                expected);
        EveryRun.assertRecords(
                NUMBERS,
                bag -> bag.mapAsyncStage(n -> CompletableFuture.completedStage(n * n), InFlight.of(inFlight)),
                expected);
    }

    /** Each call waits for the one of the record behind it: so results come back in the opposite order. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("threaded")
    void keepsOrderWhenResultsComeBackInAnother(Runner runner) {
        List<CountDownLatch> ended =
                Stream.generate(() -> new CountDownLatch(1)).limit(11).toList();
        ended.get(10).countDown();
        Bag<Integer> bag = Bag.from(NUMBERS.subList(0, 10), 1)
                .mapAsync(
                        n -> {
                            ended.get(n + 1).await();
                            ended.get(n).countDown();
                            return n;
                        },
                        10);
        assertThat(bag.compute(runner)).isEqualTo(NUMBERS.subList(0, 10));
    }

    /** The barrier opens only if so many calls are in it at the same time; {@code most} is how many there were. */
    private static Bag<Integer> atOnce(Bag<Integer> numbers, int calls, AtomicInteger most) {
        CyclicBarrier all = new CyclicBarrier(calls);
        AtomicInteger running = new AtomicInteger();
        return numbers.mapAsync(
                n -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    all.await();
                    running.decrementAndGet();
                    return n;
                },
                calls);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40})
    void makesAsManyCallsAtOnceAsAllowedAndNotMore(int partitions) {
        AtomicInteger most = new AtomicInteger();
        Bag<Integer> bag = atOnce(Bag.from(NUMBERS.subList(0, 40), partitions), 8, most);
        assertThat(bag.compute(Runners.ONE)).isEqualTo(NUMBERS.subList(0, 40));
        assertThat(most).hasValue(8);
    }

    @Test
    void limitsAllRunsOfARunnerTogether() throws Exception {
        AtomicInteger most = new AtomicInteger();
        Bag<Integer> bag = atOnce(Bag.from(NUMBERS.subList(0, 16), 4), 4, most);
        List<CompletableFuture<List<Integer>>> runs =
                Stream.generate(() -> bag.computeAsync(Runners.TWO)).limit(5).toList();
        for (CompletableFuture<List<Integer>> run : runs) {
            assertThat(run.get()).isEqualTo(NUMBERS.subList(0, 16));
        }
        assertThat(most).hasValue(4);
    }

    @Test
    void callsAreMadeOnThreadsOfTheirOwnAndHoldNone() {
        CountDownLatch mapped = new CountDownLatch(1);
        Bag<String> waiting = Bag.of(1)
                .mapAsync(
                        n -> {
                            mapped.await();
                            return Thread.currentThread().getName();
                        },
                        1);
        Bag<String> working = Bag.of(1).map(n -> {
            mapped.countDown();
            return "done";
        });
        List<String> names = waiting.concat(working).compute(Runners.ONE);
        assertThat(names.get(0)).doesNotStartWith("bag-worker");
        assertThat(names.get(1)).isEqualTo("done");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("runners")
    void runsActionsInsideOfCallsOnTheSameRunner(Runner runner) {
        Bag<Long> bag = Bag.range(0, 20).mapAsync(n -> Bag.range(0, n).count().compute(), 5);
        assertThat(bag.sumLong(n -> n).compute(runner)).isEqualTo(190);
    }

    /** Reads ahead of the call that is waited for by a bounded number of records. */
    @Test
    @Tag("P28")
    void looksAheadBoundedly() {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        Bag<Integer> bag = Bag.generate(() -> Stream.iterate(0, n -> n + 1).iterator())
                .mapAsync(
                        n -> {
                            begun.incrementAndGet();
                            if (n == 0) {
                                go.await();
                            }
                            return n;
                        },
                        4);
        try (Stream<Integer> stream = bag.stream(Runners.TWO)) {
            CompletableFuture<Optional<Integer>> first = CompletableFuture.supplyAsync(stream::findFirst);
            Eventually.await().until(() -> begun.get() == 8);
            go.countDown();
            assertThat(first.join()).hasValue(0);
        }
    }

    @Test
    void makesNoMoreCallsThanALimitNeeds() {
        AtomicInteger calls = new AtomicInteger();
        Bag<Integer> bag = Bag.from(NUMBERS, 3)
                .mapAsync(
                        n -> {
                            calls.incrementAndGet();
                            return n;
                        },
                        16);
        assertThat(bag.take(5, Runners.TWO)).isEqualTo(NUMBERS.subList(0, 5));
        assertThat(calls).hasValue(5);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("runners")
    @Tag("P20")
    void aFailureNamesTheRecordAndHasTheUsersExceptionAsItsCause(Runner runner) {
        IllegalStateException own = new IllegalStateException("no answer");
        Bag<Integer> bag = Bag.from(NUMBERS, 5)
                .mapAsync(
                        n -> {
                            if (n == 23) {
                                throw own;
                            }
                            return n;
                        },
                        4)
                .named("fetch");
        BagException failure = failure(() -> bag.compute(runner));
        assertThat(failure.operator()).isEqualTo("fetch");
        assertThat(failure)
                .hasMessageStartingWith(
                        "mapAsync \"fetch\" failed (partition 3 of 5): IllegalStateException: no answer");
        assertThat(failure.recordExcerpt()).contains("23");
        assertThat(failure.getCause()).isSameAs(own);
    }

    /** The later record fails first, and the earlier one is told. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("threaded")
    void theFirstFailureInTheOrderOfTheRecordsIsTold(Runner runner) {
        CountDownLatch secondHasFailed = new CountDownLatch(1);
        Bag<Integer> bag = Bag.from(List.of(1, 2, 3), 1)
                .mapAsync(
                        n -> {
                            if (n == 3) {
                                secondHasFailed.countDown();
                            } else if (n == 2) {
                                secondHasFailed.await();
                            }
                            if (n > 1) {
                                throw new IllegalStateException("record " + n);
                            }
                            return n;
                        },
                        3);
        assertThat(failure(() -> bag.compute(runner)).getCause()).hasMessage("record 2");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("runners")
    void aStageFailsWithItsOwnException(Runner runner) {
        IllegalStateException own = new IllegalStateException("no answer");
        for (Throwable thrown : List.of(own, new CompletionException(own))) {
            Bag<Integer> bag =
                    Bag.of(1).mapAsyncStage(n -> CompletableFuture.<Integer>failedFuture(thrown), InFlight.of(2));
            assertThat(failure(() -> bag.compute(runner)).getCause()).isSameAs(own);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("runners")
    void nullIsNoResult(Runner runner) {
        Bag<Integer> bag = Bag.of(1).mapAsync(n -> nothing(), 2);
        assertThat(failure(() -> bag.compute(runner)))
                .hasMessageContaining("the function returned null, and a record is never null");
        Bag<Integer> stages =
                Bag.of(1).mapAsyncStage(n -> CompletableFuture.completedFuture(nothing()), InFlight.of(2));
        assertThat(failure(() -> stages.compute(runner)))
                .hasMessageContaining("the function returned null, and a record is never null");
    }

    /** As a user does who does not look for null. */
    private static Integer nothing() {
        return null;
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("runners")
    @Tag("P34")
    void aPolicyLeavesOutRecordsThatFail(Runner runner) {
        Bag<Integer> bag = Bag.from(NUMBERS, 4).mapAsync(n -> 100 / (n % 10), 6).onError(ErrorPolicy.skip(5));
        List<Integer> expected = NUMBERS.stream()
                .filter(n -> n % 10 > 0)
                .map(n -> 100 / (n % 10))
                .toList();
        assertThat(bag.compute(runner)).isEqualTo(expected);
        assertThat(failure(() -> bag.concat(Bag.of(0))
                        .mapAsync(n -> 1 / (n - 100), 3)
                        .onError(ErrorPolicy.skip(3))
                        .compute(runner)))
                .hasMessageContaining("skip(3)");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("threaded")
    @Tag("P19")
    void whenARunHasFailedNoCallIsRunning(Runner runner) {
        for (int round = 0; round < 20; round++) {
            AtomicInteger running = new AtomicInteger();
            CountDownLatch begun = new CountDownLatch(5);
            Bag<Integer> bag = Bag.from(NUMBERS, 10)
                    .mapAsync(
                            n -> {
                                running.incrementAndGet();
                                try {
                                    begun.countDown();
                                    begun.await();
                                    if (n == 0) {
                                        throw new IllegalStateException("no");
                                    }
                                    awaitForever();
                                    return n;
                                } finally {
                                    running.decrementAndGet();
                                }
                            },
                            50);
            assertThat(failure(() -> bag.compute(runner)).getCause()).hasMessage("no");
            assertThat(running).hasValue(0);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("threaded")
    @Tag("P21")
    void cancellingInterruptsTheCalls(Runner runner) throws Exception {
        CountDownLatch begun = new CountDownLatch(6);
        CountDownLatch interrupted = new CountDownLatch(6);
        Bag<Integer> bag = Bag.from(NUMBERS, 3)
                .mapAsync(
                        n -> {
                            begun.countDown();
                            try {
                                awaitForever();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                                throw e;
                            }
                            return n;
                        },
                        6);
        CompletableFuture<List<Integer>> run = bag.computeAsync(runner);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        run.cancel(true);
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Bag.from(NUMBERS, 3).mapAsync(n -> n, 6).compute(runner)).isEqualTo(NUMBERS);
    }

    @Test
    @Tag("P29")
    void callsThatAreNotWantedAnyMoreAreInterrupted() {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        List<Integer> interrupted = Collections.synchronizedList(new ArrayList<>());
        Bag<Integer> bag = Bag.from(NUMBERS, 1)
                .mapAsync(
                        n -> {
                            if (n > 0) {
                                begun.incrementAndGet();
                                three.countDown();
                                try {
                                    awaitForever();
                                } catch (InterruptedException e) {
                                    interrupted.add(n);
                                    throw e;
                                }
                            }
                            three.await();
                            return n;
                        },
                        4);
        assertThat(bag.anyMatch(n -> n == 0).compute(Runners.TWO)).isTrue();
        assertThat(interrupted).contains(1, 2, 3).hasSize(begun.get());
        try (Stream<Integer> stream = bag.stream(Runners.TWO)) {
            assertThat(stream.iterator().next()).isEqualTo(0);
        }
        assertThat(interrupted).hasSize(begun.get());
    }

    @Test
    void aStageThatIsNotWantedAnyMoreIsCancelled() {
        CompletableFuture<Integer> late = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        Bag<Integer> bag = Bag.from(List.of(0, 1), 1)
                .mapAsyncStage(
                        n -> {
                            if (n == 1) {
                                asked.countDown();
                                return late;
                            }
                            return CompletableFuture.supplyAsync(() -> {
                                try {
                                    asked.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                return n;
                            });
                        },
                        InFlight.of(2));
        assertThat(bag.anyMatch(n -> n == 0).compute(Runners.TWO)).isTrue();
        assertThat(late).isCancelled();
        assertThat(Bag.of(5)
                        .mapAsyncStage(n -> CompletableFuture.completedStage(n), InFlight.of(1))
                        .compute(Runners.TWO))
                .containsExactly(5);
    }

    @Test
    void closingARunnerEndsTheCalls() throws Exception {
        AtomicBoolean isRunning = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Runner runner = Runner.local().threads(1).build();
        CompletableFuture<List<Integer>> run = Bag.of(1)
                .mapAsync(
                        n -> {
                            isRunning.set(true);
                            begun.countDown();
                            try {
                                awaitForever();
                                return n;
                            } finally {
                                isRunning.set(false);
                            }
                        },
                        1)
                .computeAsync(runner);
        begun.await();
        runner.close();
        assertThatThrownBy(run::join).hasCauseInstanceOf(BagException.class);
        assertThat(isRunning).isFalse();
    }

    /** An interrupt does not go astray to the next call on a thread that is used again. */
    @Test
    void aCallIsNotInterruptedForAnother() {
        for (int round = 0; round < 200; round++) {
            Bag<Integer> bag = Bag.from(NUMBERS, 2).mapAsync(n -> n, 8);
            assertThat(bag.anyMatch(n -> n == 3).compute(Runners.TWO)).isTrue();
            Bag<Boolean> flags =
                    Bag.from(NUMBERS, 2).mapAsync(n -> Thread.currentThread().isInterrupted(), 8);
            assertThat(flags.anyMatch(flag -> flag).compute(Runners.TWO)).isFalse();
        }
    }

    /** Between the first and the last of n calls are n - 1 steps, whatever else takes time. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("runners")
    void callsDoNotBeginFasterThanTheRate(Runner runner) {
        List<Long> begins = Collections.synchronizedList(new ArrayList<>());
        Bag<Integer> bag = Bag.from(NUMBERS.subList(0, 11), 3)
                .mapAsync(
                        n -> {
                            begins.add(System.nanoTime());
                            return n;
                        },
                        InFlight.of(4).perSecond(100));
        assertThat(bag.compute(runner)).isEqualTo(NUMBERS.subList(0, 11));
        long first = Collections.min(begins);
        long last = Collections.max(begins);
        assertThat(last - first).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(80));
    }

    @Test
    @Tag("P5")
    void aFailedAttemptIsRunAgain() {
        AtomicInteger failures = new AtomicInteger(3);
        try (Runner runner = Runner.local().threads(2).retries(3).build()) {
            Bag<Integer> bag = Bag.from(NUMBERS, 2)
                    .mapAsync(
                            n -> {
                                if (n == 30 && failures.getAndDecrement() > 0) {
                                    throw new IllegalStateException("not yet");
                                }
                                return n;
                            },
                            5);
            assertThat(bag.compute(runner)).isEqualTo(NUMBERS);
        }
    }

    @Test
    void argumentsAreCheckedWhenTheBagIsBuilt() {
        assertThatThrownBy(() -> Bag.of(1).mapAsync(n -> n, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("inFlight(0): at least 1 call must be allowed at a time");
        assertThatThrownBy(() -> InFlight.of(3).perSecond(0))
                .hasMessage("perSecond(0.0): the rate must be more than 0");
        assertThatThrownBy(() -> InFlight.of(3).perSecond(Double.NaN))
                .hasMessage("perSecond(NaN): the rate must be more than 0");
        assertThat(InFlight.of(3).perSecond(0.5)).hasToString("InFlight.of(3).perSecond(0.5)");
        assertThat(InFlight.of(3)).hasToString("InFlight.of(3)");
    }
}
