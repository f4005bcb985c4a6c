package dev.bag.stage;

import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Node;
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

    private final Node.Order order;
    private final Levels levels;

    PassSharing(Node.Order order, Levels levels) {
        this.order = order;
        this.levels = levels;
    }

    /** Where a stage ends: at one input of a fold or of what is between stages. */
    private record End(Node node, int input) {

        Node below() {
            return node.inputs().get(input);
        }
    }

    void share() {
        List<End> ends = ends();
        if (ends.size() < 2 || ends.size() > MOST_ENDS) {
            return;
        }
        List<Set<Node>> sources = new ArrayList<>();
        ends.forEach(end -> sources.add(sourcesOf(end)));
        for (int later = ends.size() - 1; later >= 0; later--) {
            for (int earlier = 0; earlier < ends.size(); earlier++) {
                End end = ends.get(earlier);
                int level = levelOf(ends.get(later));
                if (levelOf(end) < level
                        && !Collections.disjoint(sources.get(later), sources.get(earlier))
                        && !dependsOn(ends.get(later), end.node())) {
                    levels.delay(end.node(), end.input(), level);
                    levels.compute();
                }
            }
        }
    }

    private int levelOf(End end) {
        return levels.ofStageBelow(end.node(), end.input());
    }

    private List<End> ends() {
        List<End> ends = new ArrayList<>();
        for (Node node : order.nodes()) {
            if (Levels.endsStage(node)) {
                for (int input = 0; input < node.inputs().size(); input++) {
                    ends.add(new End(node, input));
                }
                if (ends.size() > MOST_ENDS) {
                    break;
                }
            }
        }
        return ends;
    }

    /** The sources that the stage below {@code end} reads. */
    private static Set<Node> sourcesOf(End end) {
        Set<Node> sources = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node node : below(end, Levels::endsStage)) {
            if (node instanceof Read<?>) {
                sources.add(node);
            }
        }
        return sources;
    }

    private static boolean dependsOn(End end, Node on) {
        return below(end, node -> false).stream().anyMatch(node -> node == on);
    }

    /** All nodes below {@code end}, without looking below the nodes at which to stop. */
    private static List<Node> below(End end, Predicate<Node> stop) {
        return Node.Order.of(List.of(end.below()), node -> stop.test(node) ? List.of() : node.inputs())
                .nodes();
    }
}
