package dev.bag.lower;

import dev.bag.kernel.KeyTable;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.kernel.TableSink;
import dev.bag.kernel.ValuesFold;
import dev.bag.plan.Plan;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.List;

/** Ends in tables of the values of each key, which the other side of a cogroup meets later. */
final class KeptTablesTerminal extends Terminal<List<KeyTable>> {

    private final KeptTables output;

    KeptTablesTerminal(Plan<?> input, Operator operator, KeptTables output) {
        super(input, operator, output);
        this.output = output;
    }

    @Override
    String verb() {
        return "shuffle by key for";
    }

    @Override
    Sink newSink(Place place) {
        return new TableSink(place, entry -> ((Pair<?, ?>) entry).first(), new ValuesFold());
    }

    @Override
    List<KeyTable> partial(Sink sink) throws Throwable {
        KeyTable table = ((TableSink) sink).table();
        try {
            table.split(output.targets());
        } catch (Throwable e) {
            throw OperatorFailure.of(operator(), null, e);
        }
        List<KeyTable> one = new ArrayList<>(1);
        one.add(table);
        return one;
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
