package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.io.Input;
import dev.bag.serial.Codecs;
import dev.bag.serial.RecordCodec;
import dev.bag.serial.RecordException;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries of the frames between two positions, which are frame borders. Not thread-safe, but any number of readers
 * can read the same file. Ask {@link #hasNext()} before each entry.
 */
public final class FrameReader implements Entries.Input, AutoCloseable {

    private static final int HEADER = FrameBuffer.HEADER;

    private final SpillFile file;
    private final RecordCodec codec;
    private final long to;
    private final Input input;
    private final byte[] header = new byte[HEADER];

    private byte[] payload;
    /** Where the frame in {@link #payload} begins, and where the one behind it does. */
    private long frame;

    private long next;
    private boolean closed;

    /** The entries of {@code file} from position {@code from} to below {@code to}. */
    public FrameReader(SpillFile file, Codecs codecs, long from, long to) {
        this.file = file;
        this.codec = codecs.records();
        this.to = to;
        this.frame = from;
        this.next = from;
        this.payload = new byte[(int) Math.min(to - from, FrameBuffer.FULL + FrameBuffer.FULL / 4)];
        this.input = new Input(payload, 0, 0);
        file.beginReading();
    }

    /** Whether there is another entry; reads the next frame if this one is used up. */
    public boolean hasNext() throws IOException {
        if (isUsedUp()) {
            if (next >= to) {
                return false;
            }
            readFrame();
        }
        return true;
    }

    /** As {@link #hasNext()}, where there must be another entry. */
    public void toNextEntry() throws IOException {
        if (!hasNext()) {
            throw new IllegalStateException("an entry is missing");
        }
    }

    @Override
    public @Nullable Object readRecord() throws IOException {
        try {
            return codec.read(input);
        } catch (RecordException e) {
            throw SpillException.unreadable(file.path(), frame, e);
        }
    }

    @Override
    public long readLong() {
        return input.readVarLong(true);
    }

    /** Returns where the frame of the next entry begins. */
    public long framePosition() {
        return isUsedUp() ? next : frame;
    }

    /** Ends reading. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            file.endReading();
        }
    }

    private boolean isUsedUp() {
        return input.position() == input.limit();
    }

    private void readFrame() throws IOException {
        long position = next;
        file.read(position, header, 0, HEADER);
        Input words = new Input(header);
        int length = words.readInt();
        int checksum = words.readInt();
        if (length <= 0 || length > to - position - HEADER) {
            throw SpillException.damaged(file.path(), position);
        }
        readPayload(position, length, checksum);
        frame = position;
        next = position + HEADER + length;
    }

    private void readPayload(long position, int length, int expected) throws IOException {
        if (payload.length < length) {
            payload = new byte[length];
        }
        file.read(position + HEADER, payload, 0, length);
        CRC32C checksum = new CRC32C();
        checksum.update(payload, 0, length);
        if ((int) checksum.getValue() != expected) {
            throw SpillException.damaged(file.path(), position);
        }
        input.setBuffer(payload, 0, length);
    }
}
