package dev.bag.shuffle;

import dev.bag.kernel.Place;
import dev.bag.spill.SizeSampler;
import dev.bag.spill.SpillArea;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers records as entries: the map side of a shuffle that does not combine, of a sort, and of what is only kept. When
 * they have grown to the share of a task they are sealed.
 */
public final class EntrySink implements PieceSink {

    private final Place place;
    private final Routing routing;
    private final long share;
    private final SizeSampler keySizes = new SizeSampler();
    private final SizeSampler valueSizes = new SizeSampler();
    private final List<Piece> pieces = new ArrayList<>(1);
    private EntryBuffer open;

    private EntrySink(Place place, Routing routing, EntryBuffer open) {
        this.place = place;
        this.routing = routing;
        this.open = open;
        this.share = open.space().taskShare();
    }

    /** A sink for one part of the bag. */
    public static EntrySink spreading(Place place, Routing routing, SpillArea area) {
        Columns.Shape shape = routing.isKeyed() ? Columns.Shape.KEYED : Columns.Shape.VALUES;
        return new EntrySink(place, routing, EntryBuffer.spread(area, routing.targetCount(), shape));
    }

    /** A sink for one part of the bag, whose records are sorted piece by piece. */
    public static EntrySink sorting(Place place, Comparator<Object> order, SpillArea area) {
        return new EntrySink(place, Routing.together(), EntryBuffer.sorting(area, order));
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            routing.route(record, place.partition(), this);
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
    }

    /** Adds an entry. */
    void add(int target, @Nullable Object key, @Nullable Object value) throws Throwable {
        long bytes = valueSizes.of(value);
        if (key != null && key != value) {
            bytes += keySizes.of(key);
        }
        open.add(target, key, value, 0, bytes);
        if (open.bytes() - open.reserved() > share / 16) {
            makeRoom();
        }
    }

    private void makeRoom() throws Throwable {
        if (open.bytes() >= share) {
            EntryBuffer full = open;
            open = full.fresh();
            pieces.add(full.seal());
        } else {
            open.reserve();
        }
    }

    @Override
    public Pieces pieces() throws Throwable {
        if (open.count() > 0) {
            pieces.add(open);
        }
        return new Pieces(pieces);
    }
}
