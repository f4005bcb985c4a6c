package dev.bag.shuffle;

import dev.bag.spill.SpillArea;
import dev.bag.trait.KeyOrder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Entries in the order in which they came, each with its target; or records that are sorted when this is sealed. */
final class EntryBuffer extends OpenPiece {

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

    private EntryBuffer(SpillArea area, int targetCount, Columns.Shape shape, @Nullable Comparator<Object> order) {
        super(area);
        this.targetCount = targetCount;
        this.order = order;
        this.keys = shape.hasKeys() ? new @Nullable Object[FIRST_CAPACITY] : null;
        this.targets = targetCount > 1 ? new int[FIRST_CAPACITY] : null;
        this.tags = shape.hasTags() ? new long[FIRST_CAPACITY] : null;
    }

    static EntryBuffer spread(SpillArea area, int targetCount, Columns.Shape shape) {
        return new EntryBuffer(area, targetCount, shape, null);
    }

    static EntryBuffer sorting(SpillArea area, Comparator<Object> order) {
        return new EntryBuffer(area, 1, Columns.Shape.VALUES, order);
    }

    /** Another one for entries of the same kind. */
    EntryBuffer fresh() {
        return new EntryBuffer(area(), targetCount, shape(), order);
    }

    private Columns.Shape shape() {
        return new Columns.Shape(keys != null, tags != null);
    }

    /** A packed one for entries of the same kind; null where entries must stay objects, because they are compared. */
    @Nullable PackedBuffer packed() {
        if (order == null) {
            return new PackedBuffer(area(), targetCount, shape(), null);
        }
        return order instanceof KeyOrder keysOfRecords
                ? new PackedBuffer(area(), targetCount, shape(), keysOfRecords)
                : null;
    }

    /** Adds an entry that takes about {@code entryBytes}. */
    void add(int target, @Nullable Object key, @Nullable Object value, long tag, long entryBytes) {
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
    long bytes() {
        return bytes;
    }

    /** Whether this will most likely go to disk. */
    boolean isSpilling() {
        return area().isSpilling();
    }

    @Override
    boolean isLike(OpenPiece right) {
        return right instanceof EntryBuffer;
    }

    @Override
    void add(OpenPiece right) {
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
        ObjectColumns sorted = new ObjectColumns(
                keys == null ? null : inOrder(keys, by.order), inOrder(values, by.order), inOrder(tags, by.order));
        return Segment.seal(area(), sorted, by.present, by.starts, Weight.ofObjects(bytes, reserved()));
    }

    private Segment sealOnlyTarget() throws IOException {
        if (order != null && count > 0) {
            PrefixSort.sort(values, count, order);
            return Segment.sealSorted(
                    area(),
                    new ObjectColumns(null, values, null),
                    count,
                    samples(),
                    Weight.ofObjects(bytes, reserved()));
        }
        int[] present = count == 0 ? new int[0] : ONLY_TARGET;
        int[] starts = count == 0 ? new int[] {0} : new int[] {0, count};
        return Segment.seal(
                area(), new ObjectColumns(keys, values, tags), present, starts, Weight.ofObjects(bytes, reserved()));
    }

    private Object[] samples() {
        Object[] samples = new Object[(count - 1) / Segment.MARK_EVERY];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Objects.requireNonNull(values[(i + 1) * Segment.MARK_EVERY]);
        }
        return samples;
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
