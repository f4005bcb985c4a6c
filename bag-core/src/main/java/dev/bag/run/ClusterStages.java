package dev.bag.run;

import dev.bag.kernel.GatherFold.Rope;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.OperatorFailure;
import dev.bag.run.end.FarExchange;
import dev.bag.run.end.FoldEnd;
import dev.bag.run.end.LocalExchange;
import dev.bag.run.end.Produced;
import dev.bag.run.end.Produced.Cell;
import dev.bag.run.end.SegmentsEnd.ShuffleOutput;
import dev.bag.run.end.StageEnd;
import dev.bag.run.end.WriteEnd;
import dev.bag.run.skip.StageSkips;
import dev.bag.run.skip.TaskSkips;
import dev.bag.run.watch.RunObserver.StageView;
import dev.bag.run.watch.RunTally;
import dev.bag.run.watch.StageTally;
import dev.bag.run.watch.StageWatch;
import dev.bag.run.watch.StageWatch.TaskWatch;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Part;
import dev.bag.source.Sink.Output;
import dev.bag.spill.RunSpace;
import dev.bag.stage.EndSpec;
import dev.bag.stage.Program;
import dev.bag.stage.Stage;
import dev.bag.stage.StageRoot;
import dev.bag.stage.StageRoot.Origin;
import dev.bag.stage.StageTasks;
import dev.bag.value.Storage;
import java.io.IOException;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches of the stages of a program that a {@link Cluster} works through: one task each, which waits until the cluster
 * has done the stage. What its tasks have left is merged here, in order.
 */
final class ClusterStages {

    private final Program program;
    private final Cluster.Run cluster;
    private final Around around;
    /** What lies between stages, by the number of the exchange. */
    private final Map<Integer, Between> betweens = new HashMap<>();

    ClusterStages(Program program, Cluster.Run cluster, Around around) {
        this.program = program;
        this.cluster = cluster;
        this.around = around;
    }

    /**
     * What of the run this needs.
     *
     * @param cell returns where the value with a number is
     * @param needs makes a batch wait for the value with a number
     * @param writing returns the end that writes the value with a number
     * @param add adds the batch of a stage
     * @param watch makes what tells of a stage with so many tasks
     * @param kept returns where what is kept would lie in this process
     * @param keep takes what the cluster has kept
     * @param stream takes where the records of a stream will be
     */
    record Around(
            IntFunction<Cell> cell,
            BiConsumer<Integer, Batch> needs,
            IntFunction<WriteEnd> writing,
            BiConsumer<Batch, Stage> add,
            BiFunction<Integer, StageView, StageWatch> watch,
            RunTally tally,
            RunSpace space,
            Supplier<ShuffleOutput> kept,
            Consumer<Engine.Kept> keep,
            Consumer<Handing> stream) {}

    /** What the cluster has for an exchange; what keeps only the first records is here. */
    private static final class Between extends Produced {

        private final Cluster.Run cluster;
        private final int number;
        private final @Nullable LocalExchange top;
        /** All stages that end here. */
        private final List<Batch> producers = new ArrayList<>(1);

        Between(Cluster.Run cluster, int number, @Nullable LocalExchange top) {
            this.cluster = cluster;
            this.number = number;
            this.top = top;
        }

        @Override
        protected void release() {
            cluster.release(number);
        }
    }

    void lower(Program.Pass pass, StageSkips skips) {
        Stage stage = pass.stage();
        List<@Nullable StageEnd<?>> ends = new ArrayList<>();
        List<Between> read = new ArrayList<>();
        for (EndSpec spec : stage.ends()) {
            ends.add(end(spec));
        }
        for (StageRoot root : stage.roots()) {
            if (root.origin() instanceof Origin.OfExchange exchange) {
                read.add(Objects.requireNonNull(betweens.get(exchange.exchange())));
            }
        }
        Batch batch = new Pass(this, pass, ends, read, skips);
        for (Between between : read) {
            between.neededBy(batch);
            between.producers.forEach(batch::after);
        }
        for (int value : stage.values()) {
            around.needs().accept(value, batch);
        }
        for (StageRoot root : stage.roots()) {
            if (root.origin() instanceof Origin.OfValues of) {
                for (int value : of.values()) {
                    around.needs().accept(value, batch);
                }
            }
        }
        for (int i = 0; i < ends.size(); i++) {
            EndSpec spec = stage.ends().get(i);
            StageEnd<?> end = ends.get(i);
            if (spec instanceof EndSpec.Exchange exchange) {
                Objects.requireNonNull(betweens.get(exchange.exchange()))
                        .producers
                        .add(batch);
            } else if (end instanceof WriteEnd write) {
                write.commit().after(batch);
                write.output().producedBy(write.commit());
            } else if (end != null) {
                end.output().producedBy(batch);
            }
        }
        around.add().accept(batch, stage);
    }

