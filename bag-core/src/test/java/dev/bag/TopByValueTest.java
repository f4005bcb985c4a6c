package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.testing.Runners;
import dev.bag.value.Pair;
import dev.bag.value.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The entries with the largest sums, of which those that are too small are not made. */
@Tag("once")
class TopByValueTest {

    private record Key(int number) {}

    private static List<IntFunction<Object>> kindsOfKeys() {
        return List.of(
                n -> "key " + n,
                n -> "a key that is too long for two numbers " + n,
                n -> n,
                n -> (long) n,
                n -> Utf8.of("k" + n),
                Key::new,
                n -> n % 2 == 0 ? n : "odd " + n);
    }

    private static List<Pair<Object, Long>> records(Random random, IntFunction<Object> key) {
        int keys = 1 + random.nextInt(300);
        return Stream.generate(() -> Pair.of(key.apply(random.nextInt(keys)), random.nextLong(-5, 20)))
                .limit(random.nextInt(2_000))
                .toList();
    }

    private static <T> List<T> first(List<T> all, int k, Comparator<T> order) {
        List<T> sorted = new ArrayList<>(all);
        sorted.sort(order);
        return sorted.subList(0, Math.min(k, sorted.size()));
    }

    /** What the values are compared with is what the same bag gives as a list, which other tests compare with an oracle. */
    @Test
    @Tag("P2")
    void areThoseThatSortingAllEntriesFinds() {
        try (Runner small = Runner.local().threads(2).memory("20kB").build()) {
            List<Runner> runners = new ArrayList<>(Runners.ALL);
            runners.add(small);
            for (int seed = 0; seed < 40; seed++) {
                for (IntFunction<Object> key : kindsOfKeys()) {
                    List<Pair<Object, Long>> records = records(new Random(seed), key);
                    KeyedBag<Object, Long> sums = Bag.from(records, 5)
                            .foldBy(Pair::first, Folds.summingLong((Pair<Object, Long> each) -> each.second()));
                    List<Pair<Object, Long>> all = sums.compute(Runner.inline());
                    int k = seed % 12;
                    Comparator<Pair<Object, Long>> byValue = Comparator.comparing(Pair::second);
                    for (Runner runner : runners) {
                        assertThat(sums.topByValue(k).compute(runner)).isEqualTo(first(all, k, byValue.reversed()));
                        assertThat(sums.bottomByValue(k).compute(runner)).isEqualTo(first(all, k, byValue));
                        assertThat(sums.topByValue(k, Collections.reverseOrder())
                                        .compute(runner))
                                .isEqualTo(first(all, k, byValue));
                    }
                }
            }
        }
    }

    @Test
    void otherResultsOfTheSameRunSeeAllEntries() {
        KeyedBag<String, Long> counts =
                Bag.range(0, 3_000).map(n -> "k" + n % 700).frequencies();
        Delayed<List<Pair<String, Long>>> top = counts.topByValue(3);
        Delayed<Map<String, Long>> map = counts.toMap();
        Delayed<Long> number = counts.count();
        for (Runner runner : Runners.ALL) {
            Results results = Delayed.computeAll(runner, top, map, number);
            assertThat(results.get(top)).map(Pair::second).containsExactly(5L, 5L, 5L);
            assertThat(results.get(map)).hasSize(700).containsEntry("k699", 4L);
            assertThat(results.get(number)).isEqualTo(700);
        }
    }
}
