package dev.bag.bench;

import dev.bag.Delayed;
import dev.bag.Runner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much quicker all processors are than one, with 1,000 delayed calls of about 0.1 ms, and with as many of which one,
 * at the front, in the middle or at the end, takes ten times as long: {@code SpeedUp}. Prints medians of alternating runs. The
 * best there is of the unequal ones is what one thread takes, divided by the threads.
 */
public final class SpeedUp {

    private static final int CALLS = 1_000;
    private static final int STEPS = 86_000;
    private static final int RUNS = 31;

    private SpeedUp() {}

    public static void main(String... arguments) {
        int threads = Runtime.getRuntime().availableProcessors();
        try (Runner one = Runner.local().threads(1).build();
                Runner all = Runner.local().threads(threads).build()) {
            compare("to warm up", -1, one, all);
            compare("equal calls", -1, one, all);
            compare("the first 10 x as long", 0, one, all);
            compare("the middle one", CALLS / 2, one, all);
            compare("the last one", CALLS - 1, one, all);
        }
    }

    private static void compare(String what, int longer, Runner one, Runner all) {
        double[] alone = new double[RUNS];
        double[] together = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            alone[run] = millis(longer, one);
            together[run] = millis(longer, all);
        }
        Arrays.sort(alone);
        Arrays.sort(together);
        double before = alone[RUNS / 2];
        double after = together[RUNS / 2];
        System.out.printf("%-24s %7.2f ms on one, %7.2f ms on all, %5.3f x%n", what, before, after, before / after);
    }

    private static double millis(int longer, Runner runner) {
        List<Delayed<Long>> calls = new ArrayList<>(CALLS);
        for (int i = 0; i < CALLS; i++) {
            long seed = i;
            int steps = i == longer ? 10 * STEPS : STEPS;
            calls.add(Delayed.call(() -> steps(seed, steps)));
        }
        Delayed<Long> sum = Delayed.all(calls)
                .map(values -> values.stream().mapToLong(Long::longValue).sum());
        long begin = System.nanoTime();
        sum.compute(runner);
        return (System.nanoTime() - begin) / 1e6;
    }

    /** Work of which each step needs the one before. */
    private static long steps(long seed, int count) {
        long state = seed;
        for (int i = 0; i < count; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
        }
        return state;
    }
}
