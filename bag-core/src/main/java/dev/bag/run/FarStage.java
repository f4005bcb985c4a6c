package dev.bag.run;

import dev.bag.kernel.CarryingStep.Carried;
import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.FoldSink;
import dev.bag.kernel.GatherFold;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.RecordsPart;
import dev.bag.kernel.Retention;
import dev.bag.kernel.Sink;
import dev.bag.kernel.Skips;
import dev.bag.kernel.SourceFeed;
import dev.bag.run.end.FarExchange;
import dev.bag.run.end.FoldEnd;
import dev.bag.run.watch.Tally;
import dev.bag.run.wire.Junction;
import dev.bag.run.wire.StageCompiler;
import dev.bag.run.wire.TaskBuilder;
import dev.bag.run.wire.Untyped;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import dev.bag.source.FileLoss;
import dev.bag.source.Part;
import dev.bag.source.Sink.Output;
import dev.bag.spill.Entries;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SentEntries;
import dev.bag.spill.Workspace;
import dev.bag.stage.EndSpec;
import dev.bag.stage.Stage;
import dev.bag.stage.StageRoot.Origin;
import dev.bag.stage.StageTasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stage in a process that works for a {@link Cluster}: runs tasks of it, one at a time. What comes in and what a task leaves
 * is bytes.
 */
public final class FarStage implements AutoCloseable {

    private final Pool pool;
    private final RunSpace space;
    private final Stage stage;
    private final StageTasks tasks;
    private final Order order;
    private final List<Junction> junctions;

    /** What each process that works on a stage needs. */
    private record Order(
            Stage stage, Map<Integer, @Nullable Object> values, Map<Integer, Output<Object, Object, ?>> outputs) {}

    /** What an exchange keeps for this: blocks of entries in the order in which they were written. */
    public interface Blocks {

        /** Returns the blocks of a target of one side of an exchange. */
        List<byte[]> of(FarExchange.Need need) throws Exception;
    }

    /**
     * What a task has left, in order.
     *
     * @param end the number of the end, or -1 for what is left for the process that began the run
     */
    public record Left(int end, int target, byte[] bytes) {}

    /**
     * A stage as {@link #order} has written it, with memory of {@code workspace}.
     *
     * @param inner runs what functions of the stage compute by actions of their own
     */
    public FarStage(byte[] order, Workspace workspace, Engine inner) throws IOException {
        this.pool = Pool.inline(inner);
        this.order = Orders.read(order);
        this.stage = this.order.stage();
        this.tasks = StageTasks.of(stage);
        this.space = workspace.open();
        space.packAtOnce();
        this.junctions = StageCompiler.compile(
                stage, this::sink, number -> () -> this.order.values().get(number));
    }

    /** Returns what each process needs that works on {@code stage}. */
    static byte[] order(
            Stage stage, Map<Integer, @Nullable Object> values, Map<Integer, Output<Object, Object, ?>> outputs)
            throws IOException {
        return Orders.write(stage, values, outputs);
    }

    private Sink sink(int end, Place place) {
        EndSpec spec = stage.ends().get(end);
        if (spec instanceof EndSpec.Fold fold) {
            return new FoldSink(
                    place, new FoldSink.Shared(Untyped.fold(fold.node().fold())));
        }
        if (spec instanceof EndSpec.Stream) {
            return new FoldSink(place, new FoldSink.Shared(Untyped.fold(new GatherFold<>())));
        }
        if (spec instanceof EndSpec.Write) {
            return new FarWriting(place, Objects.requireNonNull(order.outputs().get(end)));
        }
        return FarExchange.sink(spec, stage.laneCount(spec.input()), place, space);
    }

    /**
     * Runs a task, and returns what it has left: blocks for exchanges, made when they are asked for, and last what is left for
     * the process that began the run, also if the task has failed.
     *
     * @param parts the bytes of the parts it reads; null for what an exchange has
     * @throws Exception if the process that it runs in fails, and not the task
     */
    public Iterator<Left> run(int task, List<byte @Nullable []> parts, Blocks blocks) throws Exception {
        List<StageTasks.RootPartition> partitions = tasks.rootPartitions(task);
        List<Part<?>> opened = new ArrayList<>(partitions.size());
        for (int i = 0; i < partitions.size(); i++) {
            byte[] sent = parts.get(i);
            opened.add(sent == null ? exchanged(partitions.get(i), blocks) : Parts.read(sent, blocks, space));
        }
        FarTask work = new FarTask(task, partitions, opened);
        Execution execution = pool.run(List.of(work));
        Throwable failure = execution.failure();
        if (failure == null) {
            return new Leaving(task, work);
        }
        return List.of(failed(task, partitions, failure)).iterator();
    }

    private static Left failed(int task, List<StageTasks.RootPartition> partitions, Throwable failure)
            throws IOException {
        OperatorFailure known = partitions.get(0).place().failure(null, failure);
        if (known.thrown() instanceof InterruptedException || known.thrown() instanceof VirtualMachineError) {
            throw new IllegalStateException("the task was stopped", known.thrown());
        }
        return new Left(-1, 0, TaskLeft.failed(task, known));
    }

