package dev.bag.shuffle;

import dev.bag.spill.FrameWriter;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import dev.bag.spill.SpillFile;
import dev.bag.spill.Spillable;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entries that will not change any more, in the order of their targets and within a target in the order of the input;
 * in memory, or on disk after it was spilled.
 *
 * <p>Any thread may read a target or spill the whole, at the same time: both hold this object's lock. A target that is
 * being read from memory for the last time is not spilled any more, because its reader may change what is in it. Nobody
 * takes another lock of this package while holding this one.
 */
public final class Segment implements Piece, Spillable {

    private static final int[] ONLY_TARGET = {0};

    /** Entries of a segment with one target between two places at which reading can begin. */
    static final int MARK_EVERY = 256;

    /** In place of a position on disk: where the entries of a target begin, and where they end. */
    static final long BEGIN = -1;

    static final long END = -2;

    private final SpillArea area;
    private final Columns.Shape shape;
    private final int[] targets;
    /** Where the entries of each present target begin, and where the last ones end. */
    private final int[] starts;

    private final Weight weight;
    /** Of sorted entries those at the marks but the first; otherwise nothing. */
    private final Object[] samples;

    /** All that follows is guarded by this. The entries in memory; null once they are on disk or taken. */
    private @Nullable Columns columns;

    private long held;
    private final boolean[] taken;
    private int untaken;
    private RunSpace.@Nullable Offer offer;
    private @Nullable SpillFile file;
    /** Where in the file the entries of each present target begin, and where they end. */
    private long[] begins = {};

    private long[] ends = {};
    private long[] marks = {};
    /** About how many bytes of objects are made of each that is in the file. */
    private double expansion;

    private Segment(
            SpillArea area,
            @Nullable Columns columns,
            Columns.Shape shape,
            int[] targets,
            int[] starts,
            Object[] samples,
            Weight weight) {
        this.area = area;
        this.columns = columns;
        this.shape = shape;
        this.samples = samples;
        this.targets = targets;
        this.starts = starts;
        this.held = weight.held();
        this.weight = weight;
        this.taken = new boolean[targets.length];
        this.untaken = targets.length;
    }

    /**
     * Seals entries that are in the order of their targets.
     *
     * @param targets the targets there are, ascending
     * @param starts where the entries of each begin, and where the last ones end
     */
    static Segment seal(SpillArea area, Columns columns, int[] targets, int[] starts, Weight weight)
            throws IOException {
        return new Segment(area, columns, columns.shape(), targets, starts, new Object[0], weight)
                .offered(weight.reserved());
    }

    /** Seals records that have been sorted. */
    static Segment sealSorted(SpillArea area, Columns columns, int count, Object[] samples, Weight weight)
            throws IOException {
        return new Segment(area, columns, columns.shape(), ONLY_TARGET, new int[] {0, count}, samples, weight)
                .offered(weight.reserved());
    }

    /** Sorted records that have been written by a {@link RunWriter}. */
    static Segment onDisk(
            SpillArea area, SpillFile file, int count, long[] marks, long end, Object[] samples, long bytes) {
        Weight weight = new Weight(0, bytes, 0);
        Segment segment =
                new Segment(area, null, Columns.Shape.VALUES, ONLY_TARGET, new int[] {0, count}, samples, weight);
        synchronized (segment) {
            segment.file = file;
            segment.marks = marks;
            segment.begins = new long[] {marks[0]};
            segment.ends = new long[] {end};
            segment.expansion = Math.max(1, (double) bytes / Math.max(1, end - marks[0]));
        }
        return segment;
    }

    /**
     * From now on this may be spilled, or it is now. What is not counted yet is counted now. If that fails this is given
     * up, and what was counted is given back.
     */
    private Segment offered(long reserved) throws IOException {
        if (area.isOnDisk() && count() > 0) {
            try {
                spill();
            } finally {
                area.space().release(reserved);
            }
            return this;
        }
        long bytes;
        synchronized (this) {
            bytes = held;
            if (count() > 0) {
                offer = area.offer(this);
            }
        }
        boolean counted = false;
        try {
            area.space().reserve(bytes - reserved);
            counted = true;
        } finally {
            if (!counted) {
                drop();
            }
        }
        return this;
    }

    @Override
    public Segment seal() {
        return this;
    }

    int count() {
        return starts[starts.length - 1];
    }

    /** How many entries {@code target} has. */
    int count(int target) {
        int at = Arrays.binarySearch(targets, target);
        return at < 0 ? 0 : starts[at + 1] - starts[at];
    }

    int firstTarget() {
        return targets[0];
    }

    int lastTarget() {
        return targets[targets.length - 1];
    }

    /** About how much memory the entries of {@code target} take when they are in memory. */
    long bytes(int target) {
        int at = Arrays.binarySearch(targets, target);
        return at < 0 ? 0 : share(weight.asObjects(), at);
    }

