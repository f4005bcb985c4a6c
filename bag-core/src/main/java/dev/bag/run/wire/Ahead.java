package dev.bag.run.wire;

import dev.bag.kernel.Sink;
import dev.bag.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What of a stage in order needs no order: the operations behind a root that let its chunks be worked on at the same time,
 * up to the first operation that does not.
 *
 * @param front where the records of the root go first; it ends in a sink that collects them
 * @param behind where the collected records go
 * @param hasOperations whether there is any operation in front
 */
public record Ahead(Outlet front, Outlet behind, boolean hasOperations) {

    /**
     * Returns what of {@code stage} needs no order, for each root; null where all that a task does must follow the task before it.
     *
     * @param junctions what is behind each fragment of the stage
     * @param values returns where the value with a number will be
     * @param collector makes a sink that collects records
     */
    public static List<@Nullable Ahead> of(
            Stage stage,
            List<Junction> junctions,
            IntFunction<? extends Supplier<? extends @Nullable Object>> values,
            Supplier<Sink> collector) {
        List<@Nullable Ahead> found = new ArrayList<>(stage.roots().size());
        int[] lasts = stage.lastAhead();
        StageCompiler fronts = StageCompiler.ofFronts(stage, values);
        for (int root = 0; root < lasts.length; root++) {
            int last = lasts[root];
            if (last < 0) {
                found.add(null);
            } else {
                Outlet front = fronts.front(root, last, collector);
                found.add(new Ahead(front, junctions.get(last).single(), last != root));
            }
        }
        return found;
    }
}