    private @Nullable StageEnd<?> end(EndSpec spec) {
        if (spec instanceof EndSpec.Fold fold) {
            return new FoldEnd(fold.node(), spec.operator(), around.cell().apply(fold.value()));
        }
        if (spec instanceof EndSpec.Write write) {
            return around.writing().apply(write.value());
        }
        if (spec instanceof EndSpec.Exchange exchange) {
            Between between = betweens.computeIfAbsent(exchange.exchange(), number -> {
                LocalExchange top = FarExchange.isTop(exchange.node())
                        ? LocalExchange.of(exchange.node(), spec.operator(), around.space(), false, false)
                        : null;
                return new Between(cluster, number, top);
            });
            return between.top == null ? null : between.top.ends().get(exchange.side());
        }
        return null;
    }

    /** The bytes of a part, or null for what the cluster has. */
    private byte @Nullable [] part(Stage stage, StageTasks.RootPartition partition) throws Exception {
        Origin origin = stage.roots().get(partition.root()).origin();
        if (origin instanceof Origin.OfSource source) {
            List<? extends Part<?>> parts =
                    program.sources().get(source.source()).parts();
            Part<?> part = parts.isEmpty() ? RecordsOf.none() : parts.get(partition.partition());
            if (part instanceof Engine.KeptPart kept) {
                int number = cluster.numberOf(kept.kept());
                return number < 0
                        ? FarStage.Parts.kept(number, kept.partition())
                        : FarStage.Parts.of(RecordsOf.kept(kept));
            }
            return sent(partition, part);
        }
        if (origin instanceof Origin.OfValues of) {
            return FarStage.Parts.of(
                    of.values().length == 0
                            ? RecordsOf.none()
                            : RecordsOf.iterable(around.cell()
                                    .apply(of.values()[partition.partition()])
                                    .get()));
        }
        Between between = Objects.requireNonNull(betweens.get(((Origin.OfExchange) origin).exchange()));
        return between.top == null
                ? null
                : FarStage.Parts.of(between.top.parts().get().get(partition.partition()));
    }

    /** What a task reads of exchanges, and of what is kept. */
    private List<FarExchange.Need> needs(Program.Pass pass, int task) {
        List<FarExchange.Need> needs = new ArrayList<>();
        for (StageTasks.RootPartition partition : pass.tasks().rootPartitions(task)) {
            Origin origin = pass.stage().roots().get(partition.root()).origin();
            if (origin instanceof Origin.OfExchange exchange && !FarExchange.isTop(exchange.node())) {
                needs.addAll(FarExchange.needs(exchange, partition.partition()));
            } else if (origin instanceof Origin.OfSource source) {
                List<? extends Part<?>> parts =
                        program.sources().get(source.source()).parts();
                if (!parts.isEmpty() && parts.get(partition.partition()) instanceof Engine.KeptPart kept) {
                    int number = cluster.numberOf(kept.kept());
                    if (number < 0) {
                        needs.add(new FarExchange.Need(number, 0, kept.partition()));
                    }
                }
            }
        }
        return needs;
    }

    private static byte[] sent(StageTasks.RootPartition partition, Part<?> part) {
        try {
            return FarStage.Parts.of(part);
        } catch (IOException e) {
            throw partition.place().failure(null, RecordsOf.unsendable("what it reads", e, ""));
        }
    }

    /** The batch of a stage. */
    private static final class Pass extends Batch {

        private final ClusterStages run;
        private final Program.Pass pass;
        private final Stage stage;
        private final List<@Nullable StageEnd<?>> ends;
        private final List<Between> read;
        private final StageSkips skips;
        private final StageTally tally;
        private final StageWatch watch;
        /** Where records go that a reader takes as they come, or null. */
        private final @Nullable FarHandover handover;

        Pass(
                ClusterStages run,
                Program.Pass pass,
                List<@Nullable StageEnd<?>> ends,
                List<Between> read,
                StageSkips skips) {
            super(1);
            this.run = run;
            this.pass = pass;
            this.stage = pass.stage();
            this.ends = ends;
            this.read = read;
            this.skips = skips;
            this.tally = new StageTally(run.around.tally());
            this.watch = run.around.watch().apply(pass.tasks().count(), tally.view(pass::what));
            this.handover = stage.ends().stream()
                    .filter(EndSpec.Stream.class::isInstance)
                    .map(end -> new FarHandover(stage.laneCount(end.input())))
                    .findAny()
                    .orElse(null);
            if (handover != null) {
                run.around.stream().accept(handover);
            }
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            Map<Integer, @Nullable Object> values = new HashMap<>();
            for (int value : stage.values()) {
                values.put(value, run.around.cell().apply(value).get());
            }
            Map<Integer, Output<Object, Object, ?>> outputs = new HashMap<>();
            for (int i = 0; i < ends.size(); i++) {
                if (ends.get(i) instanceof WriteEnd write) {
                    outputs.put(i, write.begunOutput());
                }
            }
            Failed failed = new Failed();
            Cluster.Work work =
                    new Cluster.Work(pass, order(values, outputs), this::parts, task -> run.needs(pass, task));
            run.cluster.work(work, left -> take(TaskLeft.read(left), failed));
            if (failed.first != null) {
                throw failed.first;
            }
        }

