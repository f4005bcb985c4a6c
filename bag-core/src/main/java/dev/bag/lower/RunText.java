package dev.bag.lower;

import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run and its stages do, in one line each. */
final class RunText {

    private static final int MOST_SIDES = 3;
    private static final int MOST_OPERATORS = 8;

    private final Labels labels;

    RunText(Labels labels) {
        this.labels = labels;
    }

    /** All that a run is asked for, if anybody asks. */
    Supplier<String> lazily(List<? extends Value<?>> wanted) {
        return () -> wanted.isEmpty() ? "nothing" : labels.path(wanted.get(0)) + more(wanted.size() - 1, " and ");
    }

    /** What a stage reads, does with it, and is for. */
    String of(StageGraph stage) {
        Stream<String> operations = stage.operations().stream()
                .filter(plan -> !(plan instanceof Named<?>))
                .map(this::label)
                .collect(Collectors.collectingAndThen(Collectors.toList(), RunText::shortened));
        return Stream.of(
                        Stream.of(sides(stage.roots().stream()
                                .map(root -> root.operator().label())
                                .toList())),
                        operations,
                        Stream.of(sides(stage.terminals().stream()
                                .map(end -> end.operator().label())
                                .toList())))
                .flatMap(parts -> parts)
                .collect(Collectors.joining(" > "));
    }

    private String label(Plan<?> plan) {
        return labels.of(plan).label();
    }

    private static Stream<String> shortened(List<String> operators) {
        return operators.size() <= MOST_OPERATORS
                ? operators.stream()
                : Stream.concat(operators.stream().limit(MOST_OPERATORS), Stream.of("…"));
    }

    private static String sides(List<String> sides) {
        return sides.stream().limit(MOST_SIDES).collect(Collectors.joining(", "))
                + more(sides.size() - MOST_SIDES, ", ");
    }

    private static String more(int count, String before) {
        return count <= 0 ? "" : before + count + " more";
    }
}
