package dev.bag.spill;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The open handles on one file: a thread takes one for as long as one read lasts, so that several read at once. While there
 * are readers, a few handles stay open between reads; otherwise none, because thousands of files may wait to be read.
 */
final class ReadHandles {

    private static final int MOST_IDLE = 4;

    private final Path path;

    /** All that follow under the lock of this. */
    private final Deque<RandomAccessFile> idle = new ArrayDeque<>();

    private int readers;
    private boolean closed;

    /** The only handle when the file has no name any more. */
    private @Nullable RandomAccessFile last;

    ReadHandles(Path path) {
        this.path = path;
    }

    void read(long position, byte[] into, int from, int count) throws IOException {
        try {
            readFully(position, into, from, count);
        } catch (EOFException e) {
            throw SpillException.damaged(path, position);
        } catch (SpillException e) {
            throw e;
        } catch (IOException e) {
            throw SpillException.cannotRead(path, position, e);
        }
    }

    synchronized void begin() {
        readers++;
    }

    synchronized void end() {
        readers--;
        if (readers == 0) {
            closeIdle();
        }
    }

    /** Closes all; those that are being read from are closed when they come back. */
    synchronized void close() {
        closed = true;
        closeIdle();
    }

    /** Closes all but one, which stays open for as long as {@code owner} is reachable. */
    synchronized void keepOne(Object owner) throws IOException {
        RandomAccessFile kept = open();
        last = kept;
        Unreachable.CLEANER.register(owner, () -> close(kept));
        close();
    }

    private void readFully(long position, byte[] into, int from, int count) throws IOException {
        RandomAccessFile handle = take();
        if (handle == last) {
            synchronized (handle) {
                readFrom(handle, position, into, from, count);
            }
            return;
        }
        try {
            readFrom(handle, position, into, from, count);
        } finally {
            giveBack(handle);
        }
    }

    private static void readFrom(RandomAccessFile handle, long position, byte[] into, int from, int count)
            throws IOException {
        handle.seek(position);
        handle.readFully(into, from, count);
    }

    private synchronized RandomAccessFile take() throws IOException {
        if (last != null) {
            return last;
        }
        if (closed) {
            throw new IOException("the run it belongs to is over");
        }
        @Nullable RandomAccessFile handle = idle.poll();
        return handle != null ? handle : open();
    }

    private synchronized void giveBack(RandomAccessFile handle) {
        if (closed || readers == 0 || idle.size() == MOST_IDLE) {
            close(handle);
        } else {
            idle.push(handle);
        }
    }

    private RandomAccessFile open() throws IOException {
        return new RandomAccessFile(path.toFile(), "r");
    }

    private void closeIdle() {
        while (!idle.isEmpty()) {
            close(idle.pop());
        }
    }

    private static void close(RandomAccessFile handle) {
        try {
            handle.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made when the first file is kept, for it has a thread. */
    private static final class Unreachable {
        static final Cleaner CLEANER = Cleaner.create();
    }
}
