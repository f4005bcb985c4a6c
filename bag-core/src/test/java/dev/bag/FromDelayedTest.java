package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.Runners;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bags of delayed values compute them when they are read. */
class FromDelayedTest {

    private static final int COUNT = 2_000;

    private final AtomicInteger computed = new AtomicInteger();

    private Bag<Integer> counted() {
        return Bag.fromDelayed(IntStream.range(0, COUNT)
                .mapToObj(i -> Delayed.call(() -> {
                    computed.incrementAndGet();
                    return List.of(2 * i, 2 * i + 1);
                }))
                .toList());
    }

    @Test
    @Tag("P28")
    void onlyWhatIsReadIsComputed() {
        for (Runner runner : Runners.ALL) {
            computed.set(0);
            assertThat(counted().take(1, runner)).containsExactly(0);
            assertThat(counted().first(runner)).hasValue(0);
            assertThat(counted().filter(n -> n > 20).limit(2).compute(runner)).containsExactly(21, 22);
            assertThat(computed).hasValueLessThan(50);
        }
    }

    @Test
    @Tag("P28")
    void aSlowReaderHoldsBackWhatIsComputed() {
        for (Runner runner : Runners.ALL) {
            computed.set(0);
            try (Stream<Integer> stream = counted().stream(runner)) {
                Iterator<Integer> read = stream.iterator();
                assertThat(read.next()).isEqualTo(0);
                assertThat(computed).hasValueLessThan(100);
            }
        }
    }

    @Test
    void allAreReadInOrder() {
        List<Integer> all = IntStream.range(0, 2 * COUNT).boxed().toList();
        for (Runner runner : Runners.ALL) {
            computed.set(0);
            assertThat(counted().compute(runner)).isEqualTo(all);
            assertThat(counted().stream(runner).toList()).isEqualTo(all);
            assertThat(counted().<Integer>mapPartitions(records -> records).compute(runner))
                    .isEqualTo(all);
            assertThat(counted()
                            .zipWith(counted(), Integer::sum)
                            .sumLong(n -> n)
                            .compute(runner))
                    .isEqualTo(2L * COUNT * (2L * COUNT - 1));
            assertThat(computed).hasValue(5 * COUNT);
        }
    }

    @Test
    @Tag("P1")
    void whatSeveralUseIsComputedOnce() {
        Delayed<List<Integer>> shared = Delayed.call(() -> {
            computed.incrementAndGet();
            return List.of(1, 2, 3);
        });
        Bag<Integer> bag = Bag.fromDelayed(List.of(shared, shared.map(Collections::unmodifiableList), shared));
        for (Runner runner : Runners.ALL) {
            computed.set(0);
            Delayed<Long> sum = bag.concat(bag)
                    .mapWith(shared.map(List::size), Integer::sum)
                    .sumLong(n -> n);
            assertThat(sum.zip(shared)
                            .zip(bag.sorted().count())
                            .compute(runner)
                            .first()
                            .first())
                    .isEqualTo(6 * (6 + 9));
            assertThat(computed).hasValue(1);
        }
    }

    @Test
    @Tag("P39")
    void aValueIsDroppedWhenItsPartitionHasBeenRead() {
        for (Runner runner : Runners.ALL) {
            List<WeakReference<Object>> made = Collections.synchronizedList(new ArrayList<>());
            List<Delayed<List<byte[]>>> large = IntStream.range(0, 400)
                    .mapToObj(i -> Delayed.call(() -> {
                        List<byte[]> value = List.of(new byte[1 << 20]);
                        made.add(new WeakReference<>(value));
                        return value;
                    }))
                    .toList();
            AtomicInteger most = new AtomicInteger();
            Bag<Integer> lengths = Bag.fromDelayed(large).map(bytes -> {
                if (made.size() % 100 == 0) {
                    WeakReference<?>[] before =
                            made.toArray(WeakReference<?>[]::new); // other threads make more meanwhile
                    System.gc();
                    int alive = (int) Arrays.stream(before)
                            .filter(each -> each.get() != null)
                            .count();
                    most.accumulateAndGet(alive, Math::max);
                }
                return bytes.length;
            });
            assertThat(lengths.sumLong(n -> n).compute(runner)).isEqualTo(400L << 20);
            assertThat(most).hasValueLessThan(30);
        }
    }

    @Test
    @Tag("P20")
    void aValueThatFailsFailsWhereItIsRead() {
        IOException refused = new IOException("refused");
        Delayed<List<Integer>> failing = Delayed.<List<Integer>>call(() -> {
                    throw refused;
                })
                .named("load");
        Bag<Integer> bag = Bag.fromDelayed(List.of(Delayed.value(List.of(1)), failing, Delayed.value(List.of(2))));
        for (Runner runner : Runners.ALL) {
            assertThat(bag.take(1, runner)).containsExactly(1);
            BagException failure = failure(() -> bag.compute(runner));
            assertThat(failure.getCause()).isSameAs(refused);
            assertThat(failure.operator()).isEqualTo("load");
            assertThat(failure(() -> Bag.fromDelayed(List.of(Delayed.<List<Integer>>value(null)))
                            .compute(runner)))
                    .hasMessageContaining("the value is null, and an iterable was expected");
        }
    }

    @Test
    @Tag("P5")
    void aTaskThatIsRunAgainReadsTheSameValue() {
        for (int threads : new int[] {1, 2}) {
            try (Runner runner = Runner.local().threads(threads).retries(3).build()) {
                computed.set(0);
                AtomicInteger failures = new AtomicInteger();
                Bag<Integer> bag = counted().map(n -> {
                    if (n % 1000 == 999 && failures.incrementAndGet() % 2 == 1) {
                        throw new IOException("once");
                    }
                    return n;
                });
                assertThat(bag.count().compute(runner)).isEqualTo(2 * COUNT);
                assertThat(computed).hasValue(COUNT);
            }
        }
    }
}
