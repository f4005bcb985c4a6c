package dev.bag;

import static dev.bag.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Records as a stream of the JDK: in order, with a bounded look-ahead, and closed. */
class StreamTest {

    @Test
    @Tag("P1")
    @Tag("P2")
    void aLongStreamIsWholeAndInOrder() {
        List<Long> expected = LongStream.range(0, 30_000).boxed().toList();
        for (int partitions : new int[] {1, 3, 100}) {
            Bag<Long> bag = Bag.range(0, 30_000, partitions);
            for (Runner runner : Runners.ALL) {
                assertThat(bag.stream(runner).toList()).isEqualTo(expected);
                assertThat(bag.flatMap(n -> List.of(n, n)).stream(runner).count())
                        .isEqualTo(60_000);
                assertThat(bag.zipWithIndex().stream(runner)
                                .allMatch(pair -> pair.first().equals(pair.second())))
                        .isTrue();
                assertThat(bag.stream(runner).parallel().map(n -> n + 1).collect(Collectors.summingLong(n -> n)))
                        .isEqualTo(450_015_000L);
            }
        }
    }

    @Test
    @Tag("P7")
    void aStreamOfNothingIsEmpty() {
        for (Runner runner : Runners.ALL) {
            assertThat(Bag.empty().stream(runner)).isEmpty();
            assertThat(Bag.range(0, 100, 100).filter(n -> false).stream(runner)).isEmpty();
        }
    }

    @Test
    @Tag("P29")
    void exhaustionClosesTheStreamWithoutBeingAsked() {
        for (Runner runner : Runners.ALL) {
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(List.of(1, 2, 3), 3));
            assertThat(Bag.from(source).stream(runner).toList()).containsExactly(1, 2, 3);
            assertThat(source.probe().opened).hasValue(3);
            source.probe().assertClean();
        }
    }

    @Test
    @Tag("P29")
    void anAbandonedStreamClosesWhatIsOpenWhenItIsClosed() {
        List<Integer> records = IntStream.range(0, 100_000).boxed().toList();
        for (Runner runner : Runners.ALL) {
            for (int read : new int[] {0, 1, 5_000}) {
                ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(records, 5));
                try (Stream<Integer> stream = Bag.from(source).stream(runner)) {
                    assertThat(stream.limit(read).toList()).isEqualTo(records.subList(0, read));
                }
                source.probe().assertClean();
            }
        }
    }

    @Test
    void aStreamThatIsClosedAgainStaysClosed() {
        Stream<Integer> stream = Bag.of(1, 2).stream(Runners.TWO);
        stream.close();
        stream.close();
        assertThatThrownBy(stream::toList).isInstanceOf(IllegalStateException.class);
        Stream<Integer> read = Bag.of(1, 2).stream(Runners.TWO);
        assertThat(read.count()).isEqualTo(2);
        read.close();
    }

    @Test
    void eachStreamOfABagIsARunOfItsOwn() {
        Bag<Integer> bag = Bag.of(1, 2);
        assertThat(bag.stream().toList()).isEqualTo(bag.stream().toList());
        try (Stream<Integer> one = bag.stream(Runners.ONE);
                Stream<Integer> other = bag.stream(Runners.ONE)) {
            Iterator<Integer> first = one.iterator();
            Iterator<Integer> second = other.iterator();
            assertThat(List.of(first.next(), second.next(), second.next(), first.next()))
                    .containsExactly(1, 1, 2, 2);
            assertThat(first.hasNext() || second.hasNext()).isFalse();
        }
    }

    /** Counts records, and knows the threads that make them. */
    private static final class Producers {

        final AtomicLong made = new AtomicLong();
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        <T> Bag<T> in(Bag<T> bag) {
            return bag.peek(record -> {
                made.incrementAndGet();
                threads.add(Thread.currentThread());
            });
        }

        /** Waits until no thread makes any more. */
        void awaitIdle() {
            await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        }
    }

    @Test
    @Tag("P28")
    void aSlowReaderHoldsBackTheProducers() {
        for (int threads : new int[] {1, 2, 7}) {
            for (int partitions : new int[] {1, 50}) {
                try (Runner runner = Runner.local().threads(threads).build()) {
                    Producers producers = new Producers();
                    Bag<Long> bag = producers.in(Bag.range(0, 10_000_000, partitions));
                    long mostAhead = 6_000L * (threads + 1);
                    try (Stream<Long> stream = bag.stream(runner)) {
                        Iterator<Long> records = stream.iterator();
                        for (long n = 0; n < 30_000; n++) {
                            assertThat(records.next()).isEqualTo(n);
                            if (n % 10_000 == 0) {
                                producers.awaitIdle();
                                assertThat(producers.made.get() - n).isBetween(1L, mostAhead);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    @Tag("P28")
    void aStreamWithoutAnEndIsReadAsFarAsItIsWanted() {
        for (Runner runner : Runners.ALL) {
            Producers producers = new Producers();
            try (Stream<Long> stream =
                    producers
                            .in(Bag.generate(
                                    () -> LongStream.iterate(0, n -> n + 1).iterator()))
                            .stream(runner)) {
                assertThat(stream.limit(3)).containsExactly(0L, 1L, 2L);
            }
            assertThat(producers.made.get()).isBetween(3L, 10_000L);
        }
    }

    @Test
    @Tag("P28")
    void aReaderOfEndlessExpansionsHoldsThemBackToo() {
        for (Runner runner : Runners.ALL) {
            Producers producers = new Producers();
            Bag<Long> endless = Bag.of(0L).flatMapStream(n -> Stream.iterate(n, m -> m + 1));
            try (Stream<Long> stream = producers.in(endless.takeWhile(n -> n < 50_000)).stream(runner)) {
                Iterator<Long> records = stream.iterator();
                assertThat(records.next()).isZero();
            }
            assertThat(producers.made.get()).isBetween(1L, 50_000L);
        }
    }

    @Test
    void anActionRunsWhileAnotherStreamOfTheSameRunnerIsHeldOpen() {
        for (Runner runner : Runners.ALL) {
            try (Stream<Long> held = Bag.range(0, 1_000_000, 10).stream(runner)) {
                assertThat(held.iterator().next()).isZero();
                assertThat(Bag.range(0, 100, 10).count().compute(runner)).isEqualTo(100);
            }
        }
    }
}
