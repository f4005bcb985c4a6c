package dev.bag;

import static dev.bag.testing.Eventually.await;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records as they come: those of a partition in order, those of several mixed. */
@Timeout(60)
class StreamUnorderedTest {

    @Test
    @Tag("P1")
    @Tag("P7")
    void eachRecordComesOnceAndThoseOfAPartitionInOrder() {
        for (int partitions : new int[] {1, 3, 100, 2_000}) {
            Bag<Pair<Integer, Long>> bag = Bag.range(0, 30_000, partitions).mapPartitionsWithIndex((index, records) -> {
                List<Pair<Integer, Long>> all = new ArrayList<>();
                records.forEachRemaining(n -> all.add(new Pair<>(index, n)));
                return all.iterator();
            });
            for (Runner runner : Runners.ALL) {
                List<Pair<Integer, Long>> records = bag.streamUnordered(runner).toList();
                assertThat(records.stream().map(Pair::second).sorted().toList())
                        .isEqualTo(LongStream.range(0, 30_000).boxed().toList());
                records.stream()
                        .collect(Collectors.groupingBy(Pair::first))
                        .values()
                        .forEach(each ->
                                assertThat(each.stream().map(Pair::second)).isSorted());
            }
        }
        for (Runner runner : Runners.ALL) {
            assertThat(Bag.empty().streamUnordered(runner)).isEmpty();
            assertThat(Bag.range(0, 100, 100).filter(n -> false).streamUnordered(runner))
                    .isEmpty();
            assertThat(Bag.range(0, 100, 100).limit(7).streamUnordered(runner)).hasSize(7);
        }
    }

    @Test
    void aSlowPartitionHoldsBackNoOther() {
        CountDownLatch othersAreRead = new CountDownLatch(1);
        Bag<Integer> bag = Bag.from(List.of(0, 1, 2, 3, 4, 5), 6).map(n -> {
            if (n == 0) {
                othersAreRead.await();
            }
            return n;
        });
        Set<Integer> seen = new HashSet<>();
        try (Stream<Integer> stream = bag.streamUnordered(Runners.TWO)) {
            Iterator<Integer> records = stream.iterator();
            for (int i = 1; i < 6; i++) {
                seen.add(records.next());
            }
            assertThat(seen).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
            othersAreRead.countDown();
            assertThat(records.next()).isEqualTo(0);
            assertThat(records.hasNext()).isFalse();
        }
    }

    private static Bag<Integer> endless(int number) {
        return Bag.generate(() -> Stream.generate(() -> number).iterator());
    }

    /** Two partitions without an end: each is read on. */
    @Test
    @Tag("P28")
    void whatWaitsIsBoundedAndNoPartitionStarves() {
        AtomicLong made = new AtomicLong();
        Bag<Integer> bag = endless(0).concat(endless(1)).peek(n -> made.incrementAndGet());
        try (Stream<Integer> stream = bag.streamUnordered(Runners.TWO)) {
            Iterator<Integer> records = stream.iterator();
            int[] counts = new int[2];
            long read = 0;
            while (Math.min(counts[0], counts[1]) < 10_000) {
                counts[records.next()]++;
                read++;
            }
            assertThat(made.get() - read).isLessThan(50_000);
        }
        long after = made.get();
        await().during(Duration.ofMillis(50)).until(() -> made.get() == after);
    }

    @Test
    @Tag("P19")
    void aFailureIsToldWhenTheRecordsBeforeItInItsPartitionAreRead() {
        for (Runner runner : Runners.ALL) {
            Bag<Integer> bag = Bag.from(List.of(1, 2, 0), 1).map(n -> 2 / n);
            List<Integer> seen = new ArrayList<>();
            BagException failure = failure(() -> bag.streamUnordered(runner).forEach(seen::add));
            assertThat(seen).containsExactly(2, 1);
            assertThat(failure.getCause()).isInstanceOf(ArithmeticException.class);
        }
        Bag<Integer> both = endless(1).concat(Bag.of(0).map(n -> 1 / n));
        assertThat(failure(() -> both.streamUnordered(Runners.TWO).forEach(n -> {}))
                        .getCause())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    @Tag("P34")
    void recordsThatAreLeftOutCountAgainstTheLimit() {
        for (Runner runner : Runners.ALL) {
            Bag<Integer> bag = Bag.from(List.of(0, 1, 0, 1, 0), 5).map(n -> 1 / n);
            assertThat(bag.onError(ErrorPolicy.skip(3)).streamUnordered(runner)).containsExactly(1, 1);
            assertThat(failure(() -> bag.onError(ErrorPolicy.skip(2))
                            .streamUnordered(runner)
                            .toList()))
                    .hasMessageContaining("skip(2)");
        }
    }

    @Test
    @Tag("P29")
    void closingOrReadingToTheEndClosesEverything() {
        for (Runner runner : Runners.ALL) {
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(List.of(1, 2, 3, 4), 4));
            assertThat(Bag.from(source).streamUnordered(runner)).containsExactlyInAnyOrder(1, 2, 3, 4);
            source.probe().assertClean();
            ProbedSource<Integer> other = ProbedSource.of(Cuts.parts(List.of(1, 2, 3, 4), 4));
            try (Stream<Integer> stream = Bag.from(other).streamUnordered(runner)) {
                stream.iterator().next();
            }
            other.probe().assertClean();
        }
    }

    @Test
    void callsThatWaitComeAsTheyAreDone() {
        CountDownLatch go = new CountDownLatch(1);
        Bag<Integer> bag = Bag.from(List.of(0, 1), 2)
                .mapAsync(
                        n -> {
                            if (n == 0) {
                                go.await();
                            }
                            return n;
                        },
                        2);
        try (Stream<Integer> stream = bag.streamUnordered(Runners.TWO)) {
            Iterator<Integer> records = stream.iterator();
            assertThat(records.next()).isEqualTo(1);
            go.countDown();
            assertThat(records.next()).isEqualTo(0);
        }
    }
}
