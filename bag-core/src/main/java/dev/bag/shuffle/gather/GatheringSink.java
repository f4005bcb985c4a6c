package dev.bag.shuffle.gather;

import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.Retention;
import dev.bag.kernel.Sink;
import dev.bag.shuffle.hold.Sealable;
import dev.bag.spill.RunSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The map side of a shuffle in one part of the bag: gathers records in an open buffer. When that has grown to its share of
 * the memory it is sealed, and the next one begun. Subclasses add the records themselves to a buffer whose class they know,
 * because a call that is not the same for all of them costs too much for each record. From time to time they look at its
 * size.
 */
public abstract class GatheringSink implements Sink, Retention.Keeper {

    final Place place;
    private final RunSpace space;
    private final List<Sealable> sealed = new ArrayList<>(1);
    /** Null before the first record, where it is not this sink's alone. */
    private @Nullable OpenBuffer open;

    private boolean isGathering;
    private Retention retention = Retention.NONE;
    private long keptBefore;

    GatheringSink(Place place, OpenBuffer open) {
        this(place, open.area().space());
        this.open = open;
    }

    /** A sink that says where it gathers when the first record has come. */
    GatheringSink(Place place, RunSpace space) {
        this.place = place;
        this.space = space;
    }

    @Override
    public void begin(long position, Retention ofTask) {
        retention = ofTask;
        keptBefore = ofTask.bytesKept();
    }

    /** What of the records is kept. */
    final Retention retention() {
        return retention;
    }

    /** Returns how many bytes of buffers have been kept since the last time, because of something that was gathered. */
    final long bytesKept() {
        long now = retention.bytesKept();
        long more = now - keptBefore;
        keptBefore = now;
        return more;
    }

    /** Records are added to {@code next} from now on. */
    abstract void begin(OpenBuffer next);

    /**
     * How much a sink may gather, as things are now: the more of them gather at the same time, the less. A sink counts from
     * its first look on, so one to which few or no records come takes nothing from the others.
     */
    final long share() {
        if (!isGathering) {
            isGathering = true;
            space.gatheringBegins();
        }
        return space.taskShare();
    }

    /**
     * Seals the open buffer if it has {@code most} bytes; otherwise counts the memory that has come since the last time.
     * Returns whether it was sealed.
     */
    final boolean look(long most) throws Throwable {
        OpenBuffer full = Objects.requireNonNull(open);
        if (full.bytes() < most) {
            full.reserve();
            return false;
        }
        goOn(full.next());
        sealed.add(full.seal());
        return true;
    }

    /** What is sealed may be spilled, and must not stay reachable from here. */
    final void goOn(OpenBuffer next) {
        open = next;
        begin(next);
    }

    /** What {@code last} becomes when no more records come to this; null if others go on with it. */
    @Nullable Sealable end(OpenBuffer last) throws Throwable {
        goOn(last.fresh());
        return last.ended();
    }

    /** Leaves the open buffer to others. */
    void leave() {
        open = null;
    }

    /** Gives up what has come, with the memory it takes and what of it can be spilled: the part is read anew. */
    public final void discard() {
        end();
        MapOutput.drop(sealed);
        if (open != null) {
            open.drop();
        }
    }

    /** Returns what has come, when no more comes. It may still be {@linkplain #discard discarded}, unless it was changed. */
    public final MapOutput pieces() throws Throwable {
        OpenBuffer last = open;
        if (last != null && last.count() > 0) {
            Sealable ended = end(last);
            if (ended != null) {
                sealed.add(ended);
            }
        }
        end();
        return new MapOutput(sealed);
    }

    private void end() {
        if (isGathering) {
            isGathering = false;
            space.gatheringEnds();
        }
    }
}
