package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Fold;
import dev.bag.testing.ChildJvm;
import dev.bag.testing.Runners;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Errors of user code fail the run, not the runner. */
@Tag("P22")
class ErrorsTest {

    @SuppressWarnings("InfiniteRecursion") // until the stack is used up
    private static long forever(long n) {
        return forever(n + 1) + 1;
    }

    private static long tooMuch(long n) {
        return new long[Integer.MAX_VALUE].length + n;
    }

    private static final class Uninitialized {

        static final int VALUE = Integer.parseInt("no number");
    }

    private static final Map<Class<? extends Error>, Fold<Long, Long, Long>> FOLDS = folds();

    private static Map<Class<? extends Error>, Fold<Long, Long, Long>> folds() {
        Map<Class<? extends Error>, Fold<Long, Long, Long>> folds = new LinkedHashMap<>();
        folds.put(StackOverflowError.class, Fold.of(() -> 0L, (a, n) -> n == 50 ? forever(n) : a + n, Long::sum));
        folds.put(OutOfMemoryError.class, Fold.of(() -> 0L, (a, n) -> n == 50 ? tooMuch(n) : a + n, Long::sum));
        folds.put(LinkageError.class, Fold.of(() -> 0L, (a, n) -> n == 50 ? Uninitialized.VALUE : a + n, Long::sum));
        return folds;
    }

    @Test
    void anErrorFailsTheRunAndTheNextRunWorks() {
        for (Runner runner : Runners.ALL) {
            FOLDS.forEach((error, fold) -> {
                Bag<Long> bag = Bag.range(0, 100, 20);
                BagException failure = failure(() -> bag.fold(fold).compute(runner));
                assertThat(failure.getCause()).isInstanceOf(error);
                assertThat(failure.operator()).isEqualTo("fold");
                assertThat(failure.recordExcerpt()).hasValue("50");
                assertThat(bag.sumLong(n -> n).compute(runner)).isEqualTo(4950);
            });
        }
    }

    @Test
    void anErrorFailsWherverUserCodeIsCalled() {
        Bag<Integer> bag = Bag.from(List.of(1, 2, 3, 4), 2);
        Error error = new NoClassDefFoundError("a/b/C");
        Map<String, Delayed<?>> failing = Map.of(
                "merge",
                        bag.<Integer>fold(() -> 0, (a, n) -> n, (a, b) -> {
                            throw error;
                        }),
                "compare",
                        bag.sorted((a, b) -> {
                                    throw error;
                                })
                                .count(),
                "key",
                        bag.groupBy(n -> {
                                    throw error;
                                })
                                .entries()
                                .count(),
                "partition",
                        bag.mapPartitions(records -> {
                                    throw error;
                                })
                                .count(),
                "call",
                        Delayed.call(() -> {
                            throw error;
                        }),
                "expand",
                        bag.flatMap(n -> () -> {
                                    throw error;
                                })
                                .count());
        for (Runner runner : Runners.ALL) {
            failing.forEach((place, value) -> {
                assertThat(failure(() -> value.compute(runner)).getCause())
                        .as(place)
                        .isSameAs(error);
                assertThat(bag.count().compute(runner)).isEqualTo(4);
            });
        }
    }

    /** Fills the heap in many ways, and after each computes something. */
    static final class FillsTheHeap {

        private FillsTheHeap() {}

        public static void main(String[] args) {
            for (int threads = 1; threads <= 2; threads++) {
                Runner runner = Runner.local().threads(threads).build();
                for (int size = 1; size <= 1 << 20; size *= 32) {
                    int bytes = size;
                    Bag<byte[]> bag = Bag.range(0, 1L << 40, 1_000).map(n -> new byte[bytes]);
                    BagException failure = failure(() -> bag.compute(runner));
                    // where the JVM itself ran out of memory while it linked a lambda, it says InternalError
                    assertThat(failure.getCause()).isInstanceOf(VirtualMachineError.class);
                    assertThat(failure.getCause().toString()).contains("OutOfMemoryError");
                    assertThat(Bag.range(0, 1_000).map(n -> new byte[1]).count().compute(runner))
                            .isEqualTo(1_000);
                }
            }
            System.out.println("done");
        }
    }

    @Test
    void aRunThatFillsTheHeapFailsAndTheNextOneWorks() throws IOException, InterruptedException {
        assertThat(ChildJvm.run(FillsTheHeap.class, List.of("-Xmx24m", "-XX:+UseSerialGC")))
                .isEqualTo(new ChildJvm.Result(0, "done\n"));
    }
}
