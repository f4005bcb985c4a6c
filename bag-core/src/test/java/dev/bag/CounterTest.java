package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.ProbedSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions count, and what the report of a run says of it. */
class CounterTest {

    private static final Counter ODD = Counter.named("odd");
    private static final Counter SEEN = Counter.named("seen");

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private static long counting(long n) {
        SEEN.increment();
        if (n % 2 == 1) {
            ODD.add(1);
        }
        return n;
    }

    private static Report report(Runner runner) {
        return runner.lastReport().orElseThrow();
    }

    private static void assertCounted(Runner runner, long seen) {
        assertThat(report(runner).count(SEEN)).isEqualTo(seen);
        assertThat(report(runner).count(ODD)).isEqualTo(seen / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7})
    void eachActionCountsForItself(int threads) {
        Bag<Long> bag = Bag.from(numbers(1_000), 20).map(CounterTest::counting);
        try (Runner runner = runner(threads, 0)) {
            assertThat(runner.lastReport()).isEmpty();
            bag.count().compute(runner);
            assertCounted(runner, 1_000);
            bag.sorted().compute(runner);
            assertCounted(runner, 1_000);
            bag.groupBy(n -> n % 7).compute(runner);
            assertCounted(runner, 1_000);
            assertThat(bag.stream(runner).count()).isEqualTo(1_000);
            assertCounted(runner, 1_000);
            bag.persist(runner).close();
            assertCounted(runner, 1_000);
            Delayed.call(() -> counting(1)).compute(runner);
            assertThat(report(runner).counters())
                    .containsOnlyKeys("odd", "seen")
                    .containsValues(1L);
            Bag.of(1).count().compute(runner);
            assertThat(report(runner).counters()).isEmpty();
            assertThat(report(runner).count(ODD)).isZero();
        }
    }

    private static Runner runner(int threads, int retries) {
        return threads == 0
                ? Runner.inline()
                : Runner.local().threads(threads).retries(retries).build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    @Tag("P5")
    void attemptsThatFailCountNothing(int threads) {
        try (Runner runner = runner(threads, 3)) {
            for (int failing = 1; failing < 50; failing += 7) {
                AtomicInteger calls = new AtomicInteger();
                int period = failing;
                Bag<Long> bag = Bag.from(numbers(100), 10)
                        .map(CounterTest::counting)
                        .map(n -> {
                            int call = calls.incrementAndGet();
                            if (call == period || call == 2 * period) {
                                throw new IllegalStateException("meant to fail");
                            }
                            return n;
                        });
                bag.sumLong(n -> n).compute(runner);
                assertCounted(runner, 100);
                assertThat(report(runner).retries()).isEqualTo(2);
                assertThat(report(runner).recordsRead()).isEqualTo(100);
                calls.set(0);
                bag.sorted().compute(runner);
                assertCounted(runner, 100);
                calls.set(0);
                Delayed.call(() -> bag.count().compute())
                        .map(n -> counting(3) + n)
                        .compute(runner);
                assertThat(report(runner).counters()).hasSize(2).containsValues(1L);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void chunksCountToo(int threads) {
        List<List<Long>> chunks = Stream.generate(() -> numbers(10)).limit(50).toList();
        Bag<Long> bag =
                Bag.from(ProbedSource.pipelined(List.of(chunks, chunks))).map(CounterTest::counting);
        try (Runner runner = runner(threads, 0)) {
            bag.sumLong(n -> n).compute(runner);
            assertCounted(runner, 1_000);
            assertThat(report(runner).recordsRead()).isEqualTo(1_000);
            bag.scan(Long::sum).compute(runner);
            assertCounted(runner, 1_000);
            assertThat(report(runner).recordsRead()).isEqualTo(1_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7})
    void whatRunsAheadCountsOnlyWithWhatIsTaken(int threads) {
        Bag<Long> bag = Bag.from(numbers(50_000), 4).map(CounterTest::counting);
        try (Runner runner = runner(threads, 0)) {
            for (int limit : new int[] {2, 1_000, 12_500, 20_000, 50_000}) {
                bag.limit(limit).sumLong(n -> n).compute(runner);
                assertCounted(runner, limit);
                assertThat(report(runner).recordsRead()).isEqualTo(limit);
                bag.filter(n -> n % 2 == 1).limit(limit / 2).count().compute(runner);
                assertCounted(runner, limit);
            }
        }
    }

    @Test
    void mergesCountToo() {
        try (Runner runner = runner(2, 0)) {
            Bag.from(numbers(8), 8)
                    .reduce((a, b) -> {
                        SEEN.increment();
                        return a + b;
                    })
                    .compute(runner);
            assertThat(report(runner).count(SEEN)).isEqualTo(7);
        }
    }

    @Test
    void aRunInsideAFunctionCountsForItself() {
        try (Runner runner = runner(2, 0);
                Runner inner = runner(1, 0)) {
            Bag.of(1, 2)
                    .map(n -> {
                        ODD.increment();
                        Bag.from(numbers(10)).map(CounterTest::counting).count().compute(inner);
                        ODD.increment();
                        return n;
                    })
                    .count()
                    .compute(runner);
            assertThat(report(runner).counters()).hasSize(1).containsEntry("odd", 4L);
            assertCounted(inner, 10);
        }
    }

    @Test
    void outsideOfARunNothingCanBeCounted() {
        assertThatThrownBy(ODD::increment)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "counter \"odd\": add(1) was called outside of a run, so nothing would count it. Call it in a"
                                + " function of a bag or a delayed value, on the thread that runs the function; a test can compute"
                                + " with Runner.inline().");
        assertThatThrownBy(() -> Counter.named(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("named(\" \"): a counter needs a name that is not blank");
        assertThat(Counter.named("odd")).isEqualTo(ODD).hasSameHashCodeAs(ODD).hasToString("Counter[odd]");
    }

    @Test
    void theReportOfAFailedRunSaysWhatWasDoneUntilThen() {
        try (Runner runner = runner(1, 2)) {
            failure(() -> Bag.from(numbers(1_000), 10)
                    .map(CounterTest::counting)
                    .map(n -> 1 / (n - 555))
                    .named("divide")
                    .count()
                    .compute(runner));
            Report report = report(runner);
            assertThat(report.isSuccessful()).isFalse();
            assertThat(report.failure().orElseThrow().operator()).isEqualTo("divide");
            assertThat(report.recordsRead()).isEqualTo(500);
            assertThat(report.retries()).isEqualTo(2);
            assertCounted(runner, 500);
            assertThat(report.toString().replaceAll("in [0-9.]+ s", "in … s"))
                    .isEqualTo("Report[1000 records > map > divide > count: failed, 500 records in … s, 2 retries, odd"
                            + " 250, seen 500]");
        }
    }

    @Test
    void theReportSaysAllInFull() {
        try (Runner runner = runner(1, 0)) {
            Bag.from(numbers(1_000), 10).map(CounterTest::counting).count().compute(runner);
            assertThat(report(runner)
                            .details()
                            .replaceAll("\\d\\.\\d+ s", "… s")
                            .replaceAll("run +[\\d,]+", "run N"))
                    .isEqualTo("""
                            run N: 1000 records > map > count
                            result              successful
                            elapsed             … s
                            threads busy        … s
                            records read        1,000
                            bytes read          0
                            bytes passed over   0
                            retries             0
                            dead workers        0
                            records left out    0
                            files left out      0, and 0 cut
                            spilled             0 B in 0 files
                            memory held         0 B at most
                            counter             odd: 500
                            counter             seen: 1,000
                            """);
            assertThat(report(runner).busy()).isPositive();
        }
    }
}
