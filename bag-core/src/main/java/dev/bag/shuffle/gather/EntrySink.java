package dev.bag.shuffle.gather;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator.Place;
import dev.bag.key.Keys;
import dev.bag.memory.SizeSampler;
import dev.bag.shuffle.hold.EntryStore;
import dev.bag.spill.SpillArea;
import dev.bag.value.Pair;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Gathers records as entries: the map side of a shuffle that does not combine, of a sort, and of what is only kept. Once
 * records go to disk anyway they are gathered as bytes.
 */
public final class EntrySink extends GatheringSink {

    /** How much is gathered as objects once records go to disk anyway. */
    private static final long MOST_OBJECTS = 1L << 20;

    private final Targets targets;
    /** What the target of a record follows from; null where all records of this part have one target. */
    private final @Nullable CheckedFunction<Object, ?> key;
    /** What of a record is the value of an entry with a key; null where an entry is a record, without a key. */
    private final @Nullable CheckedFunction<Object, ?> value;

    /** What a record is sorted by, which is kept in front of it in a pair; null where it is sorted as it is. */
    private final @Nullable CheckedFunction<Object, ?> sortKey;

    private final boolean isSorting;
    private final SizeSampler keySizes = new SizeSampler();
    private final SizeSampler valueSizes = new SizeSampler();
    private long share;
    private @Nullable EntryBuffer open;
    /** What is gathered in place of {@link #open} once records go to disk anyway; null until then. */
    private @Nullable PackedBuffer packed;

    private EntrySink(
            Place place,
            Targets targets,
            @Nullable CheckedFunction<Object, ?> key,
            @Nullable CheckedFunction<Object, ?> value,
            @Nullable CheckedFunction<Object, ?> sortKey,
            boolean isSorting,
            EntryBuffer empty) {
        super(place, empty);
        this.targets = targets;
        this.key = key;
        this.value = value;
        this.sortKey = sortKey;
        this.isSorting = isSorting;
        goOn(empty.first());
        this.share = empty.area().space().taskShare();
    }

    /** A sink for one part of the bag, of whose records a key and a value go where the key says. */
    public static EntrySink entries(
            Place place,
            Targets targets,
            CheckedFunction<Object, ?> key,
            CheckedFunction<Object, ?> value,
            SpillArea area) {
        return new EntrySink(
                place,
                targets,
                key,
                value,
                null,
                false,
                EntryBuffer.spread(area, targets.count(), EntryStore.Shape.KEYED));
    }

    /** A sink for one part of the bag, whose records go where their key says, without it. */
    public static EntrySink spreading(Place place, Targets targets, CheckedFunction<Object, ?> key, SpillArea area) {
        return new EntrySink(
                place,
                targets,
                key,
                null,
                null,
                false,
                EntryBuffer.spread(area, targets.count(), EntryStore.Shape.VALUES));
    }

    /** A sink for one part of the bag, all of whose records are kept at the {@linkplain Targets#inPlace only} target. */
    public static EntrySink keeping(Place place, Targets only, SpillArea area) {
        return new EntrySink(
                place, only, null, null, null, false, EntryBuffer.spread(area, only.count(), EntryStore.Shape.VALUES));
    }

    /**
     * A sink for one part of the bag, whose records are sorted piece by piece.
     *
     * @param sortKey what they are sorted by, kept in front of each in a pair; null to sort them as they are
     */
    public static EntrySink sorting(
            Place place, @Nullable CheckedFunction<Object, ?> sortKey, Comparator<Object> order, SpillArea area) {
        return new EntrySink(place, Targets.TOGETHER, null, null, sortKey, true, EntryBuffer.sorting(area, order));
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            add(record);
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
    }

    private void add(Object record) throws Throwable {
        if (key == null) {
            add(targets.only(), null, kept(sortKey == null ? record : behindKey(sortKey, record)));
            return;
        }
        Object of = Keys.notNull(key.applyChecked(record));
        int target = targets.of(of);
        if (value == null) {
            add(target, null, kept(record));
            return;
        }
        Object valueOf = value.applyChecked(record);
        Object keptKey = kept(of);
        add(target, keptKey, valueOf == of ? keptKey : kept(valueOf));
    }

    /** What is packed at once may be a view, unless an object of it is kept to be compared. */
    private Object kept(Object object) {
        return isSorting || open != null ? retention().kept(object) : object;
    }

    private static Object behindKey(CheckedFunction<Object, ?> sortKey, Object record) throws Throwable {
        return new Pair<>(Keys.notNull(sortKey.applyChecked(record)), record);
    }

    private void add(int target, @Nullable Object of, @Nullable Object record) throws Throwable {
        long buffers = bytesKept();
        long bytes = buffers + valueSizes.of(record);
        if (of != null && of != record) {
            bytes += keySizes.of(of);
        }
        EntryBuffer objects = open;
        if (objects != null) {
            objects.add(target, of, record, 0, bytes);
            if (objects.bytes() - objects.reserved() > share / 32) {
                share = share();
                look(objects.isSpilling() ? Math.min(share, MOST_OBJECTS) : share);
            }
        } else if (packed != null) {
            packed.addBuffers(buffers);
            packed.add(target, of, record, 0, bytes);
            if (packed.bytes() - packed.reserved() > share / 32) {
                share = share();
                look(share);
            }
        }
    }

    @Override
    void begin(OpenBuffer next) {
        open = next instanceof EntryBuffer objects ? objects : null;
        packed = next instanceof PackedBuffer bytes ? bytes : null;
    }
}
