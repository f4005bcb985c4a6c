package dev.bag.spark;

import dev.bag.run.Engine;
import dev.bag.run.FarStage;
import dev.bag.run.LocalEngine;
import dev.bag.run.end.FarExchange;
import dev.bag.spill.Workspace;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** A stage as what Spark runs: each partition of this is the blocks that tasks of the stage leave. */
final class StageRdd extends RDD<Tuple2<Integer, byte[]>> {

    private static final long serialVersionUID = 1;

    /** On the driver only; on an executor a task has its own. */
    private final transient Partition[] own;

    private final Broadcast<byte[]> order;
    private final ArrayList<Shuffle> shuffles;
    private final HashMap<Side, Place> places;
    /** By end: the partition of the shuffle of this that has the first target. */
    private final int[] firsts;

    /** One side of an exchange. */
    record Side(int exchange, int side) implements Serializable {}

    StageRdd(
            SparkContext context,
            StageParts[] own,
            Broadcast<byte[]> order,
            IntFunction<List<FarExchange.Need>> needs,
            List<Shuffle> shuffles,
            Map<Side, Place> places,
            int[] firsts) {
        super(
                context,
                dependencies(own, needs, shuffles, places),
                ClassTag$.MODULE$.<Tuple2<Integer, byte[]>>apply(Tuple2.class));
        this.own = own;
        this.order = order;
        this.shuffles = new ArrayList<>(shuffles);
        this.places = new HashMap<>(places);
        this.firsts = firsts;
    }

    private static scala.collection.immutable.Seq<Dependency<?>> dependencies(
            StageParts[] own,
            IntFunction<List<FarExchange.Need>> needs,
            List<Shuffle> shuffles,
            Map<Side, Place> places) {
        List<Dependency<?>> all = new ArrayList<>();
        for (int number = 0; number < shuffles.size(); number++) {
            int[][] read = new int[own.length][];
            for (int i = 0; i < own.length; i++) {
                Set<Integer> found = new LinkedHashSet<>();
                for (int task : own[i].tasks()) {
                    for (FarExchange.Need need : needs.apply(task)) {
                        Place place = places.get(new Side(need.exchange(), need.side()));
                        if (place != null && place.shuffle() == number) {
                            found.add(place.first() + need.target());
                        }
                    }
                }
                read[i] = found.stream().mapToInt(Integer::intValue).toArray();
            }
            all.add(new Reading(shuffles.get(number).blocks(), read));
        }
        return CollectionConverters.asScala(all).toList();
    }

    /** Which partitions of a shuffle each partition reads. */
    private static final class Reading extends NarrowDependency<Tuple2<Integer, byte[]>> {

        private static final long serialVersionUID = 1;

        private final transient int[][] read;

        Reading(RDD<Tuple2<Integer, byte[]>> blocks, int[][] read) {
            super(blocks);
            this.read = read;
        }

        @Override
        public scala.collection.immutable.Seq<Object> getParents(int partition) {
            List<Object> parents = new ArrayList<>();
            Arrays.stream(read[partition]).forEach(parents::add);
            return CollectionConverters.asScala(parents).toList();
        }
    }

    @Override
    public Partition[] getPartitions() {
        return own;
    }

    @Override
    public scala.collection.Iterator<Tuple2<Integer, byte[]>> compute(Partition split, TaskContext context) {
        try {
            FarStage stage = new FarStage(order.value(), Executor.workspace(), Executor.INNER);
            context.addTaskCompletionListener((TaskCompletionListener) over -> close(stage));
            return CollectionConverters.asScala(new Tasks(stage, (StageParts) split, context));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(FarStage stage) {
        try {
            stage.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of one task of the stage after the other, each begun when those before it have been taken. */
    private final class Tasks implements Iterator<Tuple2<Integer, byte[]>> {

        private final FarStage stage;
        private final StageParts parts;
        private final TaskContext context;
        private int begun;
        private Iterator<FarStage.Left> left = Collections.emptyIterator();

        Tasks(FarStage stage, StageParts parts, TaskContext context) {
            this.stage = stage;
            this.parts = parts;
            this.context = context;
        }

        @Override
        public boolean hasNext() {
            while (!left.hasNext() && begun < parts.tasks().length) {
                int at = begun++;
                try {
                    left = stage.run(parts.tasks()[at], parts.parts(at), need -> read(need, context));
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return left.hasNext();
        }

        @Override
        public Tuple2<Integer, byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("there are no more blocks");
            }
            FarStage.Left each = left.next();
            return new Tuple2<>(each.end() < 0 ? 0 : firsts[each.end()] + each.target(), each.bytes());
        }
    }

    private List<byte[]> read(FarExchange.Need need, TaskContext context) {
        Place place = Objects.requireNonNull(places.get(new Side(need.exchange(), need.side())));
        return shuffles.get(place.shuffle()).read(place.first() + need.target(), context);
    }

    /** What all tasks in a process share. */
    static final class Executor {

        /** Runs actions inside of functions, on the threads of their tasks. */
        static final Engine INNER = LocalEngine.inline(() -> null);

        private static @Nullable Workspace workspace;

        private Executor() {}

        /** About a third of the heap, since Spark's own part is larger. */
        static synchronized Workspace workspace() {
            Workspace known = workspace;
            if (known == null) {
                int cores = Runtime.getRuntime().availableProcessors();
                known = new Workspace(Runtime.getRuntime().maxMemory() / 3, Workspace.systemTempDirectory(), cores);
                workspace = known;
            }
            return known;
        }
    }

    /** Collects places of shuffles that a stage reads. */
    static final class Reads {

        final List<Shuffle> shuffles = new ArrayList<>();
        final Map<Side, Place> places = new LinkedHashMap<>();
        private final Map<Shuffle, Integer> numbers = new HashMap<>();

        void add(Side side, Shuffle shuffle, int first) {
            int number = numbers.computeIfAbsent(shuffle, added -> {
                shuffles.add(added);
                return shuffles.size() - 1;
            });
            places.put(side, new Place(number, first));
        }
    }
}
