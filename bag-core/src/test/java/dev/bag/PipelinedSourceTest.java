package dev.bag;

import static dev.bag.testing.Eventually.await;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.testing.Cuts;
import dev.bag.testing.ListSink;
import dev.bag.testing.ListSink.Journal;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sources whose chunks are made one after the other and worked on by several threads, as those of a gzip file are. */
class PipelinedSourceTest {

    /** {@code count} chunks of 0 to 4 numbers, counted through. */
    private static List<List<Integer>> chunks(int count) {
        Random random = new Random(count);
        List<List<Integer>> chunks = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < count; i++) {
            int size = random.nextInt(5);
            chunks.add(IntStream.range(next, next + size).boxed().toList());
            next += size;
        }
        return chunks;
    }

    private static <T> List<T> flat(List<List<T>> chunks) {
        return chunks.stream().flatMap(List::stream).toList();
    }

    @Test
    @Tag("P1")
    @Tag("P2")
    void recordsComeOutInOrderForAnyNumberOfChunksAndThreads() {
        for (int count = 0; count <= 40; count++) {
            List<List<Integer>> chunks = chunks(count);
            for (Runner runner : Runners.ALL) {
                ProbedSource<Integer> source = ProbedSource.pipelined(List.of(chunks));
                Bag<Integer> bag = Bag.from(source).filter(n -> n % 3 != 0).map(n -> -n);
                assertThat(bag.compute(runner))
                        .isEqualTo(flat(chunks).stream()
                                .filter(n -> n % 3 != 0)
                                .map(n -> -n)
                                .toList());
                assertThat(source.probe().opened).hasValue(1);
                source.probe().assertClean();
            }
        }
    }

    @Test
    @Tag("P1")
    @Tag("P2")
    void chunksAreWrittenInOrderForAnyNumberOfChunksAndThreads() {
        for (int count = 0; count <= 40; count++) {
            List<List<Integer>> chunks = chunks(count);
            List<List<Integer>> expected = Stream.of(chunks, chunks(3))
                    .map(part ->
                            flat(part).stream().flatMap(n -> Stream.of(n, -n)).toList())
                    .toList();
            for (Runner runner : Runners.ALL) {
                for (boolean takesSections : new boolean[] {true, false}) {
                    ProbedSource<Integer> source = ProbedSource.pipelined(List.of(chunks, chunks(3)));
                    Bag<Integer> bag = Bag.from(source).flatMap(n -> List.of(n, -n));
                    Journal journal = new Journal();
                    Delayed<List<List<Integer>>> written = bag.writeLater(new ListSink<>(journal, takesSections));
                    Delayed<List<List<Integer>>> even =
                            bag.filter(n -> n % 2 == 0).writeLater(new ListSink<>());
                    Delayed<List<Integer>> folded = bag.fold(Folds.toList());
                    Results results = Delayed.computeAll(runner, written, even, folded);
                    assertThat(results.get(written)).isEqualTo(expected);
                    assertThat(flat(results.get(even)))
                            .isEqualTo(flat(expected).stream()
                                    .filter(n -> n % 2 == 0)
                                    .toList());
                    assertThat(results.get(folded)).isEqualTo(flat(expected));
                    journal.assertClean();
                    source.probe().assertClean();
                }
            }
        }
    }

    @Test
    @Tag("P19")
    void whateverFailsWhileChunksAreWrittenIsTold() {
        List<List<Integer>> chunks = chunks(30);
        for (String method : List.of("open", "write", "finish", "commit")) {
            for (int time = 1; time <= 5; time += 2) {
                for (Runner runner : Runners.ALL) {
                    AtomicInteger left = new AtomicInteger(method.equals("write") ? 7 * time : 1);
                    Journal journal = new Journal() {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected void fail(String what) {
                            if (what.equals(method) && left.decrementAndGet() == 0) {
                                throw new IllegalStateException(method);
                            }
                        }
                    };
                    ProbedSource<Integer> source = ProbedSource.pipelined(List.of(chunks));
                    assertThat(failure(() -> Bag.from(source).write(new ListSink<Integer>(journal), runner)))
                            .hasRootCauseMessage(method);
                    journal.assertClean();
                    source.probe().assertClean();
                }
            }
        }
    }

    /** The first chunk is slow: what is made meanwhile is bounded. Its many records are put before its last one is there. */
    @Test
    @Tag("P28")
    void whatWaitsForASlowChunkIsBounded() {
        AtomicInteger ahead = new AtomicInteger();
        List<List<Integer>> chunks =
                IntStream.range(0, 1_000).mapToObj(n -> List.of(n)).toList();
        for (Runner runner : Runners.ALL) {
            ahead.set(0);
            ProbedSource<Integer> source = ProbedSource.pipelined(List.of(chunks));
            Bag<Integer> bag = Bag.from(source).flatMap(n -> {
                int begun = ahead.incrementAndGet();
                if (n == 0) {
                    for (int i = 0; i < 1_000; i++) {
                        Thread.yield();
                    }
                    assertThat(ahead)
                            .hasValueLessThanOrEqualTo(begun + runner.engine().parallelism() + 4);
                }
                return n == 0 ? IntStream.range(0, 100).boxed().toList() : List.of(n);
            });
            assertThat(bag.write(new ListSink<>(), runner).get(0))
                    .hasSize(1_099)
                    .startsWith(0, 1, 2)
                    .endsWith(998, 999);
        }
    }

    @Test
    @Tag("P3")
    void theTreeOfMergesIsTheSameForAnyNumberOfThreads() {
        for (int count = 0; count <= 40; count++) {
            Set<String> trees = new HashSet<>();
            for (int round = 0; round < 3; round++) {
                for (Runner runner : Runners.ALL) {
                    trees.add(Bag.from(ProbedSource.pipelined(List.of(chunks(count), chunks(3), chunks(count / 2))))
                            .fold(() -> "", (text, n) -> text + "." + n, (left, right) -> "(" + left + right + ")")
                            .compute(runner));
                }
            }
            assertThat(trees).as("trees of %s chunks", count).hasSize(1);
        }
    }

    @Test
    @Tag("P3")
    void sumsAreTheSameBitForBitForAnyNumberOfThreads() {
        Random random = new Random(8);
        List<List<Double>> chunks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            chunks.add(random.doubles(50)
                    .map(x -> (x - 0.5) * Math.pow(10, random.nextInt(30)))
                    .boxed()
                    .toList());
        }
        Bag<Double> bag = Bag.from(ProbedSource.pipelined(List.of(chunks)));
        Set<String> sums = new HashSet<>();
        for (int round = 0; round < 5; round++) {
            for (Runner runner : Runners.ALL) {
                double plain = bag.fold(() -> 0.0, Double::sum, Double::sum).compute(runner);
                double variance = bag.stats(x -> x).compute(runner).variance();
                sums.add(Double.toHexString(plain) + " " + Double.toHexString(variance));
            }
        }
        assertThat(sums).hasSize(1);
    }

    @Test
    @Tag("P1")
    void shufflesSortsAndOtherEndsSeeEveryChunk() {
        List<List<Integer>> chunks = chunks(50);
        List<Integer> all = flat(chunks);
        for (Runner runner : Runners.ALL) {
            ProbedSource<Integer> source = ProbedSource.pipelined(List.of(chunks, chunks(7)));
            Bag<Integer> bag = Bag.from(source);
            Delayed<Long> count = bag.count();
            Delayed<List<Integer>> sorted = bag.sorted().fold(Folds.toList());
            Delayed<Long> distinct = bag.distinct().count();
            Delayed<List<Integer>> spread = bag.repartition(5).fold(Folds.toList());
            Delayed<Long> pairs = bag.product(Bag.of("a", "b")).count();
            Results results = Delayed.computeAll(runner, count, sorted, distinct, spread, pairs);
            List<Integer> both = new ArrayList<>(all);
            both.addAll(flat(chunks(7)));
            assertThat(results.get(count)).isEqualTo(both.size());
            assertThat(results.get(spread)).isEqualTo(both);
            assertThat(results.get(distinct)).isEqualTo(all.size());
            assertThat(results.get(pairs)).isEqualTo(2L * both.size());
            both.sort(null);
            assertThat(results.get(sorted)).isEqualTo(both);
            assertThat(source.probe().opened).hasValue(2);
            source.probe().assertClean();
        }
    }

    @Test
    @Tag("P2")
    void operatorsThatNeedAPartitionInOrderGetIt() {
        List<List<Integer>> chunks = chunks(20);
        List<Integer> all = flat(chunks);
        for (Runner runner : Runners.ALL) {
            ProbedSource<Integer> source = ProbedSource.pipelined(List.of(chunks));
            Bag<Integer> bag = Bag.from(source);
            assertThat(bag.mapPartitions(records -> records).compute(runner)).isEqualTo(all);
            assertThat(bag.zip(bag).map(pair -> pair.second()).compute(runner)).isEqualTo(all);
            assertThat(bag.stream(runner).toList()).isEqualTo(all);
            assertThat(source.probe().mostDetached).as("detached chunks").hasValue(0);
            assertThat(bag.scan((a, b) -> b).compute(runner)).isEqualTo(all);
            assertThat(bag.take(5, runner)).isEqualTo(all.subList(0, 5));
            source.probe().assertClean();
        }
    }

    @Test
    void partsOfBothKindsMayStandSideBySide() {
        ProbedSource<Integer> pipelined = ProbedSource.pipelined(List.of(chunks(9), chunks(4)));
        ProbedSource<Integer> independent = ProbedSource.of(Cuts.parts(flat(chunks(9)), 3));
        List<ProbedSource.ProbedPart<Integer>> parts = new ArrayList<>(pipelined.parts());
        parts.addAll(1, independent.parts());
        Bag<Integer> bag = Bag.from(new ProbedSource<>("mixed", parts, pipelined.probe()));
        List<Integer> expected = new ArrayList<>(flat(chunks(9)));
        expected.addAll(flat(chunks(9)));
        expected.addAll(flat(chunks(4)));
        for (Runner runner : Runners.ALL) {
            assertThat(bag.map(n -> n).compute(runner)).isEqualTo(expected);
            pipelined.probe().assertClean();
            independent.probe().assertClean();
        }
    }

    @Test
    @Tag("P28")
    void aBoundedNumberOfChunksIsInFlightWhenWorkersAreSlow() {
        for (int threads : new int[] {2, 3, 7}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                ProbedSource<Integer> source = ProbedSource.pipelined(List.of(
                        IntStream.range(0, 200).mapToObj(n -> List.of(n)).toList()));
                AtomicInteger blocked = new AtomicInteger();
                CountDownLatch release = new CountDownLatch(1);
                CompletableFuture<Long> sum = Bag.from(source)
                        .peek(n -> {
                            blocked.incrementAndGet();
                            release.await();
                        })
                        .sumLong(n -> n)
                        .computeAsync(runner);
                await().until(() -> blocked.get() == threads);
                assertThat(source.probe().mostDetached.get()).isBetween(threads, threads + 2);
                assertThat(source.probe().chunks.get()).isLessThanOrEqualTo(threads + 2);
                release.countDown();
                assertThat(sum.join()).isEqualTo(199 * 100);
                assertThat(source.probe().mostDetached.get()).isLessThanOrEqualTo(threads + 2);
                source.probe().assertClean();
            }
        }
    }

    @Test
    void oneThreadWorksOnEachChunkAsItComes() {
        ProbedSource<Integer> source = ProbedSource.pipelined(List.of(chunks(30)));
        for (Runner runner : List.of(Runner.inline(), Runners.ONE)) {
            assertThat(Bag.from(source).count().compute(runner))
                    .isEqualTo(flat(chunks(30)).size());
        }
        assertThat(source.probe().mostDetached).hasValue(0);
    }

    /** Chunks of one number each, until an exception. */
    private static Iterable<List<Integer>> failingAt(int chunk, RuntimeException failure) {
        return () -> {
            Iterator<Integer> numbers = IntStream.range(0, 200).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return numbers.hasNext();
                }

                @Override
                public List<Integer> next() {
                    int number = numbers.next();
                    if (number == chunk) {
                        throw failure;
                    }
                    return List.of(number);
                }
            };
        };
    }

    @Test
    @Tag("P8")
    @Tag("P20")
    @Tag("P29")
    void aChunkThatCannotBeMadeFailsTheRunAndTheStreamIsClosed() {
        IllegalStateException cut = new IllegalStateException("cut short");
        for (int chunk : new int[] {0, 1, 2, 7, 199}) {
            for (Runner runner : Runners.ALL) {
                ProbedSource<Integer> healthy = ProbedSource.pipelined(List.of());
                ProbedSource<Integer> source = new ProbedSource<>(
                        "cut.gz",
                        List.of(new ProbedSource.ProbedPart<>(0, failingAt(chunk, cut), true, healthy.probe())),
                        healthy.probe());
                BagException failure =
                        failure(() -> Bag.from(source).map(n -> n).compute(runner));
                assertThat(failure.operator()).isEqualTo("cut.gz");
                assertThat(failure.partition()).hasValue(0);
                assertThat(failure.getCause()).isSameAs(cut);
                assertThat(healthy.probe().opened).hasValue(1);
                healthy.probe().assertClean();
            }
        }
    }

    @Test
    @Tag("P19")
    @Tag("P20")
    void aRecordThatFailsComesBeforeAChunkBehindItThatCannotBeMade() {
        int count = 200_000;
        List<Integer> records = IntStream.range(0, count).boxed().toList();
        for (Runner runner : List.of(Runners.TWO, Runners.SEVEN)) {
            for (boolean bad : new boolean[] {true, false}) {
                CountDownLatch cut = new CountDownLatch(1);
                Iterable<List<Integer>> chunks = () -> Stream.of(records, List.<Integer>of())
                        .peek(each -> {
                            if (each.isEmpty()) {
                                cut.countDown();
                                throw new IllegalStateException("cut short");
                            }
                        })
                        .iterator();
                ProbedSource<Integer> healthy = ProbedSource.pipelined(List.of());
                ProbedSource<Integer> source = new ProbedSource<>(
                        "cut.gz",
                        List.of(new ProbedSource.ProbedPart<>(0, chunks, true, healthy.probe())),
                        healthy.probe());
                AtomicInteger seen = new AtomicInteger();
                BagException failure = failure(() -> Bag.from(source)
                        .map(n -> {
                            cut.await();
                            if (bad && n == count - 1) {
                                throw new IllegalArgumentException("bad record");
                            }
                            return seen.incrementAndGet();
                        })
                        .compute(runner));
                assertThat(failure.getCause()).hasMessage(bad ? "bad record" : "cut short");
                assertThat(seen).as("records before").hasValue(bad ? count - 1 : count);
                healthy.probe().assertClean();
            }
        }
    }

    @Test
    @Tag("P19")
    @Tag("P20")
    @Tag("P29")
    void aFunctionThatFailsInTheMiddleClosesTheStream() {
        for (Runner runner : Runners.ALL) {
            ProbedSource<Integer> source = ProbedSource.pipelined(List.of(chunks(100)));
            AtomicInteger running = new AtomicInteger();
            BagException failure = failure(() -> Bag.from(source)
                    .map(n -> {
                        running.incrementAndGet();
                        try {
                            return 1 / (n - 50);
                        } finally {
                            running.decrementAndGet();
                        }
                    })
                    .compute(runner));
            assertThat(running).hasValue(0);
            assertThat(failure.recordExcerpt()).hasValue("50");
            assertThat(failure.location().orElseThrow().line()).hasValue(51);
            source.probe().assertClean();
        }
    }

    @Test
    @Tag("P19")
    @Tag("P29")
    void aFunctionThatFailsEndsAStreamWithoutAnEnd() {
        for (Runner runner : Runners.ALL) {
            ProbedSource<Long> source = ProbedSource.endless(
                    true, n -> LongStream.range(10 * n, 10 * n + 10).boxed().toList());
            BagException failure = failure(
                    () -> Bag.from(source).map(n -> 1 / (n - 50)).count().compute(runner));
            assertThat(failure.recordExcerpt()).hasValue("50");
            source.probe().assertClean();
        }
    }

    @Test
    @Tag("P28")
    @Tag("P29")
    void aStreamWithoutAnEndStopsAtTheRecordThatDecidesAMatch() {
        for (Runner runner : Runners.ALL) {
            ProbedSource<Long> source = ProbedSource.endless(
                    true, n -> LongStream.range(10 * n, 10 * n + 10).boxed().toList());
            assertThat(Bag.from(source)
                            .map(n -> n + 1)
                            .anyMatch(n -> n == 5_000)
                            .compute(runner))
                    .isTrue();
            assertThat(Bag.from(source).allMatch(n -> n < 5_000).compute(runner))
                    .isFalse();
            assertThat(source.probe().opened).hasValue(2);
            source.probe().assertClean();
        }
    }

    @Test
    @Tag("P28")
    @Tag("P29")
    void aStreamWithoutAnEndIsReadAsFarAsTakeNeeds() {
        for (Runner runner : Runners.ALL) {
            ProbedSource<Long> source = ProbedSource.endless(
                    true, n -> LongStream.range(10 * n, 10 * n + 10).boxed().toList());
            assertThat(Bag.from(source).filter(n -> n % 7 == 0).take(3, runner)).containsExactly(0L, 7L, 14L);
            assertThat(source.probe().records).hasValue(15);
            assertThat(source.probe().chunks).hasValue(2);
            source.probe().assertClean();
        }
    }

    @Test
    @Tag("P29")
    void anAbandonedStreamOfRecordsClosesTheStreamOfChunks() {
        for (Runner runner : Runners.ALL) {
            ProbedSource<Long> source = ProbedSource.endless(true, n -> List.of(n, -n));
            try (Stream<Long> stream = Bag.from(source).stream(runner)) {
                Iterator<Long> records = stream.iterator();
                assertThat(records.next()).isZero();
            }
            assertThat(source.probe().opened).hasValue(1);
            source.probe().assertClean();
        }
    }

    @Test
    @Tag("P21")
    @Tag("P29")
    void aCancelledRunClosesTheStream() throws InterruptedException {
        for (Runner runner : List.of(Runners.ONE, Runners.TWO, Runners.SEVEN)) {
            ProbedSource<Long> source = ProbedSource.endless(true, n -> List.of(n));
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Long> count =
                    Bag.from(source).peek(n -> begun.countDown()).count().computeAsync(runner);
            begun.await();
            count.cancel(true);
            await().untilAsserted(() -> source.probe().assertClean());
        }
    }

    @Test
    void manyPipelinedPartsAreWorkedOnAtTheSameTime() {
        List<List<List<Integer>>> parts =
                IntStream.range(0, 30).mapToObj(PipelinedSourceTest::chunks).toList();
        List<Integer> expected =
                parts.stream().flatMap(List::stream).flatMap(List::stream).toList();
        for (Runner runner : Runners.ALL) {
            ProbedSource<Integer> source = ProbedSource.pipelined(parts);
            assertThat(Bag.from(source).map(n -> n).compute(runner)).isEqualTo(expected);
            source.probe().assertClean();
        }
    }
}
