package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.Failing;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Comparators that break their contract: the records come out once each, in some order, or the run fails and says why. */
@Tag("P1")
class ComparatorsTest {

    private static final String CONTRADICTION = "the comparator contradicts itself, so that there is no order:"
            + " compare(a, b) and compare(b, a) must have opposite signs, and if a comes before b and b before c,"
            + " a must come before c";

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    /** A comparator that is none. */
    enum Broken {
        RANDOM {
            @Override
            Comparator<Integer> comparator(long seed) {
                Random random = new Random(seed);
                return (a, b) -> random.nextInt(3) - 1;
            }
        },
        ALWAYS_GREATER {
            @Override
            Comparator<Integer> comparator(long seed) {
                return (a, b) -> 1;
            }
        },
        ALWAYS_LESS {
            @Override
            Comparator<Integer> comparator(long seed) {
                return (a, b) -> -1;
            }
        },
        NEVER_EQUAL {
            @Override
            Comparator<Integer> comparator(long seed) {
                return (a, b) -> a / 10 < b / 10 ? -1 : 1;
            }
        },
        ROCK_PAPER_SCISSORS {
            @Override
            Comparator<Integer> comparator(long seed) {
                return (a, b) -> {
                    int ahead = Math.floorMod(a - b, 3);
                    return ahead == 2 ? -1 : ahead;
                };
            }
        },
        OVERFLOWING {
            @Override
            Comparator<Integer> comparator(long seed) {
                return (a, b) -> a * 1_000_003 - b * 1_000_003;
            }
        };

        abstract Comparator<Integer> comparator(long seed);
    }

    @Test
    void whatHasNoNaturalOrderIsNamed() {
        record Plain(int number) {}
        Bag<Plain> plain = Bag.of(3, 1, 2).map(Plain::new);
        BagException failure = Failing.failure(() -> plain.sorted().compute());
        assertThat(failure.getCause())
                .isInstanceOf(ClassCastException.class)
                .hasMessage("class " + Plain.class.getName() + " is not Comparable, so it has no natural order: give a"
                        + " Comparator, or let it implement Comparable");
    }

    /** A number whose natural order is none. */
    private record Contrary(int number) implements Comparable<Contrary> {

        @Override
        @SuppressWarnings("ComparableType") // an order that contradicts itself is the point
        public int compareTo(Contrary other) {
            return Broken.ROCK_PAPER_SCISSORS.comparator(0).compare(number, other.number);
        }
    }

    private static List<Integer> numbers(int count) {
        return new Random(count).ints(count, 0, Math.max(1, count)).boxed().toList();
    }

    private static <T> void assertNothingLost(List<T> input, Bag<T> sorted, String operator, Runner runner) {
        List<T> records;
        try {
            records = sorted.compute(runner);
        } catch (BagException e) {
            assertThat(e.operator()).isEqualTo(operator);
            assertThat(e.getMessage()).startsWith(operator + " failed");
            assertThat(e.getCause()).isInstanceOf(IllegalArgumentException.class);
            assertThat(e.getCause()).hasMessage(CONTRADICTION);
            return;
        }
        assertThat(timesOfEach(records)).as("%s on %s", sorted, runner).isEqualTo(timesOfEach(input));
    }

    private static <T> Map<T, Long> timesOfEach(List<T> records) {
        return records.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @ParameterizedTest
    @EnumSource
    void neverLoseOrDoubleARecord(Broken broken) {
        List<Runner> runners = folder.everyRunner();
        for (int count : new int[] {1, 2, 3, 31, 33, 100, 257, 600, 1_500, 5_000}) {
            List<Integer> input = numbers(count);
            for (int partitions : new int[] {1, 3, 16}) {
                Bag<Integer> bag = Bag.from(input, partitions);
                for (Runner runner : runners) {
                    Comparator<Integer> comparator = broken.comparator(count * 31L + partitions);
                    assertNothingLost(input, bag.sorted(comparator), "sorted", runner);
                }
            }
        }
        folder.assertClean();
    }

    @Test
    void aNaturalOrderThatIsNoneNeverLosesARecord() {
        List<Runner> runners = folder.everyRunner();
        for (int count : new int[] {3, 100, 1_500, 5_000}) {
            List<Contrary> input = numbers(count).stream().map(Contrary::new).toList();
            for (Runner runner : runners) {
                assertNothingLost(input, Bag.from(input, 5).sorted(), "sorted", runner);
                assertNothingLost(input, Bag.from(input, 5).sortBy(record -> record), "sortBy", runner);
            }
        }
    }

    @Test
    void aComparatorThatFailsSometimesFailsTheRunWithItsOwnException() {
        List<Integer> input = numbers(3_000);
        for (Runner runner : folder.everyRunner()) {
            for (int failing : new int[] {1, 100, 1_000, 10_000, 25_000}) {
                AtomicInteger asked = new AtomicInteger();
                IllegalStateException thrown = new IllegalStateException("comparison " + failing);
                BagException failure = Failing.failure(() -> Bag.from(input, 4)
                        .sorted((a, b) -> {
                            if (asked.incrementAndGet() == failing) {
                                throw thrown;
                            }
                            return Integer.compare(a, b);
                        })
                        .compute(runner));
                assertThat(failure.operator()).isEqualTo("sorted");
                assertThat(failure.getCause()).isSameAs(thrown);
                folder.assertClean();
            }
        }
    }
}
