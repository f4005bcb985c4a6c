package dev.bag.lower;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.kernel.KeyTable;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.kernel.TableMerge;
import dev.bag.kernel.TableSink;
import dev.bag.plan.Plan;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends in a table of keys a part; afterwards each target merges its share of all tables, in their order. */
final class TableTerminal extends Terminal<List<KeyTable>> {

    private final CheckedFunction<Object, ?> key;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final TableMerge.Result result;
    private final Materialized output;
    private List<KeyTable> tables = List.of();

    TableTerminal(
            Plan<?> input,
            Operator operator,
            CheckedFunction<Object, ?> key,
            Fold<Object, @Nullable Object, ?> fold,
            TableMerge.Result result,
            Materialized output) {
        super(input, operator, output);
        this.key = key;
        this.fold = fold;
        this.result = result;
        this.output = output;
    }

    @Override
    String verb() {
        return "combine by key, then shuffle for";
    }

    @Override
    Sink newSink(Place place) {
        return new TableSink(place, key, fold, output.partitionCount());
    }

    @Override
    List<KeyTable> partial(Sink sink) throws Throwable {
        List<KeyTable> one = new ArrayList<>(1);
        one.add(((TableSink) sink).table());
        return one;
    }

    @Override
    List<KeyTable> merge(List<KeyTable> left, List<KeyTable> right) {
        left.addAll(right);
        return left;
    }

    @Override
    void completed() {
        tables = merged().whole();
    }

    @Override
    Batch afterwards() {
        return new Batch(output.partitionCount()) {
            @Override
            protected void run(int target, Execution execution) throws Throwable {
                try {
                    output.set(target, TableMerge.merge(tables, target, fold, result));
                } catch (Throwable e) {
                    throw OperatorFailure.in(operator(), target, output.partitionCount(), null, e);
                }
            }

            @Override
            protected void completed() {
                tables = List.of();
            }
        };
    }
}
