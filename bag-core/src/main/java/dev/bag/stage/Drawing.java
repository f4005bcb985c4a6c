package dev.bag.stage;

import dev.bag.plan.Named;
import dev.bag.plan.Value.ValueSlot;
import dev.bag.plan.Within;
import dev.bag.stage.StageRoot.Origin;
import dev.bag.text.Digits;
import dev.bag.text.OneLine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program as a graph in the DOT language: stages as frames; in them what is read, the operations, of which those that
 * follow each other one by one share a box, and the ends; calls as ellipses. What goes from stage to stage is an edge, values are
 * dashed ones. Each run is drawn, so this is without streams and lambdas, which take milliseconds of a start.
 */
public final class Drawing {

    private static final int MOST_BOXES = 400;
    private static final int MOST_LINES = 12;
    private static final int LONGEST_LINE = 60;
    /** The beginning of a comment with the number of a stage. */
    private static final String STAGE = "  // stage ";

    private final StringBuilder dot = new StringBuilder();
    private final List<String> edges = new ArrayList<>();
    /** The boxes in which values with these numbers are computed. */
    private final Map<Integer, String> values = new HashMap<>();
    /** The boxes of the ends at an exchange. */
    private final Map<Integer, List<String>> exchanges = new HashMap<>();

    /** The numbers of values that are there from the beginning. */
    private final BitSet constants = new BitSet();

    private final boolean areCallsNumbered;
    private int boxes;

    private Drawing(boolean areCallsNumbered) {
        this.areCallsNumbered = areCallsNumbered;
    }

    /** Returns how what {@code goal} asks for would be computed. Runs nothing. */
    public static String of(Goal goal) {
        return of(Program.of(goal), false);
    }

    /**
     * Returns how {@code program} is computed.
     *
     * @param areCallsNumbered whether calls have numbers of stages, too
     */
    public static String of(Program program, boolean areCallsNumbered) {
        return new Drawing(areCallsNumbered).of(program);
    }

    /** Returns the number that the stage around {@code line} of a drawing has in runs, if the line is the comment that says so; -1 otherwise. */
    public static int stageOf(String line) {
        return line.startsWith(STAGE) ? Integer.parseInt(line.substring(STAGE.length())) : -1;
    }

    private String of(Program program) {
        dot.append("digraph plan {\n");
        dot.append("  rankdir=TB; fontname=\"sans-serif\"; fontsize=12;\n");
        dot.append("  node [shape=box, fontname=\"sans-serif\", fontsize=12, style=filled, fillcolor=\"#ffffff\"];\n");
        dot.append("  edge [color=\"#555555\"];\n");
        for (Program.Constant constant : program.constants()) {
            constants.set(constant.number());
        }
        int stages = 0;
        int number = 0;
        int drawn = 0;
        for (Program.Step step : program.steps()) {
            if (boxes >= MOST_BOXES) {
                break;
            }
            drawn++;
            if (step instanceof Program.Call call) {
                call(call);
                number += areCallsNumbered ? 1 : 0;
            } else {
                stage(++stages, number++, (Program.Pass) step);
            }
        }
        int left = program.steps().size() - drawn;
        if (left > 0) {
            box("left", "… " + Digits.grouped(left) + " more steps", "shape=plaintext");
        }
        for (String edge : edges) {
            dot.append("  ").append(edge).append(";\n");
        }
        return dot.append("}\n").toString();
    }

    private void call(Program.Call call) {
        String box = "call" + call.result();
        box(box, call.operator().label(), "shape=ellipse");
        values.put(call.result(), box);
        for (int argument : call.arguments()) {
            value(argument, box);
        }
    }

    /** An edge from the box of a value. */
    private void value(int number, String to) {
        String from = values.get(number);
        if (from == null && constants.get(number)) {
            from = "value" + number;
            box(from, "a value", "shape=ellipse, fillcolor=\"#eeeeee\"");
            values.put(number, from);
        }
        if (from != null) {
            edges.add(from + " -> " + to + " [style=dashed]");
        }
    }

    private void box(String name, String label, String style) {
        boxes++;
        dot.append("  ")
                .append(name)
                .append(" [label=\"")
                .append(escaped(label))
                .append('"');
        dot.append(style.isEmpty() ? "" : ", ").append(style).append("];\n");
    }

