package dev.bag.shuffle.sort;

import dev.bag.kernel.Closing;
import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted runs stably: of equal records that of the earlier run comes first. A tree of losers (Knuth, volume 3,
 * 5.4.1): each inner node keeps the loser of the game between the winners below it, so a record costs one comparison a
 * level.
 */
final class RunMerge implements AutoCloseable {

    private final RunCursor[] cursors;
    private final Comparator<Object> order;
    /** The loser at each inner node, from 1; at 0 the winner of all. */
    private final int[] tree;

    RunMerge(RunCursor[] cursors, Comparator<Object> order) {
        this.cursors = cursors;
        this.order = order;
        this.tree = new int[Math.max(1, cursors.length)];
        if (cursors.length > 1) {
            tree[0] = play(1);
        }
    }

    /** Plays all games below {@code node} and returns the winner. */
    private int play(int node) {
        if (node >= cursors.length) {
            return node - cursors.length;
        }
        int left = play(2 * node);
        int right = play(2 * node + 1);
        boolean leftWins = beats(left, right);
        tree[node] = leftWins ? right : left;
        return leftWins ? left : right;
    }

    private boolean beats(int a, int b) {
        RunCursor left = cursors[a];
        RunCursor right = cursors[b];
        if (left.isAtEnd() || right.isAtEnd()) {
            return right.isAtEnd();
        }
        int compared = left.compareTo(right, order);
        return compared < 0 || (compared == 0 && a < b);
    }

    /** The next record, or null after the last one. */
    @Nullable Object next() throws IOException {
        if (cursors.length == 0) {
            return null;
        }
        int winner = tree[0];
        RunCursor from = cursors[winner];
        if (from.isAtEnd()) {
            return null;
        }
        Object record = from.head();
        from.advance();
        for (int node = (winner + cursors.length) / 2; node > 0; node /= 2) {
            if (beats(tree[node], winner)) {
                int loser = winner;
                winner = tree[node];
                tree[node] = loser;
            }
        }
        tree[0] = winner;
        return record;
    }

    /** How far the merge has come in each run. */
    long[] positions() {
        long[] positions = new long[cursors.length];
        for (int run = 0; run < positions.length; run++) {
            positions[run] = cursors[run].position();
        }
        return positions;
    }

    @Override
    public void close() throws IOException {
        Closing closing = new Closing();
        for (RunCursor cursor : cursors) {
            closing.add(cursor::close);
        }
        closing.closeFiles();
    }
}
