package dev.bag.lower;

import dev.bag.kernel.GatherFold;
import dev.bag.kernel.Operator;
import dev.bag.optimize.Optimizer;
import dev.bag.plan.Called;
import dev.bag.plan.Constant;
import dev.bag.plan.Folded;
import dev.bag.plan.MappedWith;
import dev.bag.plan.NamedValue;
import dev.bag.plan.Node;
import dev.bag.plan.NodeOrder;
import dev.bag.plan.Plan;
import dev.bag.plan.Read;
import dev.bag.plan.Value;
import dev.bag.schedule.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values that one run is asked for into batches: a call into a batch of one task, and what flows between
 * sources, shuffles and folds into stages. All values are lowered together, level by level, so that what they share is
 * read and computed once.
 */
final class Lowering {

    private final Labels labels;
    private final Levels levels;
    private final OpenThings openThings;
    private final Map<Node, Cell> cells = new IdentityHashMap<>();
    private final Map<Plan<?>, Boundary> boundaries = new IdentityHashMap<>();
    private final Map<Terminal<?>, Plan<?>> boundaryOf = new IdentityHashMap<>();
    /** The batches after which the value or the records of a node are there. */
    private final Map<Node, List<Batch>> producers = new IdentityHashMap<>();

    private final List<Batch> batches = new ArrayList<>();
    private final List<StageGraph> stages = new ArrayList<>();
    /** Set when the last stage is not folded but read as it goes. */
    private @Nullable StreamTerminal streamed;

    private @Nullable StreamBatch stream;
    private int unitsAhead;

    private Lowering(List<Node> order, OpenThings openThings) {
        this.labels = new Labels(order);
        this.levels = new Levels(order);
        this.openThings = openThings;
    }

    /** What is run for {@code wanted}. */
    static Lowered lower(List<? extends Value<?>> wanted) {
        List<Value<?>> optimized = Optimizer.optimize(wanted);
        List<Node> order = NodeOrder.of(optimized);
        OpenThings openThings = new OpenThings();
        Lowering lowering = new Lowering(order, openThings);
        lowering.lowerAll(order);
        List<Supplier<? extends @Nullable Object>> results = new ArrayList<>();
        optimized.forEach(value -> results.add(lowering.cell(value)));
        return new Lowered(lowering.batches, results, openThings, lowering.stages, lowering.labels);
    }

    /** What is run so that the records of {@code wanted} can be read as they come. */
    static LoweredStream lowerStream(Plan<?> wanted, int unitsAhead) {
        Value<?> read = new Folded<>(wanted, new GatherFold<>(), "stream");
        List<Value<?>> optimized = Optimizer.optimize(List.of(read));
        List<Node> order = NodeOrder.of(optimized);
        OpenThings openThings = new OpenThings();
        Lowering lowering = new Lowering(order, openThings);
        Folded<?, ?, ?> folded = (Folded<?, ?, ?>) optimized.get(0);
        lowering.streamed = new StreamTerminal(folded.input(), lowering.labels.of(folded));
        lowering.unitsAhead = unitsAhead;
        lowering.lowerAll(order);
        return new LoweredStream(lowering.batches, Objects.requireNonNull(lowering.stream), openThings);
    }

    private void lowerAll(List<Node> order) {
        Map<Integer, List<Terminal<?>>> terminals = new HashMap<>();
        Map<Integer, List<Called<?>>> calls = new HashMap<>();
        int highest = 0;
        for (Node node : order) {
            highest = Math.max(highest, levels.of(node));
            if (node instanceof Called<?> called) {
                calls.computeIfAbsent(levels.of(node), key -> new ArrayList<>()).add(called);
            } else {
                for (Terminal<?> terminal : terminalsOf(node)) {
                    terminals
                            .computeIfAbsent(levels.of(terminal.input()), key -> new ArrayList<>())
                            .add(terminal);
                }
            }
        }
        for (int level = 0; level <= highest; level++) {
            calls.getOrDefault(level, List.of()).forEach(this::lowerCall);
            for (StageGraph graph :
                    StageGraphs.of(terminals.getOrDefault(level, List.of()), Lowering::isRoot, this::root)) {
                lowerStage(graph);
            }
        }
    }

