package dev.bag.stage;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator;
import dev.bag.plan.Leaf.Read;
import java.io.Serializable;
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
     * A call of a function with values.
     *
     * @param operator what messages call it
     * @param arguments the numbers of the values
     * @param function what to call
     * @param result the number of the value that it returns
     */
    public record Call(
            Operator operator,
            int[] arguments,
            CheckedFunction<@Nullable Object[], ? extends @Nullable Object> function,
            int result)
            implements Step, Serializable {
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
            return ProgramText.of(stage);
        }
    }
}
