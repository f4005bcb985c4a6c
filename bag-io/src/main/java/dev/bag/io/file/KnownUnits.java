package dev.bag.io.file;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Units that were found by walking over a file, some of them: so that not every piece has to walk from the beginning. All
 * that is known here can be found again. Used by several threads at once.
 */
public final class KnownUnits {

    /** About how far known units are apart. */
    private static final long DISTANCE = 256 << 10;

    private final ConcurrentSkipListMap<Long, Step> steps = new ConcurrentSkipListMap<>();

    /** From one unit to the next; null if there is none. */
    public record Step(Unit unit, @Nullable Unit next) {}

    /** Returns the last known step from a unit before an offset. */
    public @Nullable Step lastBefore(long offset) {
        Map.Entry<Long, Step> entry = steps.lowerEntry(offset);
        return entry == null ? null : entry.getValue();
    }

    /** Notes a step, if it leads far from those that are known. */
    public void note(Unit unit, @Nullable Unit next) {
        if (next == null || next.start() / DISTANCE > unit.start() / DISTANCE) {
            steps.put(unit.start(), new Step(unit, next));
        }
    }

    /**
     * Where a unit of a compressed file begins, as walking over headers finds it.
     *
     * @param start where in the file
     * @param frame where that begins of which it is a part and whose header it needs; the same if it needs none
     * @param flags what the header says, where that is needed
     */
    public record Unit(long start, long frame, int flags) {

        /** Returns a unit that needs no header before it. */
        public static Unit at(long start) {
            return new Unit(start, start, 0);
        }

        /** Returns whether it has a header of its own. */
        public boolean isFrame() {
            return start == frame;
        }
    }
}
