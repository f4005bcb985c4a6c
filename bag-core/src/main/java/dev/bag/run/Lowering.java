package dev.bag.run;

import dev.bag.kernel.AheadSink;
import dev.bag.kernel.Operator;
import dev.bag.plan.Guarded;
import dev.bag.run.call.CallGraph;
import dev.bag.run.call.CallTask;
import dev.bag.run.end.FoldEnd;
import dev.bag.run.end.LocalExchange;
import dev.bag.run.end.Produced;
import dev.bag.run.end.Produced.Cell;
import dev.bag.run.end.SegmentsEnd;
import dev.bag.run.end.StageEnd;
import dev.bag.run.end.StreamEnd;
import dev.bag.run.end.WriteEnd;
import dev.bag.run.skip.RunSkips;
import dev.bag.run.skip.StageSkips;
import dev.bag.run.watch.StageTally;
import dev.bag.run.watch.StageWatch;
import dev.bag.run.wire.Ahead;
import dev.bag.run.wire.Junction;
import dev.bag.run.wire.StageCompiler;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Sink;
import dev.bag.stage.EndSpec;
import dev.bag.stage.Goal;
import dev.bag.stage.PlanText;
import dev.bag.stage.Program;
import dev.bag.stage.Stage;
import dev.bag.stage.StageRoot;
import dev.bag.stage.StageRoot.Origin;
import dev.bag.trait.Traits.Decidable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a program into batches of this process: a stage into one of as many tasks as it has, all calls into a graph of
 * their own. A batch follows those that make what it needs.
 */
final class Lowering {
    private final Program program;
    private final RunScope scope;
    private final OpenThings openThings = new OpenThings();
    /** By the number of the value; null until it is needed. */
    private final @Nullable Cell[] cells;
    /** By the number of the exchange; null until a stage ends there. */
    private final @Nullable LocalExchange[] exchanges;

    private final List<Batch> batches = new ArrayList<>();
    /** By the numbers of their values, in the order of the program. */
    private final Map<Integer, WriteEnd> writes = new LinkedHashMap<>();

    /** By the number of the value: what computes it, if that is a call, or a call needs it; else null. */
    private final @Nullable CallTask[] tasks;
    /** By number: whether it is a call. */
    private final BitSet calls = new BitSet();

    /** By the number of a value that a stage computes: that by which calls know it. */
    private final Map<Integer, Long> ids = new HashMap<>();

    private final CallGraph graph;
    /** What lets stages be worked through elsewhere; null where they are here. */
    private final @Nullable ClusterStages far;

    private @Nullable Handing stream;
    private int passes;

    private Lowering(Program program, RunScope scope) {
        this.program = program;
        this.scope = scope;
        this.graph = scope.newCalls();
        this.tasks = new @Nullable CallTask[program.numbers()];
        this.cells = new @Nullable Cell[program.numbers()];
        this.exchanges = new @Nullable LocalExchange[program.numbers()];
        Cluster.Run cluster = scope.cluster();
        this.far = cluster == null ? null : new ClusterStages(program, cluster, around(scope));
    }

    private ClusterStages.Around around(RunScope of) {
        return new ClusterStages.Around(
                this::cell,
                this::needs,
                this::writing,
                this::add,
                of::newStage,
                of.tally(),
                of.space(),
                of::kept,
                of::keptElsewhere,
                handing -> stream = handing);
    }

    /** Returns what is run for {@code program}. */
    static Lowered lower(Program program, RunScope scope) {
        Lowering lowering = new Lowering(program, scope);
        lowering.findWrites();
        lowering.findPolicies();
        for (Program.Constant constant : program.constants()) {
            lowering.cell(constant.number()).set(constant.value());
        }
        if (program.isOpen()) {
            lowering.graph.open();
        }
        for (Program.Step step : program.steps()) {
            if (step instanceof Program.Call call) {
                lowering.lower(call);
            } else {
                lowering.lower((Program.Pass) step);
            }
        }
        List<Supplier<? extends @Nullable Object>> results = new ArrayList<>();
        for (int number : program.results()) {
            results.add(
                    lowering.calls.get(number) ? lowering.graph.wanted(lowering.task(number)) : lowering.cell(number));
        }
        lowering.addWrites();
        return new Lowered(lowering.batches, results, lowering.openThings, lowering.stream, program.what());
    }

