package dev.bag.lower;

import dev.bag.plan.Node;
import dev.bag.plan.NodeOrder;
import dev.bag.plan.Plan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Divides what ends on one level into stages: whatever reads the same root belongs to the same stage. */
final class StageGraphs {

    private final Function<Plan<?>, StageRoot> roots;
    private final Map<Plan<?>, StageRoot> rootOf = new IdentityHashMap<>();
    private final Map<Plan<?>, Plan<?>> leader = new IdentityHashMap<>();

    private StageGraphs(Function<Plan<?>, StageRoot> roots) {
        this.roots = roots;
    }

    /** The stages of the terminals of one level; {@code isRoot} says where they begin. */
    static List<StageGraph> of(
            List<Terminal<?>> terminals, Predicate<Plan<?>> isRoot, Function<Plan<?>, StageRoot> roots) {
        List<Plan<?>> inputs = new ArrayList<>();
        terminals.forEach(terminal -> inputs.add(terminal.input()));
        NodeOrder order = NodeOrder.of(
                inputs,
                node -> node instanceof Plan<?> plan && !isRoot.test(plan)
                        ? node.inputs().stream().filter(Plan.class::isInstance).toList()
                        : List.of());
        return new StageGraphs(roots).divide(terminals, order.nodes(), isRoot);
    }

    private static final class Members {

        final List<StageRoot> roots = new ArrayList<>();
        final List<Plan<?>> operations = new ArrayList<>();
        final List<Terminal<?>> terminals = new ArrayList<>();
    }

    private List<StageGraph> divide(List<Terminal<?>> terminals, List<Node> order, Predicate<Plan<?>> isRoot) {
        for (Node node : order) {
            Plan<?> plan = (Plan<?>) node;
            leader.put(plan, plan);
            if (isRoot.test(plan)) {
                rootOf.put(plan, roots.apply(plan));
                continue;
            }
            for (Node input : plan.inputs()) {
                if (input instanceof Plan<?> below) {
                    leader.put(find(below), find(plan));
                }
            }
        }
        Map<Identity, Members> stages = new LinkedHashMap<>();
        for (Node node : order) {
            Plan<?> plan = (Plan<?>) node;
            Members members = stages.computeIfAbsent(new Identity(find(plan)), key -> new Members());
            StageRoot root = rootOf.get(plan);
            if (root == null) {
                members.operations.add(plan);
            } else {
                members.roots.add(root);
            }
        }
        for (Terminal<?> terminal : terminals) {
            Members members = stages.computeIfAbsent(new Identity(find(terminal.input())), key -> new Members());
            members.terminals.add(terminal);
        }
        List<StageGraph> graphs = new ArrayList<>();
        stages.values()
                .forEach(members -> graphs.add(new StageGraph(members.roots, members.operations, members.terminals)));
        return graphs;
    }

    /** A plan as a key of a map in order: plans are told apart by identity. */
    private record Identity(Plan<?> plan) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Identity identity && identity.plan == plan;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(plan);
        }
    }

    private Plan<?> find(Plan<?> of) {
        Plan<?> plan = of;
        while (true) {
            Plan<?> next = leader.getOrDefault(plan, plan);
            if (next == plan) {
                return plan;
            }
            leader.put(plan, leader.getOrDefault(next, next));
            plan = next;
        }
    }
}
