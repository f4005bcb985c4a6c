package dev.bag;

import dev.bag.stage.Drawing;
import java.util.HashMap;
import java.util.Map;

/** The picture of a plan with what a run has measured: a note in each stage, and what all of it took above. */
final class MeasuredPlan {

    private MeasuredPlan() {}

    /** Returns the plan that {@code report} tells of, in the DOT language. */
    static String dot(Report report) {
        if (report.plan().isEmpty()) {
            throw new IllegalStateException(
                    "visualize: " + report.what() + " is a run of calls alone, which has no stages");
        }
        Map<Integer, Timeline.Stage> stages = new HashMap<>();
        report.timeline().stages().forEach(stage -> stages.put(stage.stage(), stage));
        StringBuilder dot = new StringBuilder();
        report.plan().lines().forEach(line -> {
            dot.append(line).append('\n');
            if (dot.length() == line.length() + 1) {
                dot.append("  label=\"").append(all(report)).append("\"; labelloc=t;\n");
            }
            int number = Drawing.stageOf(line);
            if (number >= 0) {
                dot.append("  measured").append(number).append(" [fillcolor=\"#f7f7d9\", label=\"");
                dot.append(stages.containsKey(number) ? note(stages.get(number)) : "has not begun")
                        .append("\"];\n");
            }
        });
        return dot.toString();
    }

    private static String all(Report report) {
        String spilled = report.spilledBytes() == 0 ? "" : "\\n" + Report.number(report.spilledBytes()) + " B spilled";
        return "run " + report.run() + (report.isSuccessful() ? "" : ", failed") + "\\n"
                + Report.number(report.recordsRead()) + " records, " + Report.number(report.bytesRead()) + " B read in "
                + Report.seconds(report.elapsed()) + spilled;
    }

    private static String note(Timeline.Stage stage) {
        String bytes = stage.bytesRead() == 0 ? "" : ", " + Report.number(stage.bytesRead()) + " B";
        String spilled = stage.spilledBytes() == 0 ? "" : "\\n" + Report.number(stage.spilledBytes()) + " B spilled";
        return "from " + Report.seconds(stage.begin()) + " to " + Report.seconds(stage.end()) + "\\n"
                + Report.number(stage.recordsRead()) + " records" + bytes + " read\\n"
                + Report.number(stage.tasksEnded()) + " tasks, " + Report.seconds(stage.worked())
                + " in all\\nthe longest "
                + Report.seconds(stage.longest())
                + spilled;
    }
}
