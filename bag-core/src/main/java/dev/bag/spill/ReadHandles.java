package dev.bag.spill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Open handles of a file, one for each thread that reads at the same time. A few that nobody uses stay open. */
final class ReadHandles {

    private static final int MOST_IDLE = 2;

    private final Path path;
    /** Guarded by this, like all that follows. */
    private final Deque<RandomAccessFile> idle = new ArrayDeque<>();

    private boolean kept;
    private boolean closed;

    ReadHandles(Path path) {
        this.path = path;
    }

    synchronized RandomAccessFile take() throws IOException {
        // One that is kept serves all, one after the other, because the file may be gone.
        while (kept && idle.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while reading " + path, e);
            }
        }
        if (closed) {
            throw new SpillException(path + " has been deleted, because the run is over", null);
        }
        return idle.isEmpty() ? new RandomAccessFile(path.toFile(), "r") : idle.pop();
    }

    synchronized void giveBack(RandomAccessFile handle) throws IOException {
        if (closed || idle.size() >= MOST_IDLE) {
            handle.close();
        } else {
            idle.push(handle);
            notifyAll();
        }
    }

    synchronized void keepOne() throws IOException {
        if (idle.isEmpty()) {
            idle.push(new RandomAccessFile(path.toFile(), "r"));
        }
        kept = true;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
        for (RandomAccessFile handle : idle) {
            try {
                handle.close();
            } catch (IOException e) {
                // it was only read
            }
        }
        idle.clear();
    }
}
