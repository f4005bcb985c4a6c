package dev.bag.spill;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of bytes; one thread at a time appends, any number read at the same time.
 *
 * <p>Never through a channel: an interrupt closes it, and the user's code may leave the flag of a thread set.
 */
public final class SpillFile implements AutoCloseable {

    private final Path path;
    private final Consumer<SpillFile> onClose;
    private final ReadHandles handles;

    /** Written by the thread that appends. */
    private volatile long size;

    /** The next three under the lock of this. */
    private @Nullable RandomAccessFile appending;

    private boolean kept;
    private boolean closed;

    /** An existing empty file. */
    SpillFile(Path path, Consumer<SpillFile> onClose) {
        this.path = path;
        this.onClose = onClose;
        this.handles = new ReadHandles(path);
    }

    /** How many bytes were appended. */
    public long size() {
        return size;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Appends bytes, and returns the position where they begin. After a failure the file is as long as it was before. */
    synchronized long append(byte[] bytes, int from, int count) throws IOException {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
        long position = size;
        try {
            appendAt(position, bytes, from, count);
        } catch (IOException e) {
            throw SpillException.cannotWrite(path, e);
        }
        size = position + count;
        return position;
    }

    /** Closes what {@link #append} opened; it opens it again if there is more. */
    synchronized void doneAppending() throws IOException {
        RandomAccessFile open = appending;
        appending = null;
        if (open != null) {
            open.close();
        }
    }

    /** Reads exactly {@code count} bytes. */
    void read(long position, byte[] into, int from, int count) throws IOException {
        try {
            handles.read(position, into, from, count);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Announces a reader, so that it pays to leave the file open between two reads. */
    void beginReading() {
        handles.begin();
    }

    /** Ends what {@link #beginReading} announced. */
    void endReading() {
        handles.end();
    }

    /**
     * Lets what was written be read after {@link #close}, until this object is unreachable: for a list that reads from
     * the file while the user walks over it. Its name is gone after {@code close} all the same, and where open files
     * cannot be deleted it is when this JVM ends.
     */
    public synchronized void keepWhileReachable() {
        kept = true;
    }

    /** Deletes the file; nothing can be appended any more or, unless it is kept, read. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        onClose.accept(this);
        try {
            doneAppending();
            if (kept) {
                handles.keepOne(this);
            } else {
                handles.close();
            }
        } finally {
            delete();
        }
    }

    private void appendAt(long position, byte[] bytes, int from, int count) throws IOException {
        RandomAccessFile file = appending;
        if (file == null) {
            file = new RandomAccessFile(path.toFile(), "rw");
            appending = file;
        }
        file.seek(position);
        file.write(bytes, from, count);
    }

    private void delete() {
        File file = path.toFile();
        if (!file.delete() && kept) {
            file.deleteOnExit();
        }
    }
}
