package dev.bag.bench.peer;

import dev.bag.bench.Counts;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Sums by text, where the key lies in the hash table itself: two longs for its bytes, of which there may be 16, one for
 * the sum, one to spare, so that a key is found in one cache line. Longer keys are in a map. No key holds a byte 0.
 */
final class InlineTable {

    private static final int CELL = 4;

    private final Map<String, long[]> longKeys = new HashMap<>();
    private long[] cells = new long[CELL << 16];
    private int mask = (1 << 16) - 1;
    private int size;

    /** Adds to the sum of a key. Behind the key there must be 16 more bytes in the array. */
    void add(byte[] bytes, int from, int to, long number) {
        int length = to - from;
        if (length > 2 * Long.BYTES) {
            longKeys.computeIfAbsent(text(bytes, from, length), key -> new long[1])[0] += number;
            return;
        }
        long first = (long) LineScan.WORD.get(bytes, from);
        if (length < Long.BYTES) first &= lowBytes(length);
        long second = length <= Long.BYTES
                ? 0
                : (long) LineScan.WORD.get(bytes, from + Long.BYTES) & lowBytes(length - Long.BYTES);
        add(first, second, number);
    }

    /** A mask of the first bytes of a word, of which there are 1 to 8. */
    private static long lowBytes(int count) {
        return -1L >>> (Long.SIZE - Byte.SIZE * count);
    }

    private void add(long first, long second, long number) {
        long hash = (first ^ Long.rotateLeft(second * 0x9E3779B97F4A7C15L, 32)) * 0xD6E8FEB86659FD93L;
        for (int slot = (int) (hash ^ hash >>> 32) & mask; ; slot = (slot + 1) & mask) {
            int cell = slot * CELL;
            if (cells[cell] == first && cells[cell + 1] == second) {
                cells[cell + 2] += number;
                return;
            }
            if (cells[cell] == 0) {
                cells[cell] = first;
                cells[cell + 1] = second;
                cells[cell + 2] = number;
                if (++size * 2 > mask) grow();
                return;
            }
        }
    }

    private void grow() {
        long[] old = cells;
        cells = new long[old.length * 2];
        mask = mask * 2 + 1;
        size = 0;
        addCells(old);
    }

    private void addCells(long[] others) {
        for (int cell = 0; cell < others.length; cell += CELL) {
            if (others[cell] != 0) add(others[cell], others[cell + 1], others[cell + 2]);
        }
    }

    void addAll(InlineTable other) {
        addCells(other.cells);
        other.longKeys.forEach((key, sum) -> longKeys.computeIfAbsent(key, absent -> new long[1])[0] += sum[0]);
    }

    /** The greatest sums. */
    String top(int count) {
        PriorityQueue<Long> greatest = new PriorityQueue<>(); // the sums that are among the greatest, by themselves
        for (int cell = 0; cell < cells.length; cell += CELL) {
            if (cells[cell] != 0) keep(count, greatest, cells[cell + 2]);
        }
        longKeys.values().forEach(sum -> keep(count, greatest, sum[0]));
        long least = greatest.isEmpty() ? 0 : greatest.peek();
        Map<String, Long> top = new HashMap<>();
        for (int cell = 0; cell < cells.length; cell += CELL) {
            if (cells[cell] != 0 && cells[cell + 2] >= least) top.put(key(cell), cells[cell + 2]);
        }
        longKeys.forEach((key, sum) -> {
            if (sum[0] >= least) top.put(key, sum[0]);
        });
        return Counts.top(count, top);
    }

    private static void keep(int count, PriorityQueue<Long> greatest, long sum) {
        if (greatest.size() == count && sum <= greatest.peek()) return;
        greatest.add(sum);
        if (greatest.size() > count) greatest.remove();
    }

    private String key(int cell) {
        byte[] bytes = new byte[2 * Long.BYTES];
        LineScan.WORD.set(bytes, 0, cells[cell]);
        LineScan.WORD.set(bytes, Long.BYTES, cells[cell + 1]);
        int length = bytes.length;
        while (bytes[length - 1] == 0) {
            length--;
        }
        return text(bytes, 0, length);
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
