package dev.bag.run;

import dev.bag.fold.Fold;
import dev.bag.kernel.Feed;
import dev.bag.kernel.FoldSink;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.Retention;
import dev.bag.kernel.Sink;
import dev.bag.kernel.Skips;
import dev.bag.kernel.SourceFeed;
import dev.bag.plan.Value.Called;
import dev.bag.run.wire.Junction;
import dev.bag.run.wire.StageCompiler;
import dev.bag.run.wire.TaskBuilder;
import dev.bag.run.wire.Untyped;
import dev.bag.source.Part;
import dev.bag.source.Sink.Writer;
import dev.bag.stage.EndSpec;
import dev.bag.stage.Program;
import dev.bag.stage.Stage;
import dev.bag.stage.StageTasks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The far side of {@link ShippingEngine}: all that comes in and goes out is bytes. It keeps the stage between its tasks, as
 * a process far away would.
 */
public final class ShippedTask implements UnaryOperator<byte[]> {
    private @Nullable Stage stage;
    private List<Junction> junctions = List.of();

    /** What the far side is asked to do. */
    sealed interface Request extends Serializable {
        /** Makes ready for the tasks of a stage, which need these values by their numbers. */
        record Begin(
                Stage stage,
                Map<Integer, Object> values,
                Map<Integer, dev.bag.source.Sink.Output<Object, Object, ?>> outputs)
                implements Request {}

        /** Works on one task, whose root partitions are these parts. */
        record Work(int task, List<Part<?>> parts) implements Request {}

        /** Calls a function. */
        record Call(Program.Call call, @Nullable Object[] arguments) implements Request {}
    }

    /** What has come to the end with a number, in one lane: an accumulator, or the records. */
    record Partial(int end, int lane, @Nullable Object left) implements Serializable {}

    static byte[] bytes(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Object object(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] apply(byte[] request) {
        Request asked = (Request) object(request);
        try {
            if (asked instanceof Request.Begin begin) {
                stage = begin.stage();
                junctions = StageCompiler.compile(
                        begin.stage(),
                        (end, place) -> sink(begin, end, place),
                        number -> () -> begin.values().get(number));
                return new byte[0];
            }
            if (asked instanceof Request.Work work) {
                return bytes(new ArrayList<>(work(work)));
            }
            Request.Call call = (Request.Call) asked;
            Called<?> node = (Called<?>) call.call().node();
            return bytes(new Object[] {node.call(number -> call.arguments()[number])});
        } catch (Throwable e) {
            throw new IllegalStateException("a task failed far away", e);
        }
    }

    private static Sink sink(Request.Begin begin, int end, Place place) {
        EndSpec spec = begin.stage().ends().get(end);
        if (spec instanceof EndSpec.Fold fold) {
            return new FoldSink(place, new FoldSink.Shared(fold(fold)));
        }
        return spec instanceof EndSpec.Write
                ? new Writing(begin.outputs().get(end), place.partition())
                : new Gathered();
    }

    /** Writes one partition. */
    private static final class Writing implements Sink, Retention.Keeper {
        private final Writer<Object, Object> writer;
        private @Nullable Object part;

        Writing(dev.bag.source.Sink.Output<Object, Object, ?> output, int partition) {
            try {
                writer = output.open(partition);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void begin(long position, Retention ofTask) {}

        @Override
        public void accept(Object record) throws Exception {
            writer.write(record);
        }

        @Override
        public void finish() throws Exception {
            part = writer.finish();
        }
    }

    static Fold<Object, @Nullable Object, @Nullable Object> fold(EndSpec.Fold end) {
        return Untyped.fold(end.node().fold());
    }

    private static final class Gathered implements Sink, Retention.Keeper {
        private final ArrayList<Object> records = new ArrayList<>();
        private Retention retention = Retention.NONE;

        @Override
        public void begin(long position, Retention ofTask) {
            retention = ofTask;
        }

        @Override
        public void accept(Object record) {
            records.add(retention.kept(record));
        }
    }

    private List<Partial> work(Request.Work work) throws Throwable {
        TaskBuilder task = new TaskBuilder(OpenTask.BLOCKING, Skips.NONE);
        List<StageTasks.RootPartition> partitions = StageTasks.of(stage).rootPartitions(work.task());
        for (int i = 0; i < partitions.size(); i++) {
            StageTasks.RootPartition partition = partitions.get(i);
            Part<?> part = work.parts().get(i);
            task.addFeed(
                    junctions.get(partition.root()),
                    partition.partition(),
                    sink -> new SourceFeed(
                            partition.place(), part, sink, task.retention(), task.skips(), SourceFeed.Reading.UNHEARD));
        }
        for (TaskBuilder.End end : task.ends()) {
            ((Retention.Keeper) end.sink()).begin(OpenTask.position(work.task(), 0), task.retention());
        }
        for (Feed feed : task.feeds()) {
            while (feed.drain(() -> false) == Feed.Progress.LATER) {
                CountDownLatch ready = new CountDownLatch(1);
                feed.whenAnyReady(ready::countDown);
                ready.await();
            }
        }
        for (Feed feed : task.feeds()) {
            feed.close();
        }
        List<Partial> partials = new ArrayList<>();
        for (TaskBuilder.End end : task.ends()) {
            partials.add(new Partial(end.number(), end.partition(), left(end.sink())));
        }
        return partials;
    }

    private static @Nullable Object left(Sink sink) {
        if (sink instanceof Writing writing) {
            return writing.part;
        }
        return sink instanceof FoldSink fold ? fold.accumulator() : ((Gathered) sink).records;
    }
}
