package dev.bag.io.codec;

/**
 * Whether a compressed file can be read in pieces, as far as its first and its last bytes tell.
 *
 * @param isPossible whether it can
 * @param what it is made of, as in {@code frames of zstd}
 */
public record Division(boolean isPossible, String what) {

    static Division possible(String what) {
        return new Division(true, what);
    }

    static Division impossible(String what) {
        return new Division(false, what);
    }
}
