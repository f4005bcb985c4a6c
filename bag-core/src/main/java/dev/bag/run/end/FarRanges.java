package dev.bag.run.end;

import dev.bag.kernel.EvenCut;
import dev.bag.plan.Between;
import dev.bag.plan.Sorted;
import dev.bag.run.end.FarExchange.Block;
import dev.bag.run.end.FarExchange.BlockWriter;
import dev.bag.run.end.FarExchange.Header;
import dev.bag.run.wire.Untyped;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.EntryStore.Shape;
import dev.bag.spill.Entries;
import dev.bag.spill.SentEntries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of all entries of a sort, or of an even cut, which lie in lanes, and how they become partitions without coming
 * together anywhere.
 *
 * <ol>
 *   <li>Each lane leaves its entries, and a <i>survey</i>: how many they are, and a few of them at even distances.
 *   <li>From the surveys, where the run was begun, come <i>bounds</i> ({@link #of}), between which the <i>ranges</i> lie.
 *   <li>Each lane is cut at the bounds ({@link Cutting}). An entry comes before another one if it is less, or if it is
 *       equal and comes first in the input: so even entries that are all equal fall into ranges of about the same size.
 *   <li>Then it is known how many entries each range has, and which ranges a partition reads ({@link #spans}). It sorts
 *       them, skips what belongs to the partition in front, and ends where it has its share: partitions are cut as they are
 *       locally, whatever the bounds.
 * </ol>
 *
 * <p>The bounds of an even cut are exact, and its ranges are the partitions.
 */
public final class FarRanges {

    /** So many samples in all for each range, and no more than {@link #MOST_SAMPLES} of a lane. */
    private static final int SAMPLES = 40;

    private static final int MOST_SAMPLES = 1000;

    private final @Nullable Comparator<Object> order;
    private final int count;
    /** Where all ranges but the first begin. */
    private final List<Bound> bounds;

    /** A place in the order; the entry is null if only lane and position count. */
    private record Bound(@Nullable Object entry, int lane, long position) {}

    /** A sample, which stands for so many entries. */
    private record Sample(Bound at, double weight) {}

    private FarRanges(Between<?> node, List<Bound> bounds) {
        this.order = orderOf(node);
        this.count = node.partitionCount();
        this.bounds = bounds;
    }

    private static @Nullable Comparator<Object> orderOf(Between<?> node) {
        return node instanceof Sorted<?, ?> sorted ? Untyped.order(sorted) : null;
    }

    /** Returns how many ranges there are. */
    public int count() {
        return count;
    }

    /** Chooses which of the entries of a lane are in its survey, and writes it. */
    static final class Survey {

        private final int lane;
        private final long total;
        private final int most;
        private final List<Bound> samples = new ArrayList<>();

        Survey(Between<?> node, int laneCount, int lane, long total) {
            int even = (int) Math.min(MOST_SAMPLES, 1 + (long) SAMPLES * node.partitionCount() / laneCount);
            this.lane = lane;
            this.total = total;
            this.most = node instanceof Sorted<?, ?> ? (int) Math.min(even, total) : 0;
        }

        /** The entries come in their order. */
        void add(@Nullable Object entry, long position) {
            if (samples.size() < most && position == (2L * samples.size() + 1) * total / (2L * most)) {
                samples.add(new Bound(entry, lane, position));
            }
        }

        byte[] toBytes() throws IOException {
            SentEntries out = new SentEntries();
            out.writeLong(lane);
            out.writeLong(total);
            write(samples, out);
            return out.toBytes();
        }
    }

    /** Returns the ranges that follow from the surveys of all lanes, for as many partitions as {@code node} has. */
    public static FarRanges of(Between<?> node, List<byte[]> surveys, ClassLoader loader) throws IOException {
        long[] totals = new long[surveys.size()];
        List<Sample> samples = new ArrayList<>();
        for (byte[] survey : surveys) {
            Entries.Input in = SentEntries.read(survey, loader);
            int lane = (int) in.readLong();
            totals[lane] = in.readLong();
            List<Bound> some = read(in);
            some.forEach(each -> samples.add(new Sample(each, (double) totals[lane] / some.size())));
        }
        return node instanceof Sorted<?, ?> ? sorted(node, samples) : even(node, totals);
    }

    private static FarRanges even(Between<?> node, long[] totals) {
        List<Bound> bounds = new ArrayList<>();
        long all = 0;
        for (long total : totals) {
            all += total;
        }
        EvenCut cut = new EvenCut(all, node.partitionCount());
        int lane = 0;
        long before = 0;
        for (int range = 1; range < node.partitionCount(); range++) {
            while (lane < totals.length && before + totals[lane] <= cut.begin(range)) {
                before += totals[lane++];
            }
            bounds.add(new Bound(null, lane, cut.begin(range) - before));
        }
        return new FarRanges(node, bounds);
    }

    private static FarRanges sorted(Between<?> node, List<Sample> samples) {
        FarRanges ranges = new FarRanges(node, new ArrayList<>());
        samples.sort((left, right) -> ranges.compare(left.at(), right.at()));
        double all = samples.stream().mapToDouble(Sample::weight).sum();
        double before = 0;
        for (Sample sample : samples) {
            before += sample.weight();
            while (ranges.bounds.size() < ranges.count - 1
                    && before >= all * (ranges.bounds.size() + 1) / ranges.count) {
                ranges.bounds.add(sample.at());
            }
        }
        return ranges;
    }

    private int compare(Bound left, Bound right) {
        return compare(left.entry(), left.lane(), left.position(), right);
    }

    @SuppressWarnings("NullAway") // where there is an order, no entry is null
    private int compare(@Nullable Object entry, int lane, long position, Bound bound) {
        int byOrder = order == null ? 0 : order.compare(entry, bound.entry());
        if (byOrder != 0) {
            return byOrder;
        }
        return lane == bound.lane() ? Long.compare(position, bound.position()) : Integer.compare(lane, bound.lane());
    }

    /** Returns the range of an entry that does not lie before range {@code from}. */
    private int rangeOf(@Nullable Object entry, int lane, long position, int from) {
        int low = from;
        int high = bounds.size();
        if (low < high && compare(entry, lane, position, bounds.get(low)) < 0) {
            return low; // as most of them do
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(entry, lane, position, bounds.get(middle)) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Returns the bounds as bytes. */
    public byte[] toBytes() throws IOException {
        SentEntries out = new SentEntries();
        write(bounds, out);
        return out.toBytes();
    }

    /** Returns what {@link #toBytes} has written. */
    public static FarRanges read(Between<?> node, byte[] bytes, ClassLoader loader) throws IOException {
        return new FarRanges(node, read(SentEntries.read(bytes, loader)));
    }

    private static void write(List<Bound> bounds, SentEntries out) throws IOException {
        out.writeLong(bounds.size());
        for (Bound bound : bounds) {
            out.writeLong(bound.lane());
            out.writeLong(bound.position());
            out.writeRecord(bound.entry());
        }
    }

    private static List<Bound> read(Entries.Input in) throws IOException {
        List<Bound> bounds = new ArrayList<>();
        for (long left = in.readLong(); left > 0; left--) {
            int lane = (int) in.readLong();
            long position = in.readLong();
            bounds.add(new Bound(in.readRecord(), lane, position));
        }
        return bounds;
    }

    /** Cuts the blocks of one lane at the bounds; they may come in any order. */
    public final class Cutting {

        private final ClassLoader loader;
        private final long[] counts = new long[count];

        /** Nothing is cut yet. */
        public Cutting(ClassLoader loader) {
            this.loader = loader;
        }

        /** Returns a block as blocks of ranges. */
        public List<Block> cut(byte[] bytes) throws IOException {
            Header header = Header.of(bytes);
            Entries.Input in = FarExchange.entries(bytes, loader);
            EntryCursor entry = new FarExchange.Scratch(null);
            List<Block> cut = new ArrayList<>();
            BlockWriter open = new BlockWriter();
            int range = 0;
            for (int i = 0; i < header.count(); i++) {
                Shape.VALUES.read(in, entry);
                int now = rangeOf(entry.value(), header.lane(), header.first() + i, range);
                if (now != range && open.count() > 0) {
                    cut.add(new Block(range, open.toBytes(header.lane(), header.number(), 0, Shape.VALUES)));
                    open = new BlockWriter();
                }
                range = now;
                counts[range]++;
                open.add(entry, Shape.VALUES);
            }
            if (open.count() > 0) {
                cut.add(new Block(range, open.toBytes(header.lane(), header.number(), 0, Shape.VALUES)));
            }
            return cut;
        }

        /** Returns how many entries of the lane each range has. */
        public long[] counts() {
            return counts;
        }
    }

    /**
     * What a partition reads: some neighbouring ranges, and a block in front of theirs.
     *
     * @param first the first range
     * @param end the one behind the last
     * @param head says which of the entries of these ranges the partition has
     */
    public record Span(int first, int end, byte[] head) {}

    /** Returns what each partition reads, where ranges have so many entries. */
    public List<Span> spans(long[] counts) {
        long[] begins = new long[count + 1];
        for (int range = 0; range < count; range++) {
            begins[range + 1] = begins[range] + counts[range];
        }
        EvenCut cut = new EvenCut(begins[count], count);
        List<Span> spans = new ArrayList<>(count);
        int first = 0;
        for (int partition = 0; partition < count; partition++) {
            long begin = cut.begin(partition);
            while (first < count - 1 && begins[first + 1] <= begin) {
                first++;
            }
            int end = first;
            while (end < count && begins[end] < cut.end(partition)) {
                end++;
            }
            spans.add(new Span(first, end, Header.head(begin - begins[first], cut.end(partition) - begin)));
        }
        return spans;
    }
}
