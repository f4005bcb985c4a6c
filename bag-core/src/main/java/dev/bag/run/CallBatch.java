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
    private final int retries;

    CallBatch(
            Operator operator,
            List<Cell> arguments,
            CheckedFunction<@Nullable Object[], ?> function,
            Cell result,
            StageWatch watch,
            RunTally tally,
            int retries) {
        super(1);
        this.operator = operator;
        this.arguments = arguments;
        this.function = function;
        this.result = result;
        this.watch = watch;
        this.tally = tally;
        this.retries = retries;
    }

    @Override
    protected void run(int index, Execution execution) throws Throwable {
        TaskWatch task = watch.begin(index);
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).get();
        }
        try {
            result.set(new Attempts(retries, tally).<@Nullable Object>run(execution, task, () -> called(values)));
            task.ended();
        } catch (Throwable e) {
            task.failed(e, execution);
            throw e;
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
