package dev.bag.shuffle.gather;

import dev.bag.memory.SizeSampler;
import dev.bag.shuffle.hold.EntryStore;
import dev.bag.shuffle.hold.MemoryCursor;
import dev.bag.shuffle.hold.PackedStore;
import dev.bag.shuffle.hold.Partitioner;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Weight;
import dev.bag.shuffle.sort.PrefixSort;
import dev.bag.shuffle.sort.SortedRun;
import dev.bag.spill.PackedEntries;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.KeyOrder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link EntryBuffer} is, with the entries packed as they will be on disk; of those that are sorted the keys are kept as
 * objects beside them.
 */
final class PackedBuffer extends OpenBuffer {

    private static final int FIRST_CAPACITY = 64;

    private final int targetCount;
    private final EntryStore.Shape shape;
    private final @Nullable KeyOrder order;
    private final PackedEntries packed;
    private final MemoryCursor scratch = MemoryCursor.empty();
    private final SizeSampler keySizes = new SizeSampler();
    private int[] targets = new int[FIRST_CAPACITY];
    private @Nullable Object[] keys;
    private long keyBytes;
    private long objectBytes;

    PackedBuffer(SpillArea area, int targetCount, EntryStore.Shape shape, @Nullable KeyOrder order) {
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

    @Override
    PackedBuffer fresh() {
        return new PackedBuffer(area(), targetCount, shape, order);
    }

    /** Packed entries do not become one with others. */
    @Override
    Segment ended() throws IOException {
        return seal();
    }

    /** Buffers of so many bytes are kept besides, to which keys refer. */
    void addBuffers(long more) {
        keyBytes += more;
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
        scratch.set(key, value, tag);
        shape.write(scratch, packed);
    }

    @Override
    int count() {
        return packed.count();
    }

    @Override
    public long bytes() {
        return packed.bytes() + keyBytes + 4L * packed.count();
    }

    @Override
    boolean isLike(OpenBuffer right) {
        return false;
    }

    /** Never called, because this is sealed at the end of each part. */
    @Override
    void add(OpenBuffer right) {
        throw new IllegalStateException("packed entries are not open");
    }

    @Override
    public Segment seal() throws IOException {
        packed.complete();
        int count = packed.count();
        Weight weight = new Weight(bytes(), objectBytes, reserved());
        if (order != null) {
            int[] sorted = PrefixSort.order(keys, count, order);
            return SortedRun.seal(area(), new PackedStore(packed, shape, sorted), count, samples(sorted), weight);
        }
        Partitioner by = targetCount == 1 ? Partitioner.ofOne(count) : Partitioner.of(targets, count, targetCount);
        return Segment.seal(area(), new PackedStore(packed, shape, by.order), by.present, by.starts, weight);
    }

    private Object[] samples(int[] sorted) throws IOException {
        Object[] samples = new Object[SortedRun.sampleCount(sorted.length)];
        PackedStore store = new PackedStore(packed, shape, sorted);
        for (int i = 0; i < samples.length; i++) {
            store.read((i + 1) * Segment.MARK_EVERY, scratch);
            samples[i] = Objects.requireNonNull(scratch.value());
        }
        return samples;
    }
}
