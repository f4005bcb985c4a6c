package dev.bag.run.wire;

import dev.bag.kernel.EvenCut;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.OrderedSteps;
import dev.bag.kernel.ScanStep;
import dev.bag.kernel.Sink;
import dev.bag.kernel.Step;
import dev.bag.kernel.Steps;
import dev.bag.plan.Between;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Expanded;
import dev.bag.plan.Filtered;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Guarded;
import dev.bag.plan.InOrder.Indexed;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.InOrder.Skipped;
import dev.bag.plan.InOrder.TakenWhile;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Repartitioned.JoinedNeighbours;
import dev.bag.plan.Sampled;
import dev.bag.plan.Scanned;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Sorted;
import dev.bag.plan.Value;
import dev.bag.plan.Value.ValueSlot;
import dev.bag.plan.Within;
import dev.bag.plan.Zipped;
import dev.bag.stage.EndSpec;
import dev.bag.stage.Stage;
import dev.bag.stage.StageRoot;
import dev.bag.trait.Expander;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the operations of a stage, from its ends to its roots: each operation becomes the outlets, one for each of its
 * inputs, through which records reach what comes behind it.
 */
public final class StageCompiler implements Within.Cases<List<Outlet>> {

    private final Stage stage;
    private final IntFunction<? extends Supplier<? extends @Nullable Object>> values;
    private final List<Junction> junctions;
    /** The operation that is being compiled. */
    private int fragment;

    /** Makes the sinks at the ends of a stage. */
    @FunctionalInterface
    public interface EndSinks {
        /** Returns a sink for a part of what comes to the end with number {@code end}. */
        Sink open(int end, Place place);
    }

    private StageCompiler(Stage stage, IntFunction<? extends Supplier<? extends @Nullable Object>> values) {
        this.stage = stage;
        this.values = values;
        this.junctions = new ArrayList<>(stage.fragmentCount());
        for (int i = 0; i < stage.fragmentCount(); i++) {
            junctions.add(new Junction());
        }
    }

    /**
     * Returns what is behind each root and operation.
     *
     * @param ends makes the sinks at the ends
     * @param values returns where the value with a number will be
     */
    public static List<Junction> compile(
            Stage stage, EndSinks ends, IntFunction<? extends Supplier<? extends @Nullable Object>> values) {
        StageCompiler compiler = new StageCompiler(stage, values);
        for (int end = 0; end < stage.ends().size(); end++) {
            compiler.addEnd(end, ends);
        }
        for (int i = stage.fragmentCount() - 1; i >= stage.firstOperation(); i--) {
            compiler.connect(i);
        }
        for (int root = 0; root < stage.firstOperation(); root++) {
            compiler.enter(root);
        }
        return compiler.junctions;
    }

    /**
     * Returns a compiler of the fronts of a stage, one for each root, which have no operation in common.
     *
     * @param values returns where the value with a number will be
     */
    static StageCompiler ofFronts(Stage stage, IntFunction<? extends Supplier<? extends @Nullable Object>> values) {
        return new StageCompiler(stage, values);
    }

    /**
     * Returns what takes the records of {@code root}, as far as the operation {@code last}, whose records are collected.
     *
     * @param last the root itself, or an operation behind it, with one way between
     * @param collector makes a sink that collects the records of a chunk
     */
    Outlet front(int root, int last, Supplier<Sink> collector) {
        junctions.get(last).add(new Outlets.End(0, partition -> collector.get()));
        for (int at = last; at != root; ) {
            connect(at);
            at = Stage.fragment(
                    stage.operations().get(at - stage.firstOperation()).inputs().get(0));
        }
        return junctions.get(root).single();
    }

    private void addEnd(int number, EndSinks sinks) {
        EndSpec end = stage.ends().get(number);
        Place.Numbering numbering = stage.numbering(end.input());
        junctions
                .get(end.input())
                .add(new Outlets.End(
                        number, partition -> sinks.open(number, new Place(end.operator(), partition, numbering))));
    }

    private void connect(int number) {
        fragment = number;
        Within<?> operation = stage.operations().get(number - stage.firstOperation());
        List<Outlet> outlets = operation.match(this);
        List<? extends Node> inputs = operation.inputs();
        for (int i = 0; i < outlets.size(); i++) {
            junctions.get(Stage.fragment(inputs.get(i))).add(outlets.get(i));
        }
    }

    /** Puts in front of what is behind a root what an operation between stages makes of what it has kept. */
    private void enter(int root) {
        fragment = root;
        if (!(stage.roots().get(root).origin() instanceof StageRoot.Origin.OfExchange exchange)) {
            return;
        }
        Between<?> plan = exchange.node();
        List<Outlet> entry = List.of();
        if (plan instanceof Cogrouped<?, ?, ?, ?> cogrouped && cogrouped.expander() != null) {
            entry = expanding(Untyped.expander(cogrouped.expander()));
        } else if (plan instanceof GroupedByKey<?, ?, ?, ?> grouped && grouped.result() != null) {
            entry = chain(Steps.map(operator(), Untyped.function(grouped.result())));
        } else if (plan instanceof Sorted<?, ?> sorted && sorted.key() != null) {
            entry = chain(Steps.map(operator(), keyed -> ((Pair<?, ?>) keyed).second()));
        }
        if (!entry.isEmpty()) {
            Junction junction = new Junction();
            junction.add(entry.get(0));
            junctions.set(root, junction);
        }
    }

    private Junction behind() {
        return junctions.get(fragment);
    }

