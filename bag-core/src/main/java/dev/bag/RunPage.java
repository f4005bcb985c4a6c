package dev.bag;

import dev.bag.show.Json;
import dev.bag.show.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs as the page draws them. */
final class RunPage {

    private RunPage() {}

    /** Writes a page with one report, in place of what is there. */
    static void write(Report report, Path file) {
        try {
            Files.writeString(file, Page.of(Json.of(List.of(ended(report)))));
        } catch (IOException e) {
            throw new UncheckedIOException("writeHtml(" + file + "): the file cannot be written", e);
        }
    }

    /** Returns a run that is over. */
    static Map<String, Object> ended(Report report) {
        Map<String, String> numbers = new LinkedHashMap<>(report.numbers());
        report.counters().forEach((name, count) -> numbers.put("counter " + name, Report.number(count)));
        Map<String, Object> run = run(
                report.run(),
                report.what(),
                report.isSuccessful() ? "done" : "failed",
                report.elapsed(),
                report.timeline(),
                numbers);
        report.failure().ifPresent(failure -> run.put("failure", String.valueOf(failure.getMessage())));
        return run;
    }

    /** Returns a run that goes on. */
    static Map<String, Object> running(long number, String what, Duration elapsed, Timeline timeline) {
        List<Timeline.Sample> samples = timeline.samples();
        Map<String, String> numbers = new LinkedHashMap<>();
        if (!samples.isEmpty()) {
            Timeline.Sample last = samples.get(samples.size() - 1);
            numbers.put("records read", Report.number(last.recordsRead()));
            numbers.put("bytes read", Report.number(last.bytesRead()));
        }
        return run(number, what, "running", elapsed, timeline, numbers);
    }

    private static Map<String, Object> run(
            long number, String what, String state, Duration elapsed, Timeline timeline, Map<String, String> numbers) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("run", number);
        run.put("what", what);
        run.put("state", state);
        run.put("elapsed", seconds(elapsed));
        run.put(
                "numbers",
                numbers.entrySet().stream()
                        .map(each -> List.of(each.getKey(), each.getValue()))
                        .toList());
        run.put("stages", timeline.stages().stream().map(RunPage::stage).toList());
        run.put("tasks", timeline.tasks().stream().map(RunPage::task).toList());
        run.put("samples", timeline.samples().stream().map(RunPage::sample).toList());
        return run;
    }

    private static Map<String, Object> stage(Timeline.Stage stage) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("stage", stage.stage());
        shown.put("what", stage.what());
        shown.put("tasks", stage.tasks());
        shown.put("ended", stage.tasksEnded());
        shown.put("begin", seconds(stage.begin()));
        shown.put("end", seconds(stage.end()));
        shown.put("worked", seconds(stage.worked()));
        shown.put("longest", seconds(stage.longest()));
        shown.put("records", stage.recordsRead());
        shown.put("bytes", stage.bytesRead());
        shown.put("spilled", stage.spilledBytes());
        return shown;
    }

    private static Map<String, Object> task(Timeline.Task task) {
        return Map.of(
                "stage", task.stage(),
                "task", task.task(),
                "reads", task.reads(),
                "begin", seconds(task.begin()),
                "elapsed", seconds(task.elapsed()),
                "failed", task.failed());
    }

    private static Map<String, Object> sample(Timeline.Sample sample) {
        return Map.of(
                "at", seconds(sample.at()),
                "memory", sample.memoryBytes(),
                "spilled", sample.spilledBytes(),
                "records", sample.recordsRead());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
