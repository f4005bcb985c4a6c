package dev.bag.shuffle.gather;

import dev.bag.key.KeyTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Sums of short texts of one byte a character, which lie in the table itself: two numbers hold up to 15 characters and
 * their length, beside them the sum and when the text was first seen. So a text that is there costs a look at the index
 * and one at its entry, and no object.
 */
final class ShortTexts {

    /** Longer texts do not fit. */
    static final int MOST_CHARACTERS = 15;

    private static final int FIRST_CAPACITY = 8;
    private static final int WIDTH = 4;
    private static final int IN_FIRST = 8;

    /** Of each entry the first 8 characters, the others with the length in the uppermost byte, the sum, the rank. */
    private long[] cells = new long[WIDTH * FIRST_CAPACITY];
    /** As in {@link KeyTable}: the hash in the upper half, the number of the entry + 1 in the lower; or 0. */
    private long[] slots = new long[2 * FIRST_CAPACITY];

    private int count;

    /** Adds {@code number} to the sum of {@code text}; does nothing and returns false when the text or the sum does not fit. */
    boolean add(String text, long number, long rank) {
        int length = text.length();
        if (length > MOST_CHARACTERS) {
            return false;
        }
        int seen = 0;
        long first = 0;
        for (int i = Math.min(length, IN_FIRST) - 1; i >= 0; i--) {
            char character = text.charAt(i);
            seen |= character;
            first = first << 8 | character;
        }
        long rest = 0;
        for (int i = length - 1; i >= IN_FIRST; i--) {
            char character = text.charAt(i);
            seen |= character;
            rest = rest << 8 | character;
        }
        if (seen > 0xFF) {
            return false;
        }
        return add(first, rest | (long) length << 56, number, rank);
    }

    private boolean add(long first, long rest, long number, long rank) {
        int hash = hash(first, rest);
        int mask = slots.length - 1;
        int slot = hash & mask;
        long at;
        while ((at = slots[slot]) != 0) {
            if ((int) (at >>> 32) == hash) {
                int cell = ((int) at - 1) * WIDTH;
                if (cells[cell] == first && cells[cell + 1] == rest) {
                    return addTo(cell + 2, number);
                }
            }
            slot = (slot + 1) & mask;
        }
        insert(first, rest, number, rank);
        slots[slot] = (long) hash << 32 | count;
        if (count * 2 > slots.length) {
            slots = KeyTable.doubled(slots);
        }
        return true;
    }

    private boolean addTo(int cell, long number) {
        long before = cells[cell];
        long after = before + number;
        if (((before ^ after) & (number ^ after)) < 0) {
            return false;
        }
        cells[cell] = after;
        return true;
    }

    private void insert(long first, long rest, long number, long rank) {
        int cell = count * WIDTH;
        if (cell == cells.length) {
            cells = Arrays.copyOf(cells, cell * 2);
        }
        cells[cell] = first;
        cells[cell + 1] = rest;
        cells[cell + 2] = number;
        cells[cell + 3] = rank;
        count++;
    }

    private static int hash(long first, long rest) {
        long mixed = (first ^ rest * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed ^ mixed >>> 32);
    }

    /** How many texts there are. */
    int count() {
        return count;
    }

    /** The sum of an entry. */
    long sum(int entry) {
        return cells[entry * WIDTH + 2];
    }

    /** The rank that was given with the text of an entry first. */
    long rank(int entry) {
        return cells[entry * WIDTH + 3];
    }

    /** The text of an entry. */
    String text(int entry) {
        int length = length(entry);
        byte[] characters = new byte[length];
        for (int i = 0; i < length; i++) {
            characters[i] = (byte) character(entry, i);
        }
        return new String(characters, StandardCharsets.ISO_8859_1);
    }

    /** The hash code of the text of an entry. */
    int textHash(int entry) {
        int hash = 0;
        int length = length(entry);
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + character(entry, i);
        }
        return hash;
    }

    private int length(int entry) {
        return (int) (cells[entry * WIDTH + 1] >>> 56);
    }

    private int character(int entry, int index) {
        long from = cells[entry * WIDTH + (index < IN_FIRST ? 0 : 1)];
        return (int) (from >>> 8 * (index % IN_FIRST)) & 0xFF;
    }

    /** No text will be added any more. */
    void complete() {
        slots = new long[0];
        cells = Arrays.copyOf(cells, count * WIDTH);
    }
}
