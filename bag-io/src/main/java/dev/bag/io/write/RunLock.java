package dev.bag.io.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A hidden file that is locked for as long as a run lives: when its process ends, however it does, the operating system
 * unlocks it. So what a killed process has left is told from what another one still writes.
 */
final class RunLock implements Closeable {

    private final Path path;
    private final FileChannel channel;

    private RunLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Locks a file, which is made if it is not there; null if another run has locked it, or if there are no locks here. */
    static @Nullable RunLock take(Path path) throws IOException {
        while (true) {
            RunLock lock = tried(path);
            if (lock == null || Files.exists(path)) {
                return lock;
            }
            lock.channel.close(); // it was deleted by the run that had locked it before
        }
    }

    private static @Nullable RunLock tried(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (UnsupportedOperationException e) {
            return null; // not a file system of the operating system
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new RunLock(path, channel);
            }
        } catch (OverlappingFileLockException e) {
            // another run of this process
        } catch (IOException e) {
            // the file system has no locks: then nothing is known
        }
        channel.close();
        return null;
    }

    /** Unlocks and deletes the file. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(path);
        } finally {
            channel.close();
        }
    }
}
