package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.ChildJvm;
import dev.bag.testing.Eventually;
import dev.bag.testing.ManualAlarm;
import dev.bag.testing.Runners;
import dev.bag.value.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Delayed values that bring others, that may fail, and that race. */
class DelayedGraphTest {

    private static Delayed<Integer> failing(Throwable thrown) {
        return Delayed.call(() -> {
            throw thrown;
        });
    }

    // ---- flatMap ----

    private static Delayed<Integer> leaves(int depth) {
        return Delayed.call(() -> depth)
                .flatMap(left ->
                        left == 0 ? Delayed.value(1) : leaves(left - 1).zipWith(leaves(left - 1), Integer::sum));
    }

    @Test
    void aFunctionBringsFurtherValues() {
        for (Runner runner : Runners.ALL) {
            assertThat(leaves(10).compute(runner)).isEqualTo(1024);
            assertThat(Delayed.value(3)
                            .flatMap(n -> Delayed.all(IntStream.range(0, n)
                                    .mapToObj(i -> Delayed.call(() -> i * i))
                                    .toList()))
                            .compute(runner))
                    .containsExactly(0, 1, 4);
        }
    }

    @Test
    @Tag("P1")
    void whatABroughtValueSharesIsComputedOnce() {
        AtomicInteger calls = new AtomicInteger();
        Delayed<Integer> shared = Delayed.call(() -> {
            calls.incrementAndGet();
            return 7;
        });
        Delayed<Integer> above = shared.map(n -> n + 1);
        List<Delayed<Integer>> all = new ArrayList<>();
        all.add(shared.map(n -> n * 2));
        for (int i = 0; i < 50; i++) {
            int number = i;
            all.add(Delayed.call(() -> number).flatMap(n -> above.flatMap(a -> shared.map(s -> s + a + n))));
        }
        for (Runner runner : Runners.ALL) {
            calls.set(0);
            List<Integer> values = Delayed.all(all).compute(runner);
            assertThat(values.get(0)).isEqualTo(14);
            assertThat(values.get(50)).isEqualTo(7 + 8 + 49);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void bagsAndValuesBringEachOther() {
        Bag<Long> numbers = Bag.range(0, 100, 4);
        Delayed<Long> count = numbers.count();
        Delayed<Long> shifted = count.flatMap(
                n -> numbers.mapWith(Delayed.call(() -> n), Long::sum).sumLong(x -> x));
        Delayed<List<Long>> partitions = shifted.flatMap(sum -> Delayed.all(Bag.range(0, 10, 5).partitions().stream()
                .map(partition -> partition.map(records -> records.get(0) + sum))
                .toList()));
        for (Runner runner : Runners.ALL) {
            assertThat(shifted.compute(runner)).isEqualTo(4950 + 100 * 100);
            assertThat(partitions.compute(runner)).containsExactly(14950L, 14952L, 14954L, 14956L, 14958L);
            assertThat(Bag.fromDelayed(List.of(partitions, count.map(List::of))).compute(runner))
                    .containsExactly(14950L, 14952L, 14954L, 14956L, 14958L, 100L);
        }
    }

    @Test
    @Tag("P26")
    void aChainOfFunctionsMayBeDeep() {
        for (Runner runner : List.of(Runners.ALL.get(0), Runners.TWO)) {
            assertThat(countDown(100_000).compute(runner)).isEqualTo(0);
        }
    }

    private static Delayed<Integer> countDown(int from) {
        return Delayed.call(() -> from).flatMap(n -> n == 0 ? Delayed.value(0) : countDown(n - 1));
    }

    /** A million values that functions bring, and large ones that are dropped when they were read. */
    static final class Wide {

        public static void main(String[] args) {
            int million = 1_000_000;
            int width = Delayed.value(million)
                    .flatMap(n -> Delayed.all(Collections.nCopies(n, 0).stream()
                            .map(zero -> Delayed.call(() -> 1))
                            .toList()))
                    .map(List::size)
                    .compute();
            System.out.println(width + " " + unfolded(million).compute());
        }

        /** As many leaves as {@code count}, in a binary tree. */
        private static Delayed<Integer> unfolded(int count) {
            return count == 1
                    ? Delayed.value(1)
                    : Delayed.call(() -> count / 2)
                            .flatMap(half -> unfolded(half).zipWith(unfolded(count - half), Integer::sum));
        }
    }

    @Test
    @Tag("P26")
    void aMillionValuesMayBeBrought() throws Exception {
        assertThat(ChildJvm.run(Wide.class, List.of("-Xmx512m")).output().strip())
                .isEqualTo("1000000 1000000");
    }

    /** Four times the heap in all, one mebibyte each. */
    static final class Large {

        private static final int MEBIBYTE = 1 << 20;

        public static void main(String[] args) {
            List<Delayed<Integer>> all = new ArrayList<>();
            Delayed<List<Integer>> sizes = Delayed.value(200)
                    .flatMap(n -> Delayed.all(IntStream.range(0, n)
                            .mapToObj(
                                    i -> Delayed.call(() -> new byte[MEBIBYTE]).flatMap(a -> Delayed.value(a.length)))
                            .toList()));
            Delayed<byte[]> chain = Delayed.call(() -> new byte[MEBIBYTE]);
            for (int i = 0; i < 200; i++) {
                chain = chain.flatMap(before -> Delayed.call(() -> new byte[before.length]));
            }
            all.add(sizes.map(List::size));
            all.add(chain.map(last -> last.length));
            System.out.println(Delayed.all(all).compute());
        }
    }

    @Test
    @Tag("P26")
    @Tag("P39")
    void broughtValuesAreDroppedWhenTheyWereRead() throws Exception {
        assertThat(ChildJvm.run(Large.class, List.of("-Xmx48m")).output().strip())
                .isEqualTo("[200, 1048576]");
    }

    // ---- recover ----

    @Test
    void anExceptionIsRecoveredFromAnywhereBelow() {
        IOException refused = new IOException("refused");
        AtomicInteger after = new AtomicInteger();
        Delayed<Integer> failing = failing(refused);
        Delayed<String> recovered = failing.map(n -> n + after.incrementAndGet())
                .zipWith(Delayed.value(2), Integer::sum)
                .map(n -> "value")
                .recover(failure -> failure == refused ? "recovered" : "wrong");
        Delayed<Long> ofBag = Bag.of(1, 2, 0)
                .map(n -> 1 / n)
                .count()
                .recover(failure -> failure instanceof ArithmeticException ? -1L : -2L);
        for (Runner runner : Runners.ALL) {
            assertThat(recovered.compute(runner)).isEqualTo("recovered");
            assertThat(ofBag.compute(runner)).isEqualTo(-1);
            assertThat(ofBag.zip(Bag.of(5).count()).compute(runner).second()).isEqualTo(1);
            assertThat(Delayed.value(5).recover(failure -> 0).compute(runner)).isEqualTo(5);
            assertThat(failing.recover(failure -> null).compute(runner)).isNull();
            assertThat(after).hasValue(0);
        }
    }

    @Test
    void whatElseNeedsTheFailedPartFails() {
        Delayed<Integer> failing = failing(new IOException("refused")).named("connect");
        for (Runner runner : Runners.ALL) {
            BagException failure = failure(() ->
                    failing.recover(thrown -> 0).zip(failing.map(n -> n + 1)).compute(runner));
            assertThat(failure).hasMessageStartingWith("call \"connect\" failed: IOException: refused");
        }
    }

    @Test
    void anErrorIsNotRecoveredAndAFailureOfTheFunctionIsTheFailure() {
        IOException refused = new IOException("refused");
        Error broken = new LinkageError("broken");
        IllegalStateException second = new IllegalStateException("second");
        for (Runner runner : Runners.ALL) {
            assertThat(failure(() -> failing(broken).recover(thrown -> 0).compute(runner)))
                    .hasCause(broken);
            BagException failure = failure(() -> failing(refused)
                    .recover(thrown -> {
                        throw second;
                    })
                    .compute(runner));
            assertThat(failure.getCause()).isSameAs(second);
            assertThat(failure.operator()).isEqualTo("recover");
        }
    }

    @Test
    @Tag("P26")
    void manyRecoverEachOther() {
        Delayed<Integer> chain = failing(new IOException("first"));
        for (int i = 0; i < 20_000; i++) {
            chain = chain.map(n -> n + 1).recover(failure -> 0);
        }
        for (Runner runner : List.of(Runners.ALL.get(0), Runners.TWO)) {
            assertThat(chain.compute(runner)).isEqualTo(19_999);
        }
    }

    // ---- after ----

    @Test
    void somethingComesAfterOthers() {
        AtomicInteger clock = new AtomicInteger();
        Delayed<Integer> first = Delayed.call(clock::incrementAndGet);
        Delayed<Integer> other = Delayed.call(clock::incrementAndGet);
        Delayed<Integer> last =
                Delayed.call(clock::incrementAndGet).named("last").after(first, other);
        Delayed<Long> ofBag = Bag.of(1, 2).count().after(last);
        for (Runner runner : Runners.ALL) {
            clock.set(0);
            assertThat(last.zip(ofBag).compute(runner).first()).isEqualTo(3);
            assertThat(Delayed.value(1).after().compute(runner)).isEqualTo(1);
        }
        assertThat(failure(() -> last.after(failing(new IOException("x"))).compute()))
                .hasRootCauseMessage("x");
    }

    // ---- firstOf ----

    @Test
    @Tag("P21")
    void theFirstValueWinsAndTheOthersAreStopped() throws Exception {
        theOthersAreStopped(slow -> slow);
        theOthersAreStopped(Delayed::blocking);
        theOthersAreStopped(slow -> slow.timeout(Duration.ofHours(1)));
        theOthersAreStopped(slow -> slow.flatMap(Delayed::value));
    }

    private static void theOthersAreStopped(UnaryOperator<Delayed<String>> kind) throws Exception {
        for (Runner runner : List.of(Runners.TWO, Runners.SEVEN)) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch stopped = new CountDownLatch(1);
            Delayed<String> slow = Delayed.call(() -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    stopped.countDown();
                    throw e;
                }
                return "slow";
            });
            Delayed<String> quick = Delayed.call(() -> {
                begun.await();
                return "quick";
            });
            assertThat(Delayed.firstOf(kind.apply(slow), quick).compute(runner)).isEqualTo("quick");
            stopped.await();
        }
    }

    /** The one that wins is there while the other one is just about to call. */
    @Test
    @Tag("P21")
    void aLoserThatIsAboutToBeginIsStoppedToo() {
        for (int i = 0; i < 2_000; i++) {
            Delayed<Integer> never = Delayed.call(() -> {
                new CountDownLatch(1).await();
                return 1;
            });
            assertThat(Delayed.firstOf(Delayed.call(() -> 2), i % 4 == 0 ? never.blocking() : never)
                            .compute(Runners.SEVEN))
                    .isEqualTo(2);
        }
    }

    @Test
    @Tag("P21")
    void aLoserThatWaitsForItsNextAttemptMakesNone() {
        ManualAlarm alarm = new ManualAlarm();
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        Duration second = Duration.ofSeconds(1);
        try (Runner runner = Runner.local().threads(2).alarm(alarm).build()) {
            Delayed<Integer> again = Delayed.<Integer>call(() -> {
                        attempts.add(1);
                        throw new IOException("not yet");
                    })
                    .retry(Retry.times(9).backoff(second, second));
            Delayed<Integer> quick = Delayed.call(() -> {
                Eventually.await().until(() -> alarm.pending() > 0);
                return 2;
            });
            Delayed<Integer> after = Delayed.firstOf(again, quick).map(n -> {
                alarm.advance(second.toNanos());
                return n;
            });
            assertThat(after.compute(runner)).isEqualTo(2);
        }
        assertThat(attempts).hasSize(1);
    }

    @Test
    void aLoserThatSomethingElseNeedsGoesOn() {
        for (Runner runner : Runners.ALL) {
            Delayed<Integer> other = Delayed.call(() -> 5);
            assertThat(Delayed.firstOf(Delayed.value(1), other)
                            .zip(other)
                            .compute(runner)
                            .second())
                    .isEqualTo(5);
        }
    }

    @Test
    void whenAllFailTheOthersAreSuppressed() {
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        for (Runner runner : Runners.ALL) {
            Delayed<Integer> race = Delayed.firstOf(failing(first), failing(second));
            BagException failure = failure(() -> race.compute(runner));
            assertThat(failure.getCause()).isSameAs(first);
            assertThat(failure.getSuppressed()).containsExactly(second);
            assertThat(race.recover(thrown -> 3).compute(runner)).isEqualTo(3);
            assertThat(Delayed.firstOf(failing(first), Delayed.value(4)).compute(runner))
                    .isEqualTo(4);
        }
        assertThatThrownBy(() -> Delayed.<Integer>firstOf()).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- asCompleted ----

    @Test
    void valuesComeInTheOrderInWhichTheyAreThere() {
        CountDownLatch quickIsRead = new CountDownLatch(1);
        Delayed<String> slow = Delayed.call(() -> {
            quickIsRead.await();
            return "slow";
        });
        try (Stream<String> values = Delayed.asCompleted(List.of(slow, Delayed.call(() -> "quick")), Runners.TWO)) {
            List<String> read = new ArrayList<>();
            values.forEach(value -> {
                read.add(value);
                quickIsRead.countDown();
            });
            assertThat(read).containsExactly("quick", "slow");
        }
    }

    @Test
    void aStreamThatIsClosedCancelsAndOneThatFailsSaysWhy() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Delayed<Integer> hanging = Delayed.call(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                stopped.countDown();
                throw e;
            }
            return 1;
        });
        try (Stream<Integer> values = Delayed.asCompleted(List.of(hanging, Delayed.value(2)), Runners.TWO)) {
            assertThat(values.findFirst()).hasValue(2);
        }
        stopped.await();
        for (Runner runner : Runners.ALL) {
            IOException refused = new IOException("refused");
            assertThat(failure(() -> Delayed.asCompleted(List.of(failing(refused)), runner)
                            .toList()))
                    .hasCause(refused);
            assertThat(Delayed.asCompleted(List.of(), runner)).isEmpty();
        }
    }

    /** A call whose only reader has failed fails itself, and only then is it needed again: it must not stay failed. */
    @Test
    @Tag("P32")
    void aCallThatNobodyNeedsForAMomentIsAttemptedAgain() {
        for (int round = 0; round < 300; round++) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch failed = new CountDownLatch(1);
            AtomicInteger attempts = new AtomicInteger();
            Delayed<Integer> flaky = Delayed.<Integer>call(() -> {
                        begun.countDown();
                        failed.await();
                        if (attempts.incrementAndGet() == 1) {
                            throw new IOException("again");
                        }
                        return 7;
                    })
                    .retry(Retry.times(2));
            Delayed<Integer> failing = Delayed.call(() -> {
                begun.await();
                throw new IllegalStateException("no");
            });
            Delayed<Integer> later = failing.zipWith(flaky, Integer::sum)
                    .recover(e -> {
                        failed.countDown();
                        return 0;
                    })
                    .flatMap(none -> flaky);
            assertThat(later.compute(Runners.TWO)).isEqualTo(7);
        }
    }
}
