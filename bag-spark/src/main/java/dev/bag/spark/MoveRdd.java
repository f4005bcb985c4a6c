package dev.bag.spark;

import dev.bag.run.FarStage;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Moves what a sort or an even cut has gathered in one partition of a shuffle to the partitions it belongs to. */
final class MoveRdd extends PickedRdd {

    private static final long serialVersionUID = 1;

    private final Broadcast<byte[]> node;

    MoveRdd(Shuffle from, int partition, Broadcast<byte[]> node) {
        super(from, new int[] {partition});
        this.node = node;
    }

    @Override
    public scala.collection.Iterator<Tuple2<Integer, byte[]>> compute(Partition split, TaskContext context) {
        List<Tuple2<Integer, byte[]>> moved = new ArrayList<>();
        try {
            FarStage.move(
                    node.value(),
                    read(split, context),
                    StageRdd.Executor.workspace(),
                    (target, block) -> moved.add(new Tuple2<>(target, block)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return CollectionConverters.asScala(moved.iterator());
    }
}
