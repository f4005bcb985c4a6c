package dev.bag.shuffle.gather;

import dev.bag.key.InlineKey;
import dev.bag.key.TextArena;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums by keys that are two numbers: those that {@linkplain InlineKey fit} into them, and texts in a {@link TextArena}. The
 * key, its sum and the number of its entry lie beside each other in an open-addressed array, so that a key that is there
 * costs a look at one place, or two, and no object. At most three quarters of the array are taken.
 *
 * <p>In a table that no cache holds, a look at a place has to wait for memory. So numbers are not added at once: some are
 * gathered, then all their places are computed and looked at, and then they are added, in order. The processor waits for
 * all these places at the same time.
 */
final class SumCells {

    /** Of each cell: the key, which is not 0 in its second number, the sum, the entry. */
    static final int WIDTH = 4;

    static final int SUM = 2;
    static final int ENTRY = 3;
    private static final int FIRST_CAPACITY = 8;

    /** How many numbers are added together, in a table of more than so many cells. */
    private static final int BATCH = 32;

    private static final int SMALL = 1 << 10;

    /** Takes a number that would make a sum leave the range of a long. */
    interface Overflow {
        void add(Object key, long number, long rank);
    }

    private final Overflow overflow;
    /** The long texts among the keys. */
    private final TextArena texts = new TextArena();
    /** Those among the keys that are to be added. */
    private final TextArena pendingTexts = new TextArena();

    private long[] cells = new long[WIDTH * FIRST_CAPACITY];
    private int count;
    private int nextEntry;
    /** By entry, the rank it was added with first; null where that is not asked for. */
    private long @Nullable [] ranks;

    /** Cells that are to be added, with the rank in place of the entry; null while the table is small. */
    private long @Nullable [] pending;

    private int pendingLength;
    /** The places of those that are pending, while they are added. */
    private int[] places = {};

    @SuppressWarnings("UnusedVariable") // written only, so that the JVM does not leave out the loads that touch a place
    private long touched;

    /** Without ranks, unless {@code isRanked}. */
    SumCells(boolean isRanked, Overflow overflow) {
        this.overflow = overflow;
        this.ranks = isRanked ? new long[FIRST_CAPACITY] : null;
    }

    /** Adds {@code number} to the sum of a long text; returns false if {@code key} is something else. */
    boolean addText(Object key, long number, long rank) {
        long second = pendingTexts.add(key);
        if (second == 0) {
            return false;
        }
        addPending(pendingTexts.hash(second), second, number, rank);
        return true;
    }

    /** Adds {@code number} to the sum of a key, whose text is in {@code from} if it is a long one. */
    void add(long first, long second, TextArena from, long number, long rank) {
        if (TextArena.isIn(second)) {
            addPending(first, pendingTexts.add(from, second), number, rank);
        } else {
            add(first, second, number, rank);
        }
    }

    private void addPending(long first, long second, long number, long rank) {
        add(first, second, number, rank);
        if (pending == null) {
            pendingTexts.clear();
        }
    }

    /** Adds {@code number} to the sum of a key that fits into two numbers, or is the last of the pending texts. */
    void add(long first, long second, long number, long rank) {
        long[] waiting = pending;
        if (waiting == null) {
            addNow(place(first, second), first, second, number, rank);
            return;
        }
        int at = pendingLength;
        waiting[at] = first;
        waiting[at + 1] = second;
        waiting[at + SUM] = number;
        waiting[at + ENTRY] = rank;
        pendingLength = at + WIDTH;
        if (pendingLength == waiting.length) {
            flush();
        }
    }

    /** Adds what was gathered. All that follows sees only what was added. */
    void flush() {
        long[] waiting = pending;
        if (waiting == null || pendingLength == 0) {
            return;
        }
        int length = pendingLength;
        pendingLength = 0;
        long[] in = cells;
        long looked = 0;
        for (int at = 0; at < length; at += WIDTH) {
            int place = place(waiting[at], waiting[at + 1]);
            places[at / WIDTH] = place;
            looked += in[place + 1];
        }
        touched = looked + (pendingTexts.isEmpty() ? 0 : lookAtTexts(waiting, length));
        for (int at = 0; at < length; at += WIDTH) {
            boolean hasGrown = in != cells;
            int place = hasGrown ? place(waiting[at], waiting[at + 1]) : places[at / WIDTH];
            addNow(place, waiting[at], waiting[at + 1], waiting[at + SUM], waiting[at + ENTRY]);
        }
        pendingTexts.clear();
    }

    /** Looks at the texts in the table that seem to be those that are waiting. */
    private long lookAtTexts(long[] waiting, int length) {
        long looked = 0;
        for (int at = 0; at < length; at += WIDTH) {
            int place = places[at / WIDTH];
            long second = cells[place + 1];
            if (TextArena.isIn(second) && cells[place] == waiting[at]) {
                looked += texts.firstByte(second);
            }
        }
        return looked;
    }

    private int place(long first, long second) {
        return InlineKey.hash(first, TextArena.withoutPlace(second)) * WIDTH & cells.length - 1;
    }

