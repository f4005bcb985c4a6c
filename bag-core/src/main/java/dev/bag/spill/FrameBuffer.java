package dev.bag.spill;

import dev.bag.serial.RecordOutput;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * A frame while it is filled: {@code [int payload length][int CRC32C of the payload][payload]}, with room left for the
 * header, so that it is written in one piece.
 */
final class FrameBuffer extends RecordOutput {

    /** How many bytes a frame has before its payload. */
    static final int HEADER = 2 * Integer.BYTES;

    /** A frame is cut at the end of the entry with which its payload reaches this. */
    static final int FULL = 64 * 1024;

    private static final int CAPACITY = FULL + FULL / 4;

    FrameBuffer() {
        super(CAPACITY);
        setPosition(HEADER);
    }

    boolean isEmpty() {
        return position == HEADER;
    }

    boolean isFull() {
        return position - HEADER >= FULL;
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
            shrinkTo(CAPACITY);
        }
        position = HEADER;
    }
}
