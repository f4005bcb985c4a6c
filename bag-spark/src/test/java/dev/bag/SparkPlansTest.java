package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.spark.SparkRunner;
import dev.bag.testing.ListSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random plans mean on Spark what the oracle says. */
@Tag("P2")
class SparkPlansTest {

    private static final int STEPS = 20;
    private static final int CHECKED_AT_THE_END = 2;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyPlanMeansOnSparkWhatTheOracleSays() {
        check(0, Integer.getInteger("plans", 100));
    }

    @Test
    @Tag("long")
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void manyMorePlansMeanOnSparkWhatTheOracleSays() {
        check(100, 2000);
    }

    private static void check(long first, long end) {
        try (Runner runner = SparkRunner.connect("local[2]")
                .conf("spark.ui.enabled", "false")
                .build()) {
            for (long seed = first; seed < end; seed++) {
                check(seed, runner);
            }
        }
    }

    static void check(long seed, Runner runner) {
        RandomPlans plans = new RandomPlans(seed);
        List<RandomPlans.Grown> grown = plans.grow(4 + (int) (seed % STEPS));
        try {
            List<Delayed<?>> wanted = new ArrayList<>();
            for (RandomPlans.Grown each : grown.subList(grown.size() - CHECKED_AT_THE_END, grown.size())) {
                Bag<Integer> bag = each.bag();
                assertThat(bag.stream(runner).toList())
                        .as("stream() of %s", bag)
                        .isEqualTo(each.records());
                Delayed<Long> count = bag.count();
                wanted.add(count);
                wanted.add(bag.fold(Folds.toList()));
                wanted.addAll(bag.partitions());
                wanted.add(bag.writeLater(new ListSink<>()));
                wanted.add(bag.countBy(x -> x % 3).toMap());
                wanted.add(bag.anyMatch(x -> x == 7));
                wanted.add(count.map(n -> n + 1));
            }
            Results results = Delayed.computeAll(runner, wanted.toArray(Delayed<?>[]::new));
            for (Delayed<?> each : wanted) {
                assertThat((Object) results.get(each))
                        .as("%s", each)
                        .isEqualTo(plans.oracle().value(each.plan()));
            }
        } catch (BagException | AssertionError | IllegalStateException e) {
            throw new AssertionError("seed " + seed + ", where\n" + plans.story(), e);
        }
    }
}
