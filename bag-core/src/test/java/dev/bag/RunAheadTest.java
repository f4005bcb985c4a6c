package dev.bag;

import static dev.bag.testing.Eventually.await;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import dev.bag.testing.ViewSource;
import dev.bag.value.Pair;
import dev.bag.value.Utf8;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What lies in front of an operation that needs the order of records runs ahead of it; what comes out is what one thread
 * finds that reads in order.
 */
@Timeout(30)
class RunAheadTest {

    /** Operations that need the order, with what they make of a list. */
    private record InOrder(String name, Function<Bag<Integer>, Bag<?>> bag, Function<List<Integer>, List<?>> list) {}

    private static List<InOrder> inOrder(int n) {
        return List.of(
                new InOrder("zipWithIndex", Bag::zipWithIndex, RunAheadTest::indexed),
                new InOrder("scan", bag -> bag.scan(Integer::sum), RunAheadTest::sums),
                new InOrder(
                        "scan with an initial",
                        bag -> bag.scan(7, Integer::sum),
                        list -> sums(Stream.concat(Stream.of(7), list.stream()).toList())),
                new InOrder(
                        "limit " + n,
                        bag -> bag.limit(n),
                        list -> list.stream().limit(n).toList()),
                new InOrder(
                        "skip " + n,
                        bag -> bag.skip(n),
                        list -> list.stream().skip(n).toList()),
                new InOrder(
                        "takeWhile",
                        bag -> bag.takeWhile(x -> x < 3 * n),
                        list -> list.stream().takeWhile(x -> x < 3 * n).toList()),
                new InOrder(
                        "skip, limit, zipWithIndex",
                        bag -> bag.skip(n / 2).map(x -> x + 1).limit(n).zipWithIndex(),
                        list -> indexed(list.stream()
                                .skip(n / 2)
                                .map(x -> x + 1)
                                .limit(n)
                                .toList())));
    }

