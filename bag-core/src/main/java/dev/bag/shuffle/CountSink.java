package dev.bag.shuffle;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Keys;
import dev.bag.kernel.Place;
import dev.bag.spill.SpillArea;
import java.util.ArrayList;
import java.util.List;

/** Counts the records of each key: what {@link TableSink} does with a {@link dev.bag.kernel.TallyFold}, but without objects. */
public final class CountSink implements PieceSink {

    private static final int LOOK_EVERY = 64;

    private final Place place;
    private final CheckedFunction<Object, ?> key;
    private final Gathering gathering;
    private final List<Piece> pieces = new ArrayList<>(1);
    private CountTable open;
    private int untilLook = LOOK_EVERY;

    /** A sink for one part of the bag. */
    public CountSink(Place place, CheckedFunction<Object, ?> key, SpillArea area, Targets targets) {
        this.place = place;
        this.key = key;
        this.gathering = new Gathering(area.space());
        this.open = new CountTable(area, targets);
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            open.add(Keys.notNull(key.applyChecked(record)), 1);
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
            CountTable full = open;
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
            CountTable last = open;
            open = last.fresh();
            pieces.add(last.openIfSmall());
        }
        gathering.end();
        return new Pieces(pieces);
    }
}
