package dev.bag.spark;

import dev.bag.plan.Repartitioned.CutEvenly;
import dev.bag.run.Cluster;
import dev.bag.run.Engine.Kept;
import dev.bag.run.FarCut;
import dev.bag.run.end.FarExchange;
import dev.bag.run.end.FarRanges.Span;
import dev.bag.spark.StageRdd.Side;
import dev.bag.stage.EndSpec;
import dev.bag.stage.Stage;
import dev.bag.value.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** One run on Spark: a job for each of its stages. Stages may be worked through at the same time. */
final class SparkRun implements Cluster.Run {

    /** Of a stream, so many partitions are brought here by one job. */
    private static final int TAKEN_TOGETHER = 2;

    /** So many sizes of what a task leaves for a partition may be more than are needed, in bytes. */
    private static final long MOST_SIZES = 1 << 20;

    private final JavaSparkContext context;
    private final String group;
    /** Null if there is no shell. */
    private final @Nullable ShellClasses shell;
    /** What exchanges have left; guarded by this. */
    private final Map<Side, Left> left = new HashMap<>();

    private final List<Broadcast<?>> broadcasts = new ArrayList<>();
    /** What is to be kept, and how many partitions that has; guarded by this. */
    private @Nullable Left toKeep;

    private int laneCount;

    /** Targets that lie in a shuffle, one behind the other. */
    private record Left(Shuffle shuffle, int first) {}

    SparkRun(JavaSparkContext context, String group, @Nullable ShellClasses shell) {
        this.context = context;
        this.group = group;
        this.shell = shell;
    }

    private static ClassTag<Tuple2<Integer, byte[]>> tag() {
        return ClassTag$.MODULE$.apply(Tuple2.class);
    }

    @Override
    public void work(Cluster.Work work, Cluster.Left taker) throws Exception {
        if (shell == null) {
            workThrough(work, taker);
        } else {
            shell.reaching(() -> workThrough(work, taker));
        }
    }

    private void workThrough(Cluster.Work work, Cluster.Left taker) throws Exception {
        Stage stage = work.pass().stage();
        StageRdd.Reads reads = reads(work);
        int[] firsts = new int[stage.ends().size()];
        int targets = 1;
        for (int end = 0; end < firsts.length; end++) {
            EndSpec spec = stage.ends().get(end);
            firsts[end] = targets;
            targets += FarExchange.isSent(spec) ? FarExchange.targetCount(spec, stage.laneCount(spec.input())) : 0;
        }
        Broadcast<byte[]> order = broadcast(work.order());
        StageRdd rdd =
                new StageRdd(context.sc(), parts(work), order, work.needs(), reads.shuffles, reads.places, firsts);
        rdd.setName(work.pass().what());
        context.setJobGroup(group, work.pass().what(), true);
        boolean done = false;
        try {
            if (targets == 1 && stage.ends().stream().anyMatch(EndSpec.Stream.class::isInstance)) {
                takeInTurns(new JavaRDD<>(rdd, tag()), taker);
            } else if (targets == 1) {
                take(new JavaRDD<>(rdd, tag()), taker);
            } else {
                Shuffle shuffle = shuffled(rdd, targets);
                leave(stage, shuffle, firsts);
                takeAndMove(stage, shuffle, firsts, taker);
            }
            done = true;
        } finally {
            if (!done) {
                cancel(); // a thread that is interrupted leaves its job behind
            }
            context.clearJobGroup();
        }
    }

    /** Takes a few tasks after the other, each few when {@code taker} lets go of those before. */
    private static void takeInTurns(JavaRDD<Tuple2<Integer, byte[]>> blocks, Cluster.Left taker) throws Exception {
        int count = blocks.getNumPartitions();
        for (int begin = 0; begin < count; begin += TAKEN_TOGETHER) {
            int[] turn = IntStream.range(begin, Math.min(count, begin + TAKEN_TOGETHER))
                    .toArray();
            for (List<Tuple2<Integer, byte[]>> task : blocks.collectPartitions(turn)) {
                for (Tuple2<Integer, byte[]> block : task) {
                    if (!taker.take(block._2())) {
                        return;
                    }
                }
            }
        }
    }

    /** Takes what a stage has left for this process, and lets what is moved twice be moved on. */
    private void takeAndMove(Stage stage, Shuffle shuffle, int[] firsts, Cluster.Left taker) throws Exception {
        List<Integer> ends = new ArrayList<>();
        List<Integer> picked = new ArrayList<>(List.of(0));
        for (int end = 0; end < firsts.length; end++) {
            EndSpec spec = stage.ends().get(end);
            if (spec instanceof EndSpec.Exchange exchange && FarExchange.isMovedTwice(exchange.node())) {
                ends.add(end);
                picked.add(firsts[end] + stage.laneCount(spec.input()));
            }
        }
        List<List<byte[]>> taken = taken(shuffle, picked);
        boolean hasFailed = false;
        for (byte[] each : taken.get(0)) {
            hasFailed |= !taker.take(each);
        }
        for (int i = 0; i < ends.size() && !hasFailed; i++) {
            EndSpec.Exchange exchange = (EndSpec.Exchange) stage.ends().get(ends.get(i));
            move(exchange, stage.laneCount(exchange.input()), taken.get(i + 1));
        }
    }

    /** Returns the blocks of some partitions of a shuffle. */
    private static List<List<byte[]>> taken(Shuffle shuffle, List<Integer> picked) {
        PickedRdd some = new PickedRdd(
                shuffle, picked.stream().mapToInt(Integer::intValue).toArray());
        List<List<byte[]>> taken = new ArrayList<>();
        picked.forEach(each -> taken.add(new ArrayList<>()));
        new JavaRDD<>(some, tag())
                .collect()
                .forEach(block -> taken.get(block._1()).add(block._2()));
        return taken;
    }

