package dev.bag.bench;

import dev.bag.Bag;
import dev.bag.RunListener;
import dev.bag.Runner;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * What a runner costs that is shared or listened to: {@code fairness} measures a run of 10 tasks of 1 ms beside one of
 * 100,000; {@code plain} and {@code listener} the time for each of 2,000 tasks that take 0.1 ms, and for 200,000 that take
 * next to nothing. Start it with {@code -XX:StartFlightRecording} for the same with a recording.
 */
public final class SharedRunner {

    private static final int ROUNDS = 15;
    private static final long MILLI = 1_000_000;

    private SharedRunner() {}

    public static void main(String... arguments) throws InterruptedException {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "fairness" -> fairness();
            case "plain" -> tasks(Runner.local());
            case "listener" -> tasks(Runner.local().listener(new RunListener() {}));
            default -> throw new IllegalArgumentException("fairness, plain or listener");
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

    private static void fairness() throws InterruptedException {
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
            print("alone on half of the cores", alone, "ms");
            print("beside 100,000 tasks", beside, "ms");
        }
    }

    private static void tasks(Runner.Builder builder) {
        try (Runner runner = builder.build()) {
            double[] tiny = new double[ROUNDS];
            double[] larger = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                tiny[i] = millis(tasks(200_000, 0), runner) * MILLI / 200_000;
                larger[i] = millis(tasks(2_000, MILLI / 10), runner) * MILLI / 2_000;
            }
            print("a task of next to nothing", tiny, "ns");
            print("a task of 0.1 ms", larger, "ns");
        }
    }

    private static void print(String what, double[] values, String unit) {
        Arrays.sort(values);
        System.out.printf(
                Locale.ROOT,
                "%-30s median %,.1f %s, of %d from %,.1f to %,.1f%n",
                what,
                values[values.length / 2],
                unit,
                values.length,
                values[0],
                values[values.length - 1]);
    }
}
