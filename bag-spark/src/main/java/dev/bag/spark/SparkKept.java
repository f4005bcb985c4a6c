package dev.bag.spark;

import dev.bag.run.Engine.Kept;
import dev.bag.run.end.FarExchange;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.spill.RunSpace;
import dev.bag.value.Storage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The partitions of a bag that are kept by Spark, in memory as long as there is room, else on disk. */
final class SparkKept implements Kept {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.decrementAndGet();
    private final RDD<Tuple2<Integer, byte[]>> partitions;
    private final long[] byteCounts;
    private volatile boolean isClosed;

    private SparkKept(RDD<Tuple2<Integer, byte[]>> partitions, long[] byteCounts) {
        this.partitions = partitions;
        this.byteCounts = byteCounts;
    }

    /** Lets Spark keep {@code partitions}. */
    static SparkKept of(RDD<Tuple2<Integer, byte[]>> partitions, Storage storage) {
        partitions.persist(storage == Storage.DISK ? StorageLevel.DISK_ONLY() : StorageLevel.MEMORY_AND_DISK());
        long[] byteCounts = new long[partitions.getNumPartitions()];
        blocks(partitions)
                .map(block -> new Tuple2<>(block._1(), block._2().length))
                .collect()
                .forEach(size -> byteCounts[size._1()] += size._2());
        return new SparkKept(partitions, byteCounts);
    }

    private static JavaRDD<Tuple2<Integer, byte[]>> blocks(RDD<Tuple2<Integer, byte[]>> rdd) {
        ClassTag<Tuple2<Integer, byte[]>> tag = ClassTag$.MODULE$.apply(Tuple2.class);
        return new JavaRDD<>(rdd, tag);
    }

    int number() {
        return number;
    }

    SparkContext context() {
        return partitions.context();
    }

    Shuffle blocks() {
        if (isClosed) {
            throw new IllegalStateException("the persisted bag was closed. Close it after the last run that reads it");
        }
        return new Shuffle(partitions);
    }

    @Override
    @SuppressWarnings("unchecked") // records are objects
    public Chunk<Object> open(int partition) {
        PickedRdd picked = new PickedRdd(blocks(), new int[] {partition});
        try (RunSpace space = StageRdd.Executor.workspace().open()) {
            Part<Object> records = (Part<Object>)
                    FarExchange.records(blocks(picked).map(Tuple2::_2).collect(), space);
            try (Chunks<Object> chunks = records.open()) {
                List<Object> all = new ArrayList<>();
                for (Chunk<Object> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                    for (Object record = chunk.next(); record != null; record = chunk.next()) {
                        all.add(record);
                    }
                }
                return new InMemory(all.iterator());
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private record InMemory(Iterator<Object> records) implements Chunk<Object> {

        @Override
        public @Nullable Object next() {
            return records.hasNext() ? records.next() : null;
        }
    }

    @Override
    public long byteCount(int partition) {
        return isClosed ? 0 : byteCounts[partition];
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        release().run();
    }

    @Override
    public Runnable release() {
        RDD<Tuple2<Integer, byte[]>> released = partitions; // not this, which must become unreachable
        return () -> {
            if (!released.context().isStopped()) {
                released.unpersist(false);
            }
        };
    }
}
