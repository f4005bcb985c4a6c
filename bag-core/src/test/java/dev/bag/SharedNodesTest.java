package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bags that are made of themselves, so that the paths through a plan are many more than its nodes: what takes a step for
 * each path never ends.
 */
@Tag("P26")
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedNodesTest {
    private static final int OFTEN = 64;
    private static final Runner RUNNER = Runner.local().threads(2).build();

    @AfterAll
    static void close() {
        RUNNER.close();
    }

    private static <T> void check(UnaryOperator<Bag<T>> twice, Bag<T> first, int times, List<T> expected) {
        Bag<T> bag = first;
        for (int i = 0; i < times; i++) {
            bag = twice.apply(bag);
        }
        assertThat(bag.partitionCount()).isPositive();
        assertThat(bag.toString()).hasSizeLessThan(100);
        assertThat(bag.explain()).contains("stage 1");
        assertThat(bag.compute(RUNNER)).isEqualTo(expected);
        assertThat(bag.compute(Runner.inline())).isEqualTo(expected);
        assertThat(bag.take(1, RUNNER)).isEqualTo(expected.subList(0, 1));
    }

    @Test
    void zipped() {
        check(bag -> bag.zipWith(bag, (a, b) -> a | b), Bag.of(1, 2, 3), OFTEN, List.of(1, 2, 3));
    }

    @Test
    void zippedWithAnotherView() {
        check(bag -> bag.zipWith(bag.map(n -> n), Math::max), Bag.from(List.of(1, 2, 3), 3), OFTEN, List.of(1, 2, 3));
    }

    @Test
    void zippedInOrder() {
        check(bag -> bag.limit(3).zipWith(bag.skip(0), Math::max), Bag.of(1, 2, 3), OFTEN, List.of(1, 2, 3));
    }

    @Test
    void concatenatedAndCutToOnePartition() {
        check(bag -> bag.concat(bag).partition(1), Bag.from(List.of(1, 2, 3), 1), OFTEN, List.of(1, 2, 3));
    }

    @Test
    void concatenatedAndJoined() {
        check(bag -> bag.concat(bag).repartition(1).distinct(), Bag.of(1, 2, 3), OFTEN, List.of(1, 2, 3));
    }

    @Test
    void multiplied() {
        check(bag -> bag.product(bag).map(Pair::second), Bag.of(1), OFTEN, List.of(1));
    }

    @Test
    void joined() {
        check(
                bag -> bag.keyBy(n -> n).join(bag.keyBy(n -> n)).values().map(Pair::second),
                Bag.of(1, 2, 3),
                OFTEN,
                List.of(1, 2, 3));
    }

    @Test
    void usedByItsOwnResult() {
        check(bag -> bag.mapWith(bag.count(), (n, count) -> n), Bag.of(1, 2, 3), OFTEN, List.of(1, 2, 3));
    }

    /** Expected values are computed beside the plan, node by node. */
    @ParameterizedTest
    @ValueSource(ints = {10, 100, 1_000, 10_000})
    void randomGraphs(int nodes) {
        Random random = new Random(nodes);
        List<Bag<Integer>> bags = new ArrayList<>(List.of(Bag.from(List.of(1, 2, 3, 4), 2)));
        List<int[]> values = new ArrayList<>(List.of(new int[] {1, 2, 3, 4}));
        while (bags.size() < nodes) {
            int a = bags.size() - 1 - random.nextInt(Math.min(bags.size(), 10));
            int b = random.nextInt(bags.size());
            int[] x = values.get(a);
            int[] y = values.get(b);
            switch (random.nextInt(4)) {
                case 0 -> {
                    bags.add(bags.get(a).map(n -> n * 31 + 1));
                    values.add(IntStream.of(x).map(n -> n * 31 + 1).toArray());
                }
                case 1 -> {
                    bags.add(bags.get(a).scan(Integer::sum));
                    int[] sums = x.clone();
                    for (int i = 1; i < sums.length; i++) {
                        sums[i] += sums[i - 1];
                    }
                    values.add(sums);
                }
                case 2 -> {
                    bags.add(bags.get(a).flatMap(n -> List.of(n ^ 5)));
                    values.add(IntStream.of(x).map(n -> n ^ 5).toArray());
                }
                default -> {
                    bags.add(bags.get(a).zipWith(bags.get(b), (n, m) -> n * 7 + m));
                    values.add(IntStream.range(0, x.length)
                            .map(i -> x[i] * 7 + y[i])
                            .toArray());
                }
            }
        }
        Bag<Integer> last = bags.get(nodes - 1);
        List<Integer> expected = IntStream.of(values.get(nodes - 1)).boxed().toList();
        assertThat(last.partitionCount()).isEqualTo(2);
        assertThat(last.toString()).hasSizeLessThan(100);
        assertThat(last.explain()).contains("stage 1");
        assertThat(last.compute(RUNNER)).isEqualTo(expected);
        assertThat(last.stream(RUNNER).toList()).isEqualTo(expected);
    }
}
