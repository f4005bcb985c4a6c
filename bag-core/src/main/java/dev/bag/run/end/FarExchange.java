package dev.bag.run.end;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.Sink;
import dev.bag.plan.Between;
import dev.bag.plan.Between.Multiplied;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Repartitioned.CutEvenly;
import dev.bag.plan.Sorted;
import dev.bag.run.end.SegmentsEnd.ShuffleOutput;
import dev.bag.run.wire.Untyped;
import dev.bag.shuffle.gather.GatheringSink;
import dev.bag.shuffle.hold.CursorChunk;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.EntryStore.Shape;
import dev.bag.shuffle.hold.ObjectStore;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Segments;
import dev.bag.shuffle.hold.Weight;
import dev.bag.shuffle.sort.SortedRun;
import dev.bag.shuffle.sort.SortedRuns;
import dev.bag.source.Chunk;
import dev.bag.source.Part;
import dev.bag.spill.Entries;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SentEntries;
import dev.bag.spill.SpillArea;
import dev.bag.stage.EndSpec;
import dev.bag.stage.StageRoot.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operation between stages whose entries lie elsewhere, as blocks of bytes for each target. Gathering and reducing are
 * those of {@link LocalExchange}.
 *
 * <p>A block begins with the lane that has left it and its number there, which say how blocks follow each other. What becomes
 * of the entries of a sort, or of an even cut, before they are in the partitions they belong to: {@link FarRanges}.
 */
public final class FarExchange {

    /** A block is cut behind the entry with which it has so many bytes. */
    private static final int BLOCK = 1 << 20;

    /** Objects take about so many times the bytes that are sent. */
    private static final int EXPANSION = 4;

    private FarExchange() {}

    /** One target of one side of an exchange. */
    public record Need(int exchange, int side, int target) {}

    /** Returns whether what comes to an end is left in blocks, and not as a partial result. */
    public static boolean isSent(EndSpec spec) {
        return spec instanceof EndSpec.Keep || (spec instanceof EndSpec.Exchange exchange && !isTop(exchange.node()));
    }

    /** Returns whether an operation keeps but the first records, which are merged as a fold is. */
    public static boolean isTop(Between<?> node) {
        return node instanceof Sorted<?, ?> sorted && sorted.most() < Sorted.ALL;
    }

    /** Returns whether all entries must be seen together before it is known in which partition each of them is. */
    public static boolean isMovedTwice(Between<?> node) {
        return node instanceof CutEvenly<?> || (node instanceof Sorted<?, ?> && !isTop(node));
    }

    /** Returns how many targets an end has; what is moved twice has one for each lane, and one for their surveys. */
    public static int targetCount(EndSpec spec, int laneCount) {
        if (spec instanceof EndSpec.Exchange exchange) {
            if (isMovedTwice(exchange.node())) {
                return laneCount + 1;
            }
            return exchange.node() instanceof Multiplied<?, ?>
                    ? laneCount
                    : exchange.node().partitionCount();
        }
        return laneCount;
    }

    /** Returns what is read for a partition of an exchange. */
    public static List<Need> needs(Origin.OfExchange origin, int partition) {
        int exchange = origin.exchange();
        if (origin.node() instanceof Multiplied<?, ?> product) {
            int width = product.right().partitionCount();
            return List.of(new Need(exchange, 0, partition / width), new Need(exchange, 1, partition % width));
        }
        return origin.node() instanceof Cogrouped<?, ?, ?, ?>
                ? List.of(new Need(exchange, 0, partition), new Need(exchange, 1, partition))
                : List.of(new Need(exchange, 0, partition));
    }

    /** Returns a sink for a lane. */
    public static Sink sink(EndSpec spec, int laneCount, Place place, RunSpace space) {
        if (spec instanceof EndSpec.Exchange exchange) {
            return LocalExchange.of(exchange.node(), spec.operator(), space, true, false)
                    .ends()
                    .get(exchange.side())
                    .newSink(place);
        }
        return SegmentsEnd.keepingPartitions(laneCount, spec.operator(), new ShuffleOutput(space.newArea(), true))
                .newSink(place);
    }

    /** Gives up what has come to a sink of this. */
    public static void discard(Sink sink) {
        if (sink instanceof GatheringSink gathering) {
            gathering.discard();
        }
    }

    /** A block for a target. */
    public record Block(int target, byte[] bytes) {}

    /** Makes blocks of what a lane has left, one when it is asked for, and lets go of what has been sent. */
    public static final class Sending implements AutoCloseable {

        private final int lane;
        private final int laneCount;
        private final Deque<Segment> segments;
        /** Null if entries are moved to their targets at once, and when it has been sent. */
        private FarRanges.@Nullable Survey survey;

        private int number;
        private long sent;
        /** Where in the first segment this is. */
        private int[] targets = {};

