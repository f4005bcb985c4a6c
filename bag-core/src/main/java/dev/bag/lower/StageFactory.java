package dev.bag.lower;

import dev.bag.kernel.Operator;
import dev.bag.plan.Folded;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.schedule.Batch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the ends and the batches of stages: all folded, or the last one read as it goes. */
interface StageFactory {

    /** Where the stage below {@code folded} ends. */
    Terminal<?> terminal(Folded<?, ?, ?> folded, Operator operator, Cell result);

    /** What works through a stage, under a watch. */
    Batch stage(StageGraph graph, StageUnits units, Map<Plan<?>, Junction> junctions, StageWatch watch);

    /** All stages end in folds or in what later stages read. */
    record OfFolds(OpenThings openThings) implements StageFactory {

        @Override
        public Terminal<?> terminal(Folded<?, ?, ?> folded, Operator operator, Cell result) {
            return new FoldTerminal(folded, operator, result);
        }

        @Override
        public Batch stage(StageGraph graph, StageUnits units, Map<Plan<?>, Junction> junctions, StageWatch watch) {
            return new StageBatch(graph, units, junctions, watch, openThings);
        }
    }

    /** As {@link OfFolds}, but for one fold in whose place the records are kept, as the partitions they are. */
    record OfKept(Value<?> gathered, ShuffleOutput kept, OfFolds others) implements StageFactory {

        @Override
        public Terminal<?> terminal(Folded<?, ?, ?> folded, Operator operator, Cell result) {
            return folded == gathered
                    ? ShuffleTerminal.keepingPartitions(folded.input(), operator, kept)
                    : others.terminal(folded, operator, result);
        }

        @Override
        public Batch stage(StageGraph graph, StageUnits units, Map<Plan<?>, Junction> junctions, StageWatch watch) {
            return others.stage(graph, units, junctions, watch);
        }
    }

    /** As {@link OfFolds}, but for one fold in whose place the records are read as they come. */
    final class OfStream implements StageFactory {

        private final Value<?> read;
        private final int unitsAhead;
        private final OpenThings openThings;
        private final OfFolds others;
        private @Nullable StreamBatch stream;

        OfStream(Value<?> read, int unitsAhead, OpenThings openThings) {
            this.read = read;
            this.unitsAhead = unitsAhead;
            this.openThings = openThings;
            this.others = new OfFolds(openThings);
        }

        @Override
        public Terminal<?> terminal(Folded<?, ?, ?> folded, Operator operator, Cell result) {
            return folded == read
                    ? new StreamTerminal(folded.input(), operator)
                    : others.terminal(folded, operator, result);
        }

        @Override
        public Batch stage(StageGraph graph, StageUnits units, Map<Plan<?>, Junction> junctions, StageWatch watch) {
            if (graph.terminals().stream().noneMatch(StreamTerminal.class::isInstance)) {
                return others.stage(graph, units, junctions, watch);
            }
            stream = new StreamBatch(graph, units, junctions, watch, unitsAhead, openThings);
            return stream;
        }

        /** The batch that hands the records over. */
        StreamBatch stream() {
            if (stream == null) {
                throw new IllegalStateException("the last stage was not lowered");
            }
            return stream;
        }
    }
}
