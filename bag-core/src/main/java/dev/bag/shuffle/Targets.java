package dev.bag.shuffle;

import dev.bag.kernel.StableHash;

/**
 * Which target of a shuffle a key goes to: that of its stable hash, or the one where it is already.
 *
 * @param count how many targets there are
 * @param only the one where all keys are, or -1
 */
public record Targets(int count, int only) {

    /** Keys go where their hash says. */
    public static Targets byHash(int count) {
        return new Targets(count, -1);
    }

    /** All keys are at {@code target}, where their hash says, and need not be asked for it. */
    public static Targets inPlace(int count, int target) {
        return new Targets(count, target);
    }

    /** The target of a key. */
    int of(Object key) {
        return only >= 0 ? only : StableHash.target(key, count);
    }

    /** The target of a key whose stable hash is known. */
    int ofHash(int hash) {
        return only >= 0 ? only : StableHash.targetOf(hash, count);
    }
}