    private void stage(int shown, int number, Program.Pass pass) {
        Stage stage = pass.stage();
        String prefix = "stage" + shown + "_";
        dot.append("  subgraph cluster_").append(shown).append(" {\n");
        dot.append(STAGE).append(number).append('\n');
        dot.append("  label=\"stage ")
                .append(shown)
                .append(": ")
                .append(counted(pass.tasks().count(), "task"));
        if (stage.firstInOrder().isPresent()) {
            dot.append(escaped(", in order for " + stage.firstInOrder().get().label()));
        }
        dot.append("\"; labeljust=l; fontsize=12; style=rounded; color=\"#888888\";\n");
        String[] boxOf = new String[stage.fragmentCount()];
        for (int root = 0; root < stage.firstOperation(); root++) {
            boxOf[root] = prefix + root;
            root(stage.roots().get(root), boxOf[root]);
        }
        operations(stage, prefix, boxOf);
        for (int i = 0; i < stage.ends().size(); i++) {
            end(stage.ends().get(i), prefix + "end" + i, boxOf);
        }
        dot.append("  }\n");
    }

    private void root(StageRoot root, String box) {
        String partitions = counted(root.partitionCount(), "partition");
        box(box, root.operator().label() + "\n" + partitions, "fillcolor=\"#dcebf7\"");
        if (root.origin() instanceof Origin.OfExchange exchange) {
            for (String end : exchanges.getOrDefault(exchange.exchange(), List.of())) {
                edges.add(end + " -> " + box + " [penwidth=2]");
            }
        } else if (root.origin() instanceof Origin.OfValues of) {
            for (int value : of.values()) {
                value(value, box);
            }
        }
    }

    /** A box for each row of operations of which each is the only one that takes what the one before has. */
    private void operations(Stage stage, String prefix, String[] boxOf) {
        int[] uses = uses(stage);
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (int fragment = stage.firstOperation(); fragment < boxOf.length; fragment++) {
            Within<?> operation = stage.operation(fragment);
            int[] inputs = stage.inputs(fragment);
            boolean goesOn = inputs.length == 1 && uses[inputs[0]] == 1 && !stage.isRoot(inputs[0]);
            if (operation instanceof Named<?> && (goesOn || inputs.length == 1)) {
                boxOf[fragment] = boxOf[inputs[0]];
                continue;
            }
            if (goesOn && lines.containsKey(boxOf[inputs[0]])) {
                boxOf[fragment] = boxOf[inputs[0]];
            } else {
                boxOf[fragment] = prefix + fragment;
                for (int input : inputs) {
                    edges.add(boxOf[input] + " -> " + boxOf[fragment]);
                }
            }
            lines.computeIfAbsent(boxOf[fragment], box -> new ArrayList<>())
                    .add(stage.operator(fragment).label());
            for (var input : operation.inputs()) {
                if (input instanceof ValueSlot<?> slot) {
                    value(slot.index(), boxOf[fragment]);
                }
            }
        }
        for (Map.Entry<String, List<String>> row : lines.entrySet()) {
            List<String> all = row.getValue();
            List<String> shown = new ArrayList<>(all.subList(0, Math.min(all.size(), MOST_LINES)));
            if (shown.size() < all.size()) {
                shown.add("… " + (all.size() - shown.size()) + " more");
            }
            box(row.getKey(), String.join("\n", shown), "");
        }
    }

    private static int[] uses(Stage stage) {
        int[] uses = new int[stage.fragmentCount()];
        for (int fragment = stage.firstOperation(); fragment < uses.length; fragment++) {
            for (int input : stage.inputs(fragment)) {
                uses[input]++;
            }
        }
        for (EndSpec end : stage.ends()) {
            uses[end.input()]++;
        }
        return uses;
    }

    private void end(EndSpec end, String box, String[] boxOf) {
        box(box, end.verb() + "\n" + end.operator().label(), "fillcolor=\"#f2e3c9\"");
        edges.add(boxOf[end.input()] + " -> " + box);
        if (end instanceof EndSpec.Exchange exchange) {
            exchanges
                    .computeIfAbsent(exchange.exchange(), number -> new ArrayList<>())
                    .add(box);
        } else if (end instanceof EndSpec.Fold fold) {
            values.put(fold.value(), box);
        } else if (end instanceof EndSpec.Write write) {
            values.put(write.value(), box);
        }
    }

    private static String counted(int count, String noun) {
        return Digits.grouped(count) + " " + noun + (count == 1 ? "" : "s");
    }

    private static String escaped(String label) {
        StringBuilder text = new StringBuilder();
        for (String line : label.split("\n", -1)) {
            text.append(text.isEmpty() ? "" : "\\n");
            text.append(OneLine.cut(OneLine.of(line), LONGEST_LINE)
                    .replace("\\", "\\\\")
                    .replace("\"", "\\\""));
        }
        return text.toString();
    }
}
