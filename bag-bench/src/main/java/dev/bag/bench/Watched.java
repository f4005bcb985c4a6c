package dev.bag.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Progress;
import dev.bag.RunListener;
import dev.bag.Runner;
import dev.bag.io.TextFiles;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.jfr.Recording;

/**
 * What it costs to watch runs: {@code Watched LOGS} runs the same by turns unwatched and watched by a listener, with progress,
 * with a dashboard, and with a flight recording of bag's events. What runs is the status count of the logs, 5,000 tasks of about 0.1 ms, and
 * 500,000 of next to nothing. Prints the median of the ratios of the time of neighbouring runs, half of which are in between what is in
 * parentheses, and the CPU time of the process in all that were watched, divided by that in all others.
 */
public final class Watched {

    private static final int PAIRS = 15;
    private static final int STEPS = 86_000;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Watched() {}

    private record Taken(double nanos, double cpuNanos) {}

    public static void main(String... logs) {
        compare("status count", () -> StatusCounts.counts(TextFiles.read(logs)));
        compare("tasks of 0.1 ms", () -> tasks(5_000, STEPS));
        compare("tasks of next to nothing", () -> tasks(500_000, 0));
    }

    private static Delayed<Long> tasks(int count, int steps) {
        return Bag.range(0, count, count).map(number -> steps(number, steps)).count();
    }

    private static long steps(long seed, int count) {
        long state = seed;
        for (int i = 0; i < count; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
        }
        return state;
    }

    private static void compare(String what, Supplier<Delayed<?>> work) {
        try (Runner plain = Runner.local().build()) {
            for (int i = 0; i < PAIRS; i++) {
                run(work, plain); // to warm up
            }
            compare(what, "nothing", work, plain, Runner.local());
            compare(what, "a listener", work, plain, Runner.local().listener(new RunListener() {}));
            compare(what, "progress", work, plain, Runner.local().progress(Progress.to(state -> {})));
            compare(what, "a dashboard", work, plain, Runner.local().dashboard());
            print(what, "a recording", pairs(work, plain, plain, Watched::record));
        }
    }

    private static void compare(
            String what, String watcher, Supplier<Delayed<?>> work, Runner plain, Runner.Builder builder) {
        try (Runner watched = builder.build()) {
            print(what, watcher, pairs(work, plain, watched, Runnable::run));
        }
    }

    private static void record(Runnable work) {
        try (Recording recording = new Recording()) {
            for (String event : new String[] {"Run", "Stage", "Task", "Call", "Spill"}) {
                recording.enable("dev.bag." + event);
            }
            recording.start();
            work.run();
        }
    }

    private static Taken[][] pairs(
            Supplier<Delayed<?>> work, Runner plain, Runner watched, Consumer<Runnable> surroundings) {
        Taken[][] pairs = new Taken[PAIRS][2];
        surroundings.accept(() -> run(work, watched)); // to warm up
        for (int i = 0; i < PAIRS; i++) {
            Taken[] pair = pairs[i];
            pair[0] = run(work, plain);
            surroundings.accept(() -> pair[1] = run(work, watched));
        }
        return pairs;
    }

    private static Taken run(Supplier<Delayed<?>> work, Runner runner) {
        Delayed<?> delayed = work.get();
        long cpu = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        delayed.compute(runner);
        return new Taken(System.nanoTime() - begin, SYSTEM.getProcessCpuTime() - cpu);
    }

    private static void print(String what, String watcher, Taken[][] pairs) {
        double[] time = new double[PAIRS];
        double cpu = 0;
        double plainCpu = 0;
        for (int i = 0; i < PAIRS; i++) {
            time[i] = pairs[i][1].nanos() / pairs[i][0].nanos();
            cpu += pairs[i][1].cpuNanos();
            plainCpu += pairs[i][0].cpuNanos();
        }
        Arrays.sort(time);
        System.out.printf(
                Locale.ROOT,
                "%-26s %-12s time %.3f (%.3f to %.3f), CPU %.3f%n",
                what,
                watcher,
                time[PAIRS / 2],
                time[PAIRS / 4],
                time[PAIRS * 3 / 4],
                cpu / plainCpu);
    }
}
