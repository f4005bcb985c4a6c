package dev.bag;

import java.time.Duration;
import java.util.List;

/**
 * When a run did what; part of its {@link Report}, and what {@link Report#writeHtml} draws. All times count from the beginning
 * of the run. Calls are no tasks here.
 *
 * @param stages the stages that have begun, the first 1,000 of them, by their numbers
 * @param tasks attempts at their tasks: all of them, or the longest 2,000 to 4,000, in the order in which they have ended
 * @param samples what the run held and had read, when tasks ended and when something was written to disk; at most 1,000
 */
public record Timeline(List<Stage> stages, List<Task> tasks, List<Sample> samples) {

    /** Nothing has begun. */
    static final Timeline NOTHING = new Timeline(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Timeline {
        stages = List.copyOf(stages);
        tasks = List.copyOf(tasks);
        samples = List.copyOf(samples);
    }

    /**
     * A stage.
     *
     * @param stage its number, from 0
     * @param what what it reads, does and is for
     * @param tasks how many tasks it has
     * @param tasksEnded how many of them have done all their work
     * @param begin when its first task began
     * @param end when the last of its tasks ended, so far
     * @param worked how long all attempts at its tasks took together
     * @param longest how long the longest attempt took
     * @param recordsRead how many records its tasks have read, from sources and of what earlier stages have left
     * @param bytesRead how many bytes, as they are stored, of the parts of sources that they have read
     * @param spilledBytes how many bytes of what it left to later stages were written to disk
     */
    public record Stage(
            int stage,
            String what,
            int tasks,
            int tasksEnded,
            Duration begin,
            Duration end,
            Duration worked,
            Duration longest,
            long recordsRead,
            long bytesRead,
            long spilledBytes) {}

    /**
     * An attempt at a task.
     *
     * @param stage the number of its stage
     * @param task its number in the stage, from 0
     * @param reads what of a source it reads, such as files and from where to where; empty if it reads from none
     * @param begin when it began
     * @param elapsed how long it took, with the time in which it waited for the reader of a stream
     * @param failed whether it has thrown something
     */
    public record Task(int stage, int task, String reads, Duration begin, Duration elapsed, boolean failed) {}

    /**
     * How far a run was at a time.
     *
     * @param at the time
     * @param memoryBytes about how many bytes of groupings, joins, sorts and persisted bags it held
     * @param spilledBytes how many bytes it had written to disk
     * @param recordsRead how many records it had read from sources
     * @param bytesRead how many bytes, as they are stored, of the parts of sources
     */
    public record Sample(Duration at, long memoryBytes, long spilledBytes, long recordsRead, long bytesRead) {}
}
