package dev.bag.io.codec.bzip2;

/** The 48 bits with which a block begins, at any bit of a file: the first digits of π. */
public final class BlockSignature {

    /** What a block begins with. */
    public static final long VALUE = 0x3141_5926_5359L;

    /** What the end of a stream begins with, where another block might: the first digits of the root of π. */
    public static final long END_OF_STREAM = 0x1772_4538_5090L;

    /** How many bits they have. */
    public static final int BIT_COUNT = 48;

    /** So many bytes must be in the array behind those that are searched. */
    public static final int MARGIN = 8;

    /**
     * By the value of the second byte of which a part is in the signature: as bits, how many bits of the first byte may
     * precede it. Nearly always none.
     */
    private static final byte[] SHIFTS = new byte[256];

    static {
        for (int shift = 0; shift < 8; shift++) {
            SHIFTS[(int) (VALUE >>> 32 + shift) & 0xff] |= (byte) (1 << shift);
        }
    }

    private BlockSignature() {}

    /**
     * Returns the index of the first bit at which the signature begins, or -1.
     *
     * @param fromBit the first index that counts
     * @param toBit the first one that does not
     */
    public static int find(byte[] bytes, int fromBit, int toBit) {
        for (int at = fromBit >>> 3; at << 3 < toBit; at++) {
            int shifts = SHIFTS[bytes[at + 1] & 0xff];
            if (shifts != 0) {
                int found = findAt(bytes, at, shifts, fromBit);
                if (found >= 0) {
                    return found < toBit ? found : -1;
                }
            }
        }
        return -1;
    }

    private static int findAt(byte[] bytes, int at, int shifts, int fromBit) {
        long word = (long) BitReader.EIGHT_BYTES.get(bytes, at);
        for (int shift = 0; shift < 8; shift++) {
            boolean possible = (shifts & 1 << shift) != 0 && (at << 3) + shift >= fromBit;
            if (possible && word << shift >>> 64 - BIT_COUNT == VALUE) {
                return (at << 3) + shift;
            }
        }
        return -1;
    }
}
