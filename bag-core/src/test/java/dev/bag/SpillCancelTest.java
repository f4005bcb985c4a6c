package dev.bag;

import static dev.bag.testing.Eventually.await;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs that spill are cancelled, at any time: they return, and what they have spilled is gone. */
@Tag("P21")
@Tag("P38")
class SpillCancelTest {

    private static final int ROUNDS = 5;

    /** Shuffles that make records of each, so that none of them ends before its input does. */
    private static final List<Function<Bag<String>, Bag<?>>> ENDLESS = List.of(
            bag -> bag.sorted(),
            bag -> bag.groupBy(text -> text.substring(15)).values(),
            bag -> bag.distinct(),
            bag -> bag.repartition(50));

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    private static String text(long number) {
        return "%020d".formatted(number).repeat(10);
    }

    /** Spills for as long as nobody stops it. */
    private static Bag<String> endless() {
        return Bag.generate(() -> LongStream.iterate(0, n -> n + 1).iterator()).map(SpillCancelTest::text);
    }

    private void awaitSpill() {
        await().until(folder::isUsed);
    }

    private void assertUsable(Runner runner) {
        assertThat(Bag.range(0, 100, 3)
                        .map(SpillCancelTest::text)
                        .sorted()
                        .count()
                        .compute(runner))
                .isEqualTo(100);
        folder.assertClean();
    }

    @Test
    void cancellingTheFutureWhileRecordsAreSpilled() {
        for (int threads : new int[] {1, 4}) {
            Runner runner = folder.runner(threads, "50kB");
            for (Function<Bag<String>, Bag<?>> shuffle : ENDLESS) {
                for (int round = 0; round < ROUNDS; round++) {
                    CompletableFuture<? extends List<?>> future =
                            shuffle.apply(endless()).computeAsync(runner);
                    awaitSpill();
                    assertThat(future.cancel(true)).isTrue();
                    assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
                    folder.assertSoonClean();
                    assertUsable(runner);
                }
            }
        }
    }

    /** Computes on a thread of its own, which is interrupted once something is spilled. */
    private BagException interrupted(Bag<?> bag, Runner runner) throws InterruptedException {
        CompletableFuture<BagException> thrown = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            thrown.complete(failure(() -> bag.compute(runner)));
        });
        caller.start();
        awaitSpill();
        caller.interrupt();
        caller.join();
        return thrown.join();
    }

    @Test
    void interruptingTheCallerWhileRecordsAreSpilled() throws InterruptedException {
        for (Runner runner : List.of(folder.runner(1, "50kB"), folder.runner(4, "50kB"))) {
            for (Function<Bag<String>, Bag<?>> shuffle : ENDLESS) {
                for (int round = 0; round < ROUNDS; round++) {
                    assertThat(interrupted(shuffle.apply(endless()), runner))
                            .hasMessage("the run was stopped: the calling thread was interrupted")
                            .hasCauseInstanceOf(InterruptedException.class);
                    folder.assertClean();
                    assertUsable(runner);
                }
            }
        }
    }

    /** The thread that is interrupted is the one that spills. */
    @Test
    void interruptingTheCallerInsideATaskWhileRecordsAreSpilled() throws InterruptedException {
        Runner runner = folder.runner(2, "50kB");
        for (int round = 0; round < ROUNDS; round++) {
            Bag<Object> outer = Bag.of(1, 2).map(n -> endless().sorted().compute());
            assertThat(interrupted(outer, runner)).hasCauseInstanceOf(InterruptedException.class);
            folder.assertClean();
            assertUsable(runner);
        }
    }

    @Test
    void closingTheRunnerWhileRecordsAreSpilled() {
        for (int threads : new int[] {1, 4}) {
            for (Function<Bag<String>, Bag<?>> shuffle : ENDLESS) {
                Runner runner = folder.runner(threads, "50kB");
                CompletableFuture<? extends List<?>> future =
                        shuffle.apply(endless()).computeAsync(runner);
                awaitSpill();
                runner.close();
                assertThatThrownBy(future::join).cause().hasMessage("the run was stopped: the runner was closed");
                folder.assertClean();
            }
        }
    }

    private Bag<String> finite() {
        return Bag.range(0, 3_000, 8).map(SpillCancelTest::text);
    }

    @Test
    @Tag("P29")
    void closingAStreamWhileSpilledRecordsAreRead() {
        for (Runner runner : List.of(folder.runner(1, "50kB"), folder.runner(4, "50kB"))) {
            for (Function<Bag<String>, Bag<?>> shuffle : ENDLESS) {
                for (int read : new int[] {0, 1, 2_000}) {
                    try (Stream<?> stream = shuffle.apply(finite()).stream(runner)) {
                        Iterator<?> records = stream.iterator();
                        for (int i = 0; i < read; i++) {
                            assertThat(records.next()).isNotNull();
                        }
                        assertThat(folder.isUsed()).isEqualTo(read > 0);
                    }
                    folder.assertClean();
                    assertUsable(runner);
                }
            }
        }
    }

    @Test
    @Tag("P29")
    void takingAFewOfManySpilledRecords() {
        for (Runner runner : List.of(folder.runner(1, "50kB"), folder.runner(4, "50kB"))) {
            for (Function<Bag<String>, Bag<?>> shuffle : ENDLESS) {
                assertThat(shuffle.apply(finite()).take(3, runner)).hasSize(3);
                folder.assertClean();
                assertThat(shuffle.apply(finite()).first(runner)).isPresent();
                folder.assertClean();
                assertThat(shuffle.apply(finite()).anyMatch(record -> true).compute(runner))
                        .isTrue();
                folder.assertClean();
            }
        }
    }

    /** Reads one record, and forgets the stream. */
    private void abandon(Function<Bag<String>, Bag<?>> shuffle, Runner runner) {
        assertThat(shuffle.apply(finite()).stream(runner).iterator().next()).isNotNull();
        assertThat(folder.isUsed()).isTrue();
    }

    @Test
    @Tag("P29")
    void anAbandonedStreamIsClosedByTheGarbageCollector() {
        Runner runner = folder.runner(2, "50kB");
        for (Function<Bag<String>, Bag<?>> shuffle : ENDLESS) {
            abandon(shuffle, runner);
            await().untilAsserted(() -> {
                System.gc();
                folder.assertClean();
            });
        }
    }

    @Test
    void cancellingWhileUserCodeWaitsForARecordThatWasSpilled() throws InterruptedException {
        Runner runner = folder.runner(2, "50kB");
        for (Function<Bag<String>, Bag<?>> shuffle : ENDLESS) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<? extends List<?>> future = shuffle.apply(finite())
                    .peek(record -> {
                        begun.countDown();
                        new CountDownLatch(1).await();
                    })
                    .computeAsync(runner);
            begun.await();
            assertThat(folder.isUsed()).isTrue();
            assertThat(future.cancel(true)).isTrue();
            folder.assertSoonClean();
            assertUsable(runner);
        }
    }
}