    /** Returns what is run for {@code goal} if no bag belongs to it; else null. Then nothing has to be planned. */
    static @Nullable Lowered callsOnly(Goal goal, RunScope scope) {
        CallGraph graph = scope.newCalls();
        List<Supplier<@Nullable Object>> results = goal instanceof Goal.Values ? graph.addAll(goal.wanted()) : null;
        if (results == null) {
            return null;
        }
        Batch beginning = graph.beginning();
        List<Batch> batches = beginning == null ? List.of() : List.of(beginning);
        return new Lowered(batches, List.copyOf(results), new OpenThings(), null, () -> "calls");
    }

    /** Finds the sinks that are written to, which are closed when the run is over. */
    private void findWrites() {
        for (Program.Step step : program.steps()) {
            if (step instanceof Program.Pass pass) {
                for (EndSpec spec : pass.stage().ends()) {
                    if (spec instanceof EndSpec.Write write) {
                        Sink.Plan plan = PlanText.plan(program, pass.stage().laneCount(write.input()));
                        WriteEnd end = new WriteEnd(write.node(), plan, write.operator(), cell(write.value()));
                        openThings.addLast(end::close);
                        writes.put(write.value(), end);
                    }
                }
            }
        }
    }

    /** Finds the policies. Their files are closed when the run is over. */
    private void findPolicies() {
        for (Program.Step step : program.steps()) {
            if (step instanceof Program.Pass pass) {
                Stage stage = pass.stage();
                for (int i = 0; i < stage.operations().size(); i++) {
                    if (stage.operations().get(i) instanceof Guarded<?> guarded) {
                        Operator operator = stage.operator(stage.firstOperation() + i);
                        scope.skips().add(operator.cover().node(), guarded.policy());
                    }
                }
            }
        }
        openThings.addLast(scope.skips()::close);
    }

    /**
     * Lets sinks begin before all else, so that one that cannot be written to is told at once; and lets them commit: when
     * all else has succeeded, unless a value of the run needs the result.
     */
    private void addWrites() {
        List<Batch> last = new ArrayList<>();
        writes.values().forEach(end -> (end.isNeeded() ? batches : last).add(end.commit()));
        for (Batch commit : last) {
            batches.forEach(commit::after);
            batches.add(commit);
            for (int number : program.results()) {
                if (calls.get(number)) {
                    graph.before(commit, task(number), value -> {});
                }
            }
        }
        Batch beginning = graph.beginning();
        if (beginning != null) {
            batches.add(beginning);
        }
        if (writes.isEmpty() && !scope.skips().writesFiles()) {
            return;
        }
        BeginBatch begin = new BeginBatch(scope.skips(), List.copyOf(writes.values()));
        batches.forEach(batch -> batch.after(begin));
        batches.add(begin);
    }

    /** Begins all sinks of a run, in their order, and before them the files of what is left out. */
    private static final class BeginBatch extends Batch {
        private final RunSkips skips;
        private final List<WriteEnd> ends;

        BeginBatch(RunSkips skips, List<WriteEnd> ends) {
            super(1);
            this.skips = skips;
            this.ends = ends;
        }

        @Override
        protected void run(int index, Execution execution) {
            skips.begin();
            ends.forEach(WriteEnd::begin);
        }
    }

    private void lower(Program.Call call) {
        List<CallTask> arguments = new ArrayList<>(call.arguments().length);
        for (int argument : call.arguments()) {
            arguments.add(task(argument));
        }
        StageWatch watch = scope.watchesCalls() ? scope.newStage(1, call::what) : StageWatch.NONE;
        tasks[call.result()] = graph.call(call.node(), arguments, call.operator(), watch::beginCall);
        calls.set(call.result());
    }