    private Operator operator() {
        return stage.operator(fragment);
    }

    private Place.Numbering numbering() {
        return stage.numbering(fragment);
    }

    private Supplier<? extends @Nullable Object> value(Value<?> value) {
        return values.apply(((ValueSlot<?>) value).index());
    }

    private List<Outlet> chain(@Nullable Step step) {
        Outlet next = behind().single();
        return List.of(new ChainOutlet(step, next, numbering()));
    }

    private List<Outlet> expanding(Expander<Object, Object> expander) {
        return List.of(new Outlets.Expanding(operator(), numbering(), behind().single(), expander));
    }

    @Override
    public <T> List<Outlet> named(Named<T> plan) {
        return chain(null);
    }

    /** What it lets pass is known to the operations that it is for. */
    @Override
    public <T> List<Outlet> guarded(Guarded<T> plan) {
        return chain(null);
    }

    @Override
    public <T, R> List<Outlet> mapped(Mapped<T, R> plan) {
        return chain(Steps.map(operator(), Untyped.function(plan.function())));
    }

    @Override
    public <T, R> List<Outlet> mappedNotNull(Mapped.NotNull<T, R> plan) {
        return chain(Steps.mapNotNull(operator(), Untyped.toNullable(plan.function())));
    }

    @Override
    public <T> List<Outlet> filtered(Filtered<T> plan) {
        return chain(Steps.filter(operator(), Untyped.predicate(plan.keep())));
    }

    @Override
    public <T, U, R> List<Outlet> mappedWith(Mapped.With<T, U, R> plan) {
        return chain(Steps.mapWith(operator(), value(plan.value()), Untyped.withNullable(plan.function())));
    }

    @Override
    public <T, S, R> List<Outlet> mappedWithResource(Mapped.WithResource<T, S, R> plan) {
        return chain(Steps.mapWithResource(operator(), plan.open(), Untyped.function(plan.function())));
    }

    @Override
    public <T, R> List<Outlet> expanded(Expanded<T, R> plan) {
        return expanding(Untyped.expander(plan.expander()));
    }

    @Override
    public <T, U, R> List<Outlet> expandedWith(Expanded.With<T, U, R> plan) {
        Expander.With<Object, @Nullable Object, Object> expander = Untyped.expander(plan.expander());
        Supplier<? extends @Nullable Object> value = value(plan.value());
        Expander<Object, Object> expanding = (record, out) -> expander.expand(record, value.get(), out);
        return expanding(expanding);
    }

    @Override
    public <T, R> List<Outlet> mappedPartitions(MappedPartitions<T, R> plan) {
        return List.of(new Outlets.Partitions(operator(), Untyped.onIterators(plan.function()), numbering(), behind()));
    }

    @Override
    public <T, R> List<Outlet> mappedElsewhere(MappedPartitions.Elsewhere<T, R> plan) {
        return List.of(new Outlets.Outward(operator(), Untyped.outside(plan.outside()), numbering(), behind()));
    }

    @Override
    public <A, B, R> List<Outlet> zipped(Zipped<A, B, R> plan) {
        Outlets.Zip zip = new Outlets.Zip(operator(), Untyped.function(plan.function()), numbering(), behind());
        return List.of(zip.left(), zip.right());
    }

    @Override
    public <T> List<Outlet> concatenated(Concatenated<T> plan) {
        List<Outlet> outlets = new ArrayList<>();
        for (int offset : stage.offsets(fragment)) {
            outlets.add(new Outlets.Shifted(offset, behind()));
        }
        return outlets;
    }

    @Override
    public <T> List<Outlet> selectedPartition(SelectedPartition<T> plan) {
        return List.of(new Outlets.Selected(plan.index(), behind()));
    }

    @Override
    public <T> List<Outlet> joinedNeighbours(JoinedNeighbours<T> plan) {
        if (!stage.joinsForReal(fragment)) {
            return List.of(behind());
        }
        return List.of(new Outlets.Joined(
                new EvenCut(stage.laneCount(Stage.fragment(plan.input())), plan.partitionCount()), behind()));
    }

    @Override
    public <T> List<Outlet> indexed(Indexed<T> plan) {
        return chain(OrderedSteps.index(operator()));
    }

    @Override
    public <T> List<Outlet> limited(Limited<T> plan) {
        return chain(OrderedSteps.limit(operator(), plan.count()));
    }

    @Override
    public <T> List<Outlet> skipped(Skipped<T> plan) {
        return chain(OrderedSteps.skip(operator(), plan.count()));
    }

    @Override
    public <T> List<Outlet> takenWhile(TakenWhile<T> plan) {
        return chain(OrderedSteps.takeWhile(operator(), Untyped.predicate(plan.keep())));
    }

    @Override
    public <T, A> List<Outlet> scanned(Scanned<T, A> plan) {
        return chain(new ScanStep(operator(), begin(plan.start()), Untyped.function(plan.operation())));
    }

    private static <T, A> ScanStep.Running begin(Scanned.Start<T, A> start) {
        if (start instanceof Scanned.Start.FirstRecord<T, A> first) {
            return ScanStep.Running.fromFirstRecord(Untyped.function(first.toValue()));
        }
        return ScanStep.Running.from(((Scanned.Start.Initial<T, A>) start).value());
    }

    @Override
    public <T> List<Outlet> sampled(Sampled<T> plan) {
        return chain(OrderedSteps.sample(
                operator(),
                (partition, position) -> Sampled.Choice.picks(plan.fraction(), plan.seed(), partition, position)));
    }
}
