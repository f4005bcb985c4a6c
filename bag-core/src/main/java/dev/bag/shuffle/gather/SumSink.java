package dev.bag.shuffle.gather;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator.Place;
import dev.bag.key.Keys;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.LongSum;

/** Adds up the numbers of each key's records: what {@link TableSink} does with any fold, but with few objects. */
public final class SumSink extends GatheringSink {

    private static final int LOOK_EVERY = 64;

    private final CheckedFunction<Object, ?> key;
    private final LongSum<Object, Object> sum;
    private SumTable open;
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
        this.open = first;
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            open.add(Keys.notNull(key.applyChecked(record)), sum.number(record));
            if (--untilLook == 0) {
                untilLook = LOOK_EVERY;
                long share = share();
                if (open.bytes() >= share || open.bytes() - open.reserved() > share / 16) {
                    look(share);
                }
            }
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
    }

    @Override
    void begin(OpenBuffer next) {
        open = (SumTable) next;
    }
}
