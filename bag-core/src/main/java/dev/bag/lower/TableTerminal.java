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
import dev.bag.plan.Routing;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends in a table of keys a part; afterwards each target merges its share of all tables, in their order. */
final class TableTerminal extends Terminal<List<KeyTable>> {

    /** Up to this many keys a table is merged with its neighbour, and split only at the end. */
    private static final int SMALL = 256;

    private final CheckedFunction<Object, ?> key;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final TableMerge.Result result;
    private final Routing routing;
    private final Materialized output;
    private List<KeyTable> tables = List.of();

    TableTerminal(
            Plan<?> input,
            Operator operator,
            CheckedFunction<Object, ?> key,
            Fold<Object, @Nullable Object, ?> fold,
            TableMerge.Result result,
            Routing routing,
            Materialized output) {
        super(input, operator, output);
        this.key = key;
        this.fold = fold;
        this.result = result;
        this.routing = routing;
        this.output = output;
    }

    @Override
    String verb() {
        return isInPlace() ? "combine by key, in place, for" : "combine by key, then shuffle for";
    }

    @Override
    boolean needsPartitions() {
        return isInPlace();
    }

    private boolean isInPlace() {
        return routing == Routing.IN_PLACE;
    }

    @Override
    Sink newSink(Place place) {
        return new TableSink(place, key, fold);
    }

    @Override
    List<KeyTable> partial(Sink sink) throws Throwable {
        KeyTable table = ((TableSink) sink).table();
        if (isInPlace()) {
            table.splitInto(((TableSink) sink).partition(), output.partitionCount());
        } else if (table.count() > SMALL) {
            split(table);
        }
        List<KeyTable> one = new ArrayList<>(1);
        one.add(table);
        return one;
    }

    /** Small neighbours become one table, so that a million tiny partitions do not leave a million tables. */
    @Override
    List<KeyTable> merge(List<KeyTable> left, List<KeyTable> right) {
        KeyTable last = left.get(left.size() - 1);
        KeyTable first = right.get(0);
        int from = 0;
        if (!isInPlace() && last.count() + first.count() <= SMALL) {
            try {
                TableMerge.absorb(last, first, fold);
            } catch (Throwable e) {
                throw OperatorFailure.of(operator(), null, e);
            }
            from = 1;
        }
        left.addAll(right.subList(from, right.size()));
        return left;
    }

    @Override
    void completed() {
        tables = merged().whole();
        for (KeyTable table : tables) {
            if (!isInPlace() && table.count() <= SMALL) {
                split(table);
            }
        }
    }

    private void split(KeyTable table) {
        try {
            table.split(output.partitionCount());
        } catch (Throwable e) {
            throw OperatorFailure.of(operator(), null, e);
        }
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
