package dev.bag.shuffle;

import dev.bag.spill.PackedEntries;
import dev.bag.spill.SizeSampler;
import dev.bag.spill.SpillArea;
import dev.bag.trait.KeyOrder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link EntryBuffer} is, with the entries packed as they will be on disk; of those that are sorted the keys are kept as
 * objects beside them.
 */
final class PackedBuffer extends OpenPiece {

    private static final int FIRST_CAPACITY = 64;

    private final int targetCount;
    private final Columns.Shape shape;
    private final @Nullable KeyOrder order;
    private final PackedEntries packed;
    private final MemoryEntries scratch = new MemoryEntries(ObjectColumns.NONE, 0, 0, Reading.KEEP, 0);
    private final SizeSampler keySizes = new SizeSampler();
    private int[] targets = new int[FIRST_CAPACITY];
    private @Nullable Object[] keys;
    private long keyBytes;
    private long objectBytes;

    PackedBuffer(SpillArea area, int targetCount, Columns.Shape shape, @Nullable KeyOrder order) {
        super(area);
        this.targetCount = targetCount;
        this.shape = shape;
        this.order = order;
        this.packed = area().newPacked();
        this.keys = new @Nullable Object[order == null ? 0 : FIRST_CAPACITY];
    }

    PackedEntries packed() {
        return packed;
    }

    PackedBuffer fresh() {
        return new PackedBuffer(area(), targetCount, shape, order);
    }

    /** Adds an entry that takes about {@code entryBytes} as objects. */
    void add(int target, @Nullable Object key, @Nullable Object value, long tag, long entryBytes) throws IOException {
        int entry = packed.count();
        if (order != null && value != null) {
            Object sortKey = order.keyOf(value);
            keys = entry == keys.length ? Arrays.copyOf(keys, entry * 2) : keys;
            keys[entry] = sortKey;
            keyBytes += keySizes.of(sortKey) + 4;
        } else {
            targets = entry == targets.length ? Arrays.copyOf(targets, entry * 2) : targets;
            targets[entry] = target;
        }
        objectBytes += entryBytes + EntryBuffer.OVERHEAD;
        scratch.key = key;
        scratch.value = value;
        scratch.tag = tag;
        shape.write(scratch, packed);
    }

    @Override
    int count() {
        return packed.count();
    }

    @Override
    long bytes() {
        return packed.bytes() + keyBytes + 4L * packed.count();
    }

    @Override
    boolean isLike(OpenPiece right) {
        return false;
    }

    /** Never called, because this is sealed at the end of each part. */
    @Override
    void add(OpenPiece right) {
        throw new IllegalStateException("packed entries are not open");
    }

    @Override
    public Segment seal() throws IOException {
        packed.complete();
        int count = packed.count();
        Weight weight = new Weight(bytes(), objectBytes, reserved());
        if (order != null) {
            int[] sorted = PrefixSort.order(keys, count, order);
            return Segment.sealSorted(area(), new PackedColumns(packed, shape, sorted), count, samples(sorted), weight);
        }
        Partitioner by = targetCount == 1 ? Partitioner.ofOne(count) : Partitioner.of(targets, count, targetCount);
        return Segment.seal(area(), new PackedColumns(packed, shape, by.order), by.present, by.starts, weight);
    }

    private Object[] samples(int[] sorted) throws IOException {
        Object[] samples = new Object[Math.max(0, (sorted.length - 1) / Segment.MARK_EVERY)];
        PackedColumns columns = new PackedColumns(packed, shape, sorted);
        for (int i = 0; i < samples.length; i++) {
            columns.read((i + 1) * Segment.MARK_EVERY, scratch);
            samples[i] = Objects.requireNonNull(scratch.value);
        }
        return samples;
    }
}
