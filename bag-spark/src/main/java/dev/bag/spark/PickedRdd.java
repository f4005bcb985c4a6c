package dev.bag.spark;

import dev.bag.run.end.FarRanges.Span;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Some of the partitions of a shuffle, or in each partition some that are neighbours there, behind a block that says more. */
class PickedRdd extends RDD<Tuple2<Integer, byte[]>> {

    private static final long serialVersionUID = 1;

    private final Shuffle from;
    private final int[] firsts;
    private final int[] ends;
    /** What comes before the blocks of a partition; empty if there is nothing. */
    private final byte[][] heads;

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

    /** Each partition reads a few. */
    private static final class Neighbours extends NarrowDependency<Tuple2<Integer, byte[]>> {

        private static final long serialVersionUID = 1;

        private final int[] firsts;
        private final int[] ends;

        Neighbours(RDD<Tuple2<Integer, byte[]>> blocks, int[] firsts, int[] ends) {
            super(blocks);
            this.firsts = firsts;
            this.ends = ends;
        }

        @Override
        public scala.collection.immutable.Seq<Object> getParents(int partition) {
            List<Object> parents = IntStream.range(firsts[partition], ends[partition])
                    .<Object>mapToObj(each -> each)
                    .toList();
            return CollectionConverters.asScala(parents).toList();
        }
    }

    private PickedRdd(Shuffle from, int[] firsts, int[] ends, byte[][] heads) {
        super(
                from.blocks().context(),
                CollectionConverters.asScala(List.<Dependency<?>>of(new Neighbours(from.blocks(), firsts, ends)))
                        .toList(),
                ClassTag$.MODULE$.<Tuple2<Integer, byte[]>>apply(Tuple2.class));
        this.from = from;
        this.firsts = firsts;
        this.ends = ends;
        this.heads = heads;
    }

    PickedRdd(Shuffle from, int[] picked) {
        this(from, picked, Arrays.stream(picked).map(each -> each + 1).toArray(), new byte[0][]);
    }

    /** Returns what has as each partition a span of a shuffle. */
    static PickedRdd of(Shuffle from, List<Span> spans) {
        return new PickedRdd(
                from,
                spans.stream().mapToInt(Span::first).toArray(),
                spans.stream().mapToInt(Span::end).toArray(),
                spans.stream().map(Span::head).toArray(byte[][]::new));
    }

    /** Returns the blocks of a partition, as they come. */
    final Iterator<byte[]> blocks(Partition split, TaskContext context) {
        int number = split.index();
        List<byte[]> head = heads.length == 0 ? List.of() : List.of(heads[number]);
        Iterator<byte[]> behind = IntStream.range(firsts[number], ends[number])
                .boxed()
                .flatMap(each -> from.read(each, context).stream())
                .iterator();
        return new Iterator<>() {

            private final Iterator<byte[]> before = head.iterator();

            @Override
            public boolean hasNext() {
                return before.hasNext() || behind.hasNext();
            }

            @Override
            public byte[] next() {
                return before.hasNext() ? before.next() : behind.next();
            }
        };
    }

    @Override
    public Partition[] getPartitions() {
        Partition[] all = new Partition[firsts.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Pick(i);
        }
        return all;
    }

    @Override
    public scala.collection.Iterator<Tuple2<Integer, byte[]>> compute(Partition split, TaskContext context) {
        int number = split.index();
        return CollectionConverters.asScala(blocks(split, context)).map(block -> new Tuple2<>(number, block));
    }
}
