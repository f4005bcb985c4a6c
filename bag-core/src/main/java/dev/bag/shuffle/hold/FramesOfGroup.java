package dev.bag.shuffle.hold;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The frames on disk that the values of a group lie in, among those of other groups. How many values come before a frame
 * is known once it has been read, and kept, so that it is found at once when it is wanted again. The values of the frame
 * that was read last are in memory. One thread at a time reads.
 */
final class FramesOfGroup {

    private final List<Segment> segments;
    private final int target;
    private final Predicate<EntryCursor> isOfGroup;

    /** Of each known frame the number of its segment and its position there; the last of them has not been read yet. */
    private int[] segmentOf = new int[8];

    private long[] positions = new long[8];
    /** How many values come before each known frame. */
    private long[] before = new long[8];

    private int known = 1;

    private int loaded = -1;
    private final List<Object> values = new ArrayList<>();

    FramesOfGroup(List<Segment> segments, int target, Predicate<EntryCursor> isOfGroup) {
        this.segments = segments;
        this.target = target;
        this.isOfGroup = isOfGroup;
        this.segmentOf[0] = nextFrom(0);
        this.positions[0] = Segment.BEGIN;
    }

    /** The value with a number, below that of all. */
    Object get(long index) throws IOException {
        while (index >= before[known - 1] && load(known - 1)) {
            // until the frames that are known reach beyond the value
        }
        if (index >= before[known - 1]) {
            throw ListOnDisk.missing();
        }
        int frame = frameOf(index);
        if (frame != loaded) {
            load(frame);
        }
        return values.get((int) (index - before[frame]));
    }

    /** The first segment with entries of the target, from number {@code first} on. */
    private int nextFrom(int first) {
        int segment = first;
        while (segment < segments.size() && segments.get(segment).count(target) == 0) {
            segment++;
        }
        return segment;
    }

    /** The last frame that has no more than {@code index} values before it. */
    private int frameOf(long index) {
        int low = 0;
        int high = known - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (before[middle] <= index) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Reads a known frame; false if there is none, because it would be behind the last one. */
    private boolean load(int frame) throws IOException {
        int segment = segmentOf[frame];
        if (segment == segments.size()) {
            return false;
        }
        values.clear();
        loaded = frame;
        long position = positions[frame];
        long next = Segment.END;
        try (DiskCursor entries = segments.get(segment).openFrame(target, position)) {
            long begin = entries.framePosition();
            while (next == Segment.END && entries.next()) {
                if (isOfGroup.test(entries)) {
                    values.add(Objects.requireNonNull(entries.value()));
                }
                if (entries.framePosition() != begin) {
                    next = entries.framePosition();
                }
            }
        }
        if (frame == known - 1) {
            boolean goesOn = next != Segment.END;
            know(
                    goesOn ? segment : nextFrom(segment + 1),
                    goesOn ? next : Segment.BEGIN,
                    before[frame] + values.size());
        }
        return true;
    }

    private void know(int segment, long position, long valuesBefore) {
        if (known == positions.length) {
            segmentOf = Arrays.copyOf(segmentOf, known * 2);
            positions = Arrays.copyOf(positions, known * 2);
            before = Arrays.copyOf(before, known * 2);
        }
        segmentOf[known] = segment;
        positions[known] = position;
        before[known] = valuesBefore;
        known++;
    }
}
