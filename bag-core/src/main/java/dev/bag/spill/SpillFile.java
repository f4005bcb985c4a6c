package dev.bag.spill;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows at its end. One thread at a time appends, any number read at the same time.
 *
 * <p>It is no FileChannel, because such a one is closed by an interrupt, for all threads; user code may leave its thread's
 * flag set.
 */
public final class SpillFile implements AutoCloseable {

    /** Its thread is started by the first file that is kept. */
    private static final class Kept {
        static final Cleaner CLEANER = Cleaner.create(work -> {
            Thread thread = new Thread(work, "bag-spill-cleaner");
            thread.setDaemon(true);
            return thread;
        });
    }

    private final Path path;
    private final ReadHandles readers;
    /** Open while somebody appends; guarded by this. */
    private @Nullable RandomAccessFile writer;

    private boolean kept;
    private boolean closed;
    private volatile long size;

    SpillFile(Path path) {
        this.path = path;
        this.readers = new ReadHandles(path);
    }

    /** How many bytes it has. */
    public long size() {
        return size;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Writes {@code count} bytes at the end, and answers where they begin. */
    synchronized long append(byte[] bytes, int from, int count) throws IOException {
        if (closed) {
            throw new SpillException(path + " has been deleted, because the run is over", null);
        }
        try {
            if (writer == null) {
                writer = PrivateFiles.openForWriting(path);
                writer.seek(size);
            }
            writer.write(bytes, from, count);
        } catch (IOException e) {
            throw SpillException.cannotWrite(path, e);
        }
        long begin = size;
        size = begin + count;
        return begin;
    }

    /** Nobody appends for now, so that the file need not be open. */
    synchronized void doneAppending() throws IOException {
        if (writer != null) {
            RandomAccessFile open = writer;
            writer = null;
            open.close();
        }
    }

    /** Reads {@code count} bytes from {@code position} on. */
    void read(long position, byte[] into, int from, int count) throws IOException {
        RandomAccessFile reader = readers.take();
        boolean whole = false;
        try {
            reader.seek(position);
            reader.readFully(into, from, count);
            whole = true;
        } catch (EOFException e) {
            throw new SpillException(path + " is shorter than what was written: something has changed it", e);
        } finally {
            if (whole) {
                readers.giveBack(reader);
            } else {
                reader.close();
            }
        }
    }

    /** Lets this be read after it was closed, for as long as anything refers to it. */
    public synchronized void keepWhileReachable() throws IOException {
        if (!kept) {
            kept = true;
            readers.keepOne();
            ReadHandles handles = readers; // not the file itself, which must become unreachable
            Kept.CLEANER.register(this, handles::close);
        }
    }

    /** Deletes the file. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            doneAppending();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit(); // as where an open file cannot be deleted
        }
        if (!kept) {
            readers.close();
        }
    }
}
