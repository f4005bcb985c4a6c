package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads the entries of the frames between two places of a file. Not by several threads at the same time. */
public final class FrameReader implements EntryInput, AutoCloseable {

    private static final int READ_AHEAD = 1 << 16;

    private final SpillFile file;
    private final Codecs codecs;
    private final CRC32C checksum = new CRC32C();
    private final Input in = new Input(new byte[0]);
    private @Nullable RecordCodec codec;
    /** What has been read of the file, and where in the file that ends. */
    private byte[] buffer = new byte[0];

    private int next;
    private int filled;
    private long position;
    private final long to;

    FrameReader(SpillFile file, Codecs codecs, long from, long to) {
        this.file = file;
        this.codecs = codecs;
        this.position = from;
        this.to = to;
    }

    /** Whether there is another entry. */
    public boolean hasNext() throws IOException {
        return in.position() < in.limit() || nextFrame();
    }

    private boolean nextFrame() throws IOException {
        if (next == filled && position == to) {
            giveBack();
            return false;
        }
        fill(FrameWriter.HEADER);
        ByteBuffer header = ByteBuffer.wrap(buffer, next, FrameWriter.HEADER);
        int length = header.getInt();
        int expected = header.getInt();
        if (length <= 0 || length > filled - next - FrameWriter.HEADER + (to - position)) {
            throw damaged(null);
        }
        fill(FrameWriter.HEADER + length);
        int begin = next + FrameWriter.HEADER;
        checksum.reset();
        checksum.update(buffer, begin, length);
        if ((int) checksum.getValue() != expected) {
            throw damaged(null);
        }
        in.setBuffer(buffer, begin, length);
        next = begin + length;
        return true;
    }

    /** Makes sure that so many bytes are in the buffer, and more if there are. */
    private void fill(int count) throws IOException {
        int left = filled - next;
        if (left >= count) {
            return;
        }
        long available = left + (to - position);
        if (available < count) {
            throw damaged(null);
        }
        int wanted = (int) Math.min(available, Math.max(count, READ_AHEAD));
        byte[] target = buffer.length < wanted ? new byte[wanted] : buffer;
        System.arraycopy(buffer, next, target, 0, left);
        file.read(position, target, left, wanted - left);
        position += wanted - left;
        buffer = target;
        next = 0;
        filled = wanted;
    }

    @Override
    public @Nullable Object readRecord() throws IOException {
        if (codec == null) {
            codec = codecs.borrow();
        }
        try {
            return codec.read(in);
        } catch (RuntimeException | StackOverflowError e) {
            throw damaged(e);
        }
    }

    @Override
    public long readLong() throws IOException {
        try {
            return in.readVarLong(true);
        } catch (KryoException e) {
            throw damaged(e);
        }
    }

    private SpillException damaged(@Nullable Throwable cause) {
        return new SpillException(
                file.path() + ", before byte " + position + ": what was written cannot be read back"
                        + (cause == null ? "; something has changed the file while it was used" : ": " + cause),
                cause);
    }

    private void giveBack() {
        if (codec != null) {
            codecs.giveBack(codec);
            codec = null;
        }
    }

    @Override
    public void close() {
        giveBack();
        position = to;
        next = filled;
        in.setBuffer(buffer, 0, 0);
    }
}
