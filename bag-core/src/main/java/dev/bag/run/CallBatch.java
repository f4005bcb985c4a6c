package dev.bag.run;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.run.StageWatch.TaskWatch;
import dev.bag.run.end.Produced.Cell;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a function with values that are there. */
final class CallBatch extends Batch {

    private final Operator operator;
    private final List<Cell> arguments;
    private final CheckedFunction<@Nullable Object[], ?> function;
    private final Cell result;
    private final StageWatch watch;
    private final RunTally tally;
    private final Attempts attempts;
    /** Of the first attempt on. */
    private TaskWatch task = TaskWatch.NONE;

    CallBatch(
            Operator operator,
            List<Cell> arguments,
            CheckedFunction<@Nullable Object[], ?> function,
            Cell result,
            StageWatch watch,
            RunTally tally,
            TaskRules rules) {
        super(1);
        this.operator = operator;
        this.arguments = arguments;
        this.function = function;
        this.result = result;
        this.watch = watch;
        this.tally = tally;
        this.attempts = new Attempts(rules, tally);
    }

    @Override
    protected void run(int index, Execution execution) throws Throwable {
        task = watch.begin(index);
        attempt(execution);
    }

    private void attempt(Execution execution) throws Throwable {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).get();
        }
        try {
            Returned returned =
                    attempts.run(execution, task, () -> new Returned(called(values)), () -> again(execution));
            if (returned != null) {
                result.set(returned.value());
                task.ended();
                watch.ended();
            }
        } catch (Throwable e) {
            task.failed(e, execution);
            throw e;
        }
    }

    private Batch again(Execution execution) {
        execution.expect(this, 1);
        return new Again();
    }

    /** What the function has returned. */
    private record Returned(@Nullable Object value) {}

    /** A further attempt. */
    private final class Again extends Batch {

        Again() {
            super(CallBatch.this);
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            attempt(execution);
        }
    }

    private @Nullable Object called(@Nullable Object[] values) {
        Tally counted = new Tally();
        Tally before = counted.enter();
        @Nullable Object returned;
        try {
            returned = OperatorFailure.<@Nullable Object>naming(operator, () -> function.applyChecked(values));
        } finally {
            Tally.leave(before);
        }
        tally.commit(counted, null);
        return returned;
    }
}
