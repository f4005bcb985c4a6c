package dev.bag.lower;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.plan.Plan;
import dev.bag.source.Part;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** What a stage reads: a source, or what an earlier stage has left. The parts are asked for when the stage runs. */
record StageRoot(
        Plan<?> plan,
        Operator operator,
        Supplier<? extends List<? extends Part<?>>> parts,
        int partitionCount,
        boolean pipelined,
        List<? extends Produced> needs)
        implements Place.Numbering {

    /** The stage has read all it wants. */
    void doneReading() throws IOException {
        for (Produced needed : needs) {
            needed.doneReading();
        }
    }

    @Override
    public int partitionOf(int part) {
        return part;
    }

    @Override
    public int count() {
        return partitionCount;
    }
}
