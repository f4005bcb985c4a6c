package dev.bag.spill;

import dev.bag.serial.Codecs;
import dev.bag.serial.RecordCodec;
import dev.bag.serial.RecordException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries into frames at the end of a file. Not thread-safe. An entry never straddles frames: a frame is cut
 * at {@link #endEntry()}, once it has 64 KiB.
 */
public final class FrameWriter implements Entries.Output, AutoCloseable {

    private final SpillFile file;
    private final RecordCodec codec;
    private final FrameBuffer buffer;

    /** Appends to {@code file}, to which nothing else is appended before this is closed. */
    public FrameWriter(SpillFile file, Codecs codecs) {
        this.file = file;
        this.codec = codecs.records();
        this.buffer = new FrameBuffer();
    }

    /**
     * Writes an object of any class.
     *
     * @throws SpillException if its class cannot be written; then nothing of this record is
     */
    @Override
    public void writeRecord(@Nullable Object record) throws IOException {
        int before = buffer.position();
        boolean written = false;
        try {
            codec.write(buffer, record);
            written = true;
        } catch (RecordException e) {
            throw SpillException.unwritable(e);
        } finally {
            if (!written) {
                buffer.setPosition(before);
            }
        }
    }

    @Override
    public void writeLong(long number) {
        buffer.writeVarLong(number, true);
    }

    @Override
    public void endEntry() throws IOException {
        if (buffer.isFull()) {
            endFrame();
        }
    }

    /** Writes an entry that has been made elsewhere. */
    void writeEntry(byte[] bytes, int from, int length) throws IOException {
        buffer.writeBytes(bytes, from, length);
        endEntry();
    }

    /** Writes what is buffered to the file, and returns the position where the next frame will begin. */
    public long endFrame() throws IOException {
        if (!buffer.isEmpty()) {
            buffer.appendTo(file);
        }
        return file.size();
    }

    /** Writes nothing: what is in no frame yet is lost. */
    @Override
    public void close() throws IOException {
        file.doneAppending();
    }
}
