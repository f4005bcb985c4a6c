package dev.bag.shuffle.gather;

import dev.bag.key.InlineKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums by keys that {@linkplain InlineKey fit into two numbers}. The key, its sum and the number of its entry lie beside
 * each other in a cell, and cells in pages, which are open-addressed, so that a key that is there costs a look at one
 * place and no object. At most three quarters of a page are taken.
 *
 * <p>The upper bits of a key's hash choose the page. A page that is full is split in two by one more bit (extendible hashing:
 * R. Fagin, J. Nievergelt, N. Pippenger and H. R. Strong, 1979). So a table grows by a page at a time: nothing large is
 * copied, and no more memory is touched than there are keys for. A small table is one page, which doubles.
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
    /** The cells of a page that is not to become larger: a quarter of a MiB. */
    private static final int PAGE = 1 << 13;

    /** Behind the cells of a page: how many are taken, and how many bits of the hash have chosen it. */
    private static final int FOOTER = 2;

    /** So many bits choose a page at most; where they do not tell keys apart, pages become larger after all. */
    private static final int MOST_BITS = 16;

    /** How many numbers are added together, in a table of more than so many cells. */
    private static final int BATCH = 32;

    private static final int SMALL = 1 << 10;

    /** Takes a number that would make a sum leave the range of a long. */
    interface Overflow {
        void add(Object key, long number, long rank);
    }

    private final Overflow overflow;
    /** By the upper bits of a hash; neighbours may be the same page. */
    private long[][] pages = {newPage(FIRST_CAPACITY, 0)};
    /** How many bits those are. */
    private int bits;

    private int count;
    private int nextEntry;
    private long bytes = (long) Long.BYTES * pages[0].length;
    /** By entry, the least rank it was added with; null where that is not asked for. */
    private long @Nullable [] ranks;

    /** Cells that are to be added, with the rank in place of the entry; null while the table is small. */
    private long @Nullable [] pending;

    private int pendingLength;
    /** A copy of the page that is split, used again and again. */
    private long[] scratch = {};

    @SuppressWarnings("UnusedVariable") // written only, so that the JVM does not leave out the loads that touch a place
    private long touched;

    /** Without ranks, unless {@code isRanked}. */
    SumCells(boolean isRanked, Overflow overflow) {
        this.overflow = overflow;
        this.ranks = isRanked ? new long[FIRST_CAPACITY] : null;
    }

    private static long[] newPage(int capacity, int bits) {
        long[] page = new long[capacity * WIDTH + FOOTER];
        page[page.length - 1] = bits;
        return page;
    }

    private long[] page(int hash) {
        return pages[(int) ((hash & 0xFFFF_FFFFL) >>> Integer.SIZE - bits)];
    }

    private static int place(long[] page, int hash) {
        return hash * WIDTH & end(page) - 1;
    }

    private static int next(long[] page, int place) {
        return place + WIDTH & end(page) - 1;
    }

    /** Where the cells of a page end. */
    static int end(long[] page) {
        return page.length - FOOTER;
    }

    /** Adds {@code number} to the sum of a key. */
    void add(long first, long second, long number, long rank) {
        long[] waiting = pending;
        if (waiting == null) {
            addNow(first, second, number, rank);
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
        long looked = 0;
        for (int at = 0; at < length; at += WIDTH) {
            int hash = InlineKey.hash(waiting[at], waiting[at + 1]);
            long[] page = page(hash);
            looked += page[place(page, hash) + 1];
        }
        touched = looked;
        for (int at = 0; at < length; at += WIDTH) {
            addNow(waiting[at], waiting[at + 1], waiting[at + SUM], waiting[at + ENTRY]);
        }
    }

    private void addNow(long first, long second, long number, long rank) {
        int hash = InlineKey.hash(first, second);
        long[] in = page(hash);
        int cell = place(in, hash);
        while (in[cell + 1] != 0) {
            if (in[cell + 1] == second && in[cell] == first) {
                addTo(in, cell, number, rank);
                return;
            }
            cell = next(in, cell);
        }
        in[cell] = first;
        in[cell + 1] = second;
        in[cell + SUM] = number;
        in[cell + ENTRY] = takeEntry(rank);
        in[end(in)]++;
        count++;
        if (isFull(in)) {
            makeRoom(in, hash);
        }
    }

    private void addTo(long[] page, int cell, long number, long rank) {
        long before = page[cell + SUM];
        long after = before + number;
        if (((before ^ after) & (number ^ after)) < 0) {
            overflow.add(InlineKey.key(page[cell], page[cell + 1]), number, rank);
            return;
        }
        page[cell + SUM] = after;
        addedAgain((int) page[cell + ENTRY], rank);
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

    private static boolean isFull(long[] page) {
        return page[end(page)] * (4L * WIDTH) > end(page) * 3L;
    }

    private void makeRoom(long[] full, int hash) {
        long[] page = full;
        while (isFull(page)) {
            if (end(page) < PAGE * WIDTH || page[page.length - 1] == MOST_BITS) {
                enlarge(page, hash);
            } else {
                split(page, hash);
            }
            page = page(hash);
        }
        if (pending == null && count > SMALL * 3 / 4) {
            pending = new long[BATCH * WIDTH];
        }
    }

    private void enlarge(long[] page, int hash) {
        int pageBits = (int) page[page.length - 1];
        long[] larger = newPage(end(page) / WIDTH * 2, pageBits);
        for (int cell = 0; cell < end(page); cell += WIDTH) {
            if (page[cell + 1] != 0) {
                insert(page, cell, larger);
            }
        }
        replace(hash, pageBits, larger);
        bytes += Long.BYTES * (long) (larger.length - page.length);
    }

    /** Leaves the cells with a 0 in the next bit of their hash in {@code page}, and moves the others to a new one. */
    private void split(long[] page, int hash) {
        int pageBits = (int) page[page.length - 1];
        if (pageBits == bits) {
            doubleDirectory();
        }
        if (scratch.length != page.length) {
            scratch = new long[page.length];
        }
        System.arraycopy(page, 0, scratch, 0, page.length);
        Arrays.fill(page, 0);
        page[page.length - 1] = pageBits + 1L;
        long[] upper = newPage(end(page) / WIDTH, pageBits + 1);
        int bit = Integer.MIN_VALUE >>> pageBits;
        for (int cell = 0; cell < end(scratch); cell += WIDTH) {
            if (scratch[cell + 1] != 0) {
                insert(scratch, cell, (InlineKey.hash(scratch[cell], scratch[cell + 1]) & bit) == 0 ? page : upper);
            }
        }
        replace(hash | bit, pageBits + 1, upper);
        bytes += Long.BYTES * (long) upper.length;
    }

    private void doubleDirectory() {
        long[][] larger = new long[pages.length * 2][];
        for (int i = 0; i < larger.length; i++) {
            larger[i] = pages[i / 2];
        }
        pages = larger;
        bits++;
    }

    /** Puts a page in all places of the directory whose upper {@code pageBits} bits are those of {@code hash}. */
    private void replace(int hash, int pageBits, long[] page) {
        int places = 1 << bits - pageBits;
        int first = (int) ((hash & 0xFFFF_FFFFL) >>> Integer.SIZE - bits) & -places;
        Arrays.fill(pages, first, first + places, page);
    }

    private static void insert(long[] from, int cell, long[] to) {
        int place = place(to, InlineKey.hash(from[cell], from[cell + 1]));
        while (to[place + 1] != 0) {
            place = next(to, place);
        }
        System.arraycopy(from, cell, to, place, WIDTH);
        to[end(to)]++;
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
        return bytes + (ranks == null ? 0 : (long) Long.BYTES * ranks.length);
    }

    /** Takes a key out, whose number in {@code taken} is then its sum, and its entry behind that; false if it is not there. */
    boolean remove(long first, long second, long[] taken) {
        int hash = InlineKey.hash(first, second);
        long[] page = page(hash);
        int cell = place(page, hash);
        while (page[cell + 1] != 0) {
            if (page[cell + 1] == second && page[cell] == first) {
                taken[0] = page[cell + SUM];
                taken[1] = page[cell + ENTRY];
                removeCell(page, cell);
                count--;
                return true;
            }
            cell = next(page, cell);
        }
        return false;
    }

    /** Moves those behind a cell that could not be found any more (D. E. Knuth, vol. 3, 6.4, algorithm R). */
    private static void removeCell(long[] page, int removed) {
        page[end(page)]--;
        int free = removed;
        for (int cell = next(page, free); page[cell + 1] != 0; cell = next(page, cell)) {
            int wanted = place(page, InlineKey.hash(page[cell], page[cell + 1]));
            boolean staysFindable = free <= cell ? free < wanted && wanted <= cell : free < wanted || wanted <= cell;
            if (!staysFindable) {
                System.arraycopy(page, cell, page, free, WIDTH);
                free = cell;
            }
        }
        page[free + 1] = 0;
    }

    /** The pages, each once. */
    List<long[]> pages() {
        List<long[]> each = new ArrayList<>();
        for (int i = 0; i < pages.length; i++) {
            if (i == 0 || pages[i] != pages[i - 1]) {
                each.add(pages[i]);
            }
        }
        return each;
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
