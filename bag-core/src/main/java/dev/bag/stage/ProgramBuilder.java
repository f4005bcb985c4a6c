package dev.bag.stage;

import dev.bag.kernel.Operator;
import dev.bag.optimize.Optimizer;
import dev.bag.plan.Between;
import dev.bag.plan.Leaf.FromDelayed;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Leaf.Slot;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Computed;
import dev.bag.plan.Value.Constant;
import dev.bag.plan.Value.Folded;
import dev.bag.plan.Value.NamedValue;
import dev.bag.plan.Value.Taken;
import dev.bag.plan.Value.ValueSlot;
import dev.bag.plan.Value.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns what a run is for into steps: a call into a step of its own, and what flows between sources, exchanges and folds
 * into stages. All values are looked at together, level by level, so that what they share is read and computed once. The
 * number of a value or an exchange is the place of its node in the order of all nodes.
 */
final class ProgramBuilder {
    /** The fragment of an end, until its stage is known. */
    private static final int UNKNOWN = -1;

    private final Goal goal;
    private final Node.Order order;
    private final Labels labels;
    private final Levels levels;
    private final List<Program.Step> steps = new ArrayList<>();
    private final List<Read<?>> sources = new ArrayList<>();

    private ProgramBuilder(Goal goal, Node.Order order) {
        this.goal = goal;
        this.order = order;
        this.labels = new Labels(order);
        this.levels = Levels.of(order);
    }

    static Program build(Goal goal) {
        List<Value<?>> optimized = Optimizer.optimize(goal.wanted());
        ProgramBuilder builder = new ProgramBuilder(goal, Node.Order.of(optimized));
        builder.addSteps();
        List<Integer> results = new ArrayList<>(optimized.size());
        for (Value<?> value : optimized) {
            results.add(builder.number(value));
        }
        return new Program(
                builder.steps,
                builder.constants(),
                builder.sources,
                results,
                builder.order.nodes().size(),
                Program.Text.lazily(builder.labels, optimized));
    }

    private List<Program.Constant> constants() {
        List<Program.Constant> constants = new ArrayList<>();
        for (Node node : order.nodes()) {
            if (node instanceof Constant<?> constant) {
                constants.add(new Program.Constant(order.placeOf(node), constant.value()));
            }
        }
        return constants;
    }

    private void addSteps() {
        List<List<StageDivision.End>> ends = new ArrayList<>();
        List<List<Computed<?>>> calls = new ArrayList<>();
        for (Node node : order.nodes()) {
            if (Levels.endsStage(node)) {
                addEnds(node, ends);
            } else if (node instanceof Computed<?> call) {
                at(levels.of(node), calls).add(call);
            }
        }
        for (int level = 0; level < Math.max(calls.size(), ends.size()); level++) {
            for (Computed<?> call : at(level, calls)) {
                addCall(call);
            }
            for (Stage stage : StageDivision.of(at(level, ends), this::root, labels::of, this::number)) {
                addStage(stage);
            }
        }
    }

    private static <E> List<E> at(int level, List<List<E>> byLevel) {
        while (byLevel.size() <= level) {
            byLevel.add(new ArrayList<>());
        }
        return byLevel.get(level);
    }

    private void addEnds(Node node, List<List<StageDivision.End>> ends) {
        Operator operator = labels.of(node);
        int number = order.placeOf(node);
        if (node instanceof Folded<?, ?, ?> folded) {
            Folded<?, ?, ?> flat = (Folded<?, ?, ?>) flat(folded);
            add(node, 0, new EndSpec.Fold(UNKNOWN, operator, flat, number), ends);
        } else if (node instanceof Written<?, ?> written) {
            Written<?, ?> flat = (Written<?, ?>) flat(written);
            add(node, 0, new EndSpec.Write(UNKNOWN, operator, flat, number), ends);
        } else if (node instanceof Taken<?>) {
            boolean kept = goal instanceof Goal.Keep;
            add(node, 0, kept ? new EndSpec.Keep(UNKNOWN, operator) : new EndSpec.Stream(UNKNOWN, operator), ends);
        } else {
            Between<?> flat = (Between<?>) flat(node);
            for (int i = 0; i < node.inputs().size(); i++) {
                add(node, i, new EndSpec.Exchange(UNKNOWN, operator, flat, i, number), ends);
            }
        }
    }

    private void add(Node node, int side, EndSpec end, List<List<StageDivision.End>> ends) {
        Plan<?> input = (Plan<?>) node.inputs().get(side);
        at(levels.ofStageBelow(node, side), ends).add(new StageDivision.End(input, end));
    }

    /** The operation over slots, for it is known by its number and needs no input any more. */
    private static Node flat(Node node) {
        List<Node> slots = new ArrayList<>(node.inputs().size());
        for (Node input : node.inputs()) {
            slots.add(new Slot<>(slots.size(), ((Plan<?>) input).partitionCount()));
        }
        return node.withInputs(slots);
    }

    private void addCall(Computed<?> call) {
        List<? extends Node> inputs = call.inputs();
        int[] arguments = new int[inputs.size()];
        List<Node> slots = new ArrayList<>(arguments.length);
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = number((Value<?>) inputs.get(i));
            slots.add(new ValueSlot<>(arguments[i]));
        }
        Computed<?> flat = (Computed<?>) call.withInputs(slots);
        steps.add(new Program.Call(labels.of(call), arguments, flat, order.placeOf(call)));
    }

    private void addStage(Stage shared) {
        Optional<StageTasks> tasks = StageTasks.find(shared);
        Stage stage = tasks.isPresent() ? shared : Unsharing.apply(shared);
        steps.add(new Program.Pass(stage, tasks.isPresent() ? tasks.get() : StageTasks.of(stage)));
    }

    private int number(Value<?> value) {
        Value<?> of = value;
        while (of instanceof NamedValue<?> named) {
            of = named.input();
        }
        return order.placeOf(of);
    }

    private StageRoot root(Plan<?> plan) {
        Operator operator = labels.of(plan);
        if (plan instanceof Read<?> read) {
            sources.add(read);
            StageRoot.Origin origin = new StageRoot.Origin.OfSource(sources.size() - 1);
            return new StageRoot(operator, plan.partitionCount(), read.pipelined(), origin);
        }
        if (plan instanceof FromDelayed<?> delayed) {
            int[] values = new int[delayed.values().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = number(delayed.values().get(i));
            }
            return new StageRoot(operator, plan.partitionCount(), false, new StageRoot.Origin.OfValues(values));
        }
        StageRoot.Origin origin = new StageRoot.Origin.OfExchange(order.placeOf(plan), (Between<?>) flat(plan));
        return new StageRoot(operator, plan.partitionCount(), false, origin);
    }
}
