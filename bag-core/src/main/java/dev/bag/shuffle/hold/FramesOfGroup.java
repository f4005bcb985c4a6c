package dev.bag.shuffle.hold;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The frames on disk that the values of a group lie in, among those of other groups. How many values come before a frame
 * is known once it has been read, and kept, so that it is found at once when it is wanted again. The values of the frame
 * that was read last stay at hand until the garbage collector wants their memory, for the list may outlive all use of its
 * values. One thread at a time reads.
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
    /** The values of the frame {@link #loaded}, or null if they are gone. */
    private WeakReference<@Nullable List<Object>> values = new WeakReference<>(null);

    FramesOfGroup(List<Segment> segments, int target, Predicate<EntryCursor> isOfGroup) {
        this.segments = segments;
        this.target = target;
        this.isOfGroup = isOfGroup;
        this.segmentOf[0] = nextFrom(0);
        this.positions[0] = Segment.BEGIN;
    }

    /** The value with a number, below that of all. */
    Object get(long index) throws IOException {
        while (index >= before[known - 1] && segmentOf[known - 1] < segments.size()) {
            load(known - 1);
        }
        if (index >= before[known - 1]) {
            throw ListOnDisk.missing();
        }
        int frame = frameOf(index);
        List<Object> atHand = frame == loaded ? values.get() : null;
        List<Object> there = atHand == null ? load(frame) : atHand;
        return there.get((int) (index - before[frame]));
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

    /** Reads a known frame, which is not behind the last one. */
    private List<Object> load(int frame) throws IOException {
        int segment = segmentOf[frame];
        List<Object> read = new ArrayList<>();
        long position = positions[frame];
        long next = Segment.END;
        try (DiskCursor entries = segments.get(segment).openFrame(target, position)) {
            long begin = entries.framePosition();
            while (next == Segment.END && entries.next()) {
                if (isOfGroup.test(entries)) {
                    read.add(Objects.requireNonNull(entries.value()));
                }
                if (entries.framePosition() != begin) {
                    next = entries.framePosition();
                }
            }
        }
        if (frame == known - 1) {
            boolean goesOn = next != Segment.END;
            know(goesOn ? segment : nextFrom(segment + 1), goesOn ? next : Segment.BEGIN, before[frame] + read.size());
        }
        loaded = frame;
        values = new WeakReference<>(read);
        return read;
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
