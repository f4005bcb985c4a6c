package dev.bag.run;

import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.plan.Between;
import dev.bag.run.FarStage.Left;
import dev.bag.run.end.FarExchange.Block;
import dev.bag.run.end.FarRanges;
import dev.bag.run.end.FarRanges.Span;
import dev.bag.run.watch.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the lanes of a sort, or of an even cut, have left into ranges, each lane in a task of its own; see {@link FarRanges}.
 */
public final class FarCut {

    private final FarRanges ranges;
    private final byte[] order;

    private FarCut(FarRanges ranges, byte[] order) {
        this.ranges = ranges;
        this.order = order;
    }

    /** Returns the cut that follows from the surveys of all lanes. */
    public static FarCut of(Between<?> node, Operator operator, List<byte[]> surveys) throws IOException {
        FarRanges ranges = OperatorFailure.naming(operator, () -> FarRanges.of(node, surveys, Sent.loader()));
        return new FarCut(ranges, Sent.byJava(new Object[] {node, operator, ranges.toBytes()}));
    }

    /** Returns what each process needs that cuts. */
    public byte[] order() {
        return order;
    }

    /** Returns how many ranges there are; as a target, this is that of what {@link #spans} needs. */
    public int rangeCount() {
        return ranges.count();
    }

    /**
     * Cuts a lane. Returns its blocks by ranges, made when they are asked for, and last what {@link #spans} needs, also if it
     * has failed.
     */
    public static Iterator<Left> cut(byte[] order, int lane, Iterator<byte[]> blocks) throws IOException {
        Object[] parts = (Object[]) Sent.ofJava(order);
        FarRanges ranges = FarRanges.read((Between<?>) parts[0], (byte[]) parts[2], Sent.loader());
        return new Cut(lane, (Operator) parts[1], blocks, ranges);
    }

    private static final class Cut implements Iterator<Left> {

        private final int lane;
        private final Operator operator;
        private final Iterator<byte[]> blocks;
        private final FarRanges ranges;
        private final FarRanges.Cutting cutting;
        private final Deque<Block> made = new ArrayDeque<>();
        private boolean isOver;

        Cut(int lane, Operator operator, Iterator<byte[]> blocks, FarRanges ranges) {
            this.lane = lane;
            this.operator = operator;
            this.blocks = blocks;
            this.ranges = ranges;
            this.cutting = ranges.new Cutting(Sent.loader());
        }

        @Override
        public boolean hasNext() {
            return !made.isEmpty() || !isOver;
        }

        @Override
        public Left next() {
            try {
                while (made.isEmpty() && blocks.hasNext()) {
                    made.addAll(cut(blocks.next()));
                }
                Block block = made.poll();
                return block == null ? last() : new Left(0, block.target(), block.bytes());
            } catch (OperatorFailure e) {
                isOver = true;
                return left(e, new long[0]);
            }
        }

        private List<Block> cut(byte[] block) {
            return OperatorFailure.naming(operator, () -> cutting.cut(block));
        }

        private Left last() {
            if (isOver) {
                throw new NoSuchElementException("a lane has no more blocks");
            }
            isOver = true;
            return left(null, cutting.counts());
        }

        private Left left(@Nullable OperatorFailure failure, long[] counts) {
            try {
                byte[] bytes = failure != null
                        ? TaskLeft.failed(lane, failure)
                        : TaskLeft.of(lane, List.of(new TaskLeft.End(0, lane, counts)), List.of(), new Tally());
                return new Left(0, ranges.count(), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Returns what each partition reads.
     *
     * @param left what the cuts of all lanes have left for this process
     * @throws OperatorFailure if one has failed: why the first of these has
     */
    public List<Span> spans(List<byte[]> left) throws IOException {
        long[] counts = new long[ranges.count()];
        @Nullable TaskLeft failed = null;
        for (byte[] bytes : left) {
            TaskLeft each = TaskLeft.read(bytes);
            if (each.failure() != null) {
                failed = failed == null || each.task() < failed.task() ? each : failed;
            } else {
                long[] some = (long[]) Objects.requireNonNull(each.ends().get(0).partial());
                for (int range = 0; range < counts.length; range++) {
                    counts[range] += some[range];
                }
            }
        }
        if (failed != null) {
            throw Objects.requireNonNull(failed.failure());
        }
        return ranges.spans(counts);
    }
}