    /** About how much memory reading {@code target} takes beyond what is counted already. */
    synchronized long bytesToRead(int target) {
        if (columns != null) {
            return columns.arePacked() ? bytes(target) : 0;
        }
        int at = Arrays.binarySearch(targets, target);
        return at < 0 || file == null ? 0 : (long) ((ends[at] - begins[at]) * expansion);
    }

    /** The share that a target has in all bytes; those of all targets together are exactly all. */
    private long share(long bytes, int at) {
        return upTo(bytes, starts[at + 1]) - upTo(bytes, starts[at]);
    }

    private long upTo(long bytes, int entry) {
        return bytes / count() * entry + bytes % count() * entry / count();
    }

    @Override
    public synchronized long bytes() {
        return held;
    }

    /** The entries of {@code target}; those read to be taken are given up here. */
    synchronized Entries open(int target, Reading reading) {
        int at = Arrays.binarySearch(targets, target);
        if (at < 0) {
            return new MemoryEntries(ObjectColumns.NONE, 0, 0, Reading.KEEP, 0);
        }
        Columns now = columns;
        if (now == null) {
            return new DiskEntries(area.read(fileOf(), begins[at], ends[at]), shape);
        }
        long share = reading == Reading.TAKE ? take(at) : 0;
        return new MemoryEntries(now, starts[at], starts[at + 1], reading, share);
    }

    /** The entries of {@code target}, which has some and is on disk, from a frame on; from the first one at {@link #BEGIN}. */
    synchronized DiskEntries openFrame(int target, long position) {
        int at = Arrays.binarySearch(targets, target);
        return new DiskEntries(area.read(fileOf(), position == BEGIN ? begins[at] : position, ends[at]), shape);
    }

    /** The entries of the only target from one that is marked; {@code mark} counts those. */
    synchronized Entries openAtMark(int mark) {
        Columns now = columns;
        return now == null
                ? new DiskEntries(area.read(fileOf(), marks[mark], ends[0]), shape)
                : new MemoryEntries(now, mark * MARK_EVERY, count(), Reading.KEEP, 0);
    }

    /** Of sorted records those at the marks but the first. */
    Object[] samples() {
        return samples;
    }

    /** Whether the entries are in memory now. */
    synchronized boolean isInMemory() {
        return columns != null;
    }

    /** About how much memory the entries take when they are in memory. */
    long fullBytes() {
        return weight.asObjects();
    }

    private SpillFile fileOf() {
        if (file == null) {
            throw new IllegalStateException("a segment is read after it was given up");
        }
        return file;
    }

    /** Gives up the share of one target; the caller goes on counting it. */
    private long take(int at) {
        if (taken[at]) {
            return 0;
        }
        taken[at] = true;
        untaken--;
        long share = untaken == 0 ? held : share(weight.held(), at);
        held -= share;
        if (untaken == 0) {
            columns = null;
            withdraw();
        }
        return share;
    }

    private void withdraw() {
        if (offer != null) {
            area.withdraw(offer);
            offer = null;
        }
    }

    @Override
    public synchronized long spill() throws IOException {
        Columns now = columns;
        if (now == null) {
            return 0;
        }
        SpillArea.Output out = area.open();
        if (out != null) {
            try (out) {
                write(now, out.writer());
                file = out.file();
            }
        }
        columns = null;
        withdraw();
        long freed = held;
        held = 0;
        return freed;
    }

    private void write(Columns from, FrameWriter out) throws IOException {
        begins = new long[targets.length];
        ends = new long[targets.length];
        MemoryEntries reader = new MemoryEntries(from, 0, 0, Reading.KEEP, 0);
        boolean marked = targets.length == 1;
        long written = 0;
        long objects = 0;
        marks = new long[marked ? count() / MARK_EVERY + 1 : 0];
        for (int at = 0; at < targets.length; at++) {
            begins[at] = out.endFrame();
            for (int entry = starts[at]; entry < starts[at + 1] && !taken[at]; entry++) {
                if (marked && entry % MARK_EVERY == 0) {
                    marks[entry / MARK_EVERY] = out.endFrame();
                }
                from.write(entry, reader, out);
            }
            ends[at] = out.endFrame();
            written += ends[at] - begins[at];
            objects += taken[at] ? 0 : share(weight.asObjects(), at);
        }
        expansion = Math.max(1, (double) objects / Math.max(1, written));
        if (marked && count() % MARK_EVERY == 0) {
            marks[marks.length - 1] = ends[0];
        }
    }

    /**
     * Puts this onto disk, whatever memory there is, and keeps the file for as long as somebody can read it. What has been
     * taken altogether stays so.
     */
    void spillForGood() throws IOException {
        area.space().release(spill());
        synchronized (this) {
            withdraw();
            if (file != null) {
                file.keepWhileReachable();
            }
        }
    }

    @Override
    public void drop() {
        long freed;
        synchronized (this) {
            freed = held;
            held = 0;
            columns = null;
            withdraw();
        }
        area.space().release(freed);
    }
}
