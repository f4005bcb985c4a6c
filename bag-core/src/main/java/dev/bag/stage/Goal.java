package dev.bag.stage;

import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Taken;
import dev.bag.value.Storage;
import java.util.List;

/** What a run is for. */
public sealed interface Goal {
    /** Returns the values to be computed, of which the last one may be {@linkplain Taken no value}. */
    List<Value<?>> wanted();

    /**
     * Values to be computed.
     *
     * @param wanted the values, whose results come in this order
     */
    record Values(List<Value<?>> wanted) implements Goal {
        /** Copies the list. */
        public Values {
            wanted = List.copyOf(wanted);
        }
    }

    /**
     * The records of a bag, to be read as they come.
     *
     * @param plan the bag
     * @param inOrder whether they come in the order of the bag; if not, those of a partition do
     */
    record Stream(Plan<?> plan, boolean inOrder) implements Goal {
        @Override
        public List<Value<?>> wanted() {
            return List.of(new Taken<>(plan, "stream"));
        }
    }

    /**
     * The records of a bag, to be kept when the run is over.
     *
     * @param plan the bag
     * @param storage where to keep them
     */
    record Keep(Plan<?> plan, Storage storage) implements Goal {
        @Override
        public List<Value<?>> wanted() {
            return List.of(new Taken<>(plan, "persist"));
        }
    }
}
