package dev.bag.lower;

import dev.bag.kernel.GatherFold;
import dev.bag.kernel.Operator;
import dev.bag.optimize.Optimizer;
import dev.bag.plan.Between;
import dev.bag.plan.Called;
import dev.bag.plan.Constant;
import dev.bag.plan.Folded;
import dev.bag.plan.FromDelayed;
import dev.bag.plan.NamedValue;
import dev.bag.plan.Node;
import dev.bag.plan.NodeOrder;
import dev.bag.plan.Plan;
import dev.bag.plan.Read;
import dev.bag.plan.Value;
import dev.bag.schedule.Batch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values that one run is asked for into batches: a call into a batch of one task, and what flows between
 * sources, shuffles and folds into stages. All values are lowered together, level by level, so that what they share is
 * read and computed once.
 */
final class Lowering {

    private final NodeOrder order;
    private final Labels labels;
    private final RunText text;
    private final Levels levels;
    private final StageFactory factory;
    private final RunScope scope;
    /** By the place of the node; null until it is needed. */
    private final @Nullable Cell[] cells;

    private final Map<Plan<?>, Boundary> boundaries = new IdentityHashMap<>();
    private final Map<Terminal<?>, Boundary> boundaryOf = new IdentityHashMap<>();
    private final List<Batch> batches = new ArrayList<>();
    private final List<StageGraph> stages = new ArrayList<>();

    private Lowering(NodeOrder order, StageFactory factory, RunScope scope) {
        this.order = order;
        this.labels = new Labels(order.nodes());
        this.text = new RunText(labels);
        this.levels = Levels.of(order);
        this.factory = factory;
        this.scope = scope;
        this.cells = new @Nullable Cell[order.nodes().size()];
    }

    /** What is run for {@code wanted}. */
    static Lowered lower(List<? extends Value<?>> wanted, RunScope scope) {
        List<Value<?>> optimized = Optimizer.optimize(wanted);
        OpenThings openThings = new OpenThings();
        Lowering lowering = new Lowering(NodeOrder.of(optimized), new StageFactory.OfFolds(openThings), scope);
        lowering.lowerAll();
        List<Supplier<? extends @Nullable Object>> results = new ArrayList<>();
        optimized.forEach(value -> results.add(lowering.cell(value)));
        return new Lowered(
                lowering.batches,
                results,
                openThings,
                lowering.stages,
                lowering.labels,
                lowering.text.lazily(optimized));
    }

    /** What is run so that the records of {@code wanted} can be read as they come. */
    static LoweredStream lowerStream(Plan<?> wanted, int unitsAhead, RunScope scope) {
        Value<?> read = new Folded<>(wanted, new GatherFold<>(), "stream");
        List<Value<?>> optimized = Optimizer.optimize(List.of(read));
        OpenThings openThings = new OpenThings();
        StageFactory.OfStream factory = new StageFactory.OfStream(optimized.get(0), unitsAhead, openThings);
        Lowering lowering = new Lowering(NodeOrder.of(optimized), factory, scope);
        lowering.lowerAll();
        return new LoweredStream(lowering.batches, factory.stream(), openThings, lowering.text.lazily(optimized));
    }

    /** What is run so that the partitions of {@code wanted} are in {@code kept}. */
    static Lowered lowerKept(Plan<?> wanted, ShuffleOutput kept, RunScope scope) {
        Value<?> gathered = new Folded<>(wanted, new GatherFold<>(), "persist");
        List<Value<?>> optimized = Optimizer.optimize(List.of(gathered));
        OpenThings openThings = new OpenThings();
        StageFactory factory = new StageFactory.OfKept(optimized.get(0), kept, new StageFactory.OfFolds(openThings));
        Lowering lowering = new Lowering(NodeOrder.of(optimized), factory, scope);
        lowering.lowerAll();
        return new Lowered(
                lowering.batches,
                List.of(),
                openThings,
                lowering.stages,
                lowering.labels,
                lowering.text.lazily(optimized));
    }

    private void lowerAll() {
        List<List<Terminal<?>>> terminals = new ArrayList<>();
        List<List<Called<?>>> calls = new ArrayList<>();
        for (Node node : order.nodes()) {
            if (node instanceof Called<?> called) {
                at(levels.of(node), calls).add(called);
            } else if (Levels.endsStage(node)) {
                int input = 0;
                for (Terminal<?> terminal : terminalsOf(node)) {
                    at(levels.ofStageBelow(node, input++), terminals).add(terminal);
                }
            }
        }
        for (int level = 0; level < Math.max(calls.size(), terminals.size()); level++) {
            at(level, calls).forEach(this::lowerCall);
            StageGraphs.of(at(level, terminals), Lowering::isRoot, this::root).forEach(this::lowerStage);
        }
    }

