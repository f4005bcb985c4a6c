package dev.bag.stage;

import dev.bag.kernel.Operator.Cover;
import dev.bag.kernel.Operator.Policy;
import dev.bag.plan.Guarded;
import dev.bag.plan.Leaf;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.value.ErrorPolicy.Action;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which policies there are for the records of each operation: the next one on each way from there to a result. An operation
 * with a way that meets none, or one that lets nothing pass, has none at all: its failure fails the run.
 */
final class Coverage {
    private static final List<Policy> NO_POLICY = List.of();
    private static final Coverage EMPTY = new Coverage(List.of());

    /** By the place of a node; empty in a run without policies. */
    private final List<Cover> covers;

    private Coverage(List<Cover> covers) {
        this.covers = covers;
    }

    /** Returns the policies for each node. */
    static Coverage of(Node.Order order) {
        List<Node> nodes = order.nodes();
        return nodes.stream().anyMatch(Guarded.class::isInstance) ? new Coverage(covers(order)) : EMPTY;
    }

    Cover at(int place) {
        return covers.isEmpty() ? Cover.NONE : covers.get(place);
    }

    private static List<Cover> covers(Node.Order order) {
        List<Node> nodes = order.nodes();
        @Nullable List<Policy>[] policies = listsOfPolicies(nodes.size());
        for (int place = nodes.size() - 1; place >= 0; place--) {
            Node node = nodes.get(place);
            List<Policy> below = below(node, place, policies[place]);
            for (Node input : node.inputs()) {
                int at = order.placeOf(input);
                policies[at] = merged(policies[at], below);
            }
        }
        List<Cover> covers = new ArrayList<>(nodes.size());
        for (int place = 0; place < nodes.size(); place++) {
            Node node = nodes.get(place);
            List<Policy> known = policies[place];
            boolean covered = node instanceof Leaf<?> || (node instanceof Plan<?> && Guarded.letsThrough(node));
            covers.add(new Cover(place, 0, covered && known != null ? known : NO_POLICY));
        }
        return covers;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array has no type parameter
    private static @Nullable List<Policy>[] listsOfPolicies(int length) {
        return new List[length];
    }

    /** What a node says for its inputs; {@code own} are the policies for itself. */
    private static List<Policy> below(Node node, int place, @Nullable List<Policy> own) {
        if (node instanceof Guarded<?> guarded) {
            return guarded.policy().action() == Action.FAIL ? NO_POLICY : List.of(new Policy(place, guarded.policy()));
        }
        return own != null && Guarded.letsThrough(node) ? own : NO_POLICY;
    }

    private static List<Policy> merged(@Nullable List<Policy> known, List<Policy> other) {
        if (known == null || known.equals(other)) {
            return other;
        }
        if (known.isEmpty() || other.isEmpty()) {
            return NO_POLICY;
        }
        List<Policy> both = new ArrayList<>(known);
        for (Policy policy : other) {
            if (!both.contains(policy)) {
                both.add(policy);
            }
        }
        return List.copyOf(both);
    }
}
