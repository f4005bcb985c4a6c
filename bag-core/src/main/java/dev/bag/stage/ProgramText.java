package dev.bag.stage;

import dev.bag.plan.Named;
import dev.bag.plan.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a run and its stages do, in one line each. */
final class ProgramText {
    private static final int MOST_SIDES = 3;
    private static final int MOST_OPERATORS = 8;

    private ProgramText() {}

    /** Returns all that a run is asked for, put into words when it is asked for. */
    static Supplier<String> lazily(Labels labels, List<? extends Value<?>> wanted) {
        return () -> wanted.isEmpty() ? "nothing" : labels.path(wanted.get(0)) + more(wanted.size() - 1, " and ");
    }

    /** Returns what a stage reads, does with it, and is for. */
    static String of(Stage stage) {
        List<String> parts = new ArrayList<>();
        parts.add(sides(
                stage.roots().stream().map(root -> root.operator().label()).toList()));
        for (int i = 0; i < stage.operations().size(); i++) {
            if (!(stage.operations().get(i) instanceof Named<?>)) {
                if (parts.size() > MOST_OPERATORS) {
                    parts.add("…");
                    break;
                }
                parts.add(stage.operator(stage.firstOperation() + i).label());
            }
        }
        parts.add(sides(stage.ends().stream().map(end -> end.operator().label()).toList()));
        return String.join(" > ", parts);
    }

    private static String sides(List<String> sides) {
        return sides.stream().limit(MOST_SIDES).collect(Collectors.joining(", "))
                + more(sides.size() - MOST_SIDES, ", ");
    }

    private static String more(int count, String before) {
        return count <= 0 ? "" : before + count + " more";
    }
}