    private List<Terminal<?>> terminalsOf(Node node) {
        if (node instanceof Folded<?, ?, ?> folded && streamed != null && folded.input() == streamed.input()) {
            return List.of(streamed);
        }
        if (node instanceof Folded<?, ?, ?> folded) {
            return List.of(new FoldTerminal(folded, labels.of(folded), cell(folded)));
        }
        if (node instanceof Plan<?> plan && Levels.isBoundary(plan)) {
            Boundary boundary = Boundary.of(plan, labels.of(plan));
            boundaries.put(plan, boundary);
            boundary.terminals().forEach(terminal -> boundaryOf.put(terminal, plan));
            return boundary.terminals();
        }
        return List.of();
    }

    private void lowerCall(Called<?> called) {
        List<Supplier<? extends @Nullable Object>> arguments =
                new ArrayList<>(called.arguments().size());
        called.arguments().forEach(argument -> arguments.add(cell(argument)));
        CallBatch batch = new CallBatch(labels.of(called), arguments, called.function(), cell(called));
        called.arguments().forEach(argument -> follow(batch, argument));
        batches.add(batch);
        producers.put(called, List.of(batch));
    }

    private void lowerStage(StageGraph shared) {
        StageGraph graph = shared;
        Optional<StageUnits> units = StageUnits.of(graph);
        if (units.isEmpty()) {
            graph = Unsharing.apply(graph, labels);
            units = StageUnits.of(graph);
        }
        StageGraph last = graph;
        last.terminals().forEach(terminal -> terminal.expect(last.leafCount(terminal.input())));
        Map<Plan<?>, Junction> junctions = StageCompiler.compile(last, labels, this::cell);
        Batch batch = batch(last, units.orElseThrow(), junctions);
        shared.roots().forEach(root -> follow(batch, root.plan()));
        for (Plan<?> operation : last.operations()) {
            if (operation instanceof MappedWith<?, ?, ?> with) {
                follow(batch, with.value());
            }
        }
        batches.add(batch);
        stages.add(last);
        last.terminals().forEach(terminal -> lowerEnd(terminal, batch));
    }

    private Batch batch(StageGraph graph, StageUnits units, Map<Plan<?>, Junction> junctions) {
        if (streamed != null && graph.terminals().contains(streamed)) {
            StreamBatch batch = new StreamBatch(graph, units, junctions, unitsAhead, openThings);
            stream = batch;
            return batch;
        }
        return new StageBatch(graph, units, junctions, openThings);
    }

    private void lowerEnd(Terminal<?> terminal, Batch stage) {
        Batch last = stage;
        Batch afterwards = terminal.afterwards();
        if (afterwards != null) {
            afterwards.after(stage);
            batches.add(afterwards);
            last = afterwards;
        }
        Node produces = boundaryOf.get(terminal);
        if (produces == null && terminal instanceof FoldTerminal fold) {
            produces = fold.value();
        }
        if (produces != null) {
            producers.computeIfAbsent(produces, key -> new ArrayList<>(1)).add(last);
        }
    }

    private void follow(Batch batch, Node node) {
        Node of = node;
        while (of instanceof NamedValue<?> named) {
            of = named.input();
        }
        for (Batch producer : producers.getOrDefault(of, List.of())) {
            batch.after(producer);
        }
    }

    private Cell cell(Value<?> value) {
        Value<?> of = value;
        while (of instanceof NamedValue<?> named) {
            of = named.input();
        }
        Cell cell = cells.computeIfAbsent(of, key -> new Cell());
        if (of instanceof Constant<?> constant) {
            cell.set(constant.value());
        }
        return cell;
    }

    private static boolean isRoot(Plan<?> plan) {
        return plan instanceof Read<?> || Levels.isBoundary(plan);
    }

    private StageRoot root(Plan<?> plan) {
        Operator operator = labels.of(plan);
        if (plan instanceof Read<?> read) {
            return new StageRoot(plan, operator, read::parts, plan.partitionCount(), read.pipelined());
        }
        Boundary boundary = boundaries.get(plan);
        if (boundary == null) {
            throw new IllegalStateException(operator.label() + " was not lowered before it is read");
        }
        return new StageRoot(plan, operator, boundary.parts(), plan.partitionCount(), false);
    }
}
