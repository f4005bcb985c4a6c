package dev.bag.lower;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.kernel.Rope;
import dev.bag.kernel.Sink;
import dev.bag.kernel.SpreadSink;
import dev.bag.plan.Plan;

/** Ends in records spread by key: for each target those that belong to it, in input order. */
final class SpreadTerminal extends Terminal<Rope[]> {

    private final CheckedFunction<Object, ?> key;
    private final Materialized output;

    SpreadTerminal(Plan<?> input, Operator operator, CheckedFunction<Object, ?> key, Materialized output) {
        super(input, operator, output);
        this.key = key;
        this.output = output;
    }

    @Override
    String verb() {
        return "spread by key for";
    }

    @Override
    Sink newSink(Place place) {
        return new SpreadSink(place, key, output.partitionCount());
    }

    @Override
    Rope[] partial(Sink sink) {
        return ((SpreadSink) sink).ropes();
    }

    @Override
    Rope[] merge(Rope[] left, Rope[] right) {
        for (int target = 0; target < left.length; target++) {
            left[target] = left[target].append(right[target]);
        }
        return left;
    }

    @Override
    void completed() {
        Rope[] ropes = merged().whole();
        for (int target = 0; target < ropes.length; target++) {
            output.set(target, ropes[target].toArray());
        }
    }
}
