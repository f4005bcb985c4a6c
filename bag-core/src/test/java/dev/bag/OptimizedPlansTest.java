package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.optimize.Optimizer;
import dev.bag.oracle.PlanInterpreter;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Folded;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random plans mean the same before and after they were optimized, partition by partition, as the oracle reads them: no
 * runner takes part. {@code -Doptimized.plans=20000} tries more of them.
 */
@Tag("once")
@Tag("P1")
@Tag("P2")
class OptimizedPlansTest {

    private static final int STEPS = 20;

    @Test
    void everyPlanKeepsItsRecordsAndPartitions() {
        for (long seed = 0; seed < Integer.getInteger("optimized.plans", 1_000); seed++) {
            RandomPlans plans = new RandomPlans(seed);
            List<RandomPlans.Grown> grown = plans.grow(STEPS);
            List<Value<?>> together = grown.stream()
                    .<Value<?>>map(each -> collected(each.bag().plan()))
                    .toList();
            List<Value<?>> optimized = Optimizer.optimize(together);
            for (int i = 0; i < STEPS; i++) {
                String story = "seed " + seed + ", b" + i + " of\n" + plans.story();
                assertMeans(grown.get(i), optimized.get(i), story);
                assertMeans(
                        grown.get(i),
                        Optimizer.optimize(List.of(together.get(i))).get(0),
                        story);
            }
        }
    }

    private static Value<?> collected(Plan<Integer> plan) {
        return new Folded<>(plan, Folds.<Integer>toList(), "collect");
    }

    private static void assertMeans(RandomPlans.Grown grown, Value<?> optimized, String story) {
        Plan<?> plan = (Plan<?>) optimized.inputs().get(0);
        assertThat(plan.partitionCount()).as(story).isEqualTo(grown.partitions().size());
        assertThat(new PlanInterpreter().partitions(plan)).as(story).isEqualTo(grown.partitions());
    }
}
