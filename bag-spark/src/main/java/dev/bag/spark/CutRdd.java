package dev.bag.spark;

import dev.bag.run.FarCut;
import dev.bag.run.FarStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Cuts each lane that a sort, or an even cut, has left in a shuffle into ranges, as {@link FarCut} does. */
final class CutRdd extends PickedRdd {

    private static final long serialVersionUID = 1;

    private final Broadcast<byte[]> order;

    CutRdd(Shuffle from, int first, int laneCount, Broadcast<byte[]> order) {
        super(from, IntStream.range(first, first + laneCount).toArray());
        this.order = order;
    }

    @Override
    public scala.collection.Iterator<Tuple2<Integer, byte[]>> compute(Partition split, TaskContext context) {
        try {
            Iterator<FarStage.Left> cut = FarCut.cut(order.value(), split.index(), blocks(split, context));
            return CollectionConverters.asScala(cut).map(left -> new Tuple2<>(left.target(), left.bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
