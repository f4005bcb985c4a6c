package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A frame while it is filled: {@code [int payload length][int CRC32C of the payload][payload]}, with room left for the
 * header, so that it is written in one piece.
 */
final class FrameBuffer extends Output {

    /** How many bytes a frame has before its payload. */
    static final int HEADER = 2 * Integer.BYTES;

    /** A frame is cut at the end of the entry with which its payload reaches this. */
    static final int FULL = 64 * 1024;

    private static final int CAPACITY = FULL + FULL / 4;
    private static final int MOST = Integer.MAX_VALUE - 8;

    FrameBuffer() {
        super(CAPACITY, MOST);
        setPosition(HEADER);
    }

    boolean isEmpty() {
        return position == HEADER;
    }

    boolean isFull() {
        return position - HEADER >= FULL;
    }

    /** Makes room for {@code count} more bytes at {@link #position()} of {@link #getBuffer()}. */
    void reserve(int count) {
        require(count);
    }

    /** The inherited one never returns when there should be more than a gibibyte. */
    @Override
    protected boolean require(int required) {
        if (capacity - position >= required) {
            return false;
        }
        if (required < 0 || required > MOST - position) {
            throw new KryoBufferOverflowException("it has more than 2 GiB");
        }
        capacity = (int) Math.max(position + required, Math.min(2L * capacity, MOST));
        buffer = Arrays.copyOf(buffer, capacity);
        return true;
    }

    /** Appends this to {@code file}, and begins the next frame. */
    void appendTo(SpillFile file) throws IOException {
        int end = position;
        CRC32C checksum = new CRC32C();
        checksum.update(buffer, HEADER, end - HEADER);
        position = 0;
        writeInt(end - HEADER);
        writeInt((int) checksum.getValue());
        position = end;
        file.append(buffer, 0, end);
        begin();
    }

    /** Forgets what is there. One large record must not cost memory for ever. */
    void begin() {
        if (capacity > 16 * CAPACITY) {
            setBuffer(new byte[CAPACITY], MOST);
        }
        position = HEADER;
    }
}