        private byte[] order(Map<Integer, @Nullable Object> values, Map<Integer, Output<Object, Object, ?>> outputs) {
            refuseVariablesOfTheShell();
            try {
                return FarStage.order(stage, values, outputs);
            } catch (IOException e) {
                throw unsendable(e);
            }
        }

        /** Each operation, and what messages call it. */
        private Map<Object, Operator> operations() {
            Map<Object, Operator> operations = new LinkedHashMap<>();
            for (int i = 0; i < stage.operations().size(); i++) {
                operations.put(stage.operations().get(i), stage.operator(stage.firstOperation() + i));
            }
            stage.ends().forEach(end -> operations.put(end, end.operator()));
            return operations;
        }

        private void refuseVariablesOfTheShell() {
            operations().forEach((operation, operator) -> {
                for (SerializedLambda lambda : SentGraph.lambdasOf(operation)) {
                    ShellVariables.readBy(lambda).ifPresent(variable -> {
                        throw OperatorFailure.of(
                                operator,
                                null,
                                new IllegalArgumentException("a function reads the variable \"" + variable
                                        + "\" of jshell, which has no value where the function runs. Make the bag in a method"
                                        + " with a parameter of that value, or use mapWith"));
                    });
                }
            });
        }

        /** Names the first operation that has something that cannot be serialized, and the way there. */
        private OperatorFailure unsendable(IOException reason) {
            for (Map.Entry<Object, Operator> each : operations().entrySet()) {
                Optional<String> way = SentGraph.wayToUnsendable(each.getKey());
                if (way.isPresent()) {
                    return OperatorFailure.of(
                            each.getValue(), null, RecordsOf.unsendable("a function", reason, way.get()));
                }
            }
            return OperatorFailure.of(
                    stage.ends().get(0).operator(), null, RecordsOf.unsendable("a function", reason, ""));
        }

        private List<byte @Nullable []> parts(int task) throws Exception {
            List<byte @Nullable []> parts = new ArrayList<>();
            for (StageTasks.RootPartition partition : pass.tasks().rootPartitions(task)) {
                parts.add(run.part(stage, partition));
            }
            return Collections.unmodifiableList(parts);
        }

        /** The failure that counts is that of the first task. */
        private static final class Failed {
            private int task = Integer.MAX_VALUE;
            private @Nullable Throwable first;
        }

        private boolean take(TaskLeft left, Failed failed) throws Exception {
            TaskWatch told = watch.begin(left.task());
            try {
                if (left.failure() != null) {
                    throw left.failure();
                }
                if (!left.skipped().isEmpty()) {
                    TaskSkips skipped = skips.open(left.task(), 0, told);
                    skipped.addAll(left.skipped());
                    skipped.commit(null);
                }
                tally.commit(left.tally(), null);
                for (TaskLeft.End end : left.ends()) {
                    deposit(end);
                }
                told.ended();
                if (handover != null) {
                    handover.awaitRoom();
                }
                return true;
            } catch (Throwable e) {
                Execution execution = Execution.current();
                if (execution != null) {
                    told.failed(e, execution);
                }
                if (left.task() < failed.task) {
                    failed.task = left.task();
                    failed.first = e;
                }
                return false;
            }
        }

        private void deposit(TaskLeft.End left) throws Throwable {
            if (handover != null && stage.ends().get(left.number()) instanceof EndSpec.Stream) {
                handover.bring(left.lane(), (Rope) Objects.requireNonNull(left.partial()));
                return;
            }
            StageEnd<?> end = Objects.requireNonNull(ends.get(left.number()));
            EndSpec spec = stage.ends().get(left.number());
            if (end instanceof WriteEnd write) {
                Place place = new Place(spec.operator(), left.lane(), stage.numbering(spec.input()));
                write.depositWritten(left.lane(), place, left.partial());
            } else {
                end.depositPartial(left.lane(), left.partial());
            }
        }

        @Override
        protected void completed() throws Throwable {
            skips.settle();
            if (handover != null) {
                handover.ended();
            }
            for (int i = 0; i < ends.size(); i++) {
                StageEnd<?> end = ends.get(i);
                if (end != null) {
                    end.completed();
                }
                if (stage.ends().get(i) instanceof EndSpec.Keep) {
                    boolean onDisk = run.around.kept().get().area().isOnDisk();
                    run.around.keep().accept(run.cluster.kept(onDisk ? Storage.DISK : Storage.MEMORY));
                }
            }
            for (Between between : read) {
                between.doneReading();
            }
            watch.ended();
        }
    }
}
