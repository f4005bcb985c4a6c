package dev.bag.io.codec.bzip2;

/**
 * The bytes of a block in a list, the one used last in front. The first eight are in one {@code long}, where moving takes
 * a few operations and no branch; others are moved in an array.
 */
final class MoveToFront {

    private static final int IN_FRONT = Long.BYTES;

    /** The first byte of the list is the lowest. */
    private long front;

    private final byte[] behind = new byte[256];

    /** Starts with bytes in the order of their values. */
    void start(byte[] bytes, int count) {
        front = 0;
        for (int i = 0; i < Math.min(count, IN_FRONT); i++) {
            front |= (bytes[i] & 0xffL) << Byte.SIZE * i;
        }
        if (count > IN_FRONT) {
            System.arraycopy(bytes, IN_FRONT, behind, 0, count - IN_FRONT);
        }
    }

    /** Returns the first byte. */
    int first() {
        return (int) front & 0xff;
    }

    /** Returns the byte at an index, which is the first one from now on. */
    int moveToFront(int index) {
        long list = front;
        if (index < IN_FRONT) {
            long upToIt = -1L >>> Byte.SIZE * (IN_FRONT - 1 - index);
            long moved = list >>> Byte.SIZE * index & 0xff;
            front = list & ~upToIt | (list << Byte.SIZE | moved) & upToIt;
            return (int) moved;
        }
        return moveFromBehind(index - IN_FRONT);
    }

    private int moveFromBehind(int index) {
        int moved = behind[index] & 0xff;
        if (index < 16) {
            for (int i = index; i > 0; i--) {
                behind[i] = behind[i - 1];
            }
        } else {
            System.arraycopy(behind, 0, behind, 1, index);
        }
        behind[0] = (byte) (front >>> Byte.SIZE * (IN_FRONT - 1));
        front = front << Byte.SIZE | moved;
        return moved;
    }
}
