// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Delayed;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Sorts numbers in parallel by halves, as a tree of calls: the leaves sort, the others merge what two calls return. For records
 * {@code bag.sorted()} does it all, beyond memory, too; this shows calls that need each other's results.
 *
 * <p>Argument: how many numbers.
 */
public final class MergeSort {

    private static final int LEAF = 100_000;

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.MergeSort [COUNT]

            Sorts COUNT random numbers, and prints the least, the middle one and the largest. 10000000 by default.
            """);

    private MergeSort() {}

    public static void main(String... arguments) {
        String[] names = USAGE.namesOrExit(arguments);
        int count = names.length > 0 ? Integer.parseInt(names[0]) : 10_000_000;
        long[] numbers = new SplittableRandom(1).longs(count).toArray();
        long[] sorted = sorted(numbers, 0, count).compute();
        System.out.println(sorted[0] + " " + sorted[count / 2] + " " + sorted[count - 1]);
    }

    static Delayed<long[]> sorted(long[] numbers, int from, int to) {
        if (to - from <= LEAF) {
            return Delayed.call(() -> {
                long[] part = Arrays.copyOfRange(numbers, from, to);
                Arrays.sort(part);
                return part;
            });
        }
        int middle = (from + to) >>> 1;
        return sorted(numbers, from, middle).zipWith(sorted(numbers, middle, to), MergeSort::merged);
    }

    private static long[] merged(long[] a, long[] b) {
        long[] all = new long[a.length + b.length];
        int i = 0;
        int j = 0;
        for (int k = 0; k < all.length; k++) {
            all[k] = j == b.length || (i < a.length && a[i] <= b[j]) ? a[i++] : b[j++];
        }
        return all;
    }
}
