package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.run.ShippingEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Stages are data: random plans mean the same where each stage, what each task reads and what it leaves are sent, as
 * bytes, to classes of another class loader.
 */
@Tag("P2")
class ShippedPlansTest {
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
        for (RandomPlans.Grown each : RandomPlans.check(seed, CHECKED_AT_THE_END, runner)) {
            assertThat(each.bag().compute(runner)).as("seed %s", seed).isEqualTo(each.records());
        }
    }
}
