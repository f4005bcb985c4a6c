package dev.bag.lower;

import dev.bag.kernel.KeyTable;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.kernel.TableSink;
import dev.bag.kernel.ValuesFold;
import dev.bag.plan.EntryKey;
import dev.bag.plan.Plan;
import dev.bag.plan.Routing;
import java.util.ArrayList;
import java.util.List;

/** Ends in tables of the values of each key, which the other side of a cogroup meets later. */
final class KeptTablesTerminal extends Terminal<List<KeyTable>> {

    private final Routing routing;
    private final KeptTables output;

    KeptTablesTerminal(Plan<?> input, Operator operator, Routing routing, KeptTables output) {
        super(input, operator, output);
        this.routing = routing;
        this.output = output;
    }

    @Override
    String verb() {
        return routing == Routing.IN_PLACE ? "keep by key, in place, for" : "shuffle by key for";
    }

    @Override
    boolean needsPartitions() {
        return routing == Routing.IN_PLACE;
    }

    @Override
    Sink newSink(Place place) {
        return new TableSink(place, Untyped.function(new EntryKey<>()), new ValuesFold());
    }

    @Override
    List<KeyTable> partial(Sink sink) throws Throwable {
        TableSink keyed = (TableSink) sink;
        split(keyed.table(), keyed.partition());
        List<KeyTable> one = new ArrayList<>(1);
        one.add(keyed.table());
        return one;
    }

    private void split(KeyTable table, int partition) {
        if (routing == Routing.IN_PLACE) {
            table.splitInto(partition, output.targets());
            return;
        }
        try {
            table.split(output.targets());
        } catch (Throwable e) {
            throw OperatorFailure.of(operator(), null, e);
        }
    }

    @Override
    List<KeyTable> merge(List<KeyTable> left, List<KeyTable> right) {
        left.addAll(right);
        return left;
    }

    @Override
    void completed() {
        output.set(merged().whole());
    }
}
