package dev.bag;

import dev.bag.run.watch.RunObserver;
import dev.bag.run.watch.RunObserver.StageView;
import dev.bag.run.watch.RunObserver.Usage;
import dev.bag.schedule.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes down when a run does what. Threads of the run tell of tasks as they end; others may ask meanwhile. How much is kept does
 * not grow with the run: of many tasks the longest stay, of many samples every second one is dropped again and again.
 *
 * <p>Most tasks of a stage of many are neither among the longest nor due for a sample. Their threads add to the sums of the
 * stage, which needs no lock, and read two bounds. A bound that is read just before another thread moves it lets one task more
 * through to the lock, where it is read again.
 */
final class RunTimeline {

    private static final int MOST_STAGES = 1_000;
    private static final int MOST_TASKS = 2_000;
    private static final int MOST_SAMPLES = 1_000;

    private final Alarm clock;
    private final long begin;
    private final Supplier<Usage> usage;
    private final AtomicReferenceArray<@Nullable StageTimes> stages = new AtomicReferenceArray<>(MOST_STAGES);
    /** Tasks that took less are not kept. Written under the lock of this, as all below. */
    private volatile long shortest;

    private volatile long nextSample;
    private long sampleNanos = 1_000_000;
    private List<Timeline.Task> tasks = new ArrayList<>();
    private List<Timeline.Sample> samples = new ArrayList<>();

    private static final class StageTimes {
        final StageView view;
        final int tasks;
        final long begin;
        final LongAdder ended = new LongAdder();
        final LongAdder worked = new LongAdder();
        final LongAccumulator longest = new LongAccumulator(Math::max, 0);
        /** The last end of a task. Threads may tell of two in either order. */
        final LongAccumulator end;

        StageTimes(StageView view, int tasks, long begin) {
            this.view = view;
            this.tasks = tasks;
            this.begin = begin;
            this.end = new LongAccumulator(Math::max, begin);
        }

        Timeline.Stage at(int number) {
            RunObserver.StageAmounts amounts = view.amounts();
            return new Timeline.Stage(
                    number,
                    view.what(),
                    tasks,
                    ended.intValue(),
                    Duration.ofNanos(begin),
                    Duration.ofNanos(end.get()),
                    Duration.ofNanos(worked.sum()),
                    Duration.ofNanos(longest.get()),
                    amounts.records(),
                    amounts.bytes(),
                    amounts.spilledBytes());
        }
    }

    /** Begins; {@code usage} says what the run holds and has read, and {@code clock} what time it is. */
    RunTimeline(Supplier<Usage> usage, Alarm clock) {
        this.usage = usage;
        this.clock = clock;
        this.begin = clock.nanoTime();
    }

    private long now() {
        return clock.nanoTime() - begin;
    }

    /** A stage begins. */
    void stageStarted(int stage, int taskCount, StageView view) {
        if (stage < MOST_STAGES) {
            stages.set(stage, new StageTimes(view, taskCount, now()));
        }
    }

    /** An attempt at a task has ended; begin and end are values of the clock. */
    void taskEnded(int stage, int task, long taskBegin, long taskEnd, boolean failed) {
        StageTimes times = stage < MOST_STAGES ? stages.get(stage) : null;
        if (times == null) {
            return;
        }
        long nanos = taskEnd - taskBegin;
        long end = taskEnd - begin;
        if (!failed) {
            times.ended.increment();
        }
        times.worked.add(nanos);
        times.longest.accumulate(nanos);
        times.end.accumulate(end);
        if (nanos >= shortest) {
            keep(new Timeline.Task(
                    stage,
                    task,
                    times.view.reads(task),
                    Duration.ofNanos(taskBegin - begin),
                    Duration.ofNanos(nanos),
                    failed));
        }
        if (end >= nextSample) {
            sample();
        }
    }

    private synchronized void keep(Timeline.Task task) {
        if (task.elapsed().toNanos() >= shortest) {
            tasks.add(task);
            if (tasks.size() == 2 * MOST_TASKS) {
                dropShortTasks();
            }
        }
    }

    private void dropShortTasks() {
        Duration least = tasks.stream()
                .map(Timeline.Task::elapsed)
                .sorted(Comparator.reverseOrder())
                .skip(MOST_TASKS - 1)
                .findFirst()
                .orElseThrow();
        tasks = tasks.stream()
                .filter(each -> each.elapsed().compareTo(least) >= 0)
                .limit(MOST_TASKS)
                .collect(Collectors.toCollection(ArrayList::new));
        shortest = least.toNanos();
    }

    /** Takes a sample, unless the last one was taken just before. */
    synchronized void sample() {
        long nanos = now();
        if (nanos >= nextSample) {
            samples.add(sampleNow());
            if (samples.size() == MOST_SAMPLES) {
                sampleNanos *= 2;
                List<Timeline.Sample> half = new ArrayList<>();
                for (int i = 1; i < MOST_SAMPLES; i += 2) {
                    half.add(samples.get(i));
                }
                samples = half;
            }
            nextSample = nanos + sampleNanos;
        }
    }

    private Timeline.Sample sampleNow() {
        Usage now = usage.get();
        return new Timeline.Sample(
                Duration.ofNanos(now()), now.memoryBytes(), now.spilledBytes(), now.records(), now.bytes());
    }

    /** Returns what was taken down, with a sample of now. */
    synchronized Timeline timeline() {
        List<Timeline.Stage> begun = new ArrayList<>();
        for (int number = 0; number < MOST_STAGES; number++) {
            StageTimes times = stages.get(number);
            if (times != null) {
                begun.add(times.at(number));
            }
        }
        List<Timeline.Sample> all = new ArrayList<>(samples);
        all.add(sampleNow());
        return new Timeline(begun, tasks, all);
    }
}