    private static <E> List<E> at(int level, List<List<E>> byLevel) {
        while (byLevel.size() <= level) {
            byLevel.add(new ArrayList<>());
        }
        return byLevel.get(level);
    }

    private List<Terminal<?>> terminalsOf(Node node) {
        Operator operator = labels.of(node);
        if (node instanceof Folded<?, ?, ?> folded) {
            return List.of(factory.terminal(folded, operator, cell(folded)));
        }
        Between<?> plan = (Between<?>) node;
        Boundary boundary = Boundary.of(plan, operator, scope.space());
        boundaries.put(plan, boundary);
        boundary.terminals().forEach(terminal -> boundaryOf.put(terminal, boundary));
        return boundary.terminals();
    }

    private void lowerCall(Called<?> called) {
        List<Cell> arguments = new ArrayList<>(called.arguments().size());
        called.arguments().forEach(argument -> arguments.add(cell(argument)));
        Operator operator = labels.of(called);
        StageWatch watch = scope.newStage(1, operator::label);
        CallBatch batch = new CallBatch(operator, arguments, called.function(), cell(called), watch);
        arguments.forEach(argument -> argument.neededBy(batch));
        batches.add(batch);
        cell(called).producedBy(batch);
    }

    private void lowerStage(StageGraph shared) {
        Optional<StageUnits> units = StageUnits.of(shared);
        if (units.isPresent()) {
            lowerStage(shared, units.get());
        } else {
            StageGraph graph = Unsharing.apply(shared, labels);
            lowerStage(graph, StageUnits.of(graph).orElseThrow());
        }
    }

    private void lowerStage(StageGraph graph, StageUnits units) {
        for (Terminal<?> terminal : graph.terminals()) {
            terminal.expect(graph.leafCount(terminal.input()), graph.numbering(terminal.input()));
        }
        StageWatch watch = scope.newStage(units.count(), () -> text.of(graph));
        Batch stage = factory.stage(graph, units, StageCompiler.compile(graph, labels, this::cell), watch);
        graph.roots().forEach(root -> root.needs().forEach(needed -> needed.neededBy(stage)));
        for (Plan<?> operation : graph.operations()) {
            for (Node input : operation.inputs()) {
                if (input instanceof Value<?> value) {
                    cell(value).neededBy(stage);
                }
            }
        }
        stages.add(graph);
        batches.add(stage);
        graph.terminals().forEach(terminal -> lowerEnd(terminal, stage));
    }

    private void lowerEnd(Terminal<?> terminal, Batch stage) {
        Boundary boundary = boundaryOf.get(terminal);
        Batch afterwards = boundary == null ? null : boundary.afterwards();
        if (afterwards != null) {
            afterwards.after(stage);
            batches.add(afterwards);
        }
        terminal.output().producedBy(afterwards == null ? stage : afterwards);
    }

    private Cell cell(Value<?> value) {
        Value<?> of = value;
        while (of instanceof NamedValue<?> named) {
            of = named.input();
        }
        int place = order.placeOf(of);
        Cell cell = cells[place];
        if (cell == null) {
            cell = new Cell();
            cells[place] = cell;
            if (of instanceof Constant<?> constant) {
                cell.set(constant.value());
            }
        }
        return cell;
    }

    private static boolean isRoot(Plan<?> plan) {
        return plan instanceof Read<?> || plan instanceof FromDelayed<?> || Levels.isBoundary(plan);
    }

    private StageRoot root(Plan<?> plan) {
        Operator operator = labels.of(plan);
        if (plan instanceof Read<?> read) {
            return new StageRoot(plan, operator, read::parts, plan.partitionCount(), read.pipelined(), List.of());
        }
        if (plan instanceof FromDelayed<?> delayed) {
            List<Cell> values = new ArrayList<>(delayed.values().size());
            delayed.values().forEach(value -> values.add(cell(value)));
            return new StageRoot(plan, operator, () -> new DelayedParts(values), plan.partitionCount(), false, values);
        }
        Boundary boundary = boundaries.get(plan);
        if (boundary == null) {
            throw new IllegalStateException(operator.label() + " was not lowered before it is read");
        }
        return new StageRoot(plan, operator, boundary.parts(), plan.partitionCount(), false, boundary.outputs());
    }
}
