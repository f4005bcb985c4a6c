package dev.bag;

import dev.bag.show.Drawer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run did; the last event that a {@link RunListener} gets of it, and what {@link Runner#lastReport} returns.
 * {@link #toString} says it in one line, {@link #details} in full, {@link #writeHtml} draws it in time, {@link #visualize} its plan.
 *
 * @param run the number of the run, unique within the JVM
 * @param what what was computed: the operators from a source to the action
 * @param elapsed from the beginning of the action, or of reading the stream, to the end
 * @param failure why it failed, with an empty trace; empty if it did not, and for a stream that was closed early
 * @param spilledBytes the number of bytes written to disk, because memory was short or because that was asked for
 * @param spilledFiles the number of files written
 * @param peakMemoryBytes about how many bytes the run held at most at any time in groupings, joins, sorts and persisted
 *     bags; in the scale of {@link Runner.Builder#memory}
 * @param bytesPassedOver how many bytes of the input were left out because an option of a source says so; only of what was
 *     read to its end
 * @param leftOut the records and files that were left out because a policy or an option says so
 * @param recordsRead the number of records that were read from sources, those that were left out included; only of tasks
 *     that have ended, and each record once for each time that the plan reads its source
 * @param bytesRead the number of bytes, as they are stored, of the parts of sources that these tasks have read; a part
 *     that was not read to its end counts as a whole, and records in memory or of unknown size as nothing
 * @param busy how long threads have worked on the run, all together, with the runs inside of its functions: the CPU time,
 *     and the time in which a thread waited for a disk or for another program
 * @param retries how often a task that had failed was run again
 * @param workerDeaths how often a worker process of {@link Bag#mapIsolated} has died or was late
 * @param counters what functions have counted, by the names of the {@linkplain Counter counters}, in their order
 * @param timeline when it did what
 * @param plan what was run, as a graph in the DOT language, as {@link Bag#visualize} draws it; empty of a run of calls alone
 */
public record Report(
        long run,
        String what,
        Duration elapsed,
        Optional<BagException> failure,
        long spilledBytes,
        int spilledFiles,
        long peakMemoryBytes,
        long bytesPassedOver,
        LeftOut leftOut,
        long recordsRead,
        long bytesRead,
        Duration busy,
        long retries,
        long workerDeaths,
        Map<String, Long> counters,
        Timeline timeline,
        String plan) {

    private static final int WIDTH = 20;

    /** Checks that nothing is null, and copies the map. */
    public Report {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(leftOut, "leftOut");
        Objects.requireNonNull(busy, "busy");
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(plan, "plan");
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }

    /**
     * What a run has left out; see {@link Bag#onError}. A record counts once however often its task was run again, and a file
     * however many partitions read it. Of a run that failed: what was left out until then.
     *
     * @param records the number of records that were left out
     * @param firstRecords why, for the first 100 of them in order, each with an empty trace
     * @param files the number of files that were left out as a whole
     * @param cutFiles the number of files that were read only as far as they can be
     * @param firstFiles why, for the first 100 files of both kinds by name, each with an empty trace
     */
    public record LeftOut(
            long records, List<BagException> firstRecords, int files, int cutFiles, List<BagException> firstFiles) {

        /** Nothing was left out. */
        static final LeftOut NOTHING = new LeftOut(0, List.of(), 0, 0, List.of());

        /** Copies the lists. */
        public LeftOut {
            firstRecords = List.copyOf(firstRecords);
            firstFiles = List.copyOf(firstFiles);
        }

        /** Returns whether nothing was left out. */
        public boolean isNothing() {
            return records == 0 && files == 0 && cutFiles == 0;
        }
    }

    /** Returns whether nothing failed. */
    public boolean isSuccessful() {
        return failure.isEmpty();
    }

    /** Returns what {@code counter} has counted; 0 if it was not used. */
    public long count(Counter counter) {
        return counters.getOrDefault(counter.name(), 0L);
    }

    /** Returns what was computed, what was read, how long it took, and what is out of the ordinary, in one line. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("Report[").append(what).append(": ");
        line.append(isSuccessful() ? "" : "failed, ")
                .append(number(recordsRead))
                .append(" records");
        line.append(bytesRead == 0 ? "" : ", " + number(bytesRead) + " B");
        line.append(" in ").append(seconds(elapsed));
        append(line, retries, "retries");
        append(line, workerDeaths, "dead workers");
        append(line, leftOut.records(), "records left out");
        append(line, leftOut.files() + (long) leftOut.cutFiles(), "files left out or cut");
        append(line, spilledBytes, "B spilled");
        counters.forEach(
                (name, count) -> line.append(", ").append(name).append(' ').append(number(count)));
        return line.append(']').toString();
    }

    private static void append(StringBuilder line, long count, String what) {
        if (count != 0) {
            line.append(", ").append(number(count)).append(' ').append(what);
        }
    }

    /** Returns all of this for people, over several lines; without the records and files that were left out, but how many. */
    public String details() {
        StringBuilder text = new StringBuilder();
        line(text, "run", number(run) + ": " + what);
        line(
                text,
                "result",
                failure.map(thrown -> "failed: " + thrown.getMessage()).orElse("successful"));
        numbers().forEach((name, value) -> line(text, name, value));
        counters.forEach((name, count) -> line(text, "counter", name + ": " + number(count)));
        return text.toString();
    }

    /** Returns what was counted and measured, by what it is called, without the counters. */
    Map<String, String> numbers() {
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("elapsed", seconds(elapsed));
        numbers.put("threads busy", seconds(busy));
        numbers.put("records read", number(recordsRead));
        numbers.put("bytes read", number(bytesRead));
        numbers.put("bytes passed over", number(bytesPassedOver));
        numbers.put("retries", number(retries));
        numbers.put("dead workers", number(workerDeaths));
        numbers.put("records left out", number(leftOut.records()));
        numbers.put("files left out", number(leftOut.files()) + ", and " + number(leftOut.cutFiles()) + " cut");
        numbers.put("spilled", number(spilledBytes) + " B in " + number(spilledFiles) + " files");
        numbers.put("memory held", number(peakMemoryBytes) + " B at most");
        return numbers;
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name)
                .append(" ".repeat(WIDTH - name.length()))
                .append(value)
                .append('\n');
    }

    /**
     * Writes this as a page for a browser: the tasks in time, the stages with what they took and how unequal their tasks were, memory
     * and disk over time, the longest tasks with the files that they read. The page is one file, and needs no network.
     *
     * @param file where it is written, in place of what is there
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void writeHtml(Path file) {
        RunPage.write(this, Objects.requireNonNull(file, "file"));
    }

    /**
     * Draws the plan of the run, as {@link Bag#visualize} does, with what was measured: what was read, how long it took and what was
     * written to disk; of each stage when it ran, what it read, how long its tasks took together and the longest of them, and how
     * much of what it left was written to disk.
     *
     * @param file where it is written, in place of what is there; the name ends with {@code .svg}, {@code .html} or {@code .dot}
     * @throws IllegalArgumentException if the name ends otherwise
     * @throws IllegalStateException if the run was of calls alone, or the module bag-view is missing and the file is no
     *     {@code .dot}
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void visualize(Path file) {
        Drawer.write(MeasuredPlan.dot(this), Objects.requireNonNull(file, "file"));
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
