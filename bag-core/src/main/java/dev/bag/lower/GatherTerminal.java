package dev.bag.lower;

import dev.bag.kernel.GatherSink;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.kernel.Rope;
import dev.bag.kernel.Sink;
import dev.bag.plan.Plan;

/** Ends in the records themselves, kept for a later stage: partition by partition, or all cut evenly into others. */
final class GatherTerminal extends Terminal<Rope> {

    private final Materialized output;
    private final Cut cut;

    /** How the kept records are cut into partitions. */
    enum Cut {
        AS_THEY_CAME,
        EVENLY
    }

    GatherTerminal(Plan<?> input, Operator operator, Materialized output, Cut cut) {
        super(input, operator, output);
        this.output = output;
        this.cut = cut;
    }

    @Override
    boolean needsPartitions() {
        return cut == Cut.AS_THEY_CAME;
    }

    @Override
    String verb() {
        return "keep for";
    }

    @Override
    Sink newSink(Place place) {
        return new GatherSink();
    }

    @Override
    Rope partial(Sink sink) {
        return ((GatherSink) sink).rope();
    }

    @Override
    Rope merge(Rope left, Rope right) {
        return left.append(right);
    }

    @Override
    void deposit(int partition, Rope part) throws Throwable {
        if (cut == Cut.AS_THEY_CAME) {
            output.set(partition, part.toArray());
        } else {
            super.deposit(partition, part);
        }
    }

    @Override
    void completed() {
        if (cut == Cut.EVENLY) {
            output.setEvenly(merged().whole().toArray());
        }
    }
}
