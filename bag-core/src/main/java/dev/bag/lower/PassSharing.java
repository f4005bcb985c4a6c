package dev.bag.lower;

import dev.bag.plan.Node;
import dev.bag.plan.NodeOrder;
import dev.bag.plan.Read;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets a fold wait for a later pass over the same source, so that the source is read once for both. A pass is later when
 * it needs a value or a shuffle first; a fold cannot wait for a pass that needs the fold itself.
 */
final class PassSharing {

    /** Beyond this many, looking for passes to share would cost more than it saves. */
    private static final int MOST_ENDS = 100;

    private final NodeOrder order;
    private final Levels levels;

    PassSharing(NodeOrder order, Levels levels) {
        this.order = order;
        this.levels = levels;
    }

    void share() {
        List<Node> ends = ends();
        if (ends.size() < 2 || ends.size() > MOST_ENDS) {
            return;
        }
        List<Set<Node>> sources = new ArrayList<>();
        ends.forEach(end -> sources.add(sourcesOf(end)));
        for (int later = ends.size() - 1; later >= 0; later--) {
            for (int earlier = 0; earlier < ends.size(); earlier++) {
                int level = levels.ofStageBelow(ends.get(later));
                if (levels.ofStageBelow(ends.get(earlier)) < level
                        && !Collections.disjoint(sources.get(later), sources.get(earlier))
                        && !dependsOn(ends.get(later), ends.get(earlier))) {
                    levels.delay(ends.get(earlier), level);
                    levels.compute();
                }
            }
        }
    }

    private List<Node> ends() {
        List<Node> ends = new ArrayList<>();
        for (Node node : order.nodes()) {
            if (Levels.endsStage(node)) {
                ends.add(node);
                if (ends.size() > MOST_ENDS) {
                    break;
                }
            }
        }
        return ends;
    }

    /** The sources that the stage below {@code end} reads. */
    private static Set<Node> sourcesOf(Node end) {
        Set<Node> sources = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node node : below(end.inputs(), Levels::endsStage)) {
            if (node instanceof Read<?>) {
                sources.add(node);
            }
        }
        return sources;
    }

    private static boolean dependsOn(Node end, Node on) {
        return below(end.inputs(), node -> false).stream().anyMatch(node -> node == on);
    }

    /** All nodes reached from {@code from}, without looking below the nodes at which to stop. */
    private static List<Node> below(List<? extends Node> from, Predicate<Node> stop) {
        return NodeOrder.of(from, node -> stop.test(node) ? List.of() : node.inputs())
                .nodes();
    }
}
