package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Arrays;

/** Bytes in memory to which records are written; grows to 2 GiB. */
public class RecordOutput extends Output {

    private static final int MOST = Integer.MAX_VALUE - 8;

    /** An empty output with room for {@code capacity} bytes. */
    public RecordOutput(int capacity) {
        super(capacity, MOST);
    }

    /** Makes room for {@code count} more bytes at {@link #position()} of {@link #getBuffer()}. */
    final void reserve(int count) {
        require(count);
    }

    /** Goes on with a new buffer of {@code capacity} bytes. */
    protected final void shrinkTo(int capacity) {
        setBuffer(new byte[capacity], MOST);
    }

    /** The inherited one never returns when there should be more than a gibibyte. */
    @Override
    protected final boolean require(int required) {
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
}
