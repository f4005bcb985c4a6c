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
    /** The place of each entry, or the complement of its number among the others; once complete. */
    private int[] places = {};

    private long[] ranks = {};
    private int count;
    private boolean isComplete;
    /** Whether entries have kept their numbers. */
    private boolean areInOrder;

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
        if (sought.set(key)) {
            cells.add(sought.first(), sought.second(), number, rank);
        } else {
            addOther(key, number, rank);
        }
    }

    /** Adds the sum of the entry at which {@code entries} is, with its tag as the rank. */
    public void add(EntryCursor entries) {
        if (entries.later() instanceof SumStore from) {
            int place = entries.place();
            cells.add(from.first(place), from.second(place), from.number(place), entries.tag());
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
        if (sum.isLong(accumulator) && sought.set(key)) {
            cells.add(sought.first(), sought.second(), sum.toLong(accumulator), rank);
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

    /** How many entries there are: as many as keys, once this is complete. */
    public int count() {
        cells.flush();
        return isComplete ? count : cells.entryCount();
    }

    /** About how much memory this takes, in bytes. */
    long bytes() {
        return otherBytes + cells.bytes();
    }

    /** About how much memory the entries take in a {@link SumStore}, in bytes; those read from it become numbers again. */
    long sealedBytes() {
        return otherBytes + (SumStore.WIDTH + 1L) * Long.BYTES * cells.entryCount(); // with the rank
    }

    /** About how many entries there are, or a few more. */
    int mostEntries() {
        return cells.entryCount();
    }

    /** No more is added. Entries are in the order of their ranks from now on, one for each key. */
    public void complete() {
        cells.flush();
        complete(cells.ranks());
    }

    /** As {@link #complete()}, where each entry so far is given its rank here. */
    void complete(long[] entryRanks) {
        int[] all = new int[cells.entryCount()];
        cells.places(all);
        for (int other = 0; other < others.count(); other++) {
            all[otherEntries[other]] = ~other;
        }
        ranks = Arrays.copyOf(entryRanks, all.length);
        places = all;
        count = all.length;
        leaveOutDoubles();
        areInOrder = !RankOrder.sort(ranks, places, count) && count == all.length;
        others.forgetIndex();
        isComplete = true;
    }

    /** Where a key is a cell and among the others, one entry is left for it, with the lesser rank and the sum of both. */
    private void leaveOutDoubles() {
        boolean[] isDouble = {};
        for (int other = 0; other < others.count(); other++) {
            int cell = sought.set(others.key(other)) ? cells.find(sought.first(), sought.second()) : -1;
            if (cell >= 0) {
                others.set(other, sum.plus(other(other), cells.sum(cell)));
                int entry = otherEntries[other];
                ranks[entry] = Math.min(ranks[entry], ranks[cells.entry(cell)]);
                isDouble = isDouble.length == 0 ? new boolean[count] : isDouble;
                isDouble[cells.entry(cell)] = true;
            }
        }
        if (isDouble.length > 0) {
            int kept = 0;
            for (int entry = 0; entry < count; entry++) {
                if (!isDouble[entry]) {
                    places[kept] = places[entry];
                    ranks[kept++] = ranks[entry];
                }
            }
            count = kept;
        }
    }

    /** The key of an entry. */
    public Object key(int entry) {
        int place = places[entry];
        return place >= 0 ? cells.key(place) : others.key(~place);
    }

    /** The rank of an entry: the least with which its key was added. */
    public long rank(int entry) {
        return ranks[entry];
    }

    /** The target of each entry. */
    int[] targets(Targets targets) {
        if (!areInOrder) {
            return targets.of(count, this::stableHash);
        }
        int[] hashes = new int[count];
        cells.stableHashes(hashes);
        for (int other = 0; other < others.count(); other++) {
            hashes[otherEntries[other]] = others.stableHash(other);
        }
        return targets.of(count, entry -> hashes[entry]);
    }

    private int stableHash(int entry) {
        int place = places[entry];
        return place >= 0 ? cells.stableHash(place) : others.stableHash(~place);
    }

    /** The accumulator of an entry, which is given up with its key. */
    public Object take(int entry) {
        int place = places[entry];
        if (place >= 0) {
            return sum.plus(sum.zero(), cells.sum(place));
        }
        Object accumulator = other(~place);
        others.clear(~place);
        return accumulator;
    }

    /** Adds all entries of {@code right}, which is complete and given up. */
    void addAll(Sums right) {
        for (int entry = 0; entry < right.count(); entry++) {
            int place = right.places[entry];
            if (place >= 0) {
                cells.add(right.cells.first(place), right.cells.second(place), right.cells.sum(place), 0);
            } else {
                merge(right.others.key(~place), right.other(~place), 0);
            }
        }
    }

    /**
     * The entries in another order, which has the number of the entry at each place; this is given up.
     *
     * @param isRanked whether they keep their ranks
     */
    SumStore store(int[] order, boolean isRanked) {
        long[] numbers = new long[SumStore.WIDTH * cells.count()];
        int[] inOrder = others.count() == 0 ? null : new int[order.length];
        long[] rankOf = isRanked ? new long[order.length] : null;
        int at = 0;
        for (int i = 0; i < order.length; i++) {
            int place = places[order[i]];
            if (inOrder != null) {
                inOrder[i] = place >= 0 ? at : place;
            }
            if (rankOf != null) {
                rankOf[i] = ranks[order[i]];
            }
            if (place >= 0) {
                cells.copy(place, numbers, at);
                at += SumStore.WIDTH;
            }
        }
        return new SumStore(sum, numbers, others, inOrder, rankOf);
    }
}
