package dev.bag.shuffle.sort;

import dev.bag.trait.Traits.KeyOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sorts records stably. Where their order is the natural order of keys that have numbers, these are sorted, byte by byte
 * (radix sort, least significant digit first), and only records whose numbers are equal are compared.
 */
public final class PrefixSort {

    private static final int FEWEST = 64;
    private static final int FEW = 16;
    private static final int BYTES = 8;
    private static final int DIGITS = 256;

    private long[] prefixes;
    private int[] order;
    private final int count;

    private PrefixSort(long[] prefixes) {
        this.prefixes = prefixes;
        this.count = prefixes.length;
        this.order = new int[count];
        Arrays.setAll(order, i -> i);
    }

    /** Sorts the first {@code count} of {@code records}. */
    static void sort(@Nullable Object[] records, int count, Comparator<Object> comparator) {
        long[] prefixes =
                comparator instanceof KeyOrder keys && count >= FEWEST ? prefixes(records, count, keys) : null;
        if (prefixes == null) {
            Comparing.sort(records, 0, count, comparator);
            return;
        }
        PrefixSort sort = new PrefixSort(prefixes);
        sort.byPrefix();
        @Nullable Object[] sorted = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = records[sort.order[i]];
        }
        sort.forEachGroup((begin, end) -> Comparing.sort(sorted, begin, end, comparator));
        System.arraycopy(sorted, 0, records, 0, count);
    }

    /** The order of the first {@code count} of {@code keys}, which come from records sorted by them. */
    public static int[] order(@Nullable Object[] keys, int count, KeyOrder by) {
        long[] prefixes = new long[count];
        if (count == 0 || !fill(prefixes, i -> keys[i])) {
            return byComparing(keys, count, by);
        }
        PrefixSort sort = new PrefixSort(prefixes);
        sort.byPrefix();
        int[] order = sort.order;
        sort.forEachGroup((begin, end) -> sortGroup(order, begin, end, keys, by));
        return order;
    }

    private static int[] byComparing(@Nullable Object[] keys, int count, KeyOrder by) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        sortGroup(order, 0, count, keys, by);
        return order;
    }

    private static void sortGroup(int[] order, int begin, int end, @Nullable Object[] keys, KeyOrder by) {
        if (end - begin <= FEW) {
            insert(order, begin, end, keys, by);
            return;
        }
        Integer[] group = new Integer[end - begin];
        Arrays.setAll(group, i -> order[begin + i]);
        Comparing.sort(group, 0, group.length, (a, b) -> by.compareKeys(notNull(keys[a]), notNull(keys[b])));
        for (int i = begin; i < end; i++) {
            order[i] = group[i - begin];
        }
    }

    /** Insertion sort. */
    private static void insert(int[] order, int begin, int end, @Nullable Object[] keys, KeyOrder by) {
        for (int i = begin + 1; i < end; i++) {
            int entry = order[i];
            Object key = notNull(keys[entry]);
            int at = i;
            while (at > begin && by.compareKeys(notNull(keys[order[at - 1]]), key) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = entry;
        }
    }

    private static Object notNull(@Nullable Object key) {
        return Objects.requireNonNull(key);
    }

    /** The numbers of the keys; null when they are not all of one class. */
    private static long @Nullable [] prefixes(@Nullable Object[] records, int count, KeyOrder keys) {
        long[] prefixes = new long[count];
        return fill(prefixes, i -> keys.keyOf(notNull(records[i]))) ? prefixes : null;
    }

    private static boolean fill(long[] prefixes, IntFunction<@Nullable Object> keys) {
        Class<?> type = null;
        for (int i = 0; i < prefixes.length; i++) {
            Object key = notNull(keys.apply(i));
            if (type != null && key.getClass() != type) {
                return false;
            }
            type = key.getClass();
            prefixes[i] = Prefixes.of(key);
        }
        return true;
    }

    private void byPrefix() {
        int[][] counts = new int[BYTES][DIGITS];
        for (long prefix : prefixes) {
            for (int digit = 0; digit < BYTES; digit++) {
                counts[digit][digit(prefix, digit)]++;
            }
        }
        long[] otherPrefixes = new long[count];
        int[] otherOrder = new int[count];
        for (int digit = 0; digit < BYTES; digit++) {
            if (counts[digit][digit(prefixes[0], digit)] < count) {
                distribute(digit, counts[digit], otherPrefixes, otherOrder);
                long[] emptied = prefixes;
                prefixes = otherPrefixes;
                otherPrefixes = emptied;
                int[] emptiedOrder = order;
                order = otherOrder;
                otherOrder = emptiedOrder;
            }
        }
    }

    private void distribute(int digit, int[] counts, long[] toPrefixes, int[] toOrder) {
        int next = 0;
        for (int value = 0; value < DIGITS; value++) {
            int before = next;
            next += counts[value];
            counts[value] = before;
        }
        for (int i = 0; i < count; i++) {
            int place = counts[digit(prefixes[i], digit)]++;
            toPrefixes[place] = prefixes[i];
            toOrder[place] = order[i];
        }
    }

    /** A byte of a number, so that bytes of smaller numbers are smaller: the uppermost one holds the sign. */
    private static int digit(long prefix, int digit) {
        return (int) ((prefix ^ Long.MIN_VALUE) >>> 8 * digit) & 0xFF;
    }

    /** Takes a group of records whose numbers are equal. */
    private interface GroupTaker {

        /** Takes those from one place to another. */
        void take(int begin, int end);
    }

    private void forEachGroup(GroupTaker taker) {
        int begin = 0;
        for (int end = 1; end <= count; end++) {
            if (end == count || prefixes[end] != prefixes[begin]) {
                if (end - begin > 1) {
                    taker.take(begin, end);
                }
                begin = end;
            }
        }
    }
}