    private void addNow(int place, long first, long second, long number, long rank) {
        long[] in = cells;
        int cell = place;
        while (in[cell + 1] != 0) {
            if (in[cell] == first && isSame(in[cell + 1], second)) {
                addTo(cell, number, rank);
                return;
            }
            cell = cell + WIDTH & in.length - 1;
        }
        in[cell] = first;
        in[cell + 1] = TextArena.isIn(second) ? texts.add(pendingTexts, second) : second;
        in[cell + SUM] = number;
        in[cell + ENTRY] = takeEntry(rank);
        if (++count * (4L * WIDTH) > in.length * 3L) {
            grow();
        }
    }

    /** Whether a key in the table is the same as one whose text is among the pending ones, if it is a long one. */
    private boolean isSame(long inTable, long second) {
        return TextArena.isIn(second) ? texts.isSame(inTable, pendingTexts, second) : inTable == second;
    }

    private void addTo(int cell, long number, long rank) {
        long before = cells[cell + SUM];
        long after = before + number;
        if (((before ^ after) & (number ^ after)) < 0) {
            overflow.add(texts.key(cells[cell], cells[cell + 1]), number, rank);
            return;
        }
        cells[cell + SUM] = after;
        if (ranks != null) {
            addedAgain((int) cells[cell + ENTRY], rank);
        }
    }

    /** The key of an entry was added again, with a rank that may be less. */
    void addedAgain(int entry, long rank) {
        if (ranks != null) {
            ranks[entry] = Math.min(ranks[entry], rank);
        }
    }

    /** Returns the number of a new entry, which may be one of another table. */
    int takeEntry(long rank) {
        int entry = nextEntry++;
        if (ranks != null) {
            ranks = entry == ranks.length ? Arrays.copyOf(ranks, entry * 2) : ranks;
            ranks[entry] = rank;
        }
        return entry;
    }

    private void grow() {
        long[] from = cells;
        cells = new long[from.length * 2];
        for (int old = 0; old < from.length; old += WIDTH) {
            if (from[old + 1] != 0) {
                int cell = place(from[old], from[old + 1]);
                while (cells[cell + 1] != 0) {
                    cell = cell + WIDTH & cells.length - 1;
                }
                System.arraycopy(from, old, cells, cell, WIDTH);
            }
        }
        if (pending == null && cells.length > SMALL * WIDTH) {
            pending = new long[BATCH * WIDTH];
            places = new int[BATCH];
        }
    }

    /** How many keys there are. */
    int count() {
        return count;
    }

    /** How many entries there are, those of other tables included. */
    int entryCount() {
        return nextEntry;
    }

    /** The memory that is taken, in bytes. */
    long bytes() {
        return (long) Long.BYTES * (cells.length + (ranks == null ? 0 : ranks.length)) + texts.bytes();
    }

    /** Takes a long text out, as {@link #remove(long, long, long[])} does with other keys. */
    boolean removeText(Object key, long[] taken) {
        long second = pendingTexts.add(key);
        boolean isThere = second != 0 && remove(pendingTexts.hash(second), second, taken);
        pendingTexts.clear();
        return isThere;
    }

    /** Takes a key out: its sum and its entry are put into {@code taken}. Returns whether it was there. */
    boolean remove(long first, long second, long[] taken) {
        int cell = place(first, second);
        while (cells[cell + 1] != 0) {
            if (cells[cell] == first && isSame(cells[cell + 1], second)) {
                taken[0] = cells[cell + SUM];
                taken[1] = cells[cell + ENTRY];
                removeCell(cell);
                count--;
                return true;
            }
            cell = cell + WIDTH & cells.length - 1;
        }
        return false;
    }

    /** Moves those behind a cell that could not be found any more (D. E. Knuth, vol. 3, 6.4, algorithm R). */
    private void removeCell(int removed) {
        int free = removed;
        int cell = free + WIDTH & cells.length - 1;
        while (cells[cell + 1] != 0) {
            int wanted = place(cells[cell], cells[cell + 1]);
            boolean staysFindable = free <= cell ? free < wanted && wanted <= cell : free < wanted || wanted <= cell;
            if (!staysFindable) {
                System.arraycopy(cells, cell, cells, free, WIDTH);
                free = cell;
            }
            cell = cell + WIDTH & cells.length - 1;
        }
        cells[free + 1] = 0;
    }

    /** The cells, {@value #WIDTH} numbers each; the second of one that is not taken is 0. */
    long[] cells() {
        return cells;
    }

    /** The long texts among the keys. */
    TextArena texts() {
        return texts;
    }

    /** The rank of an entry: the least it was added with, or its number where ranks are not asked for. */
    long rank(int entry) {
        return ranks == null ? entry : ranks[entry];
    }

    /** Two entries become one. Returns which of them it is; it has the lesser rank. */
    int join(int entry, int other) {
        if (ranks == null) {
            return Math.min(entry, other);
        }
        ranks[entry] = Math.min(ranks[entry], ranks[other]);
        return entry;
    }
}
