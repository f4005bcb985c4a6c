package dev.bag.bench;

import dev.bag.Bag;
import dev.bag.Runner;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** What a runner costs that is shared: {@code SharedRunner} measures a run of 10 tasks of 1 ms beside one of 100,000. */
public final class SharedRunner {

    private static final int ROUNDS = 15;
    private static final long MILLI = 1_000_000;

    private SharedRunner() {}

    public static void main(String... arguments) throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        try (Runner half = Runner.local().threads(Math.max(1, cores / 2)).build();
                Runner shared = Runner.local().threads(cores).build()) {
            double[] alone = new double[ROUNDS];
            double[] beside = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                alone[i] = millis(tasks(10, MILLI), half);
                CompletableFuture<Long> large = tasks(100_000, MILLI).count().computeAsync(shared);
                Thread.sleep(50); // it is in full swing
                beside[i] = millis(tasks(10, MILLI), shared);
                large.cancel(true);
            }
            print("alone on half of the cores", alone);
            print("beside 100,000 tasks", beside);
        }
    }

    private static long busy(long number, long nanos) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < nanos) {
            Thread.onSpinWait();
        }
        return number;
    }

    private static Bag<Long> tasks(int count, long nanos) {
        return Bag.range(0, count, count).map(number -> busy(number, nanos));
    }

    private static double millis(Bag<Long> bag, Runner runner) {
        long begin = System.nanoTime();
        bag.count().compute(runner);
        return (System.nanoTime() - begin) / (double) MILLI;
    }

    private static void print(String what, double[] values) {
        Arrays.sort(values);
        System.out.printf(
                Locale.ROOT,
                "%-30s median %,.1f ms, of %d from %,.1f to %,.1f%n",
                what,
                values[values.length / 2],
                values.length,
                values[0],
                values[values.length - 1]);
    }
}
