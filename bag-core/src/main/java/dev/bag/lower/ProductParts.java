package dev.bag.lower;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.value.Pair;
import java.util.AbstractList;
import org.jspecify.annotations.Nullable;

/** All pairs of the records of two bags, as the parts of a third. */
final class ProductParts extends AbstractList<Part<?>> {

    private final Materialized left;
    private final Materialized right;

    ProductParts(Materialized left, Materialized right) {
        this.left = left;
        this.right = right;
    }

    @Override
    public Part<?> get(int partition) {
        int width = right.partitionCount();
        return new PairsPart(left.get(partition / width), right.get(partition % width));
    }

    @Override
    public int size() {
        return left.partitionCount() * right.partitionCount();
    }

    private record PairsPart(Object[] left, Object[] right) implements Part<Object> {

        @Override
        public Chunks<Object> open() {
            return Chunks.of(new Pairs(left, right));
        }
    }

    private static final class Pairs implements Chunk<Object> {

        private final Object[] left;
        private final Object[] right;
        private int i;
        private int j;

        Pairs(Object[] left, Object[] right) {
            this.left = left;
            this.right = right;
        }

        @Override
        public @Nullable Object next() {
            if (j == right.length) {
                j = 0;
                i++;
            }
            return i < left.length && j < right.length ? new Pair<>(left[i], right[j++]) : null;
        }
    }
}
