package dev.bag.stage;

import dev.bag.kernel.Operator;
import dev.bag.plan.Leaf.Slot;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.plan.Value.ValueSlot;
import dev.bag.plan.Within;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Divides what ends on one level into stages: what reads the same root belongs to the same stage. Then makes flat lists
 * of them.
 */
final class StageDivision {
    private final Node.Order order;
    private final Function<Plan<?>, StageRoot> roots;
    private final Function<Node, Operator> operators;
    private final ToIntFunction<Value<?>> values;
    /** For union-find, by the place of a plan in {@code order}. */
    private final int[] leader;

    /**
     * An end of a stage that is not known yet.
     *
     * @param input the bag that ends there
     * @param spec the end, without the number of that bag among the fragments
     */
    record End(Plan<?> input, EndSpec spec) {}

    private StageDivision(
            Node.Order order,
            Function<Plan<?>, StageRoot> roots,
            Function<Node, Operator> operators,
            ToIntFunction<Value<?>> values) {
        this.order = order;
        this.roots = roots;
        this.operators = operators;
        this.values = values;
        this.leader = new int[order.nodes().size()];
    }

    /**
     * Returns the stages of the ends of one level.
     *
     * @param roots makes the root of a plan at which stages begin
     * @param operators says what messages call a plan
     * @param values returns the numbers of values
     */
    static List<Stage> of(
            List<End> ends,
            Function<Plan<?>, StageRoot> roots,
            Function<Node, Operator> operators,
            ToIntFunction<Value<?>> values) {
        List<Plan<?>> inputs = new ArrayList<>();
        for (End end : ends) {
            inputs.add(end.input());
        }
        Node.Order order = Node.Order.of(inputs, StageDivision::within);
        return new StageDivision(order, roots, operators, values).divide(ends);
    }

    /** The inputs of a node that belong to the same stage. */
    private static List<? extends Node> within(Node node) {
        if (Levels.isRoot((Plan<?>) node)) {
            return List.of();
        }
        List<Plan<?>> plans = new ArrayList<>(node.inputs().size());
        for (Node input : node.inputs()) {
            if (input instanceof Plan<?> plan) {
                plans.add(plan);
            }
        }
        return plans;
    }

    private static final class Members {
        final List<Plan<?>> roots = new ArrayList<>();
        final List<Within<?>> operations = new ArrayList<>();
        final List<End> ends = new ArrayList<>();
    }

    private List<Stage> divide(List<End> ends) {
        for (int place = 0; place < leader.length; place++) {
            leader[place] = place;
        }
        for (Node node : order.nodes()) {
            for (Node input : within(node)) {
                leader[find(order.placeOf(input))] = find(order.placeOf(node));
            }
        }
        Map<Integer, Members> stages = new LinkedHashMap<>();
        for (int place = 0; place < leader.length; place++) {
            Plan<?> plan = (Plan<?>) order.nodes().get(place);
            Members members = stages.computeIfAbsent(find(place), key -> new Members());
            if (plan instanceof Within<?> operation) {
                members.operations.add(operation);
            } else {
                members.roots.add(plan);
            }
        }
        for (End end : ends) {
            Members members = stages.computeIfAbsent(find(order.placeOf(end.input())), key -> new Members());
            members.ends.add(end);
        }
        int[] fragments = new int[leader.length];
        List<Stage> divided = new ArrayList<>(stages.size());
        for (Members members : stages.values()) {
            divided.add(stage(members, fragments));
        }
        return divided;
    }

    private int find(int of) {
        int place = of;
        while (leader[place] != place) {
            leader[place] = leader[leader[place]];
            place = leader[place];
        }
        return place;
    }

    private Stage stage(Members members, int[] fragments) {
        int count = 0;
        List<StageRoot> stageRoots = new ArrayList<>(members.roots.size());
        for (Plan<?> root : members.roots) {
            fragments[order.placeOf(root)] = count++;
            stageRoots.add(roots.apply(root));
        }
        List<Within<?>> operations = new ArrayList<>(members.operations.size());
        List<Operator> names = new ArrayList<>(members.operations.size());
        for (Within<?> operation : members.operations) {
            fragments[order.placeOf(operation)] = count++;
            operations.add(flat(operation, fragments));
            names.add(operators.apply(operation));
        }
        List<EndSpec> ends = new ArrayList<>(members.ends.size());
        for (End end : members.ends) {
            ends.add(end.spec().withInput(fragments[order.placeOf(end.input())]));
        }
        return new Stage(stageRoots, operations, ends, names);
    }

    /** The operation over slots in place of its inputs. */
    private Within<?> flat(Within<?> operation, int[] fragments) {
        List<Node> slots = new ArrayList<>(operation.inputs().size());
        for (Node input : operation.inputs()) {
            slots.add(
                    input instanceof Plan<?> plan
                            ? new Slot<>(fragments[order.placeOf(plan)], plan.partitionCount())
                            : new ValueSlot<>(values.applyAsInt((Value<?>) input)));
        }
        return (Within<?>) operation.withInputs(slots);
    }
}
