package dev.bag.key;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys with a value each, in the order in which they were first seen: entries lie densely in an array, key beside value,
 * and an open-addressed index finds them. The index holds the hashes, so a key is looked at only if its hash is the same;
 * it is at most half full.
 */
@SuppressWarnings("serial") // whether keys and values can be written is known when they are
public final class KeyTable implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int FIRST_CAPACITY = 8;
    private static final Object CLEARED = new Object();

    /** The key and the value of each entry. */
    private @Nullable Object[] cells = new @Nullable Object[2 * FIRST_CAPACITY];
    /** At the slot of its hash: the hash in the upper half, the number of the entry + 1 in the lower; or 0. */
    private long[] slots = new long[2 * FIRST_CAPACITY];

    private int count;

    /** The number of the entry of {@code key}, or {@code -1 - n} for the n-th entry, which is new and has no value yet. */
    public int find(Object key) {
        int hash = Keys.hash(key);
        int mask = slots.length - 1;
        int slot = hash & mask;
        long at;
        while ((at = slots[slot]) != 0) {
            if ((int) (at >>> 32) == hash) {
                int entry = (int) at - 1;
                if (Keys.same(key(entry), key)) {
                    return entry;
                }
            }
            slot = (slot + 1) & mask;
        }
        return -1 - insert(key, hash, slot);
    }

    /** The value of {@code key}, or null when it is not there. Any number of threads may call this while none adds. */
    public @Nullable Object get(Object key) {
        int hash = Keys.hash(key);
        int mask = slots.length - 1;
        long at;
        for (int slot = hash & mask; (at = slots[slot]) != 0; slot = (slot + 1) & mask) {
            if ((int) (at >>> 32) == hash && Keys.same(key((int) at - 1), key)) {
                return value((int) at - 1);
            }
        }
        return null;
    }

    /** How many keys there are. */
    public int count() {
        return count;
    }

    /** The key of an entry. */
    public Object key(int entry) {
        return Objects.requireNonNull(cells[2 * entry]);
    }

    /** The value of an entry. */
    public @Nullable Object value(int entry) {
        return cells[2 * entry + 1];
    }

    /** Sets the value of an entry. */
    public void set(int entry, @Nullable Object value) {
        cells[2 * entry + 1] = value;
    }

    /** Forgets key and value of an entry, after {@link #forgetIndex}, so that they can be collected. */
    public void clear(int entry) {
        cells[2 * entry] = CLEARED;
        cells[2 * entry + 1] = null;
    }

    /** No key will be looked for any more. */
    public void forgetIndex() {
        slots = new long[0];
    }

    private int insert(Object key, int hash, int slot) {
        if (2 * count == cells.length) {
            cells = Arrays.copyOf(cells, count * 4);
        }
        cells[2 * count] = key;
        count++;
        slots[slot] = ((long) hash << 32) | count;
        if (count * 2 > slots.length) {
            slots = doubled(slots);
        }
        return count - 1;
    }

    /** An index twice as large with the same entries. */
    public static long[] doubled(long[] slots) {
        long[] larger = new long[slots.length * 2];
        int mask = larger.length - 1;
        for (long at : slots) {
            if (at != 0) {
                int slot = (int) (at >>> 32) & mask;
                while (larger[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                larger[slot] = at;
            }
        }
        return larger;
    }
}
