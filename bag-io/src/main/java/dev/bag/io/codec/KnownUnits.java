package dev.bag.io.codec;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Units that were found by walking over a file, some of them: so that not every piece has to walk from the beginning. All
 * that is known here can be found again. Used by several threads at once.
 */
final class KnownUnits {

    /** About how far known units are apart. */
    private static final long DISTANCE = 256 << 10;

    private final ConcurrentSkipListMap<Long, Step> steps = new ConcurrentSkipListMap<>();

    /** From one unit to the next; null if there is none. */
    record Step(Unit unit, @Nullable Unit next) {}

    /** Returns the last known step from a unit before an offset. */
    @Nullable Step lastBefore(long offset) {
        Map.Entry<Long, Step> entry = steps.lowerEntry(offset);
        return entry == null ? null : entry.getValue();
    }

    /** Notes a step, if it leads far from those that are known. */
    void note(Unit unit, @Nullable Unit next) {
        if (next == null || next.start() / DISTANCE > unit.start() / DISTANCE) {
            steps.put(unit.start(), new Step(unit, next));
        }
    }
}
