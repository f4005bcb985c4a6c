package dev.bag.lower;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
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

    CallBatch(Operator operator, List<Cell> arguments, CheckedFunction<@Nullable Object[], ?> function, Cell result) {
        super(1);
        this.operator = operator;
        this.arguments = arguments;
        this.function = function;
        this.result = result;
    }

    @Override
    protected void run(int index, Execution execution) throws Throwable {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).get();
        }
        Attempts.of(execution).run(execution, () -> {
            try {
                result.set(function.applyChecked(values));
            } catch (Throwable e) {
                throw OperatorFailure.of(operator, null, e);
            }
        });
    }
}
