package dev.bag.build;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.trait.Traits.AtHand;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Neighbouring numbers as a source; they are made as they are asked for. */
public record NumberRange(long start, long end, int partitions) implements Source<Long> {

    /** Returns the numbers from {@code start} to before {@code end}. */
    public static NumberRange of(long start, long end, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "range(" + start + ", " + end + ", " + partitions + "): a bag has at least 1 partition");
        }
        long count = count(start, end);
        return new NumberRange(start, Math.max(start, end), (int) Math.max(1, Math.min(partitions, count)));
    }

    /** How many numbers there are; at most the largest long. */
    public static long count(long start, long end) {
        long count = end - start;
        return end <= start ? 0 : count < 0 ? Long.MAX_VALUE : count;
    }

    @Override
    public String name() {
        return "range " + start + ".." + end;
    }

    @Override
    public List<Part<Long>> parts() {
        return new AbstractList<>() {
            @Override
            public Part<Long> get(int index) {
                return new Numbers(startOf(index), startOf(index + 1));
            }

            @Override
            public int size() {
                return partitions;
            }
        };
    }

    /** Where a partition begins: start + count * partition / partitions, in wider numbers where needed. */
    private long startOf(int partition) {
        long count = end - start;
        if (count >= 0 && count < Long.MAX_VALUE / partitions) {
            return start + count * partition / partitions;
        }
        return BigInteger.valueOf(end)
                .subtract(BigInteger.valueOf(start))
                .multiply(BigInteger.valueOf(partition))
                .divide(BigInteger.valueOf(partitions))
                .add(BigInteger.valueOf(start))
                .longValueExact();
    }

    private record Numbers(long from, long to) implements Part<Long>, AtHand {

        /** Numbers in a chunk, as there are records in one of a part in memory. */
        private static final int CHUNK = 1024;

        /** What a {@link Long} takes in memory. */
        private static final long NUMBER_SIZE = 16;

        @Override
        public OptionalLong byteCount() {
            long count = count(from, to);
            return OptionalLong.of(count > Long.MAX_VALUE / NUMBER_SIZE ? Long.MAX_VALUE : count * NUMBER_SIZE);
        }

        @Override
        public Chunks<Long> open() {
            return new Stretches(from, to);
        }

        @Override
        public boolean detachable() {
            return true;
        }
    }

    private static final class Stretches implements Chunks<Long> {

        private final long to;
        private long next;

        Stretches(long from, long to) {
            this.next = from;
            this.to = to;
        }

        @Override
        public @Nullable Chunk<Long> nextChunk() {
            if (next >= to) {
                return null;
            }
            long from = next;
            next = to - from > Numbers.CHUNK || to - from < 0 ? from + Numbers.CHUNK : to;
            return new Counter(from, next);
        }

        @Override
        public void close() {}
    }

    private static final class Counter implements Chunk<Long> {

        private final long to;
        private long next;

        Counter(long from, long to) {
            this.next = from;
            this.to = to;
        }

        @Override
        public @Nullable Long next() {
            return next < to ? next++ : null;
        }
    }
}
