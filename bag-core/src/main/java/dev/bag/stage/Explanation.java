package dev.bag.stage;

import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Named;
import dev.bag.plan.Value.Called;
import dev.bag.plan.Value.Computed;
import dev.bag.plan.Value.FirstOf;
import dev.bag.plan.Value.FlatMapped;
import dev.bag.plan.Within;
import dev.bag.source.Part;
import dev.bag.text.Digits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The stages of a program in words. */
public final class Explanation {
    private static final int MOST_OPERATORS = 12;
    private static final int MOST_NOTES = 5;
    private static final int MOST_PARTS_ASKED = 10_000;

    private final StringBuilder text = new StringBuilder();
    private final Program program;

    private Explanation(Program program) {
        this.program = program;
    }

    /** Returns how what {@code goal} asks for would be computed. Runs nothing. */
    public static String of(Goal goal) {
        Explanation explanation = new Explanation(Program.of(goal));
        int count = 0;
        for (Program.Step step : explanation.program.steps()) {
            if (step instanceof Program.Pass pass) {
                explanation.stage(++count, pass);
            }
        }
        if (count == 0) {
            explanation.text.append("no stage: only calls of functions\n");
        }
        explanation.later();
        return explanation.text.toString();
    }

    /** What is not known before the run: where it comes from. */
    private void later() {
        int count = 0;
        for (Program.Step step : program.steps()) {
            if (step instanceof Program.Call call && !(call.node() instanceof Called<?>)) {
                count++;
                if (count <= MOST_NOTES) {
                    text.append("while it runs: ").append(call.operator().label());
                    text.append(brings(call.node())).append('\n');
                }
            }
        }
        if (count > MOST_NOTES) {
            text.append("  … ")
                    .append(counted(count - MOST_NOTES, "more such call"))
                    .append('\n');
        }
    }

    private static String brings(Computed<?> node) {
        if (node instanceof FlatMapped<?, ?>) {
            return " brings what its function returns: calls, and stages of their own";
        }
        return node instanceof FirstOf<?>
                ? " brings its alternatives, each planned by itself"
                : " brings what is below it, planned by itself";
    }

    private void stage(int number, Program.Pass pass) {
        Stage stage = pass.stage();
        text.append("stage ").append(number).append(": ");
        text.append(counted(pass.tasks().count(), "task"));
        stage.firstInOrder()
                .ifPresent(operator ->
                        text.append(", one after the other because of ").append(operator.label()));
        text.append('\n');
        boolean inChunks = stage.isFreeOfOrder();
        some(stage.roots(), "more source", root -> root(root, inChunks));
        operations(stage);
        shared(stage);
        some(stage.ends(), "more result", this::end);
    }

    /** The first ones, and how many more there are. */
    private <E> void some(List<E> elements, String noun, Consumer<? super E> show) {
        int shown = Math.min(elements.size(), MOST_OPERATORS);
        elements.subList(0, shown).forEach(show);
        if (elements.size() > shown) {
            text.append("  … ").append(counted(elements.size() - shown, noun)).append('\n');
        }
    }

    private void root(StageRoot root, boolean inChunks) {
        text.append("  read ").append(root.operator().label());
        text.append(", ").append(counted(root.partitionCount(), "partition"));
        if (root.pipelined()) {
            text.append(inChunks ? ", chunks on all threads" : ", each partition on one thread");
        }
        text.append('\n');
        notes(root).forEach(note -> text.append("    ").append(note).append('\n'));
    }

    private Set<String> notes(StageRoot root) {
        Set<String> notes = new LinkedHashSet<>();
        if (root.origin() instanceof StageRoot.Origin.OfSource source) {
            Read<?> read = program.sources().get(source.source());
            List<? extends Part<?>> parts = read.parts();
            for (int i = 0; i < Math.min(parts.size(), MOST_PARTS_ASKED) && notes.size() < MOST_NOTES; i++) {
                parts.get(i).note().ifPresent(notes::add);
            }
        }
        return notes;
    }

    private void operations(Stage stage) {
        List<String> names = new ArrayList<>();
        int count = stage.operations().size();
        for (int i = 0; i < count; i++) {
            Within<?> operation = stage.operations().get(i);
            if (operation instanceof Named<?>) {
                continue;
            }
            if (names.size() == MOST_OPERATORS) {
                names.add("… " + counted(count - i, "more operator"));
                break;
            }
            names.add(stage.operator(stage.firstOperation() + i).label());
        }
        if (!names.isEmpty()) {
            text.append("  one loop: ").append(String.join(" > ", names)).append('\n');
        }
    }

    /** What several operations or results use: it is read and computed once for all of them. */
    private void shared(Stage stage) {
        int[] uses = new int[stage.fragmentCount()];
        for (int fragment = stage.firstOperation(); fragment < uses.length; fragment++) {
            for (int input : stage.inputs(fragment)) {
                uses[input]++;
            }
        }
        stage.ends().forEach(end -> uses[end.input()]++);
        int named = 0;
        for (int fragment = 0; fragment < uses.length && named < MOST_NOTES; fragment++) {
            if (uses[fragment] > 1) {
                named++;
                text.append("  once for ").append(uses[fragment]).append(" uses: ");
                text.append(stage.operator(fragment).label()).append('\n');
            }
        }
    }

    private void end(EndSpec end) {
        text.append("  ").append(end.verb()).append(' ').append(end.operator().label());
        text.append('\n');
    }

    private static String counted(int count, String noun) {
        return Digits.grouped(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
