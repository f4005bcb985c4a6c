package dev.bag.fold;

import dev.bag.trait.Copies;
import dev.bag.trait.Traits.RetainsCopies;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A sample of {@code size} records. */
record ReservoirFold<T>(int size, long seed) implements Fold<T, ReservoirFold.Sample<T>, List<T>>, RetainsCopies {

    ReservoirFold {
        if (size < 0) {
            throw new IllegalArgumentException("reservoir(" + size + ", seed): k must be 0 or more");
        }
    }

    @Override
    public Sample<T> zero() {
        return new Sample<>(seed);
    }

    @Override
    public Sample<T> add(Sample<T> sample, T record) {
        sample.add(record, size);
        return sample;
    }

    @Override
    public Sample<T> merge(Sample<T> left, Sample<T> right) {
        if (left.isEmpty()) {
            return right;
        }
        if (!right.isEmpty()) {
            left.addAll(right, size);
        }
        return left;
    }

    @Override
    public List<T> finish(Sample<T> sample) {
        return sample.toList();
    }

    /**
     * At most {@code size} records, drawn from all that came, each set of them as likely as any other.
     *
     * <p>Within a part this is algorithm R (J. S. Vitter, Random sampling with a reservoir, ACM TOMS 11, 1985): record
     * number n takes the place of a drawn one with probability size / n. Two parts are merged by drawing {@code size}
     * times from both, which tells how many come from each, and throwing away as many of either sample as are too many.
     *
     * <p>The draws depend on the seed, on how many records each part had and, if these are strings, numbers or pairs of
     * those, on the drawn records themselves. Without the last, all parts would draw from the same positions. A sample
     * cannot depend on the seed and the sequence of records alone: a part does not know what comes before it, and so
     * could not tell which of its records to keep.
     */
    static final class Sample<T> implements Serializable {

        private static final long serialVersionUID = 1L;

        private record Drawn<T>(long position, T record) implements Serializable {}

        private final Dice dice;

        /** In no order; as many as came, up to the size. */
        private final ArrayList<Drawn<T>> drawn = new ArrayList<>();

        private long count;

        Sample(long seed) {
            dice = new Dice(seed);
        }

        boolean isEmpty() {
            return count == 0;
        }

        void add(T record, int size) {
            long position = count++;
            if (position < size) {
                dice.stir(record);
                drawn.add(new Drawn<>(position, Copies.of(record)));
                return;
            }
            long place = dice.below(count);
            if (place < size) {
                dice.stir(record);
                drawn.set((int) place, new Drawn<>(position, Copies.of(record)));
            }
        }

        /** Adds the sample of what came after all that is here. */
        void addAll(Sample<T> later, int size) {
            dice.stir(later.dice);
            int kept = drawFromHere(later, size);
            shrink(drawn, kept);
            shrink(later.drawn, size - kept);
            for (Drawn<T> each : later.drawn) {
                drawn.add(new Drawn<>(count + each.position(), each.record()));
            }
            count += later.count;
        }

        List<T> toList() {
            drawn.sort(Comparator.comparingLong(Drawn::position));
            return drawn.stream().map(Drawn::record).toList();
        }

        /**
         * Returns how many of {@code size} draws without replacement from the records of both parts fall on this part.
         */
        private int drawFromHere(Sample<T> later, int size) {
            long here = count;
            long both = Math.addExact(count, later.count);
            if (both <= size) {
                return drawn.size();
            }
            for (long remaining = both; remaining > both - size; remaining--) {
                if (dice.below(remaining) < here) {
                    here--;
                }
            }
            return (int) (count - here);
        }

        private void shrink(ArrayList<Drawn<T>> list, int size) {
            while (list.size() > size) {
                int place = (int) dice.below(list.size());
                Drawn<T> last = list.remove(list.size() - 1);
                if (place < list.size()) {
                    list.set(place, last);
                }
            }
        }
    }
}
