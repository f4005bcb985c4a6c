package dev.bag.io.file;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.codec.gzip.CompressedInput;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * The bytes of one open file, from any position on. Notices when the file is not what it was when the bag was built. If its
 * size is not known, it is read from its beginning on, and only its head can be read again.
 *
 * <p>Each opened part has a channel of its own: an interrupted thread closes the channel it reads from.
 */
public final class FileBytes implements ByteInput, CompressedInput.Source {

    /** Enough for every signature, and to see whether a file is text. */
    private static final int HEAD_LENGTH = 512;

    private final InputFile file;
    private final SeekableByteChannel channel;
    private final byte[] head;
    /** Whether the head is not read once more, because that is not possible or takes long. */
    private final boolean headIsKept;

    private long position;
    private long channelPosition;
    private long bytesPassedOver;

    /** A channel that fetches what is read from elsewhere, and does so better if it knows how much that will be. */
    public interface Remote {

        /** Notes up to which byte will probably be read. */
        void willReadUpTo(long end);
    }

    /** A channel that cannot be written to. */
    public interface ReadOnlyChannel extends SeekableByteChannel {

        @Override
        default int write(ByteBuffer from) {
            throw new NonWritableChannelException();
        }

        @Override
        default SeekableByteChannel truncate(long size) {
            throw new NonWritableChannelException();
        }
    }

    /** Opens a file, checks that its size is still the same, and reads its head. */
    @SuppressWarnings("resource") // closed with what is returned, or here
    public static FileBytes open(InputFile file) throws IOException {
        SeekableByteChannel channel = file.open();
        try {
            return new FileBytes(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The bytes of a channel, which is closed with this. */
    public FileBytes(InputFile file, SeekableByteChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        if (file.sizeIsKnown() && channel.size() != file.byteCount()) {
            throw changed();
        }
        headIsKept = !file.canSeek() || channel instanceof Remote;
        head = readHead();
    }

    private byte[] readHead() throws IOException {
        byte[] bytes = new byte[(int) Math.min(HEAD_LENGTH, file.byteCount())];
        int filled = 0;
        while (filled < bytes.length) {
            int count = readFromChannel(ByteBuffer.wrap(bytes, filled, bytes.length - filled));
            if (count < 0) {
                break;
            }
            filled += count;
        }
        if (filled < bytes.length && file.sizeIsKnown()) {
            throw changed();
        }
        channelPosition = filled;
        return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
    }

    /** Returns whether bytes behind the head can be read twice. */
    public boolean canSeek() {
        return file.canSeek();
    }

    /** Which file it is. */
    public InputFile file() {
        return file;
    }

    /** The first bytes of the file, up to 512. Not to be written to. */
    public byte[] head() {
        return head;
    }

    /** The position of the byte that is read next. */
    @Override
    public long position() {
        return position;
    }

    /** Goes on reading elsewhere. */
    @Override
    public void seek(long newPosition) throws IOException {
        if (newPosition != position && !canSeek() && Math.max(position, newPosition) > head.length) {
            throw new IOException(file.name() + " cannot be read twice");
        }
        position = newPosition;
    }

    /** Notes up to which byte will probably be read: for files that are elsewhere. */
    public void willReadUpTo(long end) {
        if (channel instanceof Remote remote) {
            remote.willReadUpTo(end);
        }
    }

    /** Notes that bytes at the end of the file are not read, because an option says so. */
    public void passOver(long byteCount) {
        bytesPassedOver += byteCount;
    }

    /** Returns how many bytes were left out because an option says so; known once all others have been read. */
    public long bytesPassedOver() {
        return bytesPassedOver;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (position < head.length && headIsKept) {
            return readHeadAgain(into, from, length);
        }
        if (channelPosition != position) {
            channel.position(position);
            channelPosition = position;
        }
        int count = readFromChannel(ByteBuffer.wrap(into, from, length));
        if (count > 0) {
            position += count;
            channelPosition = position;
        }
        if (!file.sizeIsKnown()) {
            return count;
        }
        if (count < 0 ? position < file.byteCount() : position > file.byteCount()) {
            throw changed();
        }
        return count;
    }

    /** Reads some bytes from a position on, fewer only at the end of the file; afterwards the position may be another one. */
    public int readAt(long from, byte[] into) throws IOException {
        int wanted = (int) Math.min(into.length, file.byteCount() - from);
        int filled = 0;
        int count = 0;
        while (filled < wanted && count >= 0) {
            count = readAt(from + filled, ByteBuffer.wrap(into, filled, wanted - filled));
            filled += Math.max(0, count);
        }
        return filled;
    }

    private int readAt(long from, ByteBuffer into) throws IOException {
        if (!(channel instanceof FileChannel direct)) {
            seek(from);
            return read(into.array(), into.position(), into.remaining());
        }
        try {
            return direct.read(into, from);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(from, e);
        }
    }

    private int readHeadAgain(byte[] into, int from, int length) {
        int count = (int) Math.min(length, head.length - position);
        System.arraycopy(head, (int) position, into, from, count);
        position += count;
        return count;
    }

    /** Some channels return 0 now and then, which says nothing about the end. */
    private int readFromChannel(ByteBuffer buffer) throws IOException {
        try {
            int count = channel.read(buffer);
            while (count == 0) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while reading " + file.name());
                }
                Thread.onSpinWait();
                count = channel.read(buffer);
            }
            return count;
        } catch (ClosedChannelException | InterruptedIOException | SourceException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(position, e);
        }
    }

    private SourceException unreadable(long at, IOException e) {
        return file.brokenAt(at, "the file cannot be read at byte " + grouped(at) + ": " + e.getMessage(), e);
    }

    private SourceException changed() throws IOException {
        long now = channel.size();
        String sizes = now == file.byteCount()
                ? "."
                : ": its size in bytes was " + grouped(file.byteCount()) + " when the bag was built, and is "
                        + grouped(now) + " now.";
        return file.changed(sizes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
