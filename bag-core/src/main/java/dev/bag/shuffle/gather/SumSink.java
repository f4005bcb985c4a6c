package dev.bag.shuffle.gather;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.Retention;
import dev.bag.key.Keys;
import dev.bag.shuffle.hold.Sealable;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.LongSum;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the numbers of each key's records: what {@link TableSink} does with any fold, but with few objects. In a table
 * of its own, or in one that it shares with the sinks before and after it.
 */
public final class SumSink extends GatheringSink {

    private static final int LOOK_EVERY = 64;

    private final CheckedFunction<Object, ?> key;
    private final LongSum<Object, Object> sum;
    private final @Nullable SharedSums shared;
    /** Null before the first record. */
    private @Nullable SumTable open;

    private long position;
    private int untilLook = LOOK_EVERY;

    /** A sink for one part of the bag. */
    public SumSink(
            Place place, CheckedFunction<Object, ?> key, LongSum<Object, Object> sum, SpillArea area, Targets targets) {
        this(place, key, sum, new SumTable(area, targets, sum));
    }

    private SumSink(Place place, CheckedFunction<Object, ?> key, LongSum<Object, Object> sum, SumTable first) {
        super(place, first);
        this.key = key;
        this.sum = sum;
        this.shared = null;
        this.open = first;
    }

    /** A sink for one part of the bag, or one chunk of it, which must never be given the same records again. */
    public SumSink(Place place, CheckedFunction<Object, ?> key, LongSum<Object, Object> sum, SharedSums shared) {
        super(place, shared.space());
        this.key = key;
        this.sum = sum;
        this.shared = shared;
    }

    @Override
    public void begin(long newPosition, Retention ofTask) {
        super.begin(newPosition, ofTask);
        position = newPosition;
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            SumTable table = open == null ? opened() : open;
            Object of = Keys.notNull(key.applyChecked(record));
            if (retention().isOfViews()) {
                retention().mayKeep(of);
            }
            table.add(of, sum.number(record));
            if (--untilLook == 0) {
                untilLook = LOOK_EVERY;
                look(table);
            }
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
    }

    private void look(SumTable table) throws Throwable {
        long share = share();
        if (table.isFull()) {
            look(0);
        } else if (table.bytes() >= share || table.bytes() - table.reserved() > share / 16) {
            look(share);
        }
    }

    private SumTable opened() {
        SharedSums tables = Objects.requireNonNull(shared);
        SumTable taken = tables.take(tables.rank(place, position));
        goOn(taken);
        return taken;
    }

    @Override
    @Nullable Sealable end(OpenBuffer last) throws Throwable {
        if (shared == null) {
            return super.end(last);
        }
        leave();
        shared.giveBack((SumTable) last);
        return null;
    }

    @Override
    void leave() {
        super.leave();
        open = null;
    }

    @Override
    void begin(OpenBuffer next) {
        open = (SumTable) next;
    }
}
