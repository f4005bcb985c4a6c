package dev.bag.io.archive;

import dev.bag.io.file.InputFile;
import dev.bag.source.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;

/** Some bytes of a file that are in memory: what follows them is read ahead, so that many small entries take few reads. */
final class ChannelWindow {

    private static final int LENGTH = 64 << 10;

    /** What is read where nothing is known of what comes next. */
    private static final int SHORT_LENGTH = 4 << 10;

    private final InputFile file;
    private final SeekableByteChannel channel;
    private final byte[] bytes = new byte[LENGTH];

    /** Where in the file {@code bytes[0]} is. */
    private long begin;

    private int filled;

    ChannelWindow(InputFile file, SeekableByteChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns the index in {@link #bytes} of a byte of the file that is {@link #load loaded}. */
    int index(long at) {
        return (int) (at - begin);
    }

    /**
     * Loads bytes.
     *
     * @param wanted at most {@value #LENGTH}
     * @return how many there are from that place on: at least as many as wanted, unless the file ends before
     */
    int load(long at, int wanted) throws IOException {
        long end = begin + filled;
        if (at < begin || at + wanted > end) {
            boolean inSequence = at >= begin && at <= end + SHORT_LENGTH;
            fill(at, inSequence ? LENGTH : Math.max(wanted, SHORT_LENGTH));
        }
        return (int) (begin + filled - at);
    }

    /** Loads as many bytes as wanted. */
    void require(long at, int wanted) throws IOException {
        if (load(at, wanted) < wanted) {
            throw new EOFException("the file ends");
        }
    }

    private void fill(long at, int wanted) throws IOException {
        int kept = at >= begin && at < begin + filled ? (int) (begin + filled - at) : 0;
        System.arraycopy(bytes, filled - kept, bytes, 0, kept);
        begin = at;
        filled = kept;
        channel.position(at + kept);
        while (filled < wanted) {
            int count = read(channel, ByteBuffer.wrap(bytes, filled, LENGTH - filled));
            if (count < 0) {
                return;
            }
            filled += count;
        }
    }

    private int read(SeekableByteChannel from, ByteBuffer into) throws IOException {
        try {
            return from.read(into);
        } catch (ClosedChannelException | InterruptedIOException | SourceException e) {
            throw e;
        } catch (IOException e) {
            throw file.brokenAt(begin + filled, "the file cannot be read: " + e.getMessage(), e);
        }
    }
}
