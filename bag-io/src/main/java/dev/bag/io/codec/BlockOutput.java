package dev.bag.io.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a block of LZ4 or Snappy is decoded into: bytes that are given, and copies of bytes that stand before. Eight bytes
 * are copied at a time, so the arrays on both sides have some more than they hold.
 */
final class BlockOutput {

    /** How many bytes an array has more than it holds. */
    static final int SLACK = 8;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** From here on a copy by the JDK is faster. */
    private static final int LONG_RUN = 48;

    private byte[] bytes = new byte[SLACK];

    /** Where the bytes of the block begin; those before it are of earlier blocks. */
    private int begin;

    private int end;
    private int limit;

    /** The bytes, those of the block from {@link #begin()} up to {@link #end()}. */
    byte[] bytes() {
        return bytes;
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }

    /**
     * Begins a block.
     *
     * @param kept how many of the last bytes can still be copied from
     * @param most how many bytes the block has at most
     */
    void begin(int kept, int most) {
        int from = Math.max(0, end - kept);
        int keeping = end - from;
        byte[] old = bytes;
        if (bytes.length < keeping + most + SLACK) {
            bytes = new byte[keeping + most + SLACK];
        }
        System.arraycopy(old, from, bytes, 0, keeping);
        begin = keeping;
        end = keeping;
        limit = keeping + most;
    }

    /** Appends bytes of an array that has {@value #SLACK} more than these. */
    void append(byte[] from, int index, int count) throws IOException {
        int at = end;
        if (count > limit - at) {
            throw new IOException("a block is longer than it may be");
        }
        if (count > LONG_RUN) {
            System.arraycopy(from, index, bytes, at, count);
        } else {
            for (int i = 0; i < count; i += Long.BYTES) {
                LONGS.set(bytes, at + i, (long) LONGS.get(from, index + i));
            }
        }
        end = at + count;
    }

    /** Appends what stands {@code distance} bytes before the end; where that is too short, it is repeated. */
    void repeat(int distance, int count) throws IOException {
        int at = end;
        int from = at - distance;
        if (distance <= 0 || from < 0) {
            throw new IOException("bytes are referred to that stand before the first one");
        }
        if (count < 0 || count > limit - at) {
            throw new IOException("a block is longer than it may be");
        }
        if (distance >= count && count > LONG_RUN) {
            System.arraycopy(bytes, from, bytes, at, count);
        } else if (distance >= Long.BYTES) {
            for (int i = 0; i < count; i += Long.BYTES) {
                LONGS.set(bytes, at + i, (long) LONGS.get(bytes, from + i));
            }
        } else if (distance == 1) {
            Arrays.fill(bytes, at, at + count, bytes[from]);
        } else {
            for (int i = 0; i < count; i++) {
                bytes[at + i] = bytes[from + i];
            }
        }
        end = at + count;
    }
}
