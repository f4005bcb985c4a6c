package dev.bag.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.Report;
import dev.bag.RunListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notes what it is told. */
public final class Recorder implements RunListener {

    private final List<Record> events = new ArrayList<>();

    /** What was told so far. */
    public synchronized List<Record> events() {
        return List.copyOf(events);
    }

    /** What was told of one kind. */
    public <E extends Record> List<E> events(Class<E> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The last report. */
    public Report report() {
        List<Report> reports = events(Report.class);
        return reports.get(reports.size() - 1);
    }

    /** Forgets all. */
    public synchronized void clear() {
        events.clear();
    }

    private synchronized void note(Record event) {
        events.add(event);
    }

    @Override
    public void runStarted(RunStarted event) {
        note(event);
    }

    @Override
    public void stageStarted(StageStarted event) {
        note(event);
    }

    @Override
    public void stageEnded(StageEnded event) {
        note(event);
    }

    @Override
    public void taskStarted(TaskStarted event) {
        note(event);
    }

    @Override
    public void taskEnded(TaskEnded event) {
        note(event);
    }

    @Override
    public void taskFailed(TaskFailed event) {
        note(event);
    }

    @Override
    public void recordSkipped(RecordSkipped event) {
        note(event);
    }

    @Override
    public void fileLost(FileLost event) {
        note(event);
    }

    @Override
    public void spilled(Spilled event) {
        note(event);
    }

    @Override
    public void runEnded(Report report) {
        note(report);
    }

    /** Fails unless all runs that were told have ended, one event came after the other, and each task had one end. */
    public void assertEndedInOrder() {
        Map<Long, Order> runs = new HashMap<>();
        for (Record event : events()) {
            if (event instanceof RunStarted run) {
                assertThat(runs.put(run.run(), new Order())).isNull();
            } else if (event instanceof StageStarted stage) {
                runs.get(stage.run()).started(stage);
            } else if (event instanceof TaskStarted task) {
                runs.get(task.run()).started(task);
            } else if (event instanceof TaskEnded task) {
                runs.get(task.run()).ended(task.stage(), task.task());
            } else if (event instanceof TaskFailed task && task.attemptsLeft() == 0) {
                runs.get(task.run()).ended(task.stage(), task.task());
            } else if (event instanceof Spilled spilled) {
                runs.get(spilled.run()).spilledBytes += spilled.bytes();
            } else if (event instanceof Report report) {
                runs.get(report.run()).ended(report);
            }
        }
        assertThat(runs.values()).allSatisfy(run -> assertThat(run.isOver).isTrue());
    }

    private record Task(int stage, int task) {}

    private static final class Order {

        final Map<Integer, Integer> stages = new HashMap<>();
        final Set<Task> begun = new HashSet<>();
        final Set<Task> open = new HashSet<>();
        long spilledBytes;
        boolean isOver;

        void started(StageStarted stage) {
            assertThat(isOver).isFalse();
            assertThat(stages.put(stage.stage(), stage.tasks())).isNull();
        }

        void started(TaskStarted task) {
            assertThat(isOver).isFalse();
            assertThat(task.task()).isBetween(0, stages.get(task.stage()) - 1);
            assertThat(begun.add(new Task(task.stage(), task.task()))).isTrue();
            open.add(new Task(task.stage(), task.task()));
        }

        void ended(int stage, int task) {
            assertThat(isOver).isFalse();
            assertThat(open.remove(new Task(stage, task))).isTrue();
        }

        void ended(Report report) {
            isOver = true;
            assertThat(report.spilledBytes()).isEqualTo(spilledBytes);
            if (report.isSuccessful() && !report.what().endsWith("stream")) {
                assertThat(open).isEmpty();
                assertThat(begun)
                        .hasSize(stages.values().stream()
                                .mapToInt(count -> count)
                                .sum());
            }
        }
    }
}
