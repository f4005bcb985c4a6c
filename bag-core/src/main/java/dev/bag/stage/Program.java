package dev.bag.stage;

import dev.bag.kernel.Operator;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Called;
import dev.bag.plan.Value.Computed;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a run does, as data, for any engine: the steps in an order in which each comes after those it needs. Values and
 * exchanges have numbers, by which steps refer to them.
 *
 * @param steps stages and calls
 * @param constants values that are there from the beginning
 * @param sources what is read, by the numbers of {@link StageRoot.Origin.OfSource}
 * @param results the numbers of the values that are wanted, in their order
 * @param numbers how many numbers there are, each below
 * @param what returns what the run is for, in one line
 */
public record Program(
        List<Step> steps,
        List<Constant> constants,
        List<Read<?>> sources,
        List<Integer> results,
        int numbers,
        Supplier<String> what) {

    /** Returns what is run for {@code goal}. */
    public static Program of(Goal goal) {
        return ProgramBuilder.build(goal);
    }

    /** Returns whether calls may bring further values while it runs. */
    public boolean isOpen() {
        for (Step step : steps) {
            if (step instanceof Call call && !(call.node() instanceof Called<?>)) {
                return true;
            }
        }
        return false;
    }

    /** Returns what messages call {@code node}, which is among what {@code wanted} are computed from. */
    public static Operator operator(List<? extends Value<?>> wanted, Value<?> node) {
        return new Labels(Node.Order.of(wanted)).of(node);
    }

    /** One step of a program. */
    public sealed interface Step {
        /** Returns what the step does, in one line. */
        String what();
    }

    /**
     * A value that is there from the beginning.
     *
     * @param number the number of the value
     * @param value the value
     */
    public record Constant(int number, @Nullable Object value) implements Serializable {}

    /**
     * What is computed of values, by a function or otherwise.
     *
     * @param operator what messages call it
     * @param arguments the numbers of the values
     * @param node the operation; its inputs are slots
     * @param result the number of the value
     */
    public record Call(Operator operator, int[] arguments, Computed<?> node, int result) implements Step, Serializable {
        @Override
        public String what() {
            return operator.label();
        }
    }

    /**
     * Work through a stage.
     *
     * @param stage the stage
     * @param tasks its tasks
     */
    public record Pass(Stage stage, StageTasks tasks) implements Step {
        @Override
        public String what() {
            return Text.of(stage);
        }
    }

    /** What a run and its stages do, in one line each. Each run asks for it, so it is without streams, which take milliseconds of a start. */
    static final class Text {
        private static final int MOST_SIDES = 3;
        private static final int MOST_OPERATORS = 8;

        private Text() {}

        /** Returns all that a run is asked for, put into words when it is asked for. */
        static Supplier<String> lazily(Labels labels, List<? extends Value<?>> wanted) {
            return () -> wanted.isEmpty() ? "nothing" : labels.path(wanted.get(0)) + more(wanted.size() - 1, " and ");
        }

        /** Returns what a stage reads, does with it, and is for. */
        static String of(Stage stage) {
            List<String> parts = new ArrayList<>();
            List<String> roots = new ArrayList<>();
            for (StageRoot root : stage.roots()) {
                roots.add(root.operator().label());
            }
            parts.add(sides(roots));
            for (int i = 0; i < stage.operations().size(); i++) {
                if (!(stage.operations().get(i) instanceof Named<?>)) {
                    if (parts.size() > MOST_OPERATORS) {
                        parts.add("…");
                        break;
                    }
                    parts.add(stage.operator(stage.firstOperation() + i).label());
                }
            }
            List<String> ends = new ArrayList<>();
            for (EndSpec end : stage.ends()) {
                ends.add(end.operator().label());
            }
            parts.add(sides(ends));
            return String.join(" > ", parts);
        }

        private static String sides(List<String> sides) {
            return String.join(", ", sides.subList(0, Math.min(sides.size(), MOST_SIDES)))
                    + more(sides.size() - MOST_SIDES, ", ");
        }

        private static String more(int count, String before) {
            return count <= 0 ? "" : before + count + " more";
        }
    }
}
