package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.run.ShippingEngine;
import dev.bag.testing.ListSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Stages are data: random plans mean the same where each stage, what each task reads and what it leaves are sent, as
 * bytes, to classes of another class loader.
 */
@Tag("P2")
class ShippedPlansTest {
    private static final int STEPS = 20;
    private static final int CHECKED_AT_THE_END = 3;

    @Test
    void everyPlanMeansFarAwayWhatTheOracleSays() {
        check(0, 60);
    }

    @Test
    @Tag("long")
    void manyMorePlansMeanFarAwayWhatTheOracleSays() {
        check(60, 500);
    }

    private static void check(long first, long end) {
        try (Runner runner = new Runner(new ShippingEngine(), true)) {
            for (long seed = first; seed < end; seed++) {
                check(seed, runner);
            }
        }
    }

    private static void check(long seed, Runner runner) {
        RandomPlans plans = new RandomPlans(seed);
        List<RandomPlans.Grown> grown = plans.grow(4 + (int) (seed % STEPS));
        try {
            List<Delayed<?>> wanted = new ArrayList<>();
            for (RandomPlans.Grown each : grown.subList(grown.size() - CHECKED_AT_THE_END, grown.size())) {
                Bag<Integer> bag = each.bag();
                assertThat(bag.compute(runner)).as("compute() of %s", bag).isEqualTo(each.records());
                assertThat(bag.stream(runner).toList())
                        .as("stream() of %s", bag)
                        .isEqualTo(each.records());
                assertThat(Delayed.all(bag.partitions()).compute(runner))
                        .as("partitions of %s", bag)
                        .isEqualTo(each.partitions());
                Delayed<Long> count = bag.count();
                wanted.add(count);
                wanted.add(bag.fold(Folds.toList()));
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
