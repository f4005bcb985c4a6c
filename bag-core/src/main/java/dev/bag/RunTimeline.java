package dev.bag;

import dev.bag.run.Engine.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes down when a run does what. Threads of the run tell of tasks as they end; others may ask meanwhile. How much is kept does
 * not grow with the run: of many tasks the longest stay, of many samples every second one is dropped again and again.
 */
final class RunTimeline {

    private static final int MOST_STAGES = 1_000;
    private static final int MOST_TASKS = 2_000;
    private static final int MOST_SAMPLES = 1_000;

    private final long begin = System.nanoTime();
    private final Supplier<Usage> usage;
    /** Guarded by this, as all below. */
    private final Map<Integer, StageTimes> stages = new TreeMap<>();

    private List<Timeline.Task> tasks = new ArrayList<>();
    /** Tasks that took less are not kept. */
    private Duration shortest = Duration.ZERO;

    private List<Timeline.Sample> samples = new ArrayList<>();
    private long sampleNanos = 1_000_000;
    private long lastSample;

    private static final class StageTimes {
        final Supplier<String> what;
        final IntFunction<String> reads;
        final int tasks;
        final Duration begin;
        int ended;
        Duration end;
        Duration worked = Duration.ZERO;
        Duration longest = Duration.ZERO;

        StageTimes(Supplier<String> what, IntFunction<String> reads, int tasks, Duration begin) {
            this.what = what;
            this.reads = reads;
            this.tasks = tasks;
            this.begin = begin;
            this.end = begin;
        }

        Timeline.Stage at(int number) {
            return new Timeline.Stage(number, what.get(), tasks, ended, begin, end, worked, longest);
        }
    }

    /** Begins; {@code usage} says what the run holds and has read. */
    RunTimeline(Supplier<Usage> usage) {
        this.usage = usage;
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** A stage begins. */
    synchronized void stageStarted(int stage, int taskCount, Supplier<String> what, IntFunction<String> reads) {
        if (stages.size() < MOST_STAGES) {
            stages.put(stage, new StageTimes(what, reads, taskCount, now()));
        }
    }

    /** An attempt at a task has ended, which took {@code nanos}. */
    synchronized void taskEnded(int stage, int task, long nanos, boolean failed) {
        StageTimes times = stages.get(stage);
        if (times == null) {
            return;
        }
        Duration end = now();
        Duration elapsed = Duration.ofNanos(nanos);
        times.ended += failed ? 0 : 1;
        times.end = end;
        times.worked = times.worked.plus(elapsed);
        times.longest = max(times.longest, elapsed);
        if (elapsed.compareTo(shortest) >= 0) {
            tasks.add(new Timeline.Task(stage, task, times.reads.apply(task), end.minus(elapsed), elapsed, failed));
            if (tasks.size() == 2 * MOST_TASKS) {
                dropShortTasks();
            }
        }
        sample();
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    private void dropShortTasks() {
        shortest = tasks.stream()
                .map(Timeline.Task::elapsed)
                .sorted(Comparator.reverseOrder())
                .skip(MOST_TASKS - 1)
                .findFirst()
                .orElseThrow();
        tasks = tasks.stream()
                .filter(each -> each.elapsed().compareTo(shortest) >= 0)
                .limit(MOST_TASKS)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Takes a sample, unless the last one was taken just before. */
    synchronized void sample() {
        long nanos = System.nanoTime() - begin;
        if (samples.isEmpty() || nanos - lastSample >= sampleNanos) {
            lastSample = nanos;
            samples.add(sampleNow());
            if (samples.size() == MOST_SAMPLES) {
                sampleNanos *= 2;
                List<Timeline.Sample> half = new ArrayList<>();
                for (int i = 1; i < MOST_SAMPLES; i += 2) {
                    half.add(samples.get(i));
                }
                samples = half;
            }
        }
    }

    private Timeline.Sample sampleNow() {
        Usage now = usage.get();
        return new Timeline.Sample(now(), now.memoryBytes(), now.spilledBytes(), now.records(), now.bytes());
    }

    /** Returns what was taken down, with a sample of now. */
    synchronized Timeline timeline() {
        List<Timeline.Stage> begun = new ArrayList<>();
        stages.forEach((number, times) -> begun.add(times.at(number)));
        List<Timeline.Sample> all = new ArrayList<>(samples);
        all.add(sampleNow());
        return new Timeline(begun, tasks, all);
    }
}
