package dev.bag.shuffle.gather;

import dev.bag.key.StableHash;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Where the entries of one part of a bag go: to the target of their key's stable hash, or all to the same one.
 *
 * @param count how many targets there are
 * @param only the one to which all go, or -1
 */
public record Targets(int count, int only) {

    /** The only target there is. */
    public static final Targets TOGETHER = inPlace(1, 0);

    /** Entries go where the hash of their key says. */
    public static Targets byHash(int count) {
        return new Targets(count, -1);
    }

    /** All entries go to {@code target}: their part of the bag is that target already, or becomes it. */
    public static Targets inPlace(int count, int target) {
        return new Targets(count, target);
    }

    /** The target of a key. */
    int of(Object key) {
        return only >= 0 ? only : StableHash.target(key, count);
    }

    /** The target of a key with this stable hash. */
    int ofHash(int hash) {
        return only >= 0 ? only : StableHash.targetOf(hash, count);
    }

    /** The target of each entry of a table, of which {@code stableHash} returns the stable hash of the key. */
    int[] of(int entries, IntUnaryOperator stableHash) {
        int[] targets = new int[entries];
        if (only >= 0) {
            Arrays.fill(targets, only);
        } else {
            Arrays.setAll(targets, entry -> StableHash.targetOf(stableHash.applyAsInt(entry), count));
        }
        return targets;
    }
}
