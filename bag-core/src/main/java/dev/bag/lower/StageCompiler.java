package dev.bag.lower;

import dev.bag.kernel.Operator;
import dev.bag.kernel.OrderedSteps;
import dev.bag.kernel.ScanStep;
import dev.bag.kernel.Step;
import dev.bag.kernel.Steps;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Distinct;
import dev.bag.plan.Expanded;
import dev.bag.plan.Filtered;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.FromDelayed;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Indexed;
import dev.bag.plan.Limited;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedNotNull;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.MappedWith;
import dev.bag.plan.MappedWithResource;
import dev.bag.plan.Multiplied;
import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Read;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.SampleChoice;
import dev.bag.plan.Sampled;
import dev.bag.plan.ScanStart;
import dev.bag.plan.Scanned;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Skipped;
import dev.bag.plan.Sorted;
import dev.bag.plan.SpreadByKey;
import dev.bag.plan.TakenWhile;
import dev.bag.plan.Value;
import dev.bag.plan.Zipped;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the operations of a stage, from its ends to its roots: each operation becomes the outlets, one for each of its
 * inputs, through which records reach what comes behind it.
 */
final class StageCompiler implements Plan.Cases<List<Outlet>> {

    private final StageGraph graph;
    private final Labels labels;
    private final Function<Value<?>, Supplier<? extends @Nullable Object>> values;
    private final Map<Plan<?>, Junction> junctions = new IdentityHashMap<>();

    private StageCompiler(
            StageGraph graph, Labels labels, Function<Value<?>, Supplier<? extends @Nullable Object>> values) {
        this.graph = graph;
        this.labels = labels;
        this.values = values;
        graph.plans().forEach(plan -> junctions.put(plan, new Junction()));
    }

    /** What is behind each root. */
    static Map<Plan<?>, Junction> compile(
            StageGraph graph, Labels labels, Function<Value<?>, Supplier<? extends @Nullable Object>> values) {
        StageCompiler compiler = new StageCompiler(graph, labels, values);
        for (Terminal<?> terminal : graph.terminals()) {
            compiler.behind(terminal.input()).add(terminal);
        }
        List<Plan<?>> operations = graph.operations();
        for (int i = operations.size() - 1; i >= 0; i--) {
            compiler.connect(operations.get(i));
        }
        return compiler.junctions;
    }

    private void connect(Plan<?> operation) {
        List<Outlet> outlets = operation.match(this);
        List<? extends Node> inputs = operation.inputs();
        for (int i = 0; i < outlets.size(); i++) {
            behind((Plan<?>) inputs.get(i)).add(outlets.get(i));
        }
    }

    private Junction behind(Plan<?> plan) {
        Junction junction = junctions.get(plan);
        if (junction == null) {
            throw new IllegalStateException("not in this stage: " + plan.operator());
        }
        return junction;
    }

    private int count(Plan<?> plan) {
        return graph.leafCount(plan);
    }

    private List<Outlet> chain(Plan<?> plan, @Nullable Step step) {
        Outlet next = behind(plan).single();
        return List.of(new ChainOutlet(step, next, graph.numbering(plan)));
    }

    @Override
    public <T> List<Outlet> named(Named<T> plan) {
        return chain(plan, null);
    }

    @Override
    public <T, R> List<Outlet> mapped(Mapped<T, R> plan) {
        return chain(plan, Steps.map(labels.of(plan), Untyped.function(plan.function())));
    }

    @Override
    public <T, R> List<Outlet> mappedNotNull(MappedNotNull<T, R> plan) {
        return chain(plan, Steps.mapNotNull(labels.of(plan), Untyped.toNullable(plan.function())));
    }

    @Override
    public <T> List<Outlet> filtered(Filtered<T> plan) {
        return chain(plan, Steps.filter(labels.of(plan), Untyped.predicate(plan.keep())));
    }

    @Override
    public <T, U, R> List<Outlet> mappedWith(MappedWith<T, U, R> plan) {
        return chain(
                plan,
                Steps.mapWith(labels.of(plan), values.apply(plan.value()), Untyped.withNullable(plan.function())));
    }

    @Override
    public <T, S, R> List<Outlet> mappedWithResource(MappedWithResource<T, S, R> plan) {
        return chain(plan, Steps.mapWithResource(labels.of(plan), plan.open(), Untyped.function(plan.function())));
    }

    @Override
    public <T, R> List<Outlet> expanded(Expanded<T, R> plan) {
        return List.of(new Outlets.Expanding(
                labels.of(plan),
                graph.numbering(plan),
                behind(plan).single(),
                Untyped.expander(plan.expander())));
    }

