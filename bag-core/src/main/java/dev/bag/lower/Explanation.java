package dev.bag.lower;

import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Read;
import dev.bag.plan.Value;
import dev.bag.source.Part;
import dev.bag.spill.Workspace;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The stages of a run in words. */
public final class Explanation {

    private static final int MOST_OPERATORS = 12;
    private static final int MOST_NOTES = 5;
    private static final int MOST_PARTS_ASKED = 10_000;

    private final StringBuilder text = new StringBuilder();
    private final Labels labels;

    private Explanation(Labels labels) {
        this.labels = labels;
    }

    /** How {@code wanted} would be computed. Runs nothing. */
    public static String of(List<? extends Value<?>> wanted) {
        Lowered lowered =
                Lowering.lower(wanted, RunScope.ofNoRun(Workspace.byDefault(1).open()));
        Explanation explanation = new Explanation(lowered.labels());
        List<StageGraph> stages = lowered.stages();
        for (int i = 0; i < stages.size(); i++) {
            explanation.stage(i + 1, stages.get(i));
        }
        if (stages.isEmpty()) {
            explanation.text.append("no stage: only calls of functions\n");
        }
        return explanation.text.toString();
    }

    private void stage(int number, StageGraph stage) {
        text.append("stage ").append(number).append(": ");
        text.append(counted(StageUnits.of(stage).map(StageUnits::count).orElse(0), "task"));
        text.append(
                stage.carrying().isEmpty()
                        ? ""
                        : ", one after the other because of "
                                + labels.of(stage.carrying().get(0)).label());
        text.append('\n');
        boolean inChunks = stage.isFreeOfOrder();
        some(stage.roots(), "more source", root -> root(root, inChunks));
        operations(stage.operations());
        shared(stage);
        some(stage.terminals(), "more result", this::end);
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

    private static Set<String> notes(StageRoot root) {
        Set<String> notes = new LinkedHashSet<>();
        if (root.plan() instanceof Read<?> read) {
            List<? extends Part<?>> parts = read.parts();
            for (int i = 0; i < Math.min(parts.size(), MOST_PARTS_ASKED) && notes.size() < MOST_NOTES; i++) {
                parts.get(i).note().ifPresent(notes::add);
            }
        }
        return notes;
    }

    private void operations(List<Plan<?>> operations) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) instanceof Named<?>) {
                continue;
            }
            if (names.size() == MOST_OPERATORS) {
                names.add("… " + counted(operations.size() - i, "more operator"));
                break;
            }
            names.add(labels.of(operations.get(i)).label());
        }
        if (!names.isEmpty()) {
            text.append("  one loop: ").append(String.join(" > ", names)).append('\n');
        }
    }

    /** What several operations or results use: it is read and computed once for all of them. */
    private void shared(StageGraph stage) {
        Map<Node, Integer> uses = new IdentityHashMap<>();
        stage.operations()
                .forEach(operation -> operation.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
        stage.terminals().forEach(terminal -> uses.merge(terminal.input(), 1, Integer::sum));
        int named = 0;
        for (Plan<?> plan : stage.plans()) {
            if (uses.getOrDefault(plan, 0) > 1 && named++ < MOST_NOTES) {
                text.append("  once for ").append(uses.get(plan)).append(" uses: ");
                text.append(labels.of(plan).label()).append('\n');
            }
        }
    }

    private void end(Terminal<?> terminal) {
        text.append("  ")
                .append(terminal.verb())
                .append(' ')
                .append(terminal.operator().label());
        text.append('\n');
    }

    private static String counted(int count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
