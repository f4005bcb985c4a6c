package dev.bag.run;

import dev.bag.run.end.Produced;
import dev.bag.run.end.StageEnd;
import dev.bag.run.wire.Junction;
import dev.bag.source.Part;
import dev.bag.stage.Program;
import java.util.List;
import java.util.function.Supplier;

/**
 * A stage with all that its tasks need in this process.
 *
 * @param roots what each root of the stage is here
 * @param junctions what is behind each fragment
 * @param ends the ends, by their numbers
 */
record LocalStage(
        Program.Pass pass,
        List<Root> roots,
        List<Junction> junctions,
        List<StageEnd<?>> ends,
        StageWatch watch,
        Attempts attempts,
        OpenThings openThings) {

    /**
     * What a root of a stage is in this process.
     *
     * @param parts returns the partitions, when the stage runs
     * @param needs what must be there before
     */
    record Root(Supplier<? extends List<? extends Part<?>>> parts, List<? extends Produced> needs) {}
}