        private int at;
        private @Nullable EntryCursor entries;

        /** What has come to {@code sink} at an end, as a lane of so many. */
        public Sending(EndSpec spec, int laneCount, Sink sink, int lane) throws Throwable {
            this.lane = lane;
            this.laneCount = laneCount;
            this.segments = new ArrayDeque<>(SegmentsEnd.segments(sink));
            if (spec instanceof EndSpec.Exchange exchange && isMovedTwice(exchange.node())) {
                long total = segments.stream().mapToLong(Segment::count).sum();
                this.survey = new FarRanges.Survey(exchange.node(), laneCount, lane, total);
            }
            begin();
        }

        private void begin() {
            at = 0;
            targets = segments.isEmpty() ? new int[0] : segments.getFirst().targets();
        }

        /** Returns the next block, or null after the last. */
        public @Nullable Block next() throws Exception {
            while (!segments.isEmpty()) {
                if (at < targets.length) {
                    Block block = next(segments.getFirst(), targets[at]);
                    if (block != null) {
                        return block;
                    }
                    at++;
                } else {
                    segments.removeFirst().drop();
                    begin();
                }
            }
            FarRanges.Survey last = survey;
            survey = null;
            return last == null ? null : new Block(laneCount, last.toBytes());
        }

        private @Nullable Block next(Segment segment, int target) throws Exception {
            EntryCursor open = entries == null ? segment.open(target, Reading.KEEP) : entries;
            entries = open;
            long first = sent;
            BlockWriter block = new BlockWriter();
            while (block.bytes() < BLOCK && open.next()) {
                if (survey != null) {
                    survey.add(open.value(), sent);
                }
                block.add(open, segment.shape());
                sent++;
            }
            if (block.count() == 0) {
                entries = null;
                open.close();
                return null;
            }
            return new Block(survey == null ? target : lane, block.toBytes(lane, number++, first, segment.shape()));
        }

        @Override
        public void close() throws IOException {
            if (entries != null) {
                entries.close();
            }
            segments.forEach(Segment::drop);
        }
    }

    /**
     * What a block begins with.
     *
     * @param lane the lane that has left it; {@link #HEAD} if it is no block of entries but says which of those behind it
     *     are wanted
     * @param number how many blocks of the lane come before it
     * @param first how many entries of the lane come before it, or how many are passed over
     * @param count how many entries it has, or how many are wanted
     */
    record Header(int lane, int number, Shape shape, long first, long count) {

        static final int BYTES = 3 * Integer.BYTES + 2 * Long.BYTES;

        private static final int HEAD = -1;

        static Header of(byte[] block) {
            ByteBuffer in = ByteBuffer.wrap(block);
            int lane = in.getInt();
            int number = in.getInt();
            int flags = in.getInt();
            return new Header(lane, number, new Shape((flags & 1) != 0, (flags & 2) != 0), in.getLong(), in.getLong());
        }

        static byte[] head(long passedOver, long wanted) {
            return new Header(HEAD, 0, Shape.VALUES, passedOver, wanted).at(new byte[BYTES]);
        }

        /** Puts this at the beginning of a block. */
        byte[] at(byte[] block) {
            ByteBuffer out = ByteBuffer.wrap(block);
            out.putInt(lane).putInt(number).putInt((shape.hasKeys() ? 1 : 0) | (shape.hasTags() ? 2 : 0));
            return out.putLong(first).putLong(count).array();
        }
    }

    /** A block that is written. */
    static final class BlockWriter {

        private final SentEntries out = new SentEntries();
        private int count;

        void add(EntryCursor entries, Shape shape) throws IOException {
            shape.write(entries, out);
            count++;
        }

        int count() {
            return count;
        }

        int bytes() {
            return out.size();
        }

        byte[] toBytes(int lane, int number, long first, Shape shape) throws IOException {
            return new Header(lane, number, shape, first, count).at(out.toBytes(Header.BYTES));
        }
    }

    /** Returns the part for a partition of what lies elsewhere. */
    public static Part<?> part(
            Between<?> node, Operator operator, int partition, List<List<byte[]>> sides, RunSpace space)
            throws IOException {
        if (node instanceof Sorted<?, ?> sorted && !isTop(node)) {
            return sorted(sorted, sides.get(0), space);
        }
        if (node instanceof CutEvenly<?>) {
            return records(sides.get(0), space);
        }
        List<Segments> segments = new ArrayList<>();
        int width = node instanceof Multiplied<?, ?> product ? product.right().partitionCount() : 0;
        for (int side = 0; side < sides.size(); side++) {
            int target = width == 0 ? partition : side == 0 ? partition / width : partition % width;
            segments.add(segments(sides.get(side), target, space.newArea(), null));
        }
        LocalExchange exchange = LocalExchange.of(node, operator, space, true, false);
        for (int side = 0; side < segments.size(); side++) {
            ((ShuffleOutput) exchange.outputs().get(side)).set(segments.get(side));
        }
        return exchange.parts().get().get(partition);
    }

