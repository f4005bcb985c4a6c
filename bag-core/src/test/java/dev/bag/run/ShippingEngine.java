package dev.bag.run;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.RecordsPart;
import dev.bag.plan.Value;
import dev.bag.plan.Value.FlatMapped;
import dev.bag.run.end.LocalExchange;
import dev.bag.run.end.StageEnd;
import dev.bag.run.wire.Untyped;
import dev.bag.schedule.Pool;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Sink;
import dev.bag.spill.RunSpace;
import dev.bag.spill.Workspace;
import dev.bag.stage.EndSpec;
import dev.bag.stage.Goal;
import dev.bag.stage.Program;
import dev.bag.stage.Stage;
import dev.bag.stage.StageRoot;
import dev.bag.stage.StageTasks;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An engine that works on each task elsewhere: stages, what each task reads and what it leaves go through serialization,
 * and the classes of the far side are others, of a class loader of its own. What lies between stages stays here.
 */
public final class ShippingEngine implements Engine {
    private final URLClassLoader loader;

    /** An engine whose far side has the classes of the class path. */
    public ShippingEngine() {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < urls.length; i++) {
            try {
                urls[i] = Path.of(entries[i]).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }
        loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    @SuppressWarnings("unchecked") // it takes and returns bytes
    private UnaryOperator<byte[]> farSide() {
        try {
            Class<?> far = Class.forName(ShippedTask.class.getName(), true, loader);
            if (far == ShippedTask.class) {
                throw new IllegalStateException("the far side has the classes of this side");
            }
            return (UnaryOperator<byte[]>) far.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Prepared prepare(Goal goal) {
        Program program = Program.of(goal);
        return new Prepared() {
            @Override
            public Outcome run() {
                Run run = new Run(program);
                run.run();
                List<@Nullable Object> results = new ArrayList<>();
                program.results().forEach(number -> results.add(run.values.get(number)));
                return new Outcome(results, null, List.of());
            }

            @Override
            public Started start(Consumer<Outcome> whenOver) {
                whenOver.accept(run());
                return reason -> {};
            }
        };
    }

    @Override
    public RecordReader read(Goal.Stream goal) {
        Run run = new Run(Program.of(goal));
        run.run();
        return new RecordReader() {
            private boolean read;

            @Override
            public Object @Nullable [] next() {
                boolean over = read || run.streamed.isEmpty();
                read = true;
                return over ? null : run.streamed.toArray();
            }

            @Override
            public @Nullable Throwable failure() {
                return null;
            }

            @Override
            public List<Throwable> otherFailures() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One run: what is known on this side. */
    private final class Run {
        private final Program program;
        private final Map<Integer, @Nullable Object> values = new HashMap<>();
        private final Map<Integer, LocalExchange> exchanges = new HashMap<>();
        private final Map<Integer, List<List<Object>>> exchanged = new HashMap<>();
        private final RunSpace space = Workspace.byDefault(1).open();
        private final List<Object> streamed = new ArrayList<>();

        Run(Program program) {
            this.program = program;
            program.constants().forEach(constant -> values.put(constant.number(), constant.value()));
        }

        void run() {
            for (Program.Step step : program.steps()) {
                if (step instanceof Program.Call call) {
                    call(call);
                } else {
                    pass((Program.Pass) step);
                }
            }
        }

        private void call(Program.Call call) {
            @Nullable Object[] arguments = new @Nullable Object[call.arguments().length];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = values.get(call.arguments()[i]);
            }
            if (call.node() instanceof FlatMapped<?, ?> flatMapped) {
                CheckedFunction<@Nullable Object, Value<?>> function = cast(flatMapped.function());
                values.put(call.result(), valueOf(function.apply(arguments[0])));
                return;
            }
            byte[] answer = farSide().apply(ShippedTask.bytes(new ShippedTask.Request.Call(call, arguments)));
            values.put(call.result(), ((Object[]) ShippedTask.object(answer))[0]);
        }

        private @Nullable Object valueOf(Value<?> value) {
            return prepare(new Goal.Values(List.of(value))).run().results().get(0);
        }

        @SuppressWarnings("unchecked") // the function takes what its input is
        private static <F> F cast(Object function) {
            return (F) function;
        }

        private void pass(Program.Pass pass) {
            Stage stage = pass.stage();
            Map<Integer, Object> needed = new HashMap<>();
            stage.values().forEach(number -> needed.put(number, values.get(number)));
            UnaryOperator<byte[]> far = farSide();
            Map<Integer, Sink.Output<Object, Object, ?>> outputs = outputs(stage);
            byte[] begun = far.apply(ShippedTask.bytes(new ShippedTask.Request.Begin(stage, needed, outputs)));
            if (begun.length > 0) {
                throw new IllegalStateException("a stage begins without a result");
            }
            List<Map<Integer, Object>> left = new ArrayList<>();
            stage.ends().forEach(end -> left.add(new TreeMap<>()));
            for (int task = 0; task < pass.tasks().count(); task++) {
                List<Part<?>> parts = new ArrayList<>();
                for (StageTasks.RootPartition partition : pass.tasks().rootPartitions(task)) {
                    parts.add(part(stage.roots().get(partition.root()), partition.partition()));
                }
                byte[] answer = far.apply(ShippedTask.bytes(new ShippedTask.Request.Work(task, parts)));
                for (Object each : (List<?>) ShippedTask.object(answer)) {
                    ShippedTask.Partial partial = (ShippedTask.Partial) each;
                    left.get(partial.end()).put(partial.lane(), partial.left());
                }
            }
            for (int end = 0; end < left.size(); end++) {
                if (stage.ends().get(end) instanceof EndSpec.Write write) {
                    values.put(
                            write.value(),
                            committed(
                                    outputs.get(end),
                                    new ArrayList<>(left.get(end).values())));
                } else {
                    end(stage.ends().get(end), left.get(end), stage);
                }
            }
        }

        /** What is begun here, by the number of the end. */
        private static Map<Integer, Sink.Output<Object, Object, ?>> outputs(Stage stage) {
            Map<Integer, Sink.Output<Object, Object, ?>> outputs = new HashMap<>();
            for (int end = 0; end < stage.ends().size(); end++) {
                if (stage.ends().get(end) instanceof EndSpec.Write write) {
                    try {
                        outputs.put(end, Untyped.output(write.node().sink().begin(stage.laneCount(write.input()))));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            return outputs;
        }

        private static @Nullable Object committed(Sink.Output<Object, Object, ?> output, List<Object> parts) {
            try {
                return output.commit(parts);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private Part<?> part(StageRoot root, int partition) {
            if (root.origin() instanceof StageRoot.Origin.OfSource source) {
                List<? extends Part<?>> parts =
                        program.sources().get(source.source()).parts();
                return parts.isEmpty() ? records(List.of()) : parts.get(partition);
            }
            if (root.origin() instanceof StageRoot.Origin.OfValues of) {
                List<Object> records = new ArrayList<>();
                if (of.values().length > 0) {
                    ((Iterable<?>) values.get(of.values()[partition])).forEach(records::add);
                }
                return records(records);
            }
            int exchange = ((StageRoot.Origin.OfExchange) root.origin()).exchange();
            return records(exchanged
                    .computeIfAbsent(exchange, number -> read(exchanges.get(number)))
                    .get(partition));
        }

        private static Part<?> records(List<Object> records) {
            return new RecordsPart<>(records.toArray(), 0, records.size());
        }

        private void end(EndSpec end, Map<Integer, Object> byLane, Stage stage) {
            if (end instanceof EndSpec.Fold fold) {
                values.put(fold.value(), folded(fold, new ArrayList<>(byLane.values())));
            } else if (end instanceof EndSpec.Exchange exchange) {
                LocalExchange local = exchanges.computeIfAbsent(
                        exchange.exchange(),
                        number -> LocalExchange.of(exchange.node(), exchange.operator(), space, true, false));
                take(local, exchange, byLane, stage);
            } else {
                byLane.values().forEach(records -> streamed.addAll((List<?>) records));
            }
        }

        /** Merges neighbours until one is left, and finishes that. */
        private static @Nullable Object folded(EndSpec.Fold end, List<Object> accumulators) {
            var fold = ShippedTask.fold(end);
            List<Object> left = accumulators;
            while (left.size() > 1) {
                List<Object> merged = new ArrayList<>();
                for (int i = 0; i < left.size(); i += 2) {
                    merged.add(i + 1 < left.size() ? fold.merge(left.get(i), left.get(i + 1)) : left.get(i));
                }
                left = merged;
            }
            return fold.finish(left.get(0));
        }

        private void take(LocalExchange local, EndSpec.Exchange spec, Map<Integer, Object> byLane, Stage stage) {
            StageEnd<?> end = local.ends().get(spec.side());
            try {
                for (Map.Entry<Integer, Object> lane : byLane.entrySet()) {
                    dev.bag.kernel.Sink sink =
                            end.newSink(new Place(spec.operator(), lane.getKey(), stage.numbering(spec.input())));
                    for (Object record : (List<?>) lane.getValue()) {
                        sink.accept(record);
                    }
                    sink.finish();
                    end.take(lane.getKey(), sink).deposit();
                    sink.close();
                }
                end.completed();
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            if (local.afterwards() != null) {
                try (Pool pool = Pool.inline(this)) {
                    pool.begin(List.of(local.afterwards()), over -> {}).await();
                }
            }
        }

        private static List<List<Object>> read(LocalExchange exchange) {
            List<List<Object>> partitions = new ArrayList<>();
            for (Part<?> part : exchange.parts().get()) {
                List<Object> records = new ArrayList<>();
                try (Chunks<?> chunks = part.open()) {
                    for (Chunk<?> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                        for (Object record = chunk.next(); record != null; record = chunk.next()) {
                            records.add(record);
                        }
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                partitions.add(records);
            }
            return partitions;
        }
    }
}
