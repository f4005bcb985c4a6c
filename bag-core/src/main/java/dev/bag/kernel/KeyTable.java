package dev.bag.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys with a value each, in the order in which they were first seen: entries lie densely in arrays, and an open-addressed
 * index of entry numbers finds them, at most half full.
 */
public final class KeyTable {

    private static final int FIRST_CAPACITY = 8;
    private static final Object CLEARED = new Object();

    private Object[] keys = new Object[FIRST_CAPACITY];
    private @Nullable Object[] values = new @Nullable Object[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    /** Entry number + 1 at the slot of its hash, or 0. */
    private int[] index = new int[2 * FIRST_CAPACITY];

    private int count;
    /** The number of the entry of {@code key}, or {@code -1 - n} for the n-th entry, which is new and has no value yet. */
    public int find(Object key) {
        int hash = Keys.hash(key);
        int mask = index.length - 1;
        int slot = hash & mask;
        int entry;
        while ((entry = index[slot] - 1) >= 0) {
            if (hashes[entry] == hash && Keys.same(keys[entry], key)) {
                return entry;
            }
            slot = (slot + 1) & mask;
        }
        return -1 - insert(key, hash, slot);
    }

    /** The value of {@code key}, or null when it is not there. Any number of threads may ask while nobody adds. */
    public @Nullable Object get(Object key) {
        int hash = Keys.hash(key);
        int mask = index.length - 1;
        int entry;
        for (int slot = hash & mask; (entry = index[slot] - 1) >= 0; slot = (slot + 1) & mask) {
            if (hashes[entry] == hash && Keys.same(keys[entry], key)) {
                return values[entry];
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
        return keys[entry];
    }

    /** The value of an entry. */
    public @Nullable Object value(int entry) {
        return values[entry];
    }

    /** Sets the value of an entry. */
    public void set(int entry, @Nullable Object value) {
        values[entry] = value;
    }

    /** Forgets key and value of an entry, after {@link #forgetIndex}, so that they can be collected. */
    public void clear(int entry) {
        keys[entry] = CLEARED;
        values[entry] = null;
    }

    /** No key will be looked for any more. */
    public void forgetIndex() {
        index = new int[0];
        hashes = new int[0];
    }

    private int insert(Object key, int hash, int slot) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count * 2);
            values = Arrays.copyOf(values, count * 2);
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        keys[count] = key;
        hashes[count] = hash;
        count++;
        index[slot] = count;
        if (count * 2 > index.length) {
            rebuildIndex();
        }
        return count - 1;
    }

    private void rebuildIndex() {
        int[] larger = new int[index.length * 2];
        int mask = larger.length - 1;
        for (int entry = 0; entry < count; entry++) {
            int slot = hashes[entry] & mask;
            while (larger[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            larger[slot] = entry + 1;
        }
        index = larger;
    }
}