    @Override
    public <T, R> List<Outlet> mappedPartitions(MappedPartitions<T, R> plan) {
        return List.of(new Outlets.Partitions(
                labels.of(plan), Untyped.onIterators(plan.function()), graph.numbering(plan), behind(plan)));
    }

    @Override
    public <A, B, R> List<Outlet> zipped(Zipped<A, B, R> plan) {
        Outlets.Zip zip = new Outlets.Zip(
                labels.of(plan), Untyped.function(plan.function()), graph.numbering(plan), behind(plan));
        return List.of(zip.left(), zip.right());
    }

    @Override
    public <T> List<Outlet> concatenated(Concatenated<T> plan) {
        List<Outlet> outlets = new ArrayList<>();
        for (int offset : graph.offsets(plan)) {
            outlets.add(new Outlets.Shifted(offset, behind(plan)));
        }
        return outlets;
    }

    @Override
    public <T> List<Outlet> selectedPartition(SelectedPartition<T> plan) {
        return List.of(new Outlets.Selected(plan.index(), behind(plan)));
    }

    @Override
    public <T> List<Outlet> repartitioned(Repartitioned<T> plan) {
        if (!graph.joinsForReal(plan)) {
            return List.of(behind(plan));
        }
        return List.of(new Outlets.Joined(new Neighbours(count(plan.input()), plan.partitionCount()), behind(plan)));
    }

    @Override
    public <T> List<Outlet> indexed(Indexed<T> plan) {
        return chain(plan, OrderedSteps.index(labels.of(plan)));
    }

    @Override
    public <T> List<Outlet> limited(Limited<T> plan) {
        return chain(plan, OrderedSteps.limit(labels.of(plan), plan.count()));
    }

    @Override
    public <T> List<Outlet> skipped(Skipped<T> plan) {
        return chain(plan, OrderedSteps.skip(labels.of(plan), plan.count()));
    }

    @Override
    public <T> List<Outlet> takenWhile(TakenWhile<T> plan) {
        return chain(plan, OrderedSteps.takeWhile(labels.of(plan), Untyped.predicate(plan.keep())));
    }

    @Override
    public <T, A> List<Outlet> scanned(Scanned<T, A> plan) {
        return chain(
                plan, new ScanStep(labels.of(plan), begin(plan.start()), Untyped.function(plan.operation())));
    }

    private static <T, A> ScanStep.Running begin(ScanStart<T, A> start) {
        if (start instanceof ScanStart.FirstRecord<T, A> first) {
            return ScanStep.Running.fromFirstRecord(Untyped.function(first.toValue()));
        }
        return ScanStep.Running.from(((ScanStart.Initial<T, A>) start).value());
    }

    @Override
    public <T> List<Outlet> sampled(Sampled<T> plan) {
        return chain(
                plan,
                OrderedSteps.sample(
                        labels.of(plan),
                        (partition, position) -> SampleChoice.picks(plan.fraction(), plan.seed(), partition, position)));
    }

    @Override
    public <T> List<Outlet> read(Read<T> plan) {
        throw betweenStages(plan);
    }

    @Override
    public <T> List<Outlet> fromDelayed(FromDelayed<T> plan) {
        throw betweenStages(plan);
    }

    @Override
    public <K, V, W> List<Outlet> cogrouped(Cogrouped<K, V, W> plan) {
        throw betweenStages(plan);
    }

    @Override
    public <T, K> List<Outlet> spreadByKey(SpreadByKey<T, K> plan) {
        throw betweenStages(plan);
    }

    @Override
    public <A, B> List<Outlet> multiplied(Multiplied<A, B> plan) {
        throw betweenStages(plan);
    }

    @Override
    public <T, K, A extends @Nullable Object, R> List<Outlet> foldedByKey(FoldedByKey<T, K, A, R> plan) {
        throw betweenStages(plan);
    }

    @Override
    public <T, K, V> List<Outlet> groupedByKey(GroupedByKey<T, K, V> plan) {
        throw betweenStages(plan);
    }

    @Override
    public <T, K> List<Outlet> distinct(Distinct<T, K> plan) {
        throw betweenStages(plan);
    }

    @Override
    public <T> List<Outlet> sorted(Sorted<T> plan) {
        throw betweenStages(plan);
    }

    private IllegalStateException betweenStages(Plan<?> plan) {
        Operator operator = labels.of(plan);
        return new IllegalStateException(operator.label() + " lies between stages, not within one");
    }
}
