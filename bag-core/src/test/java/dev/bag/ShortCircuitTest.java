package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What does not need all records is what one thread that reads in order would have said, for any number of threads: a
 * failure behind the record that decides does not count, one before it does, and what is there is not waited for.
 */
@Timeout(120)
class ShortCircuitTest {

    private static final int COUNT = 2_500;

    /** The numbers from 0, until one that cannot be made. */
    private static Iterator<Integer> failingAt(int bad) {
        return IntStream.range(0, COUNT)
                .mapToObj(n -> {
                    if (n == bad) {
                        throw new IllegalStateException("bad " + bad);
                    }
                    return n;
                })
                .iterator();
    }

    private static Integer checked(int n, int bad) {
        if (n == bad) {
            throw new IllegalStateException("bad " + bad);
        }
        return n;
    }

    /** Bags of the numbers from 0 in which one fails. */
    private static Map<String, Function<Integer, Bag<Integer>>> sources() {
        List<Integer> all = IntStream.range(0, COUNT).boxed().toList();
        Map<String, Function<Integer, Bag<Integer>>> sources = new LinkedHashMap<>();
        sources.put("generate", bad -> Bag.generate(() -> failingAt(bad)));
        sources.put(
                "generate, map",
                bad -> Bag.generate(() -> IntStream.range(0, COUNT).iterator()).map(n -> checked(n, bad)));
        sources.put("list", bad -> Bag.from(all, 50).map(n -> checked(n, bad)));
        sources.put(
                "chunks",
                bad -> Bag.from(ProbedSource.pipelined(Cuts.parts(all, 3))).map(n -> checked(n, bad)));
        sources.put(
                "concat",
                bad -> Bag.from(all.subList(0, 100), 7)
                        .concat(Bag.generate(() -> IntStream.range(100, COUNT).iterator()))
                        .map(n -> checked(n, bad)));
        return sources;
    }

    /** Questions that record {@code decisive} decides. */
    private static Map<String, BiFunction<Bag<Integer>, Integer, Function<Runner, Object>>> questions() {
        Map<String, BiFunction<Bag<Integer>, Integer, Function<Runner, Object>>> questions = new LinkedHashMap<>();
        questions.put("anyMatch", (bag, n) -> bag.anyMatch(m -> m.equals(n))::compute);
        questions.put("noneMatch", (bag, n) -> bag.noneMatch(m -> m.equals(n))::compute);
        questions.put("allMatch", (bag, n) -> bag.allMatch(m -> !m.equals(n))::compute);
        questions.put("first", (bag, n) -> runner -> bag.filter(m -> m >= n).first(runner));
        questions.put("take", (bag, n) -> runner -> bag.take(n + 1, runner));
        questions.put("limit", (bag, n) -> bag.limit(n + 1).count()::compute);
        questions.put("takeWhile", (bag, n) -> bag.takeWhile(m -> m < n).count()::compute);
        questions.put("stream", (bag, n) -> runner -> {
            try (Stream<Integer> stream = bag.stream(runner)) {
                return stream.anyMatch(m -> m.equals(n));
            }
        });
        return questions;
    }

    private static Object answer(Function<Runner, Object> question, Runner runner) {
        try {
            return question.apply(runner);
        } catch (BagException e) {
            return e.getCause().getMessage();
        }
    }

    @Test
    @Tag("P1")
    void aFailureCountsIfItComesBeforeWhatDecides() {
        for (var source : sources().entrySet()) {
            for (var question : questions().entrySet()) {
                for (int decisive : new int[] {0, 40, 1_400, COUNT - 2}) {
                    for (int bad : new int[] {0, 41, 1_399, 1_500, COUNT - 1}) {
                        Bag<Integer> bag = source.getValue().apply(bad);
                        Function<Runner, Object> asked = question.getValue().apply(bag, decisive);
                        Object expected = bad <= decisive
                                ? "bad " + bad
                                : answer(
                                        question.getValue()
                                                .apply(source.getValue().apply(-1), decisive),
                                        Runners.ONE);
                        for (Runner runner : Runners.ALL) {
                            assertThat(answer(asked, runner))
                                    .as(
                                            "%s of %s, %s before %s, on %s",
                                            question.getKey(), source.getKey(), decisive, bad, runner)
                                    .isEqualTo(expected);
                        }
                    }
                }
            }
        }
    }

