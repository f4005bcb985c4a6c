package dev.bag.shuffle;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Keys;
import dev.bag.kernel.Place;
import dev.bag.spill.SpillArea;
import dev.bag.trait.LongSum;
import java.util.ArrayList;
import java.util.List;

/** Adds up the numbers of each key's records: what {@link TableSink} does with any fold, but with few objects. */
public final class SumSink implements PieceSink {

    private static final int LOOK_EVERY = 64;

    private final Place place;
    private final CheckedFunction<Object, ?> key;
    private final LongSum<Object, Object> sum;
    private final Gathering gathering;
    private final List<Piece> pieces = new ArrayList<>(1);
    private SumTable open;
    private int untilLook = LOOK_EVERY;

    /** A sink for one part of the bag. */
    public SumSink(
            Place place, CheckedFunction<Object, ?> key, LongSum<Object, Object> sum, SpillArea area, Targets targets) {
        this.place = place;
        this.key = key;
        this.sum = sum;
        this.gathering = new Gathering(area.space());
        this.open = new SumTable(area, targets, sum);
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            open.add(Keys.notNull(key.applyChecked(record)), sum.number(record));
            if (--untilLook == 0) {
                look();
            }
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
    }

    private void look() throws Throwable {
        untilLook = LOOK_EVERY;
        long share = gathering.share();
        if (open.bytes() >= share) {
            SumTable full = open;
            open = full.fresh();
            pieces.add(full.seal());
        } else if (open.bytes() - open.reserved() > share / 16) {
            open.reserve();
        }
    }

    @Override
    public void discard() {
        gathering.end();
        Pieces.drop(pieces);
        open.drop();
    }

    @Override
    public Pieces pieces() throws Throwable {
        if (open.count() > 0) {
            SumTable last = open;
            open = last.fresh();
            pieces.add(last.openIfSmall());
        }
        gathering.end();
        return new Pieces(pieces);
    }
}
