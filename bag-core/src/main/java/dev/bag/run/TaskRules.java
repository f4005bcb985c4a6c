package dev.bag.run;

import dev.bag.schedule.Alarm;
import dev.bag.schedule.Execution;
import dev.bag.value.Retry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What holds for each task of an engine.
 *
 * @param retry how often a task that fails is attempted
 * @param taskTimeout how long a thread may work on a task at a stretch, or null
 * @param runTimeout how long a run may take, or null
 * @param surroundings each is asked by the thread that starts a run, and returns what is opened before each task that
 *     another thread works on, and closed after it
 * @param alarm brings what waits
 */
public record TaskRules(
        Retry retry,
        @Nullable Duration taskTimeout,
        @Nullable Duration runTimeout,
        List<Supplier<? extends Callable<? extends AutoCloseable>>> surroundings,
        Alarm alarm) {

    /** How long a thread may take to heed an interrupt. */
    private static final long GRACE_NANOS = 500_000_000;

    /** Each task is attempted once and may take any time. */
    public static final TaskRules NONE = new TaskRules(Retry.times(1), null, null, List.of(), Alarm.ofProcess());

    /** Copies the list. */
    public TaskRules {
        surroundings = List.copyOf(surroundings);
    }

    /** Lets this hold for {@code execution}, which the calling thread is about to begin. */
    void applyTo(Execution execution) {
        if (taskTimeout != null || runTimeout != null) {
            execution.limit(taskTimeout, runTimeout, GRACE_NANOS, alarm);
        }
        for (Supplier<? extends Callable<? extends AutoCloseable>> each : surroundings) {
            execution.surround(each.get());
        }
    }

    /** How many more attempts a task has that fails. */
    int retries() {
        return retry.attempts() - 1;
    }
}
