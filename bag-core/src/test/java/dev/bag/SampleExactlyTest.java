package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code sampleExactly} and {@code fromDelayed}, on which it stands. */
class SampleExactlyTest {

    @Test
    @Tag("P2")
    void aSampleHasTheWantedSizeAndIsInInputOrder() {
        for (int size = 0; size <= 12; size++) {
            for (int k = 0; k <= size; k++) {
                for (int partitions = 1; partitions <= 5; partitions++) {
                    List<Long> records = LongStream.range(0, size).boxed().toList();
                    List<Long> sample =
                            Bag.from(records, partitions).sampleExactly(k, 3).compute();
                    assertThat(sample).hasSize(k).isSorted();
                    assertThat(new HashSet<>(sample)).hasSize(k);
                    assertThat(records).containsAll(sample);
                }
            }
        }
    }

    @Test
    @Tag("P3")
    void aSampleIsTheSameForAnyNumberOfThreads() {
        Bag<Long> sample = Bag.range(0, 10_000, 13).sampleExactly(50, 42);
        List<Long> expected = sample.compute(Runner.inline());
        for (int threads : new int[] {1, 2, 8}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                assertThat(sample.compute(runner)).isEqualTo(expected);
            }
        }
        assertThat(Bag.range(0, 10_000, 13).sampleExactly(50, 43).compute()).isNotEqualTo(expected);
    }

    @Test
    void everyRecordIsAboutAsLikely() {
        int[] chosen = new int[10];
        for (int seed = 0; seed < 2_000; seed++) {
            Bag.range(0, 10, 3).sampleExactly(3, seed).compute(Runner.inline()).forEach(i -> chosen[i.intValue()]++);
        }
        assertThat(Arrays.stream(chosen)).allMatch(count -> count > 480 && count < 720);
    }

    @Test
    void moreThanThereAreFailsWhenRun() {
        Bag<Integer> sample = Bag.of(1, 2).sampleExactly(3, 1);
        assertThatThrownBy(sample::compute)
                .isInstanceOf(BagException.class)
                .hasMessageContaining("sampleExactly(3, 1): the bag has only 2 records;"
                        + " ask for fewer, or use sample(fraction, seed)");
        assertThatThrownBy(() -> Bag.of(1).sampleExactly(-1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sampleExactly(-1, 1): the number of records must be 0 or more");
    }

    @Test
    void eachDelayedIterableIsAPartition() {
        Delayed<List<Integer>> one = Delayed.call(() -> List.of(1, 2));
        Delayed<List<Integer>> none = Delayed.value(List.of());
        Bag<Integer> bag = Bag.fromDelayed(List.of(one, none, one.map(list -> new ArrayList<>(list.subList(1, 2)))));
        assertThat(bag.partitionCount()).isEqualTo(3);
        assertThat(bag.map(i -> i * 10).compute()).containsExactly(10, 20, 20);
        assertThat(bag.partitions().get(2).compute()).containsExactly(2);
        assertThat(Bag.<Integer>fromDelayed(List.of()).compute()).isEmpty();
    }

    @Test
    void groupsAreReadAsIterators() {
        Bag<String> firsts = Bag.range(0, 10, 3)
                .groupByStreaming(i -> i % 2 == 0 ? "even" : "odd", (key, records) -> key + " " + records.next());
        assertThat(firsts.compute()).containsExactlyInAnyOrder("even 0", "odd 1");
    }
}
