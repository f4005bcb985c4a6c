package dev.bag;

import static dev.bag.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;

/** The records of a bag for Reactive Streams. */
@Timeout(60)
class PublisherTest {

    private static final int PATIENCE_MILLIS = 2_000;
    private static final int SILENCE_MILLIS = 50;

    /** What the rules are checked on. */
    private static final class Verification extends FlowPublisherVerification<Long> {

        Verification() {
            super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS), 500);
        }

        @Override
        public Flow.Publisher<Long> createFlowPublisher(long elements) {
            Bag<Long> bag = elements == Long.MAX_VALUE
                    ? Bag.generate(() -> LongStream.iterate(0, n -> n + 1).iterator())
                    : Bag.range(0, elements, 7);
            return bag.publisher(Runners.TWO);
        }

        /** None has failed before it is asked for a record: it runs nothing until then. */
        @Override
        public Flow.@Nullable Publisher<Long> createFailedFlowPublisher() {
            return null;
        }
    }

    /** The rules are written for TestNG; each is a method, and one that does not apply says so by an exception. */
    @TestFactory
    @Tag("P28")
    Stream<DynamicTest> keepsTheRulesOfReactiveStreams() {
        return Arrays.stream(FlowPublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> check(method)));
    }

    private static void check(Method rule) throws Throwable {
        Verification verification = new Verification();
        verification.setUp();
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            Assumptions.assumeFalse(e.getCause() instanceof SkipException, String.valueOf(e.getCause()));
            throw e.getCause();
        }
    }

    /** Notes what it is told, and asks for what it is told to. */
    private static final class Collector<T> implements Flow.Subscriber<T> {

        final List<T> records = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch end = new CountDownLatch(1);
        private final long first;
        volatile Flow.Subscription subscription = new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        };

        volatile Throwable failure = new AssertionError("nothing has failed");

        Collector(long first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (first > 0) {
                given.request(first);
            }
        }

        @Override
        public void onNext(T record) {
            records.add(record);
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
            end.countDown();
        }

        @Override
        public void onComplete() {
            end.countDown();
        }
    }

    @Test
    @Tag("P2")
    @Tag("P7")
    void eachSubscriberHasARunOfItsOwn() throws InterruptedException {
        for (Runner runner : Runners.ALL) {
            for (int count : new int[] {0, 1, 3_000}) {
                AtomicInteger made = new AtomicInteger();
                Flow.Publisher<Long> publisher =
                        Bag.range(0, count, 5).peek(n -> made.incrementAndGet()).publisher(runner);
                for (int round = 1; round < 3; round++) {
                    Collector<Long> collector = new Collector<>(Long.MAX_VALUE);
                    publisher.subscribe(collector);
                    collector.end.await();
                    assertThat(collector.records)
                            .isEqualTo(LongStream.range(0, count).boxed().toList());
                    assertThat(made).hasValue(round * count);
                }
            }
        }
    }

    @Test
    void endsWithTheLastRecordThatIsAskedFor() throws InterruptedException {
        Collector<Integer> collector = new Collector<>(3);
        Bag.of(1, 2, 3).publisher(Runners.TWO).subscribe(collector);
        collector.end.await();
        assertThat(collector.records).containsExactly(1, 2, 3);
    }

    @Test
    @Tag("P28")
    void runsNothingBeforeItIsAskedAndLittleAhead() {
        AtomicInteger made = new AtomicInteger();
        Collector<Integer> collector = new Collector<>(0);
        Bag.generate(() -> Stream.generate(made::incrementAndGet).iterator())
                .publisher(Runners.TWO)
                .subscribe(collector);
        assertThat(made).hasValue(0);
        collector.subscription.request(5);
        await().until(() -> collector.records.size() == 5);
        assertThat(made.get()).isLessThan(100_000);
        collector.subscription.cancel();
        AtomicInteger lastSeen = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(20)).until(() -> lastSeen.getAndSet(made.get()) == made.get());
        assertThat(collector.records).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    @Tag("P29")
    void cancellingClosesTheSourceAndInterruptsTheRun() {
        for (Runner runner : List.of(Runners.ONE, Runners.TWO)) {
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(List.of(1, 2, 3, 4), 4));
            CountDownLatch waits = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Collector<Integer> collector = new Collector<>(10);
            Bag.from(source)
                    .peek(n -> {
                        if (n == 3) {
                            waits.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                                throw e;
                            }
                        }
                    })
                    .publisher(runner)
                    .subscribe(collector);
            await().until(() -> waits.getCount() == 0 && collector.records.size() == 2);
            collector.subscription.cancel();
            await().untilAsserted(() -> {
                assertThat(interrupted.getCount()).isZero();
                source.probe().assertClean();
            });
            assertThat(collector.end.getCount()).isEqualTo(1);
        }
    }

    @Test
    @Tag("P20")
    void aFailureComesBehindTheRecordsBeforeIt() throws InterruptedException {
        Collector<Integer> collector = new Collector<>(Long.MAX_VALUE);
        Bag.from(List.of(1, 2, 0), 1).map(n -> 2 / n).publisher(Runners.TWO).subscribe(collector);
        collector.end.await();
        assertThat(collector.records).containsExactly(2, 1);
        assertThat(collector.failure).isInstanceOf(BagException.class).hasCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void aRunnerThatIsClosedIsAFailure() throws InterruptedException {
        Runner closed = Runner.local().threads(1).build();
        closed.close();
        Collector<Integer> collector = new Collector<>(1);
        Bag.of(1).publisher(closed).subscribe(collector);
        collector.end.await();
        assertThat(collector.failure).hasMessage("this runner is closed; build another one");
        assertThatThrownBy(() -> Bag.of(1).publisher(Runners.ONE).subscribe(null))
                .isInstanceOf(NullPointerException.class);
    }
}
