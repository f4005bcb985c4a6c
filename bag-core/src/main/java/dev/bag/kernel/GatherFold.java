package dev.bag.kernel;

import dev.bag.fold.Fold;
import dev.bag.trait.Copies;
import dev.bag.trait.Traits.RetainsCopies;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All records, in order. */
public final class GatherFold<T> implements Fold<T, GatherFold.Rope, List<T>>, RetainsCopies {

    private static final long serialVersionUID = 1;

    @Override
    public Rope zero() {
        return new Rope();
    }

    @Override
    public Rope add(Rope rope, T record) {
        rope.add(Copies.of(record));
        return rope;
    }

    @Override
    public Rope merge(Rope left, Rope right) {
        return left.append(right);
    }

    @Override
    @SuppressWarnings("unchecked") // only records of type T were added
    public List<T> finish(Rope rope) {
        return (List<T>) Collections.unmodifiableList(Arrays.asList(rope.toArray()));
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }

    /**
     * A growing sequence of records that is cheap to append to another: pieces are linked, and only small ones copied.
     */
    @SuppressWarnings("serial") // whether records can be written is known when they are
    public static final class Rope implements Serializable {

        private static final long serialVersionUID = 1;

        private static final int FIRST_PIECE = 4;
        private static final int LARGEST_PIECE = 1 << 13;
        private static final int WORTH_LINKING = 128;

        private @Nullable Object[] tail = new @Nullable Object[FIRST_PIECE];
        private int tailCount;
        /** The pieces before the tail, each full; null while there are none. */
        private @Nullable List<Object[]> pieces;

        private long count;

        /** Adds a record at the end. */
        public void add(Object record) {
            if (tailCount == tail.length) {
                grow();
            }
            tail[tailCount++] = record;
            count++;
        }

        /** Adds all of {@code other}, which is given up, at the end. */
        public Rope append(Rope other) {
            if (count == 0) {
                return other;
            }
            if (other.count < WORTH_LINKING) {
                other.forEach(this::add);
                return this;
            }
            sealTail();
            other.sealTail();
            pieces().addAll(other.pieces());
            count += other.count;
            return this;
        }

        /** How many records there are. */
        public long count() {
            return count;
        }

        /** The records as one array, which must fit. */
        public Object[] toArray() {
            if (count > Integer.MAX_VALUE - 8) {
                throw new IllegalStateException(count + " records do not fit into one list: use stream() or forEach,"
                        + " or fold them into something smaller");
            }
            Object[] all = new Object[(int) count];
            int at = 0;
            if (pieces != null) {
                for (Object[] piece : pieces) {
                    System.arraycopy(piece, 0, all, at, piece.length);
                    at += piece.length;
                }
            }
            System.arraycopy(tail, 0, all, at, tailCount);
            return all;
        }

        private void forEach(Consumer<Object> consumer) {
            for (Object record : toArray()) {
                consumer.accept(record);
            }
        }

        private void grow() {
            if (tail.length < LARGEST_PIECE) {
                tail = Arrays.copyOf(tail, tail.length * 2);
            } else {
                sealTail();
            }
        }

        private void sealTail() {
            if (tailCount > 0) {
                pieces().add(Arrays.copyOf(tail, tailCount));
            }
            tail = new @Nullable Object[FIRST_PIECE];
            tailCount = 0;
        }

        private List<Object[]> pieces() {
            if (pieces == null) {
                pieces = new ArrayList<>();
            }
            return pieces;
        }
    }
}
