package dev.bag.shuffle.reduce;

import org.jspecify.annotations.Nullable;

/** What is known of the hashes of entries: whether there is only one, and which one may have more than half of them. */
final class PartStats {

    private long count;
    private int firstHash;
    private boolean differ;
    /** The candidate for more than half, and how many votes it is ahead (Boyer and Moore, 1981). */
    private int candidate;

    private long votes;

    void add(int hash) {
        if (count++ == 0) {
            firstHash = hash;
        }
        differ |= hash != firstHash;
        if (votes == 0) {
            candidate = hash;
        }
        votes += hash == candidate ? 1 : -1;
    }

    long count() {
        return count;
    }

    boolean isOneHash() {
        return !differ;
    }

    /** A hash that more than half of the entries may have; null when none has. */
    @Nullable Integer frequent() {
        return votes > 0 ? candidate : null;
    }
}
