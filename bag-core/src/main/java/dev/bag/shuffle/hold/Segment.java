package dev.bag.shuffle.hold;

import dev.bag.kernel.EvenCut;
import dev.bag.memory.MemoryAccount.Spillable;
import dev.bag.spill.FrameWriter;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import dev.bag.spill.SpillFile;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entries that will not change any more, in the order of their targets and within a target in the order of the input;
 * in memory, or on disk after it was spilled.
 *
 * <p>States. In memory: offered to the memory budget, so that any thread may spill it. On disk: its store is gone. Given
 * up: neither. A target that is read for the last time is taken: its share of the memory belongs to the reader from then
 * on, and it is not spilled any more, because its reader may change what is in it.
 *
 * <p>Protocol. Any thread may open a target or spill the whole, at the same time. Both hold this object's lock; so a
 * thread that opens a target while another spills it waits until the file is written, and then reads from there. A cursor
 * that was opened in memory before goes on to read the store, which stays as it is. No other lock of this
 * package is taken while this one is held; the locks of the budget and of the spill area are taken inside it, and never held while
 * anything is written.
 */
public class Segment implements Sealable, Spillable {

    private static final int[] ONLY_TARGET = {0};

    /** Entries of a segment with one target between two places at which reading can begin. */
    public static final int MARK_EVERY = 256;

    /** In place of a position on disk: where the entries of a target begin, and where they end. */
    static final long BEGIN = -1;

    static final long END = -2;

    private final SpillArea area;
    private final EntryStore.Shape shape;
    private final int[] targets;
    /** Where the entries of each present target begin, and where the last ones end. */
    private final int[] starts;