    /** Returns the task of a value. That of a value which a stage computes is brought to it when the stage is over. */
    private CallTask task(int number) {
        CallTask task = tasks[number];
        if (task == null) {
            Cell cell = cell(number);
            if (cell.isSet()) {
                task = CallGraph.given(cell.get());
            } else {
                task = graph.expected(ids.get(number));
                Batch brings = new Bringing(graph, task, cell);
                cell.neededBy(brings);
                batches.add(brings);
            }
            tasks[number] = task;
        }
        return task;
    }

    /** Brings a value to the calls. */
    private static final class Bringing extends Batch {
        private final CallGraph graph;
        private final CallTask task;
        private final Cell value;

        Bringing(CallGraph graph, CallTask task, Cell value) {
            super(1);
            this.graph = graph;
            this.task = task;
            this.value = value;
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            graph.bring(task, value.get(), execution);
        }
    }

    /** Makes {@code batch} wait for a value. */
    private void needs(int number, Batch batch) {
        if (calls.get(number)) {
            graph.before(batch, task(number), cell(number)::set);
        } else {
            cell(number).neededBy(batch);
        }
    }

    private void lower(Program.Pass pass) {
        if (far != null) {
            far.lower(pass, new StageSkips(scope.skips(), passes++));
            return;
        }
        Stage stage = pass.stage();
        List<StageEnd<?>> ends = new ArrayList<>(stage.ends().size());
        for (EndSpec spec : stage.ends()) {
            StageEnd<?> end = end(spec, stage);
            ends.add(end);
        }
        List<LocalStage.Root> roots = new ArrayList<>(stage.roots().size());
        for (StageRoot root : stage.roots()) {
            roots.add(root(root, scope.rules().retries() == 0 && !isAnyDecidable(stage.ends())));
        }
        List<Junction> junctions =
                StageCompiler.compile(stage, (end, place) -> ends.get(end).newSink(place), this::cell);
        StageTally tally = new StageTally(scope.tally());
        StageWatch watch = scope.newStage(pass.tasks().count(), LocalStage.view(pass, roots, ends, tally));
        StageSkips skips = new StageSkips(scope.skips(), passes++);
        List<@Nullable Ahead> ahead =
                stage.firstInOrder().isPresent() && scope.rules().retries() == 0
                        ? Ahead.of(stage, junctions, this::cell, AheadSink::new)
                        : List.of();
        LocalStage local =
                new LocalStage(pass, roots, junctions, ahead, ends, watch, skips, tally, scope.rules(), openThings);
        if (stage.roots().stream().anyMatch(root -> root.origin() instanceof Origin.OfSource)) {
            scope.tally().expects(local::bytesInAll);
        }
        Batch batch = batch(local);
        for (LocalStage.Root root : roots) {
            for (Produced needed : root.needs()) {
                needed.neededBy(batch);
            }
        }
        for (int value : stage.values()) {
            needs(value, batch);
        }
        batches.add(batch);
        for (int i = 0; i < ends.size(); i++) {
            addFollower(stage.ends().get(i), ends.get(i), batch);
        }
        bringValues(stage);
    }

    /** Adds a batch that is done elsewhere. */
    private void add(Batch batch, Stage stage) {
        batches.add(batch);
        bringValues(stage);
    }

    private void bringValues(Stage stage) {
        for (EndSpec spec : stage.ends()) {
            if (program.isOpen() && spec instanceof EndSpec.Fold fold) {
                ids.put(fold.value(), fold.node().id());
                task(fold.value());
            }
        }
    }

    /** Returns the end that writes the value with a number. */
    private WriteEnd writing(int value) {
        return Objects.requireNonNull(writes.get(value));
    }

    /** Whether a result may be decided early: then a task that fails may be run once more. */
    private static boolean isAnyDecidable(List<EndSpec> ends) {
        for (EndSpec end : ends) {
            if (end instanceof EndSpec.Fold fold && fold.node().fold() instanceof Decidable) {
                return true;
            }
        }
        return false;
    }

