package dev.bag.shuffle.gather;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator.Place;
import dev.bag.key.Keys;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.InDoubles;

/**
 * Folds the records of each key in doubles: what {@link TableSink} does with any fold, but with few objects. Its tables
 * have the same size on every machine, because where the records are cut shows in the last bits of the result.
 */
public final class DoublesSink extends GatheringSink {

    private static final int LOOK_EVERY = 64;

    private final CheckedFunction<Object, ?> key;
    private DoublesTable open;
    private int untilLook = LOOK_EVERY;

    /**
     * A sink for one part of the bag.
     *
     * @param sizes of the tables of all parts
     */
    public DoublesSink(
            Place place,
            CheckedFunction<Object, ?> key,
            InDoubles<Object> fold,
            SpillArea area,
            Targets targets,
            TableSizes sizes) {
        this(place, key, new DoublesTable(area, targets, fold, sizes));
    }

    private DoublesSink(Place place, CheckedFunction<Object, ?> key, DoublesTable first) {
        super(place, first);
        this.key = key;
        this.open = first;
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            Object of = Keys.notNull(key.applyChecked(record));
            if (retention().isOfViews()) {
                retention().mayKeep(of);
            }
            open.add(of, record);
            if (--untilLook == 0) {
                untilLook = LOOK_EVERY;
                share();
                long bytes = open.bytes();
                if (bytes >= TableSink.FIXED_SHARE || bytes - open.reserved() > TableSink.FIXED_SHARE / 16) {
                    look(TableSink.FIXED_SHARE);
                }
            }
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
    }

    @Override
    void begin(OpenBuffer next) {
        open = (DoublesTable) next;
    }
}
