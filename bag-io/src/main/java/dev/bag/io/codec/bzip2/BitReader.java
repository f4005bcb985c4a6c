package dev.bag.io.codec.bzip2;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bits, the highest of each byte first. Behind the last byte there are zeros, so that a loop may look ahead; to have used
 * one of them is an error.
 */
public final class BitReader {

    /** Where bytes come from. */
    @FunctionalInterface
    public interface Bytes {

        /** Reads at least one byte. Returns how many; -1 after the last one. */
        int read(byte[] into, int from, int length) throws IOException;
    }

    /** Reads eight bytes as one {@code long}, the first one highest. */
    static final VarHandle EIGHT_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** How many bytes a loop may look ahead after {@link #require}. */
    static final int MARGIN = 256;

    private static final int BUFFER_LENGTH = 64 << 10;

    private final Bytes bytes;

    /** Up to {@code filled} from the file; then, once that has ended, zeros. */
    final byte[] buffer;

    private int filled;

    /** The index of the next bit in the buffer. */
    int next;

    /** Where {@code buffer[0]} stands. */
    private long bufferBegin;

    private boolean ended;

    /**
     * The bits of a file.
     *
     * @param byteCount how many bytes there may be: the buffer need not be larger
     */
    public BitReader(Bytes bytes, long byteCount) {
        this.bytes = bytes;
        this.buffer = new byte[(int) Math.min(BUFFER_LENGTH, byteCount) + 2 * MARGIN];
    }

    /**
     * Goes on elsewhere.
     *
     * @param bit an index in the file, of which the bytes come now from the one on in which the bit is
     */
    public void restart(long bit) {
        bufferBegin = bit >>> 3;
        next = (int) (bit & 7);
        filled = 0;
        ended = false;
    }

    /** Returns the index of the next bit in the file. */
    public long position() {
        return 8 * bufferBegin + next;
    }

    /** Returns whether all bits have been read. */
    public boolean isAtEnd() throws IOException {
        require(1);
        return next >= 8L * filled;
    }

    /** Goes to the next bit with which a byte begins. */
    public void alignToByte() {
        next = (next + 7) & ~7;
    }

    /**
     * Returns the value of bits.
     *
     * @param count from 1 to 56
     */
    public long read(int count) throws IOException {
        long bits = peek(count);
        use(count);
        return bits;
    }

    /** Returns the value of bits that are read again; zeros if they are behind the end. */
    public long peek(int count) throws IOException {
        require(Long.BYTES);
        return (long) EIGHT_BYTES.get(buffer, next >>> 3) << (next & 7) >>> -count;
    }

    /** Reads bits that were looked at. */
    public void use(int count) throws Bzip2Exception {
        next += count;
        checkEnd();
    }

    boolean readBit() throws IOException {
        return read(1) != 0;
    }

    /** Makes sure that so many bytes are in the buffer, or all there are and zeros. At most {@link #MARGIN}. */
    void require(int byteCount) throws IOException {
        if ((next >>> 3) + byteCount > filled && !ended) {
            fill();
        }
    }

    /** Looks whether bits were used that are not there. */
    void checkEnd() throws Bzip2Exception {
        if (next > 8L * filled) {
            throw Bzip2Exception.cut();
        }
    }

    private void fill() throws IOException {
        int used = Math.min(filled, next >>> 3);
        System.arraycopy(buffer, used, buffer, 0, filled - used);
        filled -= used;
        next -= 8 * used;
        bufferBegin += used;
        int most = buffer.length - MARGIN;
        while (filled < most && !ended) {
            int count = bytes.read(buffer, filled, most - filled);
            ended = count < 0;
            filled += Math.max(0, count);
        }
        Arrays.fill(buffer, filled, filled + MARGIN, (byte) 0);
    }
}
