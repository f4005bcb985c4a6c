package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.fold.Folds;
import dev.bag.optimize.Optimizer;
import dev.bag.plan.Node;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Folded;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Building, showing and optimizing plans that share what is below them, or are very deep: what takes a step more for each
 * node ends at once, what takes twice as many does not.
 */
@Tag("P26")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlanningTest {

    private static final int DEEP = 30_000;
    private static final int SHARED = 100;
    private static final int NODES = 10_000;

    private static <T> Bag<T> repeated(int times, Bag<T> bag, UnaryOperator<Bag<T>> step) {
        Bag<T> result = bag;
        for (int i = 0; i < times; i++) {
            result = step.apply(result);
        }
        return result;
    }

    private static void assertPlanned(Bag<?> bag, int partitions) {
        assertThat(bag.partitionCount()).isEqualTo(partitions);
        assertThat(bag.toString()).hasSizeLessThanOrEqualTo(78);
        List<Value<?>> collected = List.of(new Folded<>(bag.plan(), Folds.<Object>toList(), "collect"));
        int nodes = Node.Order.of(collected).nodes().size();
        List<Value<?>> optimized = Optimizer.optimize(collected);
        assertThat(Node.Order.of(optimized).nodes()).hasSizeLessThanOrEqualTo(nodes);
        assertThat(((Folded<?, ?, ?>) optimized.get(0)).input().partitionCount())
                .isEqualTo(partitions);
    }

    @Test
    void ofBagsWithThemselves() {
        Bag<Integer> bag = Bag.from(List.of(1, 2, 3), 3);
        assertPlanned(repeated(SHARED, bag, b -> b.zipWith(b, Integer::sum)), 3);
        assertPlanned(repeated(SHARED, bag, b -> b.concat(b).repartition(3)), 3);
        assertPlanned(repeated(29, bag, b -> b.concat(b)), 3 << 29);
        assertPlanned(repeated(29, bag, b -> b.concat(b).map(n -> n)), 3 << 29);
        assertPlanned(repeated(SHARED, bag, b -> b.product(b).map(Pair::first).repartition(3)), 3);
        assertPlanned(
                repeated(
                        SHARED,
                        bag,
                        b -> b.keyBy(n -> n)
                                .join(b.keyBy(n -> n))
                                .mapValues(Pair::first)
                                .values()),
                3);
        assertPlanned(repeated(SHARED, bag, b -> b.mapWith(b.count(), (n, count) -> n)), 3);
        assertPlanned(
                repeated(
                        SHARED,
                        bag,
                        b -> Bag.fromDelayed(
                                List.of(b.fold(Folds.toList()), b.topK(3, (x, y) -> 0), b.bottomK(1, (x, y) -> 0)))),
                3);
    }

    static List<UnaryOperator<Bag<Integer>>> steps() {
        return List.of(
                bag -> bag.distinctBy(n -> n),
                bag -> bag.sorted().named("n"),
                bag -> bag.keyBy(n -> n)
                        .partitionByKey(3)
                        .filterKeys(n -> true)
                        .named("kept")
                        .countKeys()
                        .keys(),
                bag -> bag.zip(bag).map(Pair::first),
                bag -> bag.repartition(5).repartition(2),
                bag -> bag.skip(1).scan(Integer::sum).limit(9),
                bag -> bag.partition(0).takeWhile(n -> true));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void ofLongChains(UnaryOperator<Bag<Integer>> step) {
        for (Bag<Integer> bag : List.of(Bag.from(List.of(1, 2, 3), 3), Bag.generate(List.of(1, 2)))) {
            assertPlanned(repeated(DEEP, bag, step), step.apply(step.apply(bag)).partitionCount());
        }
    }

    /** Each of many operations looks down the same long way. */
    @Test
    void ofManyUsesOfLongChains() {
        Bag<Integer> bag = Bag.from(List.of(1, 2, 3), 3).sorted();
        KeyedBag<Integer, Integer> placed = bag.keyBy(n -> n).partitionByKey(3);
        List<Bag<Integer>> all = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            bag = bag.named("n");
            placed = placed.filterKeys(n -> true);
        }
        for (int i = 0; i < NODES; i++) {
            all.add(bag.limit(3));
            all.add(bag.sorted());
            all.add(placed.countKeys().keys());
        }
        assertPlanned(Bag.concatAll(all), 9 * NODES);
    }

    /** As a list that is appended to, with a use of each of its states. */
    @Test
    void ofConcatenationsOfWhichEachHasAnotherUse() {
        Bag<Integer> one = Bag.of(1);
        Bag<Integer> all = one;
        List<Bag<Integer>> states = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            all = all.concat(one);
            states.add(all.repartition(1));
        }
        assertPlanned(Bag.concatAll(states), NODES);
    }

    @Test
    void ofRandomPlansInWhichEachBagMayBeUsedByAllThatFollow() {
        for (int seed = 0; seed < 5; seed++) {
            assertPlanned(random(new Random(seed)), 2);
        }
    }

    private static Bag<Integer> random(Random random) {
        List<Bag<Integer>> bags = new ArrayList<>(List.of(Bag.of(1, 2), Bag.of(3, 4)));
        while (bags.size() < NODES) {
            // mostly the newest, so that plans are deep as well as wide
            Bag<Integer> a = bags.get(bags.size() - 1 - random.nextInt(Math.min(bags.size(), 5)));
            Bag<Integer> b = bags.get(random.nextInt(bags.size()));
            Bag<Integer> next = switch (random.nextInt(12)) {
                case 0 -> a.map(n -> n + 1);
                case 1 -> a.filter(n -> n > 0);
                case 2 -> a.zipWith(b, Integer::sum);
                case 3 -> a.concat(b).repartition(2);
                case 4 -> a.limit(5).named("five");
                case 5 -> a.skip(1);
                case 6 -> a.sorted();
                case 7 -> a.distinct();
                case 8 -> a.keyBy(n -> n).join(b.keyBy(n -> n)).keys();
                case 9 -> a.product(b).map(Pair::first).repartition(2);
                case 10 -> a.mapWith(b.count(), (n, count) -> n);
                default -> a.scan(Integer::sum);
            };
            bags.add(next);
        }
        return bags.get(NODES - 1);
    }

    @Test
    void moreFunctionsOfWholePartitionsThanAStackBearsAreRefusedWhenTheBagIsBuilt() {
        Bag<Integer> bag = Bag.of(1, 2, 3);
        for (int i = 0; i < 100; i++) {
            bag = bag.map(n -> n + 1).mapPartitions(records -> records);
        }
        Bag<Integer> deepest = bag.filter(n -> true).zip(Bag.of(1, 2, 3)).map(Pair::first);
        assertThat(deepest.compute()).containsExactly(101, 102, 103);
        String why = ": 100 functions of whole partitions pull from each other already, and one more might overflow the"
                + " stack when they run. Make one function of several, or put a repartition to more partitions, a"
                + " persist or a shuffle in between";
        assertThatThrownBy(() -> deepest.mapPartitionsWithIndex((index, records) -> records))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mapPartitionsWithIndex" + why);
        assertThatThrownBy(() -> deepest.forEachPartition(records -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("forEachPartition" + why);
        for (Bag<Integer> cut : List.of(
                deepest.repartition(4),
                deepest.sorted(),
                deepest.persist().bag(),
                deepest.distinct(),
                deepest.product(Bag.of(1)).map(Pair::first))) {
            assertThat(cut.mapPartitions(records -> records).compute()).containsExactlyInAnyOrder(101, 102, 103);
        }
    }

    @Test
    void nestingIsThatOfTheDeepestBagOfSeveral() {
        Bag<Integer> flat = Bag.of(1, 2);
        Bag<Integer> deep = repeated(100, flat, bag -> bag.mapPartitions(records -> records));
        for (Bag<Integer> bag : List.of(
                flat.concat(deep),
                deep.concat(flat),
                flat.zip(deep).map(Pair::first),
                deep.zip(flat).map(Pair::first),
                deep.partition(1),
                deep.repartition(1))) {
            assertThatThrownBy(() -> bag.mapPartitions(records -> records))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
