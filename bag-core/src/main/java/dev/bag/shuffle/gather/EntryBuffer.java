package dev.bag.shuffle.gather;

import dev.bag.shuffle.hold.EntryStore;
import dev.bag.shuffle.hold.ObjectStore;
import dev.bag.shuffle.hold.Partitioner;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Weight;
import dev.bag.shuffle.sort.SortedRun;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.KeyOrder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Entries in the order in which they came, each with its target; or records that are sorted when this is sealed. */
public final class EntryBuffer extends OpenBuffer {

    private static final int FIRST_CAPACITY = 8;
    /** What an entry takes beyond key and value. */
    static final int OVERHEAD = 16;

    private static final int[] ONLY_TARGET = {0};

    private final int targetCount;
    private final @Nullable Comparator<Object> order;

    private int count;
    private @Nullable Object @Nullable [] keys;
    private @Nullable Object[] values = new @Nullable Object[FIRST_CAPACITY];
    private int @Nullable [] targets;
    private long @Nullable [] tags;
    private long bytes;

    private EntryBuffer(SpillArea area, int targetCount, EntryStore.Shape shape, @Nullable Comparator<Object> order) {
        super(area);
        this.targetCount = targetCount;
        this.order = order;
        this.keys = shape.hasKeys() ? new @Nullable Object[FIRST_CAPACITY] : null;
        this.targets = targetCount > 1 ? new int[FIRST_CAPACITY] : null;
        this.tags = shape.hasTags() ? new long[FIRST_CAPACITY] : null;
    }

    /** For entries that go to {@code targetCount} targets. */
    public static EntryBuffer spread(SpillArea area, int targetCount, EntryStore.Shape shape) {
        return new EntryBuffer(area, targetCount, shape, null);
    }

    /** For records that are sorted when this is sealed. */
    static EntryBuffer sorting(SpillArea area, Comparator<Object> order) {
        return new EntryBuffer(area, 1, EntryStore.Shape.VALUES, order);
    }

    /** Returns what gathers the first entries: this, unless they are packed from the beginning. */
    OpenBuffer first() {
        return isSpilling() ? next() : this;
    }

    /** Once entries will most likely go to disk they are packed, unless they must stay objects because they are compared. */
    @Override
    OpenBuffer next() {
        if (!isSpilling() || (order != null && !(order instanceof KeyOrder))) {
            return fresh();
        }
        return new PackedBuffer(area(), targetCount, shape(), order instanceof KeyOrder keys ? keys : null);
    }

    @Override
    public EntryBuffer fresh() {
        return new EntryBuffer(area(), targetCount, shape(), order);
    }

    private EntryStore.Shape shape() {
        return new EntryStore.Shape(keys != null, tags != null);
    }

    /** Adds an entry that takes about {@code entryBytes}. */
    public void add(int target, @Nullable Object key, @Nullable Object value, long tag, long entryBytes) {
        if (count == values.length) {
            grow(count * 2);
        }
        values[count] = value;
        if (keys != null) {
            keys[count] = key;
        }
        if (targets != null) {
            targets[count] = target;
        }
        if (tags != null) {
            tags[count] = tag;
        }
        count++;
        bytes += entryBytes + OVERHEAD;
    }

    private void grow(int capacity) {
        values = Arrays.copyOf(values, capacity);
        if (keys != null) {
            keys = Arrays.copyOf(keys, capacity);
        }
        if (targets != null) {
            targets = Arrays.copyOf(targets, capacity);
        }
        if (tags != null) {
            tags = Arrays.copyOf(tags, capacity);
        }
    }

    @Override
    int count() {
        return count;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /** Whether this will most likely go to disk. */
    boolean isSpilling() {
        return area().isSpilling();
    }

    @Override
    boolean isLike(OpenBuffer right) {
        return right instanceof EntryBuffer;
    }

    @Override
    void add(OpenBuffer right) {
        EntryBuffer other = (EntryBuffer) right;
        int sum = count + other.count;
        if (sum > values.length) {
            grow(Math.max(sum, count * 2));
        }
        System.arraycopy(other.values, 0, values, count, other.count);
        if (keys != null && other.keys != null) {
            System.arraycopy(other.keys, 0, keys, count, other.count);
        }
        if (targets != null && other.targets != null) {
            System.arraycopy(other.targets, 0, targets, count, other.count);
        }
        if (tags != null && other.tags != null) {
            System.arraycopy(other.tags, 0, tags, count, other.count);
        }
        count = sum;
        bytes += other.bytes;
    }

    @Override
    public Segment seal() throws IOException {
        if (targets == null) {
            return sealOnlyTarget();
        }
        Partitioner by = Partitioner.of(targets, count, targetCount);
        ObjectStore sorted = new ObjectStore(
                keys == null ? null : inOrder(keys, by.order), inOrder(values, by.order), inOrder(tags, by.order));
        return Segment.seal(area(), sorted, by.present, by.starts, Weight.ofObjects(bytes, reserved()));
    }

    private Segment sealOnlyTarget() throws IOException {
        if (order != null) {
            return SortedRun.sort(area(), values, count, order, Weight.ofObjects(bytes, reserved()));
        }
        int[] present = count == 0 ? new int[0] : ONLY_TARGET;
        int[] starts = count == 0 ? new int[] {0} : new int[] {0, count};
        return Segment.seal(
                area(), new ObjectStore(keys, values, tags), present, starts, Weight.ofObjects(bytes, reserved()));
    }

    private static @Nullable Object[] inOrder(@Nullable Object[] from, int[] order) {
        @Nullable Object[] sorted = new @Nullable Object[order.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = from[order[i]];
        }
        return sorted;
    }

    private static long @Nullable [] inOrder(long @Nullable [] from, int[] order) {
        if (from == null) {
            return null;
        }
        long[] sorted = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = from[order[i]];
        }
        return sorted;
    }
}