    private Batch batch(LocalStage local) {
        for (EndSpec end : local.pass().stage().ends()) {
            if (end instanceof EndSpec.Stream) {
                StreamBatch streams = new StreamBatch(local, scope.tasksAhead());
                stream = streams;
                return streams;
            }
        }
        return new StageBatch(local);
    }

    private StageEnd<?> end(EndSpec spec, Stage stage) {
        Operator operator = spec.operator();
        if (spec instanceof EndSpec.Fold fold) {
            return new FoldEnd(fold.node(), operator, cell(fold.value()));
        }
        if (spec instanceof EndSpec.Write write) {
            return Objects.requireNonNull(writes.get(write.value()));
        }
        if (spec instanceof EndSpec.Exchange exchange) {
            LocalExchange local = exchanges[exchange.exchange()];
            if (local == null) {
                boolean runsAgain = scope.rules().retries() > 0;
                boolean gathersOnce = !runsAgain && !isAnyDecidable(stage.ends());
                local = LocalExchange.of(exchange.node(), operator, scope.space(), runsAgain, gathersOnce);
                exchanges[exchange.exchange()] = local;
            }
            return local.ends().get(exchange.side());
        }
        if (spec instanceof EndSpec.Keep) {
            return SegmentsEnd.keepingPartitions(stage.laneCount(spec.input()), operator, scope.kept());
        }
        return new StreamEnd(operator);
    }

    /** What must follow a stage before what it has left can be read. */
    private void addFollower(EndSpec spec, StageEnd<?> end, Batch stage) {
        if (end instanceof WriteEnd write) {
            write.commit().after(stage);
            write.output().producedBy(write.commit());
            return;
        }
        Batch afterwards = spec instanceof EndSpec.Exchange exchange
                ? exchange(exchange.exchange()).afterwards()
                : null;
        if (afterwards != null) {
            afterwards.after(stage);
            batches.add(afterwards);
        }
        end.output().producedBy(afterwards == null ? stage : afterwards);
    }

    private LocalExchange exchange(int number) {
        LocalExchange exchange = exchanges[number];
        if (exchange == null) {
            throw new IllegalStateException("exchange " + number + " is read before a stage ends there");
        }
        return exchange;
    }

    private Cell cell(int number) {
        Cell cell = cells[number];
        if (cell == null) {
            cell = new Cell();
            cells[number] = cell;
        }
        return cell;
    }

    /** @param isReadOnce whether no partition is read again */
    private LocalStage.Root root(StageRoot root, boolean isReadOnce) {
        if (root.origin() instanceof Origin.OfSource source) {
            return new LocalStage.Root(program.sources().get(source.source())::parts, List.of());
        }
        if (root.origin() instanceof Origin.OfValues of) {
            List<CallTask> values = new ArrayList<>(of.values().length);
            for (int value : of.values()) {
                CallTask task = task(value);
                CallGraph.use(task);
                values.add(task);
            }
            DelayedParts parts = new DelayedParts(graph, values, isReadOnce);
            return new LocalStage.Root(() -> parts, List.of());
        }
        LocalExchange exchange = exchange(((Origin.OfExchange) root.origin()).exchange());
        return new LocalStage.Root(exchange.parts(), exchange.outputs());
    }

    /**
     * What a program has become in this process.
     *
     * @param batches what runs
     * @param results where the results will be, in the order in which they were asked for
     * @param openThings what the run may leave open
     * @param stream what hands records to a reader, if that is what the run is for
     * @param what returns what the run is for, in one line
     */
    record Lowered(
            List<Batch> batches,
            List<Supplier<? extends @Nullable Object>> results,
            OpenThings openThings,
            @Nullable Handing stream,
            Supplier<String> what) {

        /** Returns what hands records to a reader. */
        Handing reading() {
            if (stream == null) {
                throw new IllegalStateException("this run hands no records to a reader");
            }
            return stream;
        }
    }
}
