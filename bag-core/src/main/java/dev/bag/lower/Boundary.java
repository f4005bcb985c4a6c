package dev.bag.lower;

import dev.bag.kernel.FirstFold;
import dev.bag.kernel.Operator;
import dev.bag.kernel.TableMerge;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Distinct;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.Multiplied;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.Routing;
import dev.bag.plan.Sorted;
import dev.bag.plan.SpreadByKey;
import dev.bag.source.Part;
import dev.bag.value.Pair;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An operation between stages: where the stages below it end, and what the stage above it reads. */
record Boundary(
        List<Terminal<?>> terminals, List<? extends Produced> outputs, Supplier<List<? extends Part<?>>> parts) {

    static Boundary of(Plan<?> plan, Operator operator) {
        if (plan instanceof FoldedByKey<?, ?, ?, ?> folded) {
            return foldedByKey(folded, operator);
        }
        if (plan instanceof Distinct<?, ?> distinct) {
            return distinct(distinct, operator);
        }
        if (plan instanceof Sorted<?> sorted) {
            return sorted(sorted, operator);
        }
        if (plan instanceof Repartitioned<?> repartitioned) {
            Materialized output = new Materialized(repartitioned.partitionCount());
            return one(new GatherTerminal(repartitioned.input(), operator, output, GatherTerminal.Cut.EVENLY), output);
        }
        if (plan instanceof SpreadByKey<?, ?> spread) {
            Materialized output = new Materialized(spread.partitionCount());
            return one(new SpreadTerminal(spread.input(), operator, Untyped.function(spread.key()), output), output);
        }
        if (plan instanceof Cogrouped<?, ?, ?> cogrouped) {
            return cogrouped(cogrouped, operator);
        }
        if (plan instanceof Multiplied<?, ?> product) {
            return multiplied(product, operator);
        }
        throw new IllegalArgumentException(operator.label() + " is not between stages");
    }

    private static Boundary one(Terminal<?> terminal, Materialized output) {
        return new Boundary(List.of(terminal), List.of(output), output::parts);
    }

    private static Boundary sorted(Sorted<?> plan, Operator operator) {
        Materialized output = new Materialized(plan.partitionCount());
        return plan.most() < Sorted.ALL
                ? one(new TopTerminal(plan, operator, output), output)
                : one(new SortTerminal(plan.input(), operator, Untyped.comparator(plan.comparator()), output), output);
    }

    private static Boundary foldedByKey(FoldedByKey<?, ?, ?, ?> plan, Operator operator) {
        Materialized output = new Materialized(plan.partitionCount());
        var fold = Untyped.fold(plan.fold());
        TableMerge.Result pair =
                (key, accumulator) -> new Pair<@Nullable Object, @Nullable Object>(key, fold.finish(accumulator));
        return one(
                new TableTerminal(
                        plan.input(), operator, Untyped.function(plan.key()), fold, pair, plan.routing(), output),
                output);
    }

    private static Boundary distinct(Distinct<?, ?> plan, Operator operator) {
        Materialized output = new Materialized(plan.partitionCount());
        TableMerge.Result first = (key, record) -> Objects.requireNonNull(record);
        return one(
                new TableTerminal(
                        plan.input(),
                        operator,
                        Untyped.function(plan.key()),
                        new FirstFold(),
                        first,
                        Routing.BY_HASH,
                        output),
                output);
    }

    private static Boundary cogrouped(Cogrouped<?, ?, ?> plan, Operator operator) {
        int targets = plan.partitionCount();
        KeptTables left = new KeptTables(targets);
        KeptTables right = new KeptTables(targets);
        return new Boundary(
                List.of(
                        new KeptTablesTerminal(plan.left(), operator, plan.leftRouting(), left),
                        new KeptTablesTerminal(plan.right(), operator, plan.rightRouting(), right)),
                List.of(left, right),
                () -> new CogroupParts(left, right));
    }

    private static Boundary multiplied(Multiplied<?, ?> plan, Operator operator) {
        Materialized left = new Materialized(plan.left().partitionCount());
        Materialized right = new Materialized(plan.right().partitionCount());
        return new Boundary(
                List.of(
                        new GatherTerminal(plan.left(), operator, left, GatherTerminal.Cut.AS_THEY_CAME),
                        new GatherTerminal(plan.right(), operator, right, GatherTerminal.Cut.AS_THEY_CAME)),
                List.of(left, right),
                () -> new ProductParts(left, right));
    }
}
