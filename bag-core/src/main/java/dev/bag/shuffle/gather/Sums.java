package dev.bag.shuffle.gather;

import dev.bag.fold.Fold;
import dev.bag.key.InlineKey;
import dev.bag.key.KeyTable;
import dev.bag.memory.SizeSampler;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.trait.Traits.LongSum;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sum for each key, in the order in which keys were first seen: as numbers where key and sum fit, and in an accumulator
 * where not. A key is in both when its sum has left the range of a long.
 */
public final class Sums {

    private static final int BYTES_OF_ANOTHER = 80;

    private final LongSum<Object, Object> sum;
    private final SumCells cells;
    private final KeyTable others = new KeyTable();
    /** The entry of each of the others. */
    private int[] otherEntries = new int[8];

    private final InlineKey sought = new InlineKey();
    private final KeyCheck keyCheck = new KeyCheck();
    private final SizeSampler sizes = new SizeSampler();
    private long otherBytes;

    /** No sums yet, whose entries have the tags of what is added as their ranks; null if {@code fold} is no sum. */
    @SuppressWarnings("unchecked") // a fold that is a sum has but one accumulator
    public static @Nullable Sums ofTarget(Fold<?, ?, ?> fold) {
        return fold instanceof LongSum<?, ?> sum ? new Sums((LongSum<Object, Object>) sum, true) : null;
    }

    /** No sums yet; {@code isRanked} says whether entries have ranks besides their numbers. */
    Sums(LongSum<Object, Object> sum, boolean isRanked) {
        this.sum = sum;
        this.cells = new SumCells(isRanked, this::addOther);
    }

    /** Adds {@code number} to the sum of {@code key}. */
    void add(Object key, long number, long rank) {
        if (!addToCells(key, number, rank)) {
            addOther(key, number, rank);
        }
    }

    /** Adds {@code number} to the sum of {@code key}, if that can be kept as numbers. */
    private boolean addToCells(Object key, long number, long rank) {
        if (sought.set(key)) {
            cells.add(sought.first(), sought.second(), number, rank);
            return true;
        }
        return cells.addText(key, number, rank);
    }

    /** Adds the sum of the entry at which {@code entries} is, with its tag as the rank. */
    public void add(EntryCursor entries) {
        if (entries.later() instanceof SumStore from) {
            int place = entries.place();
            cells.add(from.first(place), from.second(place), from.texts(), from.number(place), entries.tag());
        } else {
            merge(entries.key(), Objects.requireNonNull(entries.value()), entries.tag());
        }
    }

    private void addOther(Object key, long number, long rank) {
        int entry = others.find(key);
        if (entry < 0) {
            entry = insert(key, -1 - entry, sum.zero(), rank);
        } else {
            cells.addedAgain(otherEntries[entry], rank);
        }
        others.set(entry, sum.plus(other(entry), number));
    }

    /** Adds what {@code accumulator} has seen, which may be kept and changed. */
    void merge(Object key, Object accumulator, long rank) {
        if (sum.isLong(accumulator) && addToCells(key, sum.toLong(accumulator), rank)) {
            return;
        }
        int entry = others.find(key);
        if (entry < 0) {
            insert(key, -1 - entry, accumulator, rank);
        } else {
            cells.addedAgain(otherEntries[entry], rank);
            others.set(entry, sum.merge(other(entry), accumulator));
        }
    }

    private Object other(int number) {
        return Objects.requireNonNull(others.value(number));
    }

    private int insert(Object key, int other, Object accumulator, long rank) {
        cells.flush(); // these keys came before this one
        keyCheck.check(key);
        others.set(other, accumulator);
        otherBytes += sizes.of(key) + BYTES_OF_ANOTHER;
        otherEntries = other == otherEntries.length ? Arrays.copyOf(otherEntries, other * 2) : otherEntries;
        otherEntries[other] = cells.takeEntry(rank);
        return other;
    }

    /** How many entries there are. A key may have two, until they are {@linkplain #complete ordered}. */
    int count() {
        cells.flush();
        return cells.entryCount();
    }

    /** About how much memory this takes, in bytes. */
    long bytes() {
        return otherBytes + cells.bytes();
    }

    /** About how much memory the entries take in a {@link SumStore}, in bytes; those read from it become numbers again. */
    long sealedBytes() {
        long numbers = (SumStore.WIDTH + 1L) * Long.BYTES * cells.entryCount(); // with the rank
        return otherBytes + cells.texts().bytes() + numbers;
    }

    /** About how many entries there are, or a few more. */
    int mostEntries() {
        return cells.entryCount();
    }

    /**
     * Returns the entries in the order of their targets, and within a target in that of their numbers, one for each key.
     * This is given up.
     *
     * @param ranks returns the rank of an entry by its number; null where entries have none
     */
    Complete complete(Targets targets, @Nullable RanksOfEntries ranks) {
        SumSorter.Sorted sorted = sorted(targets);
        for (int i = 0; ranks != null && i < sorted.present().length; i++) {
            ranks.replace(sorted.ranks(), sorted.starts()[i], sorted.starts()[i + 1]);
        }
        return new Complete(
                new SumStore(sum, sorted.numbers(), cells.texts(), others, ranks == null ? null : sorted.ranks()),
                sorted.present(),
                sorted.starts());
    }

    /** Returns the entries in the order of their ranks, one for each key. This is given up. */
    public SumStore complete() {
        SumSorter.Sorted sorted = sorted(Targets.TOGETHER);
        return new SumStore(sum, sorted.numbers(), cells.texts(), others, sorted.ranks());
    }

    private SumSorter.Sorted sorted(Targets targets) {
        cells.flush();
        leaveOutDoubles();
        others.forgetIndex();
        return new SumSorter(cells, others, otherEntries).sort(targets);
    }

    /**
     * Entries in order.
     *
     * @param present the targets there are, ascending
     * @param starts where the entries of each begin, and where the last ones end
     */
    record Complete(SumStore store, int[] present, int[] starts) {}

    /** What the numbers of entries say of their ranks. */
    interface RanksOfEntries {

        /** Puts ranks in the place of the numbers of entries from {@code from} on, below {@code to}, which are ascending. */
        void replace(long[] entries, int from, int to);
    }

    /** Where a key is a cell and among the others, one entry is left for it, with the lesser rank and the sum of both. */
    private void leaveOutDoubles() {
        long[] removed = new long[2];
        for (int other = 0; other < others.count(); other++) {
            Object key = others.key(other);
            boolean wasCell = sought.set(key)
                    ? cells.remove(sought.first(), sought.second(), removed)
                    : cells.removeText(key, removed);
            if (wasCell) {
                others.set(other, sum.plus(other(other), removed[0]));
                otherEntries[other] = cells.join(otherEntries[other], (int) removed[1]);
            }
        }
    }

    /** Adds all entries of {@code right}, which is given up. */
    void addAll(Sums right) {
        SumStore from = right.complete();
        for (int entry = 0; entry < from.count(); entry++) {
            int place = from.place(entry);
            if (place >= 0) {
                cells.add(from.first(place), from.second(place), from.texts(), from.number(place), 0);
            } else {
                merge(from.other(place), Objects.requireNonNull(from.otherValue(place)), 0);
            }
        }
    }
}
