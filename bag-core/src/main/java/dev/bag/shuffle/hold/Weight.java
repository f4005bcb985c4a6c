package dev.bag.shuffle.hold;

/**
 * About how much memory entries take.
 *
 * @param held the bytes they take as they are
 * @param asObjects the bytes of keys and values once they have been read
 * @param reserved how much of {@code held} is counted already
 */
public record Weight(long held, long asObjects, long reserved) {

    /** Of entries that are objects already. */
    public static Weight ofObjects(long bytes, long reserved) {
        return new Weight(bytes, bytes, reserved);
    }
}
