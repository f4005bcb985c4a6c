package dev.bag.lower;

import dev.bag.kernel.Carried;
import dev.bag.kernel.OrderedSinks;
import dev.bag.kernel.Place;
import dev.bag.kernel.ScanSink;
import dev.bag.kernel.Sink;
import dev.bag.kernel.Step;
import dev.bag.kernel.Steps;
import dev.bag.kernel.Tally;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Expanded;
import dev.bag.plan.ExpandedWith;
import dev.bag.plan.Filtered;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Indexed;
import dev.bag.plan.JoinedNeighbours;
import dev.bag.plan.Limited;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedNotNull;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.MappedWith;
import dev.bag.plan.MappedWithResource;
import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.SampleChoice;
import dev.bag.plan.Sampled;
import dev.bag.plan.ScanStart;
import dev.bag.plan.Scanned;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Skipped;
import dev.bag.plan.Sorted;
import dev.bag.plan.TakenWhile;
import dev.bag.plan.Value;
import dev.bag.plan.Within;
import dev.bag.plan.Zipped;
import dev.bag.trait.Expander;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the operations of a stage, from its ends to its roots: each operation becomes the outlets, one for each of its
 * inputs, through which records reach what comes behind it.
 */
final class StageCompiler implements Within.Cases<List<Outlet>> {

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
        graph.roots().forEach(compiler::enter);
        return compiler.junctions;
    }

    private void connect(Plan<?> operation) {
        List<Outlet> outlets = ((Within<?>) operation).match(this);
        List<? extends Node> inputs = operation.inputs();
        for (int i = 0; i < outlets.size(); i++) {
            behind((Plan<?>) inputs.get(i)).add(outlets.get(i));
        }
    }

    /** Puts in front of what is behind a root what an operation between stages makes of what it has kept. */
    private void enter(StageRoot root) {
        Plan<?> plan = root.plan();
        Outlet entry = null;
        if (plan instanceof Cogrouped<?, ?, ?, ?> cogrouped && cogrouped.expander() != null) {
            Expander<Object, Object> expander = Untyped.expander(cogrouped.expander());
            entry = passing(plan, (place, out) -> Outlets.expanding(place, expander, out)).get(0);
        } else if (plan instanceof GroupedByKey<?, ?, ?, ?> grouped && grouped.result() != null) {
            entry = chain(plan, Steps.map(labels.of(plan), Untyped.function(grouped.result()))).get(0);
        } else if (plan instanceof Sorted<?, ?> sorted && sorted.key() != null) {
            entry = chain(plan, Steps.map(labels.of(plan), keyed -> ((Pair<?, ?>) keyed).second())).get(0);
        }
        if (entry != null) {
            Junction junction = new Junction();
            junction.add(entry);
            junctions.put(plan, junction);
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

    private List<Outlet> passing(Plan<?> plan, BiFunction<Place, Sink, Sink> make) {
        return List.of(Outlets.passing(labels.of(plan), graph.numbering(plan), behind(plan), make));
    }

    private List<Outlet> carrying(Plan<?> plan, Carried carried, BiFunction<Place, Sink, Sink> make) {
        return List.of(Outlets.carrying(labels.of(plan), graph.numbering(plan), behind(plan), carried, make));
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
        Expander<Object, Object> expander = Untyped.expander(plan.expander());
        return passing(plan, (place, out) -> Outlets.expanding(place, expander, out));
    }

    @Override
    public <T, U, R> List<Outlet> expandedWith(ExpandedWith<T, U, R> plan) {
        Expander.With<Object, @Nullable Object, Object> expander = Untyped.expander(plan.expander());
        Supplier<? extends @Nullable Object> value = values.apply(plan.value());
        Expander<Object, Object> expanding = (record, out) -> expander.expand(record, value.get(), out);
        return passing(plan, (place, out) -> Outlets.expanding(place, expanding, out));
    }

    @Override
    public <T, R> List<Outlet> mappedPartitions(MappedPartitions<T, R> plan) {
        return List.of(Outlets.partitions(
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
            outlets.add(Outlets.shifted(offset, behind(plan)));
        }
        return outlets;
    }

    @Override
    public <T> List<Outlet> selectedPartition(SelectedPartition<T> plan) {
        return List.of(Outlets.selected(plan.index(), behind(plan)));
    }

    @Override
    public <T> List<Outlet> joinedNeighbours(JoinedNeighbours<T> plan) {
        if (!graph.joinsForReal(plan)) {
            return List.of(behind(plan));
        }
        return List.of(Outlets.joined(new Neighbours(count(plan.input()), plan.partitionCount()), behind(plan)));
    }

    @Override
    public <T> List<Outlet> indexed(Indexed<T> plan) {
        Tally next = new Tally(0);
        return carrying(plan, next, (place, out) -> OrderedSinks.index(next, out));
    }

    @Override
    public <T> List<Outlet> limited(Limited<T> plan) {
        Tally left = new Tally(plan.count());
        return carrying(plan, left, (place, out) -> OrderedSinks.limit(left, out));
    }

    @Override
    public <T> List<Outlet> skipped(Skipped<T> plan) {
        Tally left = new Tally(plan.count());
        return carrying(plan, left, (place, out) -> OrderedSinks.skip(left, out));
    }

    @Override
    public <T> List<Outlet> takenWhile(TakenWhile<T> plan) {
        Tally open = new Tally(1);
        return carrying(
                plan, open, (place, out) -> OrderedSinks.takeWhile(place, Untyped.predicate(plan.keep()), open, out));
    }

    @Override
    public <T, A> List<Outlet> scanned(Scanned<T, A> plan) {
        ScanSink.Running running = begin(plan.start());
        return carrying(
                plan, running, (place, out) -> new ScanSink(place, running, Untyped.function(plan.operation()), out));
    }

    private static <T, A> ScanSink.Running begin(ScanStart<T, A> start) {
        if (start instanceof ScanStart.FirstRecord<T, A> first) {
            return ScanSink.Running.fromFirstRecord(Untyped.function(first.toValue()));
        }
        return ScanSink.Running.from(((ScanStart.Initial<T, A>) start).value());
    }

    @Override
    public <T> List<Outlet> sampled(Sampled<T> plan) {
        return passing(
                plan,
                (place, out) -> OrderedSinks.sample(
                        place.partition(),
                        (partition, position) -> SampleChoice.picks(plan.fraction(), plan.seed(), partition, position),
                        out));
    }
}
