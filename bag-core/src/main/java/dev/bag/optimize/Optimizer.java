package dev.bag.optimize;

import dev.bag.plan.Flow;
import dev.bag.plan.Leaf;
import dev.bag.plan.Narrow;
import dev.bag.plan.Node;
import dev.bag.plan.NodeOrder;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import java.util.List;

/** Rewrites what is asked for into what is run. */
public final class Optimizer {

    private Optimizer() {}

    /** Equal values, in the same order. Passes over the plan until none finds anything: one rule makes room for others. */
    public static List<Value<?>> optimize(List<? extends Value<?>> wanted) {
        List<Value<?>> values = List.copyOf(wanted);
        if (isPlain(values)) {
            return values;
        }
        List<Value<?>> before;
        do {
            before = values;
            values = Pass.over(before);
        } while (!areSame(before, values));
        return values;
    }

    /** Where all operations take one record at a time there is no rule that fits, and none has to be loaded. */
    private static boolean isPlain(List<Value<?>> wanted) {
        for (Node node : NodeOrder.of(wanted).nodes()) {
            boolean perRecord = node instanceof Narrow<?, ?> narrow && narrow.flow() == Flow.EACH_RECORD;
            if (node instanceof Plan<?> && !(node instanceof Leaf<?>) && !perRecord) {
                return false;
            }
        }
        return true;
    }

    private static boolean areSame(List<Value<?>> before, List<Value<?>> after) {
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i) != after.get(i)) {
                return false;
            }
        }
        return true;
    }
}
