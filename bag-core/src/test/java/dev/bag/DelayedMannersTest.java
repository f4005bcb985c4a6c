package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.Runners;
import dev.bag.value.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How calls are made: more than once, in time, on threads of their own. */
@Timeout(60)
class DelayedMannersTest {

    private static Delayed<Integer> failingUntil(int attempt, AtomicInteger attempts) {
        return Delayed.call(() -> {
            if (attempts.incrementAndGet() < attempt) {
                throw new IOException("attempt " + attempts);
            }
            return attempts.get();
        });
    }

    @Test
    @Tag("P32")
    void aCallIsAttemptedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        Delayed<Integer> third = failingUntil(3, attempts).named("third").retry(Retry.times(3));
        Delayed<Integer> tooFew = failingUntil(3, attempts).retry(Retry.times(2));
        Delayed<Integer> later =
                failingUntil(3, attempts).retry(Retry.times(5).backoff(Duration.ofMillis(1), Duration.ofMillis(3)));
        for (Runner runner : Runners.ALL) {
            for (Delayed<Integer> each : List.of(third, later, third.map(n -> n), later.blocking())) {
                attempts.set(0);
                assertThat(each.compute(runner)).isEqualTo(3);
            }
            attempts.set(0);
            assertThat(failure(() -> tooFew.compute(runner))).hasRootCauseMessage("attempt 2");
            assertThat(attempts).hasValue(2);
            attempts.set(0);
            assertThat(tooFew.recover(thrown -> 9).compute(runner)).isEqualTo(9);
        }
    }

    @Test
    @Tag("P32")
    void thePredicateSaysWhatIsAttemptedAgainAndAnErrorNeverIs() {
        AtomicInteger attempts = new AtomicInteger();
        Retry notIo = Retry.times(9).when(thrown -> !(thrown instanceof IOException));
        Delayed<Integer> error = Delayed.<Integer>call(() -> {
                    attempts.incrementAndGet();
                    throw new LinkageError("broken");
                })
                .retry(Retry.times(9));
        for (Runner runner : Runners.ALL) {
            attempts.set(0);
            assertThat(failure(() -> failingUntil(3, attempts).retry(notIo).compute(runner)))
                    .hasRootCauseMessage("attempt 1");
            attempts.set(0);
            failure(() -> error.compute(runner));
            assertThat(attempts).hasValue(1);
        }
    }

    @Test
    @Tag("P32")
    void aFunctionThatBringsValuesIsAttemptedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        Delayed<Integer> brought = Delayed.value(2)
                .<Integer>flatMap(n -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IOException("not yet");
                    }
                    return Delayed.call(() -> n + 1);
                })
                .retry(Retry.times(3));
        for (Runner runner : Runners.ALL) {
            attempts.set(0);
            assertThat(brought.compute(runner)).isEqualTo(3);
        }
    }

    @Test
    @Tag("P21")
    void aCallThatTakesTooLongIsInterrupted() throws Exception {
        for (Runner runner : Runners.ALL) {
            CountDownLatch interrupted = new CountDownLatch(1);
            Delayed<Integer> slow = Delayed.<Integer>call(() -> {
                        try {
                            new CountDownLatch(1).await();
                            return 1;
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    })
                    .named("slow")
                    .timeout(Duration.ofMillis(20));
            BagException failure = failure(() -> slow.compute(runner));
            assertThat(failure)
                    .hasMessage("call \"slow\" failed: TimeoutException: timeout(PT0.02S): the call took longer and was"
                            + " interrupted\n  chain: slow")
                    .hasCauseInstanceOf(TimeoutException.class);
            interrupted.await();
            assertThat(slow.recover(late -> 7).compute(runner)).isEqualTo(7);
            assertThat(Delayed.call(() -> 3)
                            .timeout(Duration.ofDays(100_000_000))
                            .compute(runner))
                    .isEqualTo(3);
        }
    }

    @Test
    @Tag("P21")
    void aCallThatHeedsNoInterruptIsLeftAlone() {
        for (Runner runner : Runners.ALL) {
            CountDownLatch end = new CountDownLatch(1);
            AtomicInteger attempts = new AtomicInteger();
            Delayed<Integer> hung = Delayed.call(() -> {
                        attempts.incrementAndGet();
                        while (end.getCount() > 0) {
                            try {
                                end.await();
                            } catch (InterruptedException e) {
                                // it goes on
                            }
                        }
                        return 1;
                    })
                    .timeout(Duration.ofMillis(20))
                    .retry(Retry.times(3));
            assertThat(failure(() -> hung.compute(runner)))
                    .hasMessageMatching(
                            "(?s)call failed: .*timeout\\(PT0.02S\\): the call took longer and does not heed"
                                    + " interrupts; it was left running on thread bag-call-\\d+\n.*");
            assertThat(attempts).hasValue(1);
            assertThat(Delayed.call(() -> 2).compute(runner)).isEqualTo(2);
            end.countDown();
        }
    }

    @Test
    void callsThatWaitHoldNoThreadOfTheRunner() {
        int count = 100;
        for (Runner runner : Runners.ALL) {
            CountDownLatch all = new CountDownLatch(count);
            List<Delayed<Runner>> waiting = IntStream.range(0, count)
                    .mapToObj(i -> Delayed.call(() -> {
                                all.countDown();
                                assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
                                return Delayed.call(Runner::current).compute();
                            })
                            .blocking())
                    .toList();
            List<Runner> runners = Delayed.all(waiting).compute(runner);
            assertThat(runners).hasSize(count);
            assertThat(runners.get(0)).hasToString(runner.toString());
        }
    }

    @Test
    @Tag("P19")
    void aFailureStopsCallsOnTheirOwnThreads() {
        for (Runner runner : Runners.ALL) {
            CountDownLatch begun = new CountDownLatch(1);
            AtomicInteger inside = new AtomicInteger();
            Delayed<Integer> waiting = Delayed.<Integer>call(() -> {
                        inside.incrementAndGet();
                        begun.countDown();
                        try {
                            new CountDownLatch(1).await();
                            return 1;
                        } finally {
                            inside.decrementAndGet();
                        }
                    })
                    .blocking();
            Delayed<Integer> failing = Delayed.<Integer>call(() -> {
                        begun.await();
                        throw new IOException("x");
                    })
                    .blocking();
            assertThat(failure(() -> waiting.zip(failing).compute(runner))).hasRootCauseMessage("x");
            assertThat(inside).hasValue(0);
        }
    }

    @Test
    void whatUnfoldsAGraphWaitsAndIsTriedAgain() {
        List<String> called = Collections.synchronizedList(new ArrayList<>());
        Delayed<Void> before = Delayed.run(() -> called.add("before"));
        Delayed<Integer> later = Delayed.value(1)
                .flatMap(n -> {
                    called.add("flatMap");
                    if (called.size() == 2) {
                        throw new IOException("once");
                    }
                    return Delayed.value(n + 1);
                })
                .named("later")
                .after(before)
                .retry(Retry.times(2));
        try (Runner runner = Runner.local().threads(3).build()) {
            assertThat(later.compute(runner)).isEqualTo(2);
        }
        assertThat(called).containsExactly("before", "flatMap", "flatMap");
    }

    @Test
    void mannersBelongToCalls() {
        assertThatThrownBy(() -> Bag.of(1).count().retry(Retry.times(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "retry(...): retry, timeout and blocking belong to a call: count calls no function. Say it of"
                                + " what is below, or use Runner.local().retries(n).");
        assertThatThrownBy(() -> Delayed.call(() -> 1).timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout(PT0S): it must be more than 0");
        assertThatThrownBy(() -> Retry.times(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Retry.times(3).backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)))
                .hasToString("times(3).backoff(PT1S, PT1M)");
    }
}