    private final Weight weight;
    /** All that follows is guarded by this. The entries in memory; null once they are on disk or taken. */
    private @Nullable EntryStore store;

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
            @Nullable EntryStore store,
            EntryStore.Shape shape,
            int[] targets,
            int[] starts,
            Weight weight) {
        this.area = area;
        this.store = store;
        this.shape = shape;
        this.targets = targets;
        this.starts = starts;
        this.held = weight.held();
        this.weight = weight;
        this.taken = new boolean[targets.length];
        this.untaken = targets.length;
    }

    /** Values of one target in memory, for a subclass that then calls {@link #offered}. */
    protected Segment(SpillArea area, EntryStore store, int count, Weight weight) {
        this(area, store, store.shape(), ONLY_TARGET, new int[] {0, count}, weight);
    }

    /** Values of one target that have been written to {@code file}, with the marks there are, up to {@code end}. */
    protected Segment(SpillArea area, SpillFile file, int count, long[] marks, long end, long bytes) {
        this(area, null, EntryStore.Shape.VALUES, ONLY_TARGET, new int[] {0, count}, new Weight(0, bytes, 0));
        synchronized (this) {
            this.file = file;
            this.marks = marks;
            this.begins = new long[] {marks[0]};
            this.ends = new long[] {end};
            this.expansion = Math.max(1, (double) bytes / Math.max(1, end - marks[0]));
        }
    }

    /**
     * Seals entries that are in the order of their targets.
     *
     * @param targets the targets there are, ascending
     * @param starts where the entries of each begin, and where the last ones end
     */
    public static Segment seal(SpillArea area, EntryStore store, int[] targets, int[] starts, Weight weight)
            throws IOException {
        Segment segment = new Segment(area, store, store.shape(), targets, starts, weight);
        segment.offered();
        return segment;
    }

    /**
     * From now on this may be spilled, or it is now. What is not counted yet is counted now. If that fails this is given
     * up, and what was counted is given back.
     */
    protected final void offered() throws IOException {
        long reserved = weight.reserved();
        if (area.isOnDisk() && count() > 0) {
            try {
                spill();
            } finally {
                area.space().release(reserved);
            }
            return;
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
    }

    @Override
    public final Segment seal() {
        return this;
    }

    public final int count() {
        return starts[starts.length - 1];
    }

    /** How many entries {@code target} has. */
    public final int count(int target) {
        int at = Arrays.binarySearch(targets, target);
        return at < 0 ? 0 : starts[at + 1] - starts[at];
    }

    /** The targets that have entries, ascending. */
    public final int[] targets() {
        return count() == 0 ? new int[0] : targets.clone();
    }

    public final int firstTarget() {
        return targets[0];
    }

    public final int lastTarget() {
        return targets[targets.length - 1];
    }

    /** About how much memory the entries of {@code target} take when they are in memory. */
    public final long bytes(int target) {
        int at = Arrays.binarySearch(targets, target);
        return at < 0 ? 0 : share(weight.asObjects(), at);
    }

    /** About how much memory reading {@code target} takes beyond what is counted already. */
    public final synchronized long bytesToRead(int target) {
        if (store != null) {
            return store.arePacked() ? bytes(target) : 0;
        }
        int at = Arrays.binarySearch(targets, target);
        return at < 0 || file == null ? 0 : (long) ((ends[at] - begins[at]) * expansion);
    }

    /** The share that a target has in all bytes; those of all targets together are exactly all. */
    private long share(long bytes, int at) {
        return upTo(bytes, starts[at + 1]) - upTo(bytes, starts[at]);
    }

    private long upTo(long bytes, int entry) {
        return new EvenCut(bytes, count()).begin(entry);
    }

    @Override
    public final synchronized long bytes() {
        return held;
    }

    /** The entries of {@code target}; those read to be taken are given up here. */
    public final synchronized EntryCursor open(int target, Reading reading) {
        int at = Arrays.binarySearch(targets, target);
        if (at < 0) {
            return MemoryCursor.empty();
        }
        EntryStore now = store;
        if (now == null) {
            return new DiskCursor(area.read(fileOf(), begins[at], ends[at]), shape);
        }
        long share = reading == Reading.TAKE ? take(at) : 0;
        return new MemoryCursor(now, starts[at], starts[at + 1], reading, share);
    }

    /** The entries of {@code target}, which has some and is on disk, from a frame on; from the first one at {@link #BEGIN}. */
    synchronized DiskCursor openFrame(int target, long position) {
        int at = Arrays.binarySearch(targets, target);
        return new DiskCursor(area.read(fileOf(), position == BEGIN ? begins[at] : position, ends[at]), shape);
    }

    /** The entries of the only target from one that is marked; {@code mark} counts those. */
    public final synchronized EntryCursor openAtMark(int mark) {
        EntryStore now = store;
        return now == null
                ? new DiskCursor(area.read(fileOf(), marks[mark], ends[0]), shape)
                : new MemoryCursor(now, mark * MARK_EVERY, count(), Reading.KEEP, 0);
    }

    /** Which columns the entries have. */
    public final EntryStore.Shape shape() {
        return shape;
    }

    /** Whether the entries have tags. */
    final boolean isTagged() {
        return shape.hasTags();
    }

    /** Whether the entries are in memory now. */
    public final synchronized boolean isInMemory() {
        return store != null;
    }

    /** About how much memory the entries take when they are in memory. */
    public final long fullBytes() {
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
            store = null;
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
    public final synchronized long spill() throws IOException {
        EntryStore now = store;
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
        store = null;
        withdraw();
        long freed = held;
        held = 0;
        return freed;
    }

    private void write(EntryStore from, FrameWriter out) throws IOException {
        begins = new long[targets.length];
        ends = new long[targets.length];
        MemoryCursor reader = MemoryCursor.empty();
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
     * Puts this onto disk, whatever memory there is, and keeps the file for as long as this can be reached. What has been
     * taken altogether stays so.
     */
    public final void spillForGood() throws IOException {
        area.space().release(spill());
        synchronized (this) {
            withdraw();
            if (file != null) {
                file.keepWhileReachable();
            }
        }
    }

    @Override
    public final void drop() {
        long freed;
        synchronized (this) {
            freed = held;
            held = 0;
            store = null;
            withdraw();
        }
        area.space().release(freed);
    }
}
