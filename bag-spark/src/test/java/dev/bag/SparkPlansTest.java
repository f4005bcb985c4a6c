package dev.bag;

import dev.bag.spark.SparkRunner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random plans mean on Spark what the oracle says. */
@Tag("P2")
class SparkPlansTest {

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
        RandomPlans.check(seed, CHECKED_AT_THE_END, runner);
    }
}
