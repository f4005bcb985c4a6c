package dev.bag.spark.hadoop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;

/** A file of Hadoop, to be read from any position on. One thread at a time uses it. */
final class HadoopReading implements SeekableByteChannel {

    /** So many bytes at once go into a buffer that has no array. */
    static final int MOST_COPIED = 64 << 10;

    private final FSDataInputStream in;
    private final long byteCount;
    private long position;
    private boolean isOpen = true;

    private HadoopReading(FSDataInputStream in, long byteCount) {
        this.in = in;
        this.byteCount = byteCount;
    }

    /** Opens a file with the size that it has now. */
    static HadoopReading open(HadoopPath file) throws IOException {
        FileStatus status = file.files().status(file);
        return new HadoopReading(file.files().on(file, (files, path) -> files.open(path)), status.getLen());
    }

    private void ensureOpen() throws ClosedChannelException {
        if (!isOpen) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        ensureOpen();
        if (!into.hasRemaining()) {
            return 0;
        }
        if (position > byteCount) {
            return -1;
        }
        if (in.getPos() != position) {
            in.seek(position);
        }
        int wanted = into.hasArray() ? into.remaining() : Math.min(into.remaining(), MOST_COPIED);
        byte[] bytes = into.hasArray() ? into.array() : new byte[wanted];
        int from = into.hasArray() ? into.arrayOffset() + into.position() : 0;
        int count = in.read(bytes, from, wanted);
        if (count > 0) {
            position += count;
            if (into.hasArray()) {
                into.position(into.position() + count);
            } else {
                into.put(bytes, 0, count);
            }
        }
        return count;
    }

    @Override
    public long position() throws ClosedChannelException {
        ensureOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws ClosedChannelException {
        ensureOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("position(" + newPosition + "): the position must be 0 or more");
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws ClosedChannelException {
        ensureOpen();
        return byteCount;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void close() throws IOException {
        if (isOpen) {
            isOpen = false;
            in.close();
        }
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }
}