    private static List<Pair<Integer, Long>> indexed(List<Integer> list) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> Pair.of(list.get(i), (long) i))
                .toList();
    }

    private static List<Integer> sums(List<Integer> list) {
        List<Integer> sums = new ArrayList<>();
        for (int each : list) {
            sums.add(sums.isEmpty() ? each : sums.get(sums.size() - 1) + each);
        }
        return sums;
    }

    /** Operations in front. */
    private static Map<String, Function<Bag<Integer>, Bag<Integer>>> fronts() {
        Map<String, Function<Bag<Integer>, Bag<Integer>>> fronts = new LinkedHashMap<>();
        fronts.put("nothing", bag -> bag);
        fronts.put("map", bag -> bag.map(x -> x + 1).named("one more"));
        fronts.put("filter, flatMap", bag -> bag.filter(x -> x % 3 != 0).flatMap(x -> List.of(x, -x, x)));
        fronts.put("mapWith", bag -> bag.mapWith(Delayed.value(5), (x, y) -> x * y));
        fronts.put("concat", bag -> bag.filter(x -> x % 2 == 0).concat(bag.map(x -> x + 1)));
        fronts.put("mapPartitions", bag -> bag.filter(x -> x % 2 == 0).mapPartitions(records -> records));
        return fronts;
    }

    /** So many records that what comes behind them runs ahead. */
    private static final int ENOUGH = 1024;

    private static final List<Integer> FIRST =
            IntStream.range(0, ENOUGH).boxed().toList();

    /** Numbers counted through, in a few partitions of a few chunks of a few records, behind enough of them. */
    private static List<List<List<Integer>>> partsOfChunks(Random random) {
        List<List<List<Integer>>> parts = new ArrayList<>();
        parts.add(List.of(FIRST));
        int next = ENOUGH;
        for (int part = random.nextInt(6); part >= 0; part--) {
            List<List<Integer>> chunks = new ArrayList<>();
            for (int chunk = random.nextInt(8); chunk > 0; chunk--) {
                int size = random.nextInt(5);
                chunks.add(IntStream.range(next, next + size).boxed().toList());
                next += size;
            }
            parts.add(chunks);
        }
        return parts;
    }

    /** The numbers from {@link #ENOUGH} on, behind a partition of those before. */
    private static List<List<List<Integer>>> behindEnough(List<List<List<Integer>>> parts) {
        List<List<List<Integer>>> all = new ArrayList<>();
        all.add(List.of(FIRST));
        for (List<List<Integer>> part : parts) {
            all.add(part.stream()
                    .map(chunk -> chunk.stream().map(n -> n + ENOUGH).toList())
                    .toList());
        }
        return all;
    }

    private static List<List<List<Integer>>> chunks(int parts, int chunks, int size) {
        return IntStream.range(0, parts)
                .mapToObj(p -> IntStream.range(0, chunks)
                        .mapToObj(c -> IntStream.range(0, size)
                                .mapToObj(i -> (p * chunks + c) * size + i)
                                .toList())
                        .toList())
                .toList();
    }

    @Test
    @Tag("P1")
    @Tag("P2")
    void whatComesOutIsWhatOneThreadFinds() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<List<List<Integer>>> parts = partsOfChunks(random);
            int n = ENOUGH - 10 + random.nextInt(60);
            for (var front : fronts().entrySet()) {
                List<Integer> input =
                        front.getValue().apply(Bag.from(ProbedSource.of(parts))).compute(Runner.inline());
                for (InOrder operation : inOrder(n)) {
                    for (Runner runner : Runners.ALL) {
                        ProbedSource<Integer> source = ProbedSource.pipelined(parts);
                        Bag<?> bag = operation.bag().apply(front.getValue().apply(Bag.from(source)));
                        assertThat(bag.map(Object::toString).compute(runner))
                                .as("%s, %s of seed %s on %s", front.getKey(), operation.name(), seed, runner)
                                .isEqualTo(operation.list().apply(input).stream()
                                        .map(Object::toString)
                                        .toList());
                        source.probe().assertClean();
                    }
                }
            }
        }
    }

    @Test
    @Tag("P44")
    void viewsComeThrough() {
        List<List<List<String>>> parts = behindEnough(chunks(3, 5, 4)).stream()
                .map(part -> part.stream()
                        .map(chunk -> chunk.stream().map(n -> "text " + n).toList())
                        .toList())
                .toList();
        List<String> expected = new ArrayList<>();
        for (String text :
                parts.stream().flatMap(List::stream).flatMap(List::stream).toList()) {
            expected.add(text + " at " + expected.size());
        }
        for (Runner runner : Runners.ALL) {
            Bag<Utf8> texts = Bag.from(ViewSource.of(true, parts));
            assertThat(texts.zipWithIndex()
                            .map(pair -> pair.first() + " at " + pair.second())
                            .compute(runner))
                    .isEqualTo(expected);
            assertThat(texts.skip(1).compute(runner)).map(Utf8::toString).hasSize(expected.size() - 1);
        }
    }

    private static <T> T together(CyclicBarrier barrier, T record) throws Exception {
        barrier.await(1, TimeUnit.MINUTES);
        return record;
    }

    @Test
    void chunksAreWorkedOnAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        List<Integer> records = IntStream.range(0, ENOUGH + 20).boxed().toList();
        for (List<List<List<Integer>>> parts : List.of(chunks(1, 20, 1), chunks(20, 1, 1), chunks(4, 5, 1))) {
            Bag<Integer> bag = Bag.from(ProbedSource.pipelined(behindEnough(parts)));
            assertThat(bag.map(n -> n < ENOUGH ? n : together(both, n))
                            .zipWithIndex()
                            .compute(Runners.TWO))
                    .isEqualTo(indexed(records));
        }
    }

    @Test
    void partitionsInMemoryAreWorkedOnAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        List<Integer> records = IntStream.range(0, 3 * ENOUGH).boxed().toList();
        assertThat(Bag.from(records, 3)
                        .map(n -> n > 0 && n % ENOUGH == 0 ? together(both, n) : n)
                        .scan(Integer::sum)
                        .compute(Runners.TWO))
                .isEqualTo(sums(records));
        List<Pair<Long, Long>> numbers = Bag.range(0, 3 * ENOUGH, 1)
                .map(n -> n > 0 && n % ENOUGH == 0 ? together(both, n) : n)
                .zipWithIndex()
                .compute(Runners.TWO);
        assertThat(numbers).hasSize(3 * ENOUGH).last().isEqualTo(Pair.of(3071L, 3071L));
    }

    @Test
    @Tag("P29")
    void aSmallLimitReadsNoMoreThanItNeeds() {
        for (Runner runner : Runners.ALL) {
            for (int limit = 0; limit <= 10; limit++) {
                ProbedSource<Integer> source = ProbedSource.pipelined(chunks(3, 4, 10));
                assertThat(Bag.from(source).map(n -> n + 1).limit(limit).compute(runner))
                        .hasSize(limit);
                assertThat(source.probe().records).hasValue(limit);
                source.probe().assertClean();
            }
        }
    }

    @Test
    @Tag("P29")
    void whatIsReadAheadIsClosed() {
        for (Runner runner : Runners.ALL) {
            for (int limit = ENOUGH - 2; limit <= ENOUGH + 125; limit++) {
                ProbedSource<Integer> source = ProbedSource.pipelined(behindEnough(chunks(4, 6, 5)));
                Bag<Integer> bag = Bag.from(source).map(n -> n + 1).limit(limit);
                assertThat(bag.count().compute(runner)).isEqualTo(Math.min(limit, ENOUGH + 120));
                source.probe().assertClean();
            }
        }
    }

    @Test
    @Tag("P20")
    void aFailureTellsTheSamePlaceAsThatOfOneThread() {
        List<List<List<Integer>>> parts = behindEnough(chunks(3, 4, 3));
        for (int bad = 0; bad < 36; bad++) {
            int failing = ENOUGH + bad;
            for (boolean isAhead : new boolean[] {true, false}) {
                List<String> told = new ArrayList<>();
                for (Runner runner : Runners.ALL) {
                    ProbedSource<Integer> source = ProbedSource.pipelined(parts);
                    Bag<Integer> twice =
                            Bag.from(source).flatMap(n -> List.of(n, n)).filter(n -> n % 5 != 1 || n == failing);
                    Bag<Integer> ahead = isAhead ? twice.map(n -> checked(n, failing)) : twice;
                    BagException failure = failure(() -> ahead.zipWithIndex()
                            .map(pair -> checked(pair.first(), failing))
                            .compute(runner));
                    told.add(failure.getMessage() + failure.location());
                    source.probe().assertClean();
                }
                assertThat(told.get(0)).contains("line " + (bad % 12 + 1)).contains("part-" + (1 + bad / 12));
                assertThat(told).containsOnly(told.get(0));
            }
        }
    }

    private static int checked(int n, int bad) {
        if (n == bad) {
            throw new IllegalStateException("bad");
        }
        return n;
    }

    @Test
    @Tag("P28")
    void whatIsMadeAheadIsBounded() {
        for (Runner runner : Runners.ALL) {
            AtomicLong made = new AtomicLong();
            AtomicLong taken = new AtomicLong();
            AtomicLong most = new AtomicLong();
            List<Integer> large = IntStream.range(0, 100_000).boxed().toList();
            ProbedSource<Integer> source = ProbedSource.endless(true, n -> large);
            long count = Bag.from(source)
                    .peek(n -> made.incrementAndGet())
                    .zipWithIndex()
                    .peek(pair -> most.accumulateAndGet(made.get() - taken.incrementAndGet(), Math::max))
                    .limit(2_500_000)
                    .count()
                    .compute(runner);
            assertThat(count).isEqualTo(2_500_000);
            assertThat(most.get()).isLessThan(10 * 70_000);
            source.probe().assertClean();
        }
    }

    @Test
    @Tag("P21")
    void whatRunsAheadIsCancelled() throws Exception {
        CountDownLatch isAhead = new CountDownLatch(1);
        ProbedSource<Integer> source = ProbedSource.pipelined(behindEnough(chunks(3, 4, 3)));
        CompletableFuture<?> future = Bag.from(source)
                .map(n -> {
                    if (n > ENOUGH + 6) {
                        isAhead.countDown();
                        new CountDownLatch(1).await();
                    }
                    return n;
                })
                .zipWithIndex()
                .computeAsync(Runners.SEVEN);
        assertThat(isAhead.await(1, TimeUnit.MINUTES)).isTrue();
        future.cancel(true);
        await().untilAsserted(() -> source.probe().assertClean());
        assertThat(Bag.range(0, 10).count().compute(Runners.SEVEN)).isEqualTo(10);
    }
}
