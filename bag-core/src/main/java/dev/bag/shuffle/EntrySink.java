package dev.bag.shuffle;

import dev.bag.kernel.Place;
import dev.bag.memory.SizeSampler;
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

    /** How much is gathered as objects once records go to disk anyway. */
    private static final long MOST_OBJECTS = 1L << 20;

    private final Place place;
    private final Router.Route route;
    private final Gathering gathering;
    private long share;

    private final SizeSampler keySizes = new SizeSampler();
    private final SizeSampler valueSizes = new SizeSampler();
    private final List<Piece> pieces = new ArrayList<>(1);
    private EntryBuffer open;
    /** What is gathered in place of {@link #open} once records go to disk anyway; null until then. */
    private @Nullable PackedBuffer packed;

    private EntrySink(Place place, Router router, EntryBuffer open) {
        this.place = place;
        this.route = router.route();
        this.open = open;
        this.gathering = new Gathering(open.area().space());
        this.share = gathering.share();
    }

    /** A sink for one part of the bag. */
    public static EntrySink spreading(Place place, Router router, SpillArea area) {
        Columns.Shape shape = router.isKeyed() ? Columns.Shape.KEYED : Columns.Shape.VALUES;
        return new EntrySink(place, router, EntryBuffer.spread(area, router.targetCount(), shape));
    }

    /** A sink for one part of the bag, whose records are sorted piece by piece. */
    public static EntrySink sorting(Place place, Router router, Comparator<Object> order, SpillArea area) {
        return new EntrySink(place, router, EntryBuffer.sorting(area, order));
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            route.add(record, place.partition(), this);
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
        PackedBuffer toDisk = packed;
        if (toDisk != null) {
            toDisk.add(target, key, value, 0, bytes);
            makeRoom(toDisk);
            return;
        }
        open.add(target, key, value, 0, bytes);
        makeRoom(open);
    }

    private void makeRoom(OpenPiece piece) throws Throwable {
        if (piece.bytes() - piece.reserved() > share / 32) {
            share = gathering.share();
            if (piece.bytes() >= (piece == open && open.isSpilling() ? Math.min(share, MOST_OBJECTS) : share)) {
                goOn();
                pieces.add(piece.seal());
            } else {
                piece.reserve();
            }
        }
    }

    /** Begins to gather anew. What will most likely go to disk is packed. */
    private void goOn() {
        if (packed != null) {
            packed = packed.fresh();
        } else {
            open = open.fresh();
            packed = open.isSpilling() ? open.packed() : null;
        }
    }

    @Override
    public void discard() {
        gathering.end();
        Pieces.drop(pieces);
        open.drop();
        if (packed != null) {
            packed.drop();
        }
    }

    @Override
    public Pieces pieces() throws Throwable {
        PackedBuffer lastPacked = packed;
        EntryBuffer last = open;
        if (lastPacked != null && lastPacked.count() > 0) {
            packed = lastPacked.fresh();
            pieces.add(lastPacked.seal());
        }
        if (last.count() > 0) {
            open = last.fresh();
            pieces.add(last.openIfSmall());
        }
        gathering.end();
        return new Pieces(pieces);
    }
}