    /** The first of two partitions, or chunks, waits until the second has failed or decided. */
    private static void assertFirstCounts(Function<List<List<Integer>>, Bag<Integer>> source) {
        for (Runner runner : List.of(Runners.TWO, Runners.SEVEN)) {
            CountDownLatch failed = new CountDownLatch(1);
            Bag<Integer> failsBehind = source.apply(List.of(List.of(0), List.of(1)))
                    .map(n -> {
                        if (n == 1) {
                            failed.countDown();
                            throw new IllegalStateException("behind");
                        }
                        failed.await();
                        return n;
                    });
            assertThat(failsBehind.anyMatch(n -> n == 0).compute(runner)).isTrue();
            CountDownLatch matched = new CountDownLatch(1);
            Bag<Integer> failsBefore = source.apply(List.of(List.of(0), List.of(1)))
                    .map(n -> {
                        if (n == 0) {
                            matched.await();
                            throw new IllegalStateException("before");
                        }
                        return n;
                    });
            BagException failure = failure(() -> failsBefore
                    .anyMatch(n -> {
                        matched.countDown();
                        return true;
                    })
                    .compute(runner));
            assertThat(failure.getCause()).hasMessage("before");
        }
    }

    @Test
    @Tag("P1")
    void whicheverPartitionIsFasterTheFirstOneCounts() {
        assertFirstCounts(
                parts -> Bag.from(ProbedSource.of(parts.stream().map(List::of).toList())));
    }

    @Test
    @Tag("P1")
    void whicheverChunkIsFasterTheFirstOneCounts() {
        assertFirstCounts(chunks -> Bag.from(ProbedSource.pipelined(List.of(chunks))));
    }

    @Test
    @Tag("P1")
    void aResultThatNeedsAllRecordsGetsThemThoughAnotherOneFailsBehindWhatDecidesIt() {
        for (int round = 0; round < 20; round++) {
            for (Runner runner : Runners.ALL) {
                Bag<Integer> bag = Bag.from(IntStream.range(0, COUNT).boxed().toList(), 50);
                Delayed<Boolean> any = bag.map(n -> checked(n, 1_500)).anyMatch(n -> n == 1_400);
                Delayed<Long> count = bag.count();
                Results results = Delayed.computeAll(runner, any, count);
                assertThat(results.get(any)).isTrue();
                assertThat(results.get(count)).isEqualTo(COUNT);
                Delayed<Boolean> fails = bag.map(n -> checked(n, 1_300)).anyMatch(n -> n == 1_400);
                assertThat(failure(() -> Delayed.computeAll(runner, fails, count))
                                .getCause())
                        .hasMessage("bad 1300");
            }
        }
    }

    /** Ten numbers, and then none until somebody gives up. */
    private static Bag<Integer> live() {
        return Bag.generate(() -> IntStream.iterate(0, n -> n + 1)
                .peek(n -> {
                    if (n == 10) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                })
                .iterator());
    }

    @Test
    @Tag("P28")
    void whatIsThereIsGivenWithoutWaitingForMore() {
        for (Runner runner : Runners.ALL) {
            assertThat(live().take(5, runner)).containsExactly(0, 1, 2, 3, 4);
            assertThat(live().first(runner)).hasValue(0);
            assertThat(live().limit(3).compute(runner)).containsExactly(0, 1, 2);
            assertThat(live().take(10, runner)).hasSize(10);
            assertThat(live().takeWhile(n -> n < 9).count().compute(runner)).isEqualTo(9);
            assertThat(live().anyMatch(n -> n == 9).compute(runner)).isTrue();
            assertThat(live().map(n -> n + 1).allMatch(n -> n < 7).compute(runner))
                    .isFalse();
            try (Stream<Integer> stream = live().map(n -> n * 2).stream(runner)) {
                Iterator<Integer> records = stream.iterator();
                List<Integer> seen = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    seen.add(records.next());
                }
                assertThat(seen)
                        .isEqualTo(
                                IntStream.range(0, 10).map(n -> n * 2).boxed().toList());
            }
        }
    }
}
