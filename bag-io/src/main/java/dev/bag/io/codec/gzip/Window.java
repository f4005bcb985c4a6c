package dev.bag.io.codec.gzip;

/** The last text of a member, as much of it as later blocks may refer to. */
public final class Window {

    /** How far back a block may refer. */
    static final int LENGTH = 32 << 10;

    private static final int MASK = LENGTH - 1;

    /** A ring: the byte {@code n} of the text, counted from 0, is at {@code n & MASK}. */
    private final byte[] ring = new byte[LENGTH];

    private long textLength;

    /** A member begins. */
    public void clear() {
        textLength = 0;
    }

    /** Text follows. */
    public void add(byte[] bytes, int from, int count) {
        int kept = Math.min(count, LENGTH);
        textLength += count;
        int begin = (int) (textLength - kept) & MASK;
        int first = Math.min(kept, LENGTH - begin);
        System.arraycopy(bytes, from + count - kept, ring, begin, first);
        System.arraycopy(bytes, from + count - kept + first, ring, 0, kept - first);
    }

    /** Returns a copy. */
    public byte[] toByteArray() {
        int length = (int) Math.min(textLength, LENGTH);
        byte[] bytes = new byte[length];
        int begin = (int) (textLength - length) & MASK;
        int first = Math.min(length, LENGTH - begin);
        System.arraycopy(ring, begin, bytes, 0, first);
        System.arraycopy(ring, 0, bytes, first, length - first);
        return bytes;
    }
}