    private static void take(JavaRDD<Tuple2<Integer, byte[]>> blocks, Cluster.Left taker) throws Exception {
        for (Tuple2<Integer, byte[]> block : blocks.collect()) {
            taker.take(block._2());
        }
    }

    /** Returns a shuffle in which Spark sorts blocks as bytes. */
    private Shuffle shuffled(RDD<Tuple2<Integer, byte[]>> rdd, int targets) {
        ClassTag<Integer> number = ClassTag$.MODULE$.apply(Integer.class);
        ClassTag<byte[]> bytes = ClassTag$.MODULE$.apply(byte[].class);
        NumberPartitioner partitioner = new NumberPartitioner(partitionCount(targets, rdd.getNumPartitions()));
        return new Shuffle(
                new ShuffledRDD<>(rdd, partitioner, number, bytes, bytes).setSerializer(new BlockSerializer()));
    }

    /**
     * More than there are targets if these are few, for which Spark would have each task open a file for each: with more it sorts
     * what a task leaves into one file. Partitions behind the last target are empty and nothing reads them. Not with very many tasks,
     * as the driver keeps a byte for each partition of each.
     */
    private int partitionCount(int targets, int tasks) {
        int fewest = context.getConf().getInt("spark.shuffle.sort.bypassMergeThreshold", 200) + 1;
        boolean isSmall = (long) fewest * tasks <= MOST_SIZES;
        return isSmall ? Math.max(targets, fewest) : targets;
    }

    private <T> Broadcast<T> broadcast(T value) {
        Broadcast<T> made = context.broadcast(value);
        synchronized (this) {
            broadcasts.add(made);
        }
        return made;
    }

    /** A stage in which something is taken from each partition to the next is one task of Spark. */
    private static StageParts[] parts(Cluster.Work work) throws Exception {
        int count = work.pass().tasks().count();
        boolean inOrder = work.pass().stage().firstInOrder().isPresent();
        StageParts[] parts = new StageParts[inOrder ? 1 : count];
        for (int i = 0; i < parts.length; i++) {
            int[] tasks = inOrder ? IntStream.range(0, count).toArray() : new int[] {i};
            List<List<byte @Nullable []>> read = new ArrayList<>(tasks.length);
            for (int task : tasks) {
                read.add(work.parts().of(task));
            }
            parts[i] = new StageParts(i, tasks, read);
        }
        return parts;
    }

    private synchronized StageRdd.Reads reads(Cluster.Work work) {
        StageRdd.Reads reads = new StageRdd.Reads();
        for (int task = 0; task < work.pass().tasks().count(); task++) {
            for (FarExchange.Need need : work.needs().apply(task)) {
                Side side = new Side(need.exchange(), need.side());
                if (!reads.places.containsKey(side)) {
                    Left known = Objects.requireNonNull(left.get(side));
                    reads.add(side, known.shuffle(), known.first());
                }
            }
        }
        return reads;
    }

    private synchronized void leave(Stage stage, Shuffle shuffle, int[] firsts) {
        for (int end = 0; end < firsts.length; end++) {
            EndSpec spec = stage.ends().get(end);
            if (spec instanceof EndSpec.Exchange exchange && FarExchange.isSent(spec)) {
                left.put(new Side(exchange.exchange(), exchange.side()), new Left(shuffle, firsts[end]));
            } else if (spec instanceof EndSpec.Keep) {
                toKeep = new Left(shuffle, firsts[end]);
                laneCount = stage.laneCount(spec.input());
            }
        }
    }

    private void move(EndSpec.Exchange exchange, int laneCount, List<byte[]> surveys) throws Exception {
        Side side = new Side(exchange.exchange(), exchange.side());
        Left gathered;
        synchronized (this) {
            gathered = Objects.requireNonNull(left.get(side));
        }
        FarCut cut = FarCut.of(exchange.node(), exchange.operator(), surveys);
        Broadcast<byte[]> order = broadcast(cut.order());
        CutRdd lanes = new CutRdd(gathered.shuffle(), gathered.first(), laneCount, order);
        Shuffle moved = shuffled(lanes, cut.rangeCount() + 1);
        List<Span> spans = cut.spans(taken(moved, List.of(cut.rangeCount())).get(0));
        boolean isSorted = !(exchange.node() instanceof CutEvenly<?>);
        synchronized (this) {
            left.put(side, new Left(isSorted ? new Shuffle(PickedRdd.of(moved, spans)) : moved, 0));
        }
    }

    @Override
    public synchronized Kept kept(Storage storage) {
        Left all = Objects.requireNonNull(toKeep);
        toKeep = null;
        int[] lanes = IntStream.range(all.first(), all.first() + laneCount).toArray();
        return SparkKept.of(new PickedRdd(all.shuffle(), lanes), storage);
    }

    @Override
    public synchronized int numberOf(Kept kept) {
        if (!(kept instanceof SparkKept ours) || ours.context() != context.sc()) {
            return 0;
        }
        left.putIfAbsent(new Side(ours.number(), 0), new Left(ours.blocks(), 0));
        return ours.number();
    }

    /** Spark deletes the files of a shuffle when it cannot be reached any more. */
    @Override
    public synchronized void release(int exchange) {
        left.remove(new Side(exchange, 0));
        left.remove(new Side(exchange, 1));
    }

    @Override
    public void cancel() {
        context.cancelJobGroup(group);
    }

    @Override
    public synchronized void close() {
        left.clear();
        for (Broadcast<?> each : broadcasts) {
            if (!context.sc().isStopped()) {
                each.destroy();
            }
        }
        broadcasts.clear();
    }
}
