package dev.bag.spark;

import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Some of the partitions of a shuffle. */
class PickedRdd extends RDD<Tuple2<Integer, byte[]>> {

    private static final long serialVersionUID = 1;

    private final Shuffle from;
    private final int[] picked;

    /** One of them. */
    private record Pick(int index) implements Partition {

        @Override
        public boolean equals(Object other) {
            return other instanceof Pick pick && pick.index == index;
        }

        @Override
        public int hashCode() {
            return index;
        }
    }

    /** Each partition reads one. */
    private static final class OneOf extends NarrowDependency<Tuple2<Integer, byte[]>> {

        private static final long serialVersionUID = 1;

        private final int[] picked;

        OneOf(RDD<Tuple2<Integer, byte[]>> blocks, int[] picked) {
            super(blocks);
            this.picked = picked;
        }

        @Override
        public scala.collection.immutable.Seq<Object> getParents(int partition) {
            return CollectionConverters.asScala(List.<Object>of(picked[partition]))
                    .toList();
        }
    }

    PickedRdd(Shuffle from, int[] picked) {
        super(
                from.blocks().context(),
                CollectionConverters.asScala(List.<Dependency<?>>of(new OneOf(from.blocks(), picked)))
                        .toList(),
                ClassTag$.MODULE$.<Tuple2<Integer, byte[]>>apply(Tuple2.class));
        this.from = from;
        this.picked = picked;
    }

    /** Returns the blocks of a partition. */
    final List<byte[]> read(Partition split, TaskContext context) {
        return from.read(picked[split.index()], context);
    }

    @Override
    public Partition[] getPartitions() {
        Partition[] all = new Partition[picked.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Pick(i);
        }
        return all;
    }

    @Override
    public scala.collection.Iterator<Tuple2<Integer, byte[]>> compute(Partition split, TaskContext context) {
        int number = split.index();
        return CollectionConverters.asScala(read(split, context).stream()
                .map(block -> new Tuple2<>(number, block))
                .iterator());
    }
}
