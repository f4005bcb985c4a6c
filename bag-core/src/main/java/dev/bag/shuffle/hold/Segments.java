package dev.bag.shuffle.hold;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of a shuffle, in the order of the input. */
public record Segments(List<Segment> list) {

    /** No entries. */
    public static final Segments NONE = new Segments(List.of());

    /**
     * Those that have entries of {@code target}, where the targets ascend from each segment to the next, as they do when
     * they are the partitions of the input.
     */
    public Segments with(int target) {
        int from = 0;
        int end = list.size();
        while (from < end) {
            int middle = (from + end) >>> 1;
            if (list.get(middle).lastTarget() < target) {
                from = middle + 1;
            } else {
                end = middle;
            }
        }
        while (end < list.size() && list.get(end).firstTarget() <= target) {
            end++;
        }
        return new Segments(list.subList(from, end));
    }

    /** Whether entries have tags of their own, which say how they follow each other. */
    public boolean areTagged() {
        return !list.isEmpty() && list.get(0).isTagged();
    }

    /** Those from the {@code first} on. */
    public Segments from(int first) {
        return new Segments(list.subList(first, list.size()));
    }

    /** About how much memory the entries of {@code target} take when they are in memory. */
    public long bytes(int target) {
        long sum = 0;
        for (Segment segment : list) {
            sum += segment.bytes(target);
        }
        return sum;
    }

    /** How many entries {@code target} has. */
    public long count(int target) {
        long sum = 0;
        for (Segment segment : list) {
            sum += segment.count(target);
        }
        return sum;
    }

    /** About how much memory reading {@code target} takes beyond what is counted already. */
    public long bytesToRead(int target) {
        long sum = 0;
        for (Segment segment : list) {
            sum += segment.bytesToRead(target);
        }
        return sum;
    }

    /** The entries of {@code target}, in the order of the input. One segment at a time is open. */
    public EntryCursor open(int target, Reading reading) {
        return new Concatenation(list.iterator(), target, reading);
    }

    /** Puts all onto disk, and keeps it there for as long as it can be reached. */
    public void spillForGood() throws IOException {
        for (Segment segment : list) {
            segment.spillForGood();
        }
    }

    /** Gives them up: they will not be read any more. */
    public void drop() {
        list.forEach(Segment::drop);
    }

    private static final class Concatenation extends EntryCursor {

        private final Iterator<Segment> segments;
        private final int target;
        private final Reading reading;
        private @Nullable EntryCursor current;
        private long takenBytes;

        Concatenation(Iterator<Segment> segments, int target, Reading reading) {
            this.segments = segments;
            this.target = target;
            this.reading = reading;
        }

        @Override
        public boolean next() throws IOException {
            while (current == null || !current.next()) {
                if (!segments.hasNext()) {
                    forget();
                    return false;
                }
                close();
                current = segments.next().open(target, reading);
                takenBytes += current.takenBytes();
            }
            setTo(current);
            return true;
        }

        @Override
        public void forget() {
            super.forget();
            if (current != null) {
                current.forget();
            }
        }

        @Override
        public long takenBytes() {
            return takenBytes;
        }

        @Override
        public void close() throws IOException {
            if (current != null) {
                current.close();
            }
        }
    }
}