    /** Returns the part that has the values of {@code blocks}, in their order. */
    public static Part<?> records(List<byte[]> blocks, RunSpace space) throws IOException {
        Segments segments = segments(blocks, 0, space.newArea(), null);
        return new OpenedParts(1, any -> new CursorChunk(segments.open(0, Reading.KEEP), space)).get(0);
    }

    /** Returns the part of a sort that has some of the entries of {@code blocks}, as the head in front of them says. */
    private static Part<?> sorted(Sorted<?, ?> node, List<byte[]> blocks, RunSpace space) throws IOException {
        Header head = Header.of(blocks.get(0));
        SpillArea area = space.newArea();
        Comparator<Object> order = Untyped.order(node);
        List<Segment> runs =
                segments(blocks.subList(1, blocks.size()), 0, area, order).list();
        return new OpenedParts(1, any -> {
                    Chunk<Object> all = new SortedRuns(merged(runs, order, area), order, 1).open(0);
                    for (long left = head.first(); left > 0; left--) {
                        all.next();
                    }
                    return new FirstOf(all, head.count());
                })
                .get(0);
    }

    /** The first records of a chunk. */
    private static final class FirstOf implements Chunk<Object>, Closeable {

        private final Chunk<Object> all;
        private long left;

        FirstOf(Chunk<Object> all, long count) {
            this.all = all;
            this.left = count;
        }

        @Override
        public @Nullable Object next() throws Exception {
            return left-- > 0 ? all.next() : null;
        }

        @Override
        public void close() throws IOException {
            if (all instanceof Closeable open) {
                open.close();
            }
        }
    }

    private static List<Segment> merged(List<Segment> runs, Comparator<Object> order, SpillArea area)
            throws IOException {
        List<Segment> now = runs;
        int most = SortedRuns.mostMerged(now, area.space());
        while (now.size() > most) {
            List<Segment> next = new ArrayList<>();
            for (int i = 0; i < now.size(); i += most) {
                List<Segment> group = now.subList(i, Math.min(now.size(), i + most));
                next.add(group.size() == 1 ? group.get(0) : SortedRuns.merge(group, order, area));
            }
            now = next;
        }
        return now;
    }

    /** An entry that is a value. */
    static final class Scratch extends EntryCursor {

        Scratch(@Nullable Object record) {
            set(null, record, 0);
        }

        @Override
        public boolean next() {
            return false;
        }
    }

    /** Blocks in the order of the input, as segments; as sorted runs if there is an order. */
    private static Segments segments(
            List<byte[]> blocks, int target, SpillArea area, @Nullable Comparator<Object> order) throws IOException {
        List<byte[]> ordered = new ArrayList<>(blocks);
        ordered.sort(
                Comparator.<byte[]>comparingInt(block -> ByteBuffer.wrap(block).getInt())
                        .thenComparingInt(block -> ByteBuffer.wrap(block).getInt(Integer.BYTES)));
        List<Segment> segments = new ArrayList<>(ordered.size());
        for (int i = 0; i < ordered.size(); i++) {
            segments.add(segment(Objects.requireNonNull(ordered.set(i, null)), target, area, order));
        }
        return new Segments(segments);
    }

    /** Returns the entries of a block. */
    static Entries.Input entries(byte[] block, ClassLoader loader) throws IOException {
        return SentEntries.read(block, Header.BYTES, loader);
    }

    private static Segment segment(byte[] block, int target, SpillArea area, @Nullable Comparator<Object> order)
            throws IOException {
        Header header = Header.of(block);
        Shape shape = header.shape();
        int count = (int) header.count();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Entries.Input in = entries(block, loader == null ? FarExchange.class.getClassLoader() : loader);
        @Nullable Object[] keys = new @Nullable Object[shape.hasKeys() ? count : 0];
        @Nullable Object[] values = new @Nullable Object[count];
        long[] tags = new long[shape.hasTags() ? count : 0];
        Scratch entry = new Scratch(null);
        for (int i = 0; i < count; i++) {
            shape.read(in, entry);
            values[i] = entry.value();
            if (shape.hasKeys()) {
                keys[i] = entry.key();
            }
            if (shape.hasTags()) {
                tags[i] = entry.tag();
            }
        }
        Weight weight = Weight.ofObjects((long) EXPANSION * block.length, 0);
        if (order != null) {
            return SortedRun.sort(area, values, count, order, weight);
        }
        ObjectStore store = new ObjectStore(shape.hasKeys() ? keys : null, values, shape.hasTags() ? tags : null);
        return Segment.seal(area, store, new int[] {target}, new int[] {0, count}, weight);
    }
}
