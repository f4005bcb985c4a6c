package dev.bag.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;

/** Blocks that a shuffle of Spark has moved. It can be sent with the tasks that read it. */
final class Shuffle implements Serializable {

    private static final long serialVersionUID = 1;

    private final RDD<Tuple2<Integer, byte[]>> blocks;

    Shuffle(RDD<Tuple2<Integer, byte[]>> blocks) {
        this.blocks = blocks;
    }

    RDD<Tuple2<Integer, byte[]>> blocks() {
        return blocks;
    }

    /** Returns the blocks of a partition, in no order. */
    List<byte[]> read(int partition, TaskContext context) {
        List<byte[]> read = new ArrayList<>();
        scala.collection.Iterator<Tuple2<Integer, byte[]>> all =
                blocks.iterator(blocks.partitions()[partition], context);
        while (all.hasNext()) {
            read.add(all.next()._2());
        }
        return read;
    }
}
