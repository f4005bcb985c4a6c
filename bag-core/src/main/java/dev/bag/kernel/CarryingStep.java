package dev.bag.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step that carries something on from each record to the next, and from each partition to the next: so it sees all
 * records as long as any later one is wanted.
 */
public abstract class CarryingStep extends Step {

    /** A step of {@code operator}. */
    protected CarryingStep(Operator operator) {
        super(operator);
    }

    /** What is carried on. */
    public abstract Carried carried();

    /** Whether records may be among what is carried on. */
    public boolean keepsRecords() {
        return false;
    }

    /** The tally that ends this step when it comes to zero: nothing passes after that; null when there is none. */
    @Nullable Tally gate() {
        return null;
    }

    /** What comes before the first record, the first time that this is asked; after that null. */
    @Nullable Object takeFirst() {
        return null;
    }

    /** What an operation carries on from each partition of a bag to the next. */
    public interface Carried {

        /** Remembers how this is now. The returned action puts it back to that, for a partition that is read anew. */
        Runnable mark();
    }

    /**
     * A number that goes from each partition of a bag to the next: how many records are still to be taken, or have been
     * counted. Partitions that share one are worked on one after the other.
     */
    public static final class Tally implements Carried {

        private long count;
        /** The chains that must know when this comes to zero: those of the task that is open. */
        private final List<Watch> watches = new ArrayList<>(0);

        private record Watch(CarryingChain chain, int step) {}

        /** A tally that begins at {@code count}. */
        public Tally(long count) {
            this.count = count;
        }

        @Override
        public Runnable mark() {
            long now = count;
            return () -> count = now;
        }

        /** Lets {@code chain} know as soon as this is zero, which closes {@code step} of it. */
        void watch(CarryingChain chain, int step) {
            watches.add(new Watch(chain, step));
            if (count == 0) {
                chain.close(step);
            }
        }

        void forget(CarryingChain chain) {
            watches.removeIf(watch -> watch.chain() == chain);
        }

        long count() {
            return count;
        }

        /** Counts one down; false when it is at zero. */
        boolean take() {
            if (count == 0) {
                return false;
            }
            count--;
            if (count == 0 && !watches.isEmpty()) {
                tell();
            }
            return true;
        }

        void close() {
            count = 0;
            tell();
        }

        private void tell() {
            for (Watch watch : watches) {
                watch.chain().close(watch.step());
            }
        }

        /** The count before counting one up. */
        long next() {
            return count++;
        }
    }
}
