package dev.bag.shuffle.gather;

import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Weight;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.LongSum;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A sum for each key, of one part of the bag, or of several one after the other. */
final class SumTable extends OpenBuffer {

    private static final int MOST_ENTRIES = 1 << 27;

    private final Targets targets;
    private final LongSum<Object, Object> sum;
    private final Sums sums;
    /** The ranks of entries, if they have some besides their numbers. */
    private @Nullable Ranks ranks;

    /** Stretches of entries, each of whose ranks follow each other. */
    private static final class Ranks implements Sums.RanksOfEntries {

        private int[] firstEntries = new int[4];
        private long[] firstRanks = new long[4];
        private int count;

        void begin(int entry, long rank) {
            if (count > 0 && firstEntries[count - 1] == entry) {
                count--; // it has no entries
            }
            if (count == firstEntries.length) {
                firstEntries = Arrays.copyOf(firstEntries, count * 2);
                firstRanks = Arrays.copyOf(firstRanks, count * 2);
            }
            firstEntries[count] = entry;
            firstRanks[count] = rank;
            count++;
        }

        /** The rank of {@code entry}, if it is in the last stretch. */
        long last(int entry) {
            return firstRanks[count - 1] + entry - firstEntries[count - 1];
        }

        @Override
        public void replace(long[] entries, int from, int to) {
            int stretch = 0;
            for (int i = from; i < to; i++) {
                while (stretch + 1 < count && firstEntries[stretch + 1] <= entries[i]) {
                    stretch++;
                }
                entries[i] += firstRanks[stretch] - firstEntries[stretch];
            }
        }
    }

    SumTable(SpillArea area, Targets targets, LongSum<Object, Object> sum) {
        super(area);
        this.targets = targets;
        this.sum = sum;
        this.sums = new Sums(sum, false);
    }

    @Override
    SumTable fresh() {
        return new SumTable(area(), targets, sum);
    }

    @Override
    SumTable next() {
        SumTable next = fresh();
        if (ranks != null) {
            next.beginRanks(ranks.last(sums.count()));
        }
        return next;
    }

    /** Entries that are added from now on have ranks from {@code rank} on. */
    void beginRanks(long rank) {
        ranks = ranks == null ? new Ranks() : ranks;
        ranks.begin(sums.count(), rank);
    }

    /** A rank that no entry exceeds which was added with ranks. */
    long lastRank() {
        return ranks == null ? -1 : ranks.last(sums.count());
    }

    /** Adds {@code number} to the sum of {@code key}. */
    void add(Object key, long number) {
        sums.add(key, number, 0);
    }

    /** Whether there may not be many more entries. */
    boolean isFull() {
        return sums.mostEntries() >= MOST_ENTRIES;
    }

    @Override
    int count() {
        return sums.count();
    }

    @Override
    public long bytes() {
        return sums.bytes();
    }

    @Override
    boolean isLike(OpenBuffer right) {
        return right instanceof SumTable other && other.targets.equals(targets);
    }

    @Override
    void add(OpenBuffer right) {
        sums.addAll(((SumTable) right).sums);
    }

    @Override
    public Segment seal() throws IOException {
        long sealedBytes = sums.sealedBytes();
        Sums.Complete complete = sums.complete(targets, ranks);
        return Segment.seal(
                area(),
                complete.store(),
                complete.present(),
                complete.starts(),
                Weight.ofObjects(sealedBytes, reserved()));
    }
}
