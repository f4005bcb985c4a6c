// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Delayed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts the solutions of the n queens puzzle: a search of a tree that is not known in advance. A node of the tree
 * is a call that brings the calls below it ({@code flatMap}); below the third row a call searches by itself.
 *
 * <p>Argument: the width of the board.
 */
public final class Queens {

    private static final int ROWS_OF_CALLS = 3;

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.Queens [WIDTH]

            Prints in how many ways WIDTH queens stand on a board of WIDTH rows so that none beats another. 11 by default.
            """);

    private Queens() {}

    public static void main(String... arguments) {
        String[] names = USAGE.namesOrExit(arguments);
        System.out.println(
                solutions(names.length > 0 ? Integer.parseInt(names[0]) : 11).compute());
    }

    static Delayed<Long> solutions(int width) {
        return Delayed.call(() -> new int[0]).flatMap(queens -> below(queens, width));
    }

    /** Where a queen stands in each row so far. */
    private static Delayed<Long> below(int[] queens, int width) {
        if (queens.length == Math.min(ROWS_OF_CALLS, width)) {
            return Delayed.call(() -> count(queens, width));
        }
        List<Delayed<Long>> parts = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            if (isFree(queens, column)) {
                int[] next = with(queens, column);
                parts.add(Delayed.call(() -> next).flatMap(more -> below(more, width)));
            }
        }
        return Delayed.all(parts)
                .map(counts -> counts.stream().mapToLong(Long::longValue).sum());
    }

    private static long count(int[] queens, int width) {
        if (queens.length == width) {
            return 1;
        }
        long sum = 0;
        for (int column = 0; column < width; column++) {
            sum += isFree(queens, column) ? count(with(queens, column), width) : 0;
        }
        return sum;
    }

    private static int[] with(int[] queens, int column) {
        int[] more = Arrays.copyOf(queens, queens.length + 1);
        more[queens.length] = column;
        return more;
    }

    private static boolean isFree(int[] queens, int column) {
        for (int row = 0; row < queens.length; row++) {
            int distance = queens.length - row;
            if (queens[row] == column || Math.abs(queens[row] - column) == distance) return false;
        }
        return true;
    }
}
