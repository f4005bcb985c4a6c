package dev.bag.spill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries into frames at the end of a file: the length of what follows, its CRC-32C, and whole entries. An entry is
 * what is written between two calls of {@link #endEntry}; a frame is ended when it has grown enough.
 */
public final class FrameWriter implements EntryOutput, AutoCloseable {

    /** The length and the checksum. */
    static final int HEADER = 8;

    private static final int ENOUGH = 1 << 16;
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final SpillFile file;
    private final Codecs codecs;
    private final RecordCodec codec;
    private final CRC32C checksum = new CRC32C();
    private final FrameBuffer out = new FrameBuffer(ENOUGH + (ENOUGH >> 2), MOST);

    FrameWriter(SpillFile file, Codecs codecs) {
        this.file = file;
        this.codecs = codecs;
        this.codec = codecs.borrow();
        out.setPosition(HEADER);
    }

    @Override
    public void writeRecord(@Nullable Object record) throws IOException {
        codec.write(out, record);
    }

    @Override
    public void writeLong(long number) {
        out.writeVarLong(number, true);
    }

    /** Writes an entry that has been made elsewhere. */
    void writeEntry(byte[] bytes, int from, int length) throws IOException {
        out.writeBytes(bytes, from, length);
        endEntry();
    }

    /** Ends an entry, and the frame if it has grown enough. */
    @Override
    public void endEntry() throws IOException {
        if (out.position() >= ENOUGH) {
            endFrame();
        }
    }

    /** Writes the frame that has been begun, if one has, and answers where the next one will begin. */
    public long endFrame() throws IOException {
        int end = out.position();
        if (end > HEADER) {
            byte[] bytes = out.getBuffer();
            checksum.reset();
            checksum.update(bytes, HEADER, end - HEADER);
            ByteBuffer.wrap(bytes).putInt(end - HEADER).putInt((int) checksum.getValue());
            file.append(bytes, 0, end);
            out.setPosition(HEADER);
        }
        return file.size();
    }

    /** Writes nothing more; a frame that was not ended is lost. */
    @Override
    public void close() throws IOException {
        codecs.giveBack(codec);
        file.doneAppending();
    }
}