    /** What a task that has succeeded has left. */
    private final class Leaving implements Iterator<Left> {

        private final int task;
        private final FarTask work;
        private int at;
        private @Nullable Left next;
        private boolean isOver;

        Leaving(int task, FarTask work) {
            this.task = task;
            this.work = work;
            advance();
        }

        private void advance() {
            next = null;
            if (isOver) {
                return;
            }
            try {
                next = sent();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The next block; at the end what is left for the driver, or why there are no more blocks. */
        private Left sent() throws IOException {
            try {
                for (; at < work.sendings.size(); at++) {
                    Sender each = work.sendings.get(at);
                    FarExchange.Block block = each.sending().next();
                    if (block != null) {
                        return new Left(each.end(), block.target(), block.bytes());
                    }
                }
            } catch (Exception e) {
                isOver = true;
                return failed(
                        task,
                        work.partitions,
                        OperatorFailure.of(
                                stage.ends().get(work.sendings.get(at).end()).operator(), null, e));
            }
            isOver = true;
            return new Left(-1, 0, work.left());
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Left next() {
            Left now = next;
            if (now == null) {
                throw new NoSuchElementException("a task has left no more");
            }
            advance();
            return now;
        }
    }

    /** What is sent from an end. */
    private record Sender(int end, FarExchange.Sending sending) {}

    private Part<?> exchanged(StageTasks.RootPartition partition, Blocks blocks) throws Exception {
        Origin.OfExchange origin =
                (Origin.OfExchange) stage.roots().get(partition.root()).origin();
        List<List<byte[]>> sides = new ArrayList<>();
        for (FarExchange.Need need : FarExchange.needs(origin, partition.partition())) {
            sides.add(blocks.of(need));
        }
        Operator operator = stage.roots().get(partition.root()).operator();
        return FarExchange.part(origin.node(), operator, partition.partition(), sides, space);
    }

    /** Gives back memory and files. */
    @Override
    public void close() throws IOException {
        pool.close();
        space.close();
    }

    /** One task, as a batch, so that functions find themselves in a run. */
    private final class FarTask extends Batch {

        private final int number;
        private final List<StageTasks.RootPartition> partitions;
        private final List<Part<?>> parts;
        private final List<Sender> sendings = new ArrayList<>(1);
        private final GatheredSkips skips = new GatheredSkips();
        private final Tally tally = new Tally();
        private byte[] left = {};

        FarTask(int number, List<StageTasks.RootPartition> partitions, List<Part<?>> parts) {
            super(1);
            this.number = number;
            this.partitions = partitions;
            this.parts = parts;
        }

        byte[] left() {
            return left;
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            TaskBuilder built = new TaskBuilder(OpenTask.BLOCKING, skips);
            for (int i = 0; i < partitions.size(); i++) {
                add(built, partitions.get(i), parts.get(i));
            }
            for (TaskBuilder.End end : built.ends()) {
                if (end.sink() instanceof Retention.Keeper keeper) {
                    keeper.begin(OpenTask.position(number, 0), built.retention());
                }
            }
            List<Runnable> marks = built.carried().stream().map(Carried::mark).toList();
            Tally before = tally.enter();
            boolean done = false;
            try {
                drain(built, execution);
                left = TaskLeft.of(number, lefts(built), skips.failures(), tally);
                done = true;
            } finally {
                tally.leave(before);
                if (!done) {
                    marks.forEach(Runnable::run);
                    built.ends().forEach(end -> FarExchange.discard(end.sink()));
                }
            }
        }

        private void add(TaskBuilder built, StageTasks.RootPartition partition, Part<?> part) {
            boolean isSource = stage.roots().get(partition.root()).origin() instanceof Origin.OfSource;
            if (isSource && !(part instanceof RecordsPart<?>)) {
                tally.bytes(part.byteCount().orElse(0));
            }
            built.addFeed(
                    junctions.get(partition.root()).single(),
                    partition.partition(),
                    sink -> new SourceFeed(
                            partition.place(), part, sink, built.retention(), skips, tally.reading(isSource)));
        }

        private void drain(TaskBuilder built, Execution execution) throws Throwable {
            Closing closing = new Closing();
            built.feeds().forEach(feed -> closing.add(feed::close));
            try {
                for (Feed feed : built.feeds()) {
                    while (feed.drain(execution::stopping) == Feed.Progress.LATER) {
                        Execution.block(feed::whenAnyReady);
                    }
                }
            } catch (Throwable e) {
                try {
                    closing.closeAll();
                } catch (Exception later) {
                    e.addSuppressed(later);
                }
                throw e;
            }
            closing.closeAll();
        }

        private FarExchange.Sending sending(EndSpec spec, TaskBuilder.End end) throws Throwable {
            return new FarExchange.Sending(spec, stage.laneCount(spec.input()), end.sink(), end.partition());
        }

        private List<TaskLeft.End> lefts(TaskBuilder built) throws Throwable {
            List<TaskLeft.End> lefts = new ArrayList<>(built.ends().size());
            for (TaskBuilder.End end : built.ends()) {
                EndSpec spec = stage.ends().get(end.number());
                if (FarExchange.isSent(spec)) {
                    sendings.add(OperatorFailure.naming(
                            spec.operator(), () -> new Sender(end.number(), sending(spec, end))));
                } else {
                    Object partial =
                            end.sink() instanceof FarWriting writing ? writing.part() : FoldEnd.accumulator(end.sink());
                    lefts.add(new TaskLeft.End(end.number(), end.partition(), partial));
                }
            }
            return lefts;
        }
    }

    /** What a task has left out, to be counted where the run was begun. */
    private static final class GatheredSkips extends Skips {

        private final List<OperatorFailure> failures = new ArrayList<>(0);

        List<OperatorFailure> failures() {
            return failures;
        }

        @Override
        protected void add(OperatorFailure failure) {
            failures.add(failure);
            for (Operator.Policy policy : failure.operator().cover().policies()) {
                if (failures.size() > policy.policy().limit()) {
                    throw failure.beyondLimit(policy.policy(), failures.size());
                }
            }
        }

        @Override
        public void addFiles(Place place, List<FileLoss> losses) {
            if (!losses.isEmpty()) {
                throw place.failure(
                        null,
                        new UnsupportedOperationException(
                                "files cannot be left out on a cluster yet. Run it on a local runner, or without the policy"));
            }
        }
    }

    /** The parts of sources as bytes. */
    static final class Parts {

        private Parts() {}

        static byte[] of(Part<?> part) throws IOException {
            if (!(part instanceof RecordsPart<?> records)) {
                return bytes(0, Sent.byJava(part));
            }
            SentEntries out = new SentEntries();
            out.writeLong(records.to() - records.from());
            for (int i = records.from(); i < records.to(); i++) {
                out.writeRecord(records.records()[i]);
            }
            return bytes(1, out.toBytes());
        }

        private static byte[] bytes(int mark, byte[] rest) {
            byte[] all = new byte[rest.length + 1];
            all[0] = (byte) mark;
            System.arraycopy(rest, 0, all, 1, rest.length);
            return all;
        }

        /** What is kept under a number in a run. */
        static byte[] kept(int number, int partition) {
            return ByteBuffer.allocate(1 + 2 * Integer.BYTES)
                    .put((byte) 2)
                    .putInt(number)
                    .putInt(partition)
                    .array();
        }

        static Part<?> read(byte[] sent, Blocks blocks, RunSpace space) throws Exception {
            if (sent[0] == 2) {
                ByteBuffer kept = ByteBuffer.wrap(sent, 1, 2 * Integer.BYTES);
                return FarExchange.records(blocks.of(new FarExchange.Need(kept.getInt(), 0, kept.getInt())), space);
            }
            byte[] rest = Arrays.copyOfRange(sent, 1, sent.length);
            if (sent[0] == 0) {
                return (Part<?>) Sent.ofJava(rest);
            }
            Entries.Input in = Sent.entries(rest);
            Object[] records = new Object[(int) in.readLong()];
            for (int i = 0; i < records.length; i++) {
                records[i] = Objects.requireNonNull(in.readRecord());
            }
            return new RecordsPart<>(records, 0, records.length);
        }
    }

    /** What each process needs, as bytes. */
    private static final class Orders {

        private Orders() {}

        static byte[] write(
                Stage stage, Map<Integer, @Nullable Object> values, Map<Integer, Output<Object, Object, ?>> outputs)
                throws IOException {
            Map<Integer, byte[]> valueBytes = new HashMap<>();
            for (Map.Entry<Integer, @Nullable Object> value : values.entrySet()) {
                valueBytes.put(value.getKey(), Sent.value(value.getValue()));
            }
            byte[] order = Sent.byJava(new Object[] {stage, valueBytes, new HashMap<>(outputs)});
            return Sent.byJava(new Object[] {Builds.of(stage), order});
        }

        @SuppressWarnings("unchecked") // as it was written
        static Order read(byte[] bytes) throws IOException {
            Object[] checked = (Object[]) Sent.ofJava(bytes);
            Builds.check((Map<String, Long>) checked[0]);
            Object[] parts = (Object[]) Sent.ofJava((byte[]) checked[1]);
            Map<Integer, @Nullable Object> values = new HashMap<>();
            for (Map.Entry<Integer, byte[]> value : ((Map<Integer, byte[]>) parts[1]).entrySet()) {
                values.put(value.getKey(), Sent.valueOf(value.getValue()));
            }
            return new Order((Stage) parts[0], values, (Map<Integer, Output<Object, Object, ?>>) parts[2]);
        }
    }
}
