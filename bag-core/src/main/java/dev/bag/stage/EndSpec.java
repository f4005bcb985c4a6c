package dev.bag.stage;

import dev.bag.kernel.Operator;
import dev.bag.plan.Between;
import dev.bag.plan.Between.Multiplied;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Repartitioned.CutEvenly;
import dev.bag.plan.Shuffled.Distinct;
import dev.bag.plan.Shuffled.Routing;
import dev.bag.plan.Sorted;
import dev.bag.plan.Value.Folded;
import dev.bag.plan.Value.Written;
import java.io.Serializable;

/** What becomes of the records at one end of a stage. */
public sealed interface EndSpec extends Serializable {
    /** The fragment of the stage whose records end here. */
    int input();

    /** What messages call the operation at this end. */
    Operator operator();

    /** What is done with the records here, for {@code explain()}. */
    String verb();

    /** Returns whether the partitions must arrive as the plan counts them, and not in smaller lanes. */
    boolean needsPartitions();

    /** Returns the same end of another fragment. */
    EndSpec withInput(int newInput);

    /**
     * A fold into a value.
     *
     * @param node the fold; its input is a slot
     * @param value the number of the value in the program
     */
    record Fold(int input, Operator operator, Folded<?, ?, ?> node, int value) implements EndSpec {
        @Override
        public String verb() {
            return "fold into";
        }

        @Override
        public boolean needsPartitions() {
            return false;
        }

        @Override
        public EndSpec withInput(int newInput) {
            return new Fold(newInput, operator, node, value);
        }
    }

    /**
     * One input of an operation that lies between stages.
     *
     * @param node the operation; its inputs are slots
     * @param side which of its inputs this is
     * @param exchange the number of the operation in the program
     */
    record Exchange(int input, Operator operator, Between<?> node, int side, int exchange) implements EndSpec {
        @Override
        public String verb() {
            boolean inPlace = routing() == Routing.IN_PLACE;
            if (node instanceof FoldedByKey<?, ?, ?, ?> || node instanceof Distinct<?, ?>) {
                return inPlace
                        ? "combine by key, in place (may spill), for"
                        : "combine by key, then shuffle (may spill) for";
            }
            if (node instanceof Sorted<?, ?> sorted) {
                return sorted.most() < Sorted.ALL
                        ? "keep the first " + sorted.most() + " for"
                        : "sort runs (may spill), then merge for";
            }
            if (node instanceof CutEvenly<?> || node instanceof Multiplied<?, ?>) {
                return Keep.VERB;
            }
            return inPlace ? "keep by key, in place (may spill), for" : "shuffle by key (may spill) for";
        }

        /** Returns where the entries of this side lie. */
        public Routing routing() {
            if (node instanceof FoldedByKey<?, ?, ?, ?> folded) {
                return folded.routing();
            }
            if (node instanceof GroupedByKey<?, ?, ?, ?> grouped) {
                return grouped.routing();
            }
            if (node instanceof Cogrouped<?, ?, ?, ?> cogrouped) {
                return side == 0 ? cogrouped.leftRouting() : cogrouped.rightRouting();
            }
            return Routing.BY_HASH;
        }

        @Override
        public boolean needsPartitions() {
            return routing() == Routing.IN_PLACE || node instanceof Multiplied<?, ?>;
        }

        @Override
        public EndSpec withInput(int newInput) {
            return new Exchange(newInput, operator, node, side, exchange);
        }
    }

    /**
     * Records that are written to a sink, partition by partition, and the value that is known then.
     *
     * @param node the writing; its input is a slot
     * @param value the number of the value in the program
     */
    record Write(int input, Operator operator, Written<?, ?> node, int value) implements EndSpec {
        @Override
        public String verb() {
            return "hand over to " + node.sink().name() + " by";
        }

        @Override
        public boolean needsPartitions() {
            return true;
        }

        @Override
        public EndSpec withInput(int newInput) {
            return new Write(newInput, operator, node, value);
        }
    }

    /** Records that are kept, as the partitions they are, when the run is over. */
    record Keep(int input, Operator operator) implements EndSpec {
        static final String VERB = "keep (may spill) for";

        @Override
        public String verb() {
            return VERB;
        }

        @Override
        public boolean needsPartitions() {
            return true;
        }

        @Override
        public EndSpec withInput(int newInput) {
            return new Keep(newInput, operator);
        }
    }

    /** Records that a reader takes as they come. */
    record Stream(int input, Operator operator) implements EndSpec {
        @Override
        public String verb() {
            return "hand over to";
        }

        @Override
        public boolean needsPartitions() {
            return false;
        }

        @Override
        public EndSpec withInput(int newInput) {
            return new Stream(newInput, operator);
        }
    }
}
