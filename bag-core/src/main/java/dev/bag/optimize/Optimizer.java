package dev.bag.optimize;

import dev.bag.plan.Value;
import java.util.List;

/** Rewrites what is asked for into what is run. */
public final class Optimizer {

    private static final List<Rule> RULES = List.of(
            new FlattenConcat(),
            new MergeLimits(),
            new MergeSkips(),
            new MergeRepartitions(),
            new PushLimitDown(),
            new SortOnlyWhatIsTaken(),
            new DropNeedlessRepartition(),
            new DropNeedlessSort(),
            new DropNeedlessDistinct(),
            new DropNeedlessSpread(),
            new CombineBeforeSpread(),
            new ReusePartitioning());

    private Optimizer() {}

    /** Equal values, in the same order. Passes over the plan until none finds anything: one rule makes room for others. */
    public static List<Value<?>> optimize(List<? extends Value<?>> wanted) {
        List<Value<?>> before;
        List<Value<?>> values = List.copyOf(wanted);
        do {
            before = values;
            values = Pass.over(before, RULES);
        } while (!areSame(before, values));
        return values;
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
