package dev.bag.kernel;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keys with a value each, in the order in which they were first seen: entries lie densely in arrays, and an open-addressed
 * index of entry numbers finds them, at most half full.
 */
public final class KeyTable {

    private static final int FIRST_CAPACITY = 8;

    private Object[] keys = new Object[FIRST_CAPACITY];
    private @Nullable Object[] values = new @Nullable Object[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    /** Entry number + 1 at the slot of its hash, or 0. */
    private int[] index = new int[2 * FIRST_CAPACITY];

    private int count;
    /** Entry numbers sorted by target, and where each target's begin; set by {@link #split}. */
    private int[] byTarget = {};

    private int[] targetStart = {};

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

    /** Sorts the entries by the target each key belongs to, out of {@code targets}, keeping their order otherwise. */
    public void split(int targets) {
        int[] target = new int[count];
        int[] start = new int[targets + 1];
        for (int entry = 0; entry < count; entry++) {
            target[entry] = StableHash.target(keys[entry], targets);
            start[target[entry] + 1]++;
        }
        for (int t = 0; t < targets; t++) {
            start[t + 1] += start[t];
        }
        int[] sorted = new int[count];
        int[] next = start.clone();
        for (int entry = 0; entry < count; entry++) {
            sorted[next[target[entry]]++] = entry;
        }
        byTarget = sorted;
        targetStart = start;
        index = new int[0];
    }

    /** As {@link #split}, where all keys are known to belong to {@code target}. */
    public void splitInto(int target, int targets) {
        byTarget = IntStream.range(0, count).toArray();
        targetStart = new int[targets + 1];
        Arrays.fill(targetStart, target + 1, targets + 1, count);
        index = new int[0];
    }

    /** The entries of a target, after {@link #split}: from this place of {@link #entryAt}. */
    public int targetStart(int target) {
        return targetStart[target];
    }

    /** The entry at a place of the order that {@link #split} made. */
    public int entryAt(int place) {
        return byTarget[place];
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
