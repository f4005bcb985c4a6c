package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.testing.ListSink;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random plans against the oracle, on every kind of runner. {@code -Dplans=20000} runs more of them,
 * {@code -Dplan.seed=…} only the one whose seed a failure has named.
 */
@Tag("P1")
@Tag("P2")
@Tag("P4")
@Tag("P7")
class RandomPlansTest {

    private static final int FEWEST_STEPS = 4;
    private static final int MOST_STEPS = 24;
    private static final int CHECKED_AT_THE_END = 3;
    private static final List<Runner> RUNNERS = List.of(
            Runner.inline(),
            Runner.local().threads(1).build(),
            Runner.local().threads(2).build(),
            Runner.local().threads(7).build(),
            Runner.local().threads(1).memory("1B").build(),
            Runner.local().threads(2).memory("4kB").build());

    @AfterAll
    static void closeRunners() {
        RUNNERS.forEach(Runner::close);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void everyPlanMeansOnEveryRunnerWhatTheOracleSays() {
        Long only = Long.getLong("plan.seed");
        int count = only == null ? Integer.getInteger("plans", 500) : 1;
        for (int i = 0; i < count; i++) {
            check(only == null ? i : only);
        }
    }

    private static void check(long seed) {
        RandomPlans plans = new RandomPlans(seed);
        int steps = FEWEST_STEPS + (int) Math.floorMod(seed, (long) MOST_STEPS - FEWEST_STEPS + 1);
        List<RandomPlans.Grown> grown = plans.grow(steps);
        try {
            for (Runner runner : RUNNERS) {
                for (int i = steps - CHECKED_AT_THE_END; i < steps; i++) {
                    checkActions(grown.get(i), runner);
                }
                checkFolds(plans, grown, runner);
            }
            assertThat(plans.openResources()).as("resources left open").isZero();
        } catch (BagException | AssertionError e) {
            throw new AssertionError("with -Dplan.seed=" + seed + ", where\n" + plans.story() + firstWrong(grown), e);
        }
    }

    /** The smallest bag that is wrong by itself: all that it is made of is right. */
    private static String firstWrong(List<RandomPlans.Grown> grown) {
        for (int i = 0; i < grown.size(); i++) {
            for (Runner runner : RUNNERS) {
                try {
                    checkActions(grown.get(i), runner);
                } catch (BagException | AssertionError e) {
                    return "the first that is wrong by itself is b" + i + ", on " + runner + "\n"
                            + grown.get(i).bag().explain();
                }
            }
        }
        return "each is right by itself";
    }

    private static void checkActions(RandomPlans.Grown grown, Runner runner) {
        Bag<Integer> bag = grown.bag();
        List<Object> records = grown.records();
        int half = records.size() / 2;
        assertThat(bag.compute(runner)).as("compute() of %s", bag).isEqualTo(records);
        assertThat(bag.stream(runner).toList()).as("stream() of %s", bag).isEqualTo(records);
        assertThat(bag.take(half, runner)).as("take(%s) of %s", half, bag).isEqualTo(records.subList(0, half));
        assertThat(bag.first(runner)).isEqualTo(records.stream().findFirst());
        assertThat(bag.partitionCount()).isEqualTo(grown.partitions().size());
        Delayed<List<List<Integer>>> partitions = Delayed.all(bag.partitions());
        assertThat(partitions.compute(runner)).as("partitions of %s", bag).isEqualTo(grown.partitions());
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        bag.forEach(seen::add, runner);
        assertThat(seen).hasSameElementsAs(cast(records)).hasSize(records.size());
    }

    /** Several folds of several bags, which share much, in one run. */
    private static void checkFolds(RandomPlans plans, List<RandomPlans.Grown> grown, Runner runner) {
        checkFolds(plans, folds(grown), runner);
        if (grown.size() % 3 > 0) {
            return;
        }
        List<Delayed<?>> shared = new ArrayList<>();
        for (RandomPlans.Grown each : grown.subList(grown.size() - CHECKED_AT_THE_END, grown.size())) {
            Delayed<List<List<Integer>>> written = each.bag().writeLater(new ListSink<>());
            shared.add(written.map(List::size));
            shared.add(each.bag().count());
            shared.add(written);
        }
        checkFolds(plans, shared, runner);
    }

    private static List<Delayed<?>> folds(List<RandomPlans.Grown> grown) {
        List<Delayed<?>> wanted = new ArrayList<>();
        for (int i = grown.size() - CHECKED_AT_THE_END; i < grown.size(); i++) {
            Bag<Integer> bag = grown.get(i).bag();
            Delayed<Long> count = bag.count().named("count");
            Delayed<List<Integer>> all = bag.fold(Folds.toList());
            Delayed<Optional<Integer>> reduced = bag.reduce((a, b) -> a);
            Delayed<Map<Integer, Long>> counts = bag.countBy(x -> x % 3).toMap();
            wanted.addAll(List.of(count, all, reduced, counts));
            wanted.add(bag.anyMatch(x -> x == 7));
            wanted.add(bag.allMatch(x -> x != 7));
            wanted.add(bag.noneMatch(x -> x > 30));
            wanted.add(bag.sumLong(x -> x));
            wanted.add(bag.min(Integer::compare));
            wanted.add(bag.topK(3));
            wanted.add(bag.bottomK(3, (a, b) -> Integer.compare(a % 5, b % 5)));
            wanted.add(Delayed.call(Pair::of, count, all).zip(reduced.map(Optional::isPresent)));
        }
        return wanted;
    }

    private static void checkFolds(RandomPlans plans, Collection<Delayed<?>> wanted, Runner runner) {
        Results results = Delayed.computeAll(runner, wanted.toArray(Delayed<?>[]::new));
        for (Delayed<?> each : wanted) {
            assertThat(results.<Object>get(cast(each)))
                    .as("%s", each)
                    .isEqualTo(plans.oracle().value(each.plan()));
        }
    }

    @SuppressWarnings("unchecked") // the oracle keeps all records as objects
    private static <X> X cast(Object object) {
        return (X) object;
    }
}
