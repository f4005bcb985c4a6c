package dev.bag.key;

import dev.bag.value.Utf8;

/**
 * Numbers that are others in each JVM, for hashes that cannot be foreseen: else a file could be full of keys of one hash, and
 * each look into a table would be a search. No result depends on them.
 */
final class Secret {

    /** Odd, so that multiplying with it loses nothing. */
    static final long ODD = mixed(System.nanoTime()) | 1;

    /** Another one. */
    static final long OTHER_ODD = mixed(ODD ^ System.identityHashCode(new Object()) ^ System.currentTimeMillis()) | 1;

    private Secret() {}

    /** The finalizer of SplitMix64 (G. Steele, D. Lea and C. Flood, 2014). */
    private static long mixed(long seed) {
        long bits = seed + 0x9E3779B97F4A7C15L;
        bits = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
        return bits ^ bits >>> 31;
    }

    /** A hash of a key: of texts one that tells those apart which have the same {@code hashCode}. */
    static int hash(Object key) {
        if (key instanceof String text) {
            long hash = 0;
            for (int i = 0; i < text.length(); i++) {
                hash = next(hash, text.charAt(i));
            }
            return (int) hash;
        }
        if (key instanceof Utf8 text) {
            long hash = text.length();
            for (int i = 0; i < text.length(); i += Long.BYTES) {
                hash = next(hash, text.longAt(i));
            }
            return (int) hash;
        }
        return (int) next(0, Keys.hash(key));
    }

    private static long next(long hash, long bits) {
        long mixed = (hash ^ bits) * ODD + OTHER_ODD;
        return mixed ^ mixed >>> 32;
    }
}
