package dev.bag.shuffle.gather;

import dev.bag.fold.Fold;
import dev.bag.kernel.EvenCut;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.key.KeyTable;
import dev.bag.memory.ObjectSize;
import dev.bag.shuffle.hold.ObjectStore;
import dev.bag.shuffle.hold.Partitioner;
import dev.bag.shuffle.hold.Sealable;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Weight;
import dev.bag.spill.SpillArea;
import dev.bag.value.Pair;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An accumulator for each key. Looks at some of them from time to time to know about how much memory it takes. */
public final class EntryTable extends OpenBuffer {

    private static final int OVERHEAD = 48;
    private static final int LOOKED_AT = 16;
    private static final int HEAVY = 8;

    private final Operator operator;
    private final Targets targets;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final KeyTable table = new KeyTable();
    private long keyBytes;
    private int keysCounted;
    private long accumulatorBytes;
    private long bufferBytes;
    /** The bytes of accumulators that were found to be much larger than most, by entry; null while there are none. */
    private @Nullable Map<Integer, Long> heavy;

    EntryTable(Operator operator, SpillArea area, Targets targets, Fold<Object, @Nullable Object, ?> fold) {
        super(area);
        this.operator = operator;
        this.targets = targets;
        this.fold = fold;
    }

    KeyTable table() {
        return table;
    }

    @Override
    EntryTable fresh() {
        return new EntryTable(operator, area(), targets, fold);
    }

    @Override
    Sealable ended() throws Throwable {
        look(0);
        return super.ended();
    }

    /** Estimates the size anew. */
    void look(int lastEntry) {
        int count = table.count();
        int step = Math.max(1, (count - keysCounted) / LOOKED_AT);
        for (int entry = keysCounted; entry < count; entry += step) {
            keyBytes += keyBytes(entry) * Math.min(step, count - entry);
        }
        keysCounted = count;
        long sum = 0;
        int looked = Math.min(count, LOOKED_AT);
        for (int i = 0; i < looked; i++) {
            int entry = (int) new EvenCut(count, looked).begin(i);
            sum += isHeavy(entry) ? 0 : own(entry);
        }
        long average = looked == 0 ? 0 : sum / looked;
        lookAtHeavy(lastEntry, average);
        accumulatorBytes = average * count;
    }

    /** Buffers of so many bytes are kept besides, to which entries refer. */
    void addBuffers(long more) {
        bufferBytes += more;
    }

    private void lookAtHeavy(int entry, long average) {
        if (entry < table.count()) {
            long size = own(entry);
            if (size > HEAVY * average + keyBytes(entry)) {
                if (heavy == null) {
                    heavy = new HashMap<>();
                }
                heavy.put(entry, size);
            }
        }
    }

    private boolean isHeavy(int entry) {
        return heavy != null && heavy.containsKey(entry);
    }

    private long keyBytes(int entry) {
        Object key = table.keyObject(entry);
        return key == null ? KeyTable.BYTES_OF_NUMBERS : ObjectSize.of(key);
    }

    /** What a record kept as its own key takes is counted once. */
    private long own(int entry) {
        return table.value(entry) == table.keyObject(entry) ? 0 : ObjectSize.of(table.value(entry));
    }

    @Override
    int count() {
        return table.count();
    }

    @Override
    public long bytes() {
        long sum = bufferBytes + keyBytes + accumulatorBytes + (long) table.count() * OVERHEAD;
        if (heavy != null) {
            for (long size : heavy.values()) {
                sum += size;
            }
        }
        return sum;
    }

    @Override
    boolean isLike(OpenBuffer right) {
        return right instanceof EntryTable other && other.targets.equals(targets);
    }

    @Override
    boolean absorbingShows() {
        return !fold.mergesExactly();
    }

    @Override
    void add(OpenBuffer right) {
        EntryTable other = (EntryTable) right;
        KeyTable from = other.table;
        for (int entry = 0; entry < from.count(); entry++) {
            merge(table, from.key(entry), from.value(entry), fold, operator);
        }
        bufferBytes += other.bufferBytes;
        look(0);
    }

    /** Merges the accumulator of a key with the one that {@code merged} has, or adds it. */
    public static void merge(
            KeyTable merged,
            Object key,
            @Nullable Object value,
            Fold<Object, @Nullable Object, ?> fold,
            Operator operator) {
        int entry = merged.find(key);
        if (entry < 0) {
            merged.set(-1 - entry, value);
            return;
        }
        try {
            merged.set(entry, fold.merge(merged.value(entry), value));
        } catch (Throwable e) {
            throw failure(operator, key, e);
        }
    }

    /** No record is left that could be named, but its key. */
    public static OperatorFailure failure(Operator operator, Object key, Throwable thrown) {
        return OperatorFailure.of(operator, new Pair<>(key, "…"), thrown);
    }

    @Override
    public Segment seal() throws IOException {
        int count = table.count();
        Partitioner by = Partitioner.of(targets.of(count, table::stableHash), count, targets.count());
        @Nullable Object[] keys = new @Nullable Object[count];
        @Nullable Object[] values = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            keys[i] = table.key(by.order[i]);
            values[i] = table.value(by.order[i]);
        }
        return Segment.seal(
                area(),
                new ObjectStore(keys, values, null),
                by.present,
                by.starts,
                Weight.ofObjects(bytes(), reserved()));
    }
}
