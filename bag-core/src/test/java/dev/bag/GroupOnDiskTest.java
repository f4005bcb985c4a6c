package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A group that is larger than memory is a list like any other, whichever way it is walked through. */
@Tag("P30")
class GroupOnDiskTest {

    private static final int COUNT = 20_000;
    private static final AtomicLong MADE = new AtomicLong();

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    /** Counts how often one is made, as it is when it is read from disk. */
    private record Value(long number, String text) {

        Value {
            MADE.incrementAndGet();
        }
    }

    private static KeyedBag<Long, Value> values(int keys) {
        return Bag.range(0, COUNT, 4)
                .map(number -> new Value(number, "x".repeat(50)))
                .keyBy(value -> value.number() % keys % 7);
    }

    private static List<Long> backwards(List<Value> group) {
        List<Long> numbers = new ArrayList<>();
        ListIterator<Value> each = group.listIterator(group.size());
        while (each.hasPrevious()) {
            numbers.add(each.previous().number());
        }
        return numbers;
    }

    @Test
    void aWalkBackwardsReadsEachFrameOnceMore() {
        for (int keys : new int[] {1, 2}) {
            List<Long> expected = new ArrayList<>();
            for (long number = COUNT - 1; number >= 0; number--) {
                if (number % keys == 0) {
                    expected.add(number);
                }
            }
            MADE.set(0);
            Bag<List<Long>> backwards = values(keys).groupValues().entries().map(group -> backwards(group.second()));
            assertThat(backwards.compute(folder.runner(1, "1B"))).contains(expected);
            assertThat(MADE).hasValueLessThan(12L * COUNT);
        }
    }

    @Test
    void anyPartIsReadFromWhereItIs() {
        Bag<List<Long>> parts = values(1).groupValues().entries().map(group -> {
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                numbers.add(group.second().get(i * 7_919 % COUNT).number());
            }
            group.second().subList(9_990, 10_010).forEach(value -> numbers.add(value.number()));
            return numbers;
        });
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            expected.add((long) (i * 7_919 % COUNT));
        }
        for (long number = 9_990; number < 10_010; number++) {
            expected.add(number);
        }
        assertThat(parts.compute(folder.runner(1, "1B"))).containsExactly(expected);
    }
}
