package dev.bag.spill;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A new folder with a lock file beside it, which this process holds for as long as it uses the folder. The operating
 * system gives the lock up when the process dies, however it dies, so a process that gets the lock may delete the folder.
 *
 * <p>Between making the lock file and locking it, {@link Orphans} of another process may lock it first, take its folder,
 * which does not exist yet, for an orphan, and delete the file. So a process makes the lock file, locks it,
 * and only then looks whether it is still there: if it is, no process can delete it any more, because that takes the lock;
 * if it is not, or somebody else has the lock, another name is tried. Names are random and never used twice, so a
 * process that deletes what it found under a name late deletes nothing of anybody else.
 */
final class LockedFolder {

    static final String PREFIX = "bag-spill-";
    static final String LOCK_SUFFIX = ".lock";

    private static final Set<StandardOpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final int MOST_TRIES = 100;

    /** The lock files of this process: closing any channel on one of them would give its lock up. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path lockFile;
    private final FileChannel lock;

    private LockedFolder(Path folder, Path lockFile, FileChannel lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    static LockedFolder makeIn(Path tempDirectory) throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            @Nullable LockedFolder made = tryIn(tempDirectory);
            if (made != null) {
                return made;
            }
        }
        throw new IOException("another program takes every lock file that is made here");
    }

    /** Whether this process uses the folder that belongs to a lock file. */
    static boolean isHeld(Path lockFile) {
        return HELD.contains(lockFile);
    }

    Path path() {
        return folder;
    }

    /** Deletes the lock file, when the folder is gone. */
    void release() throws IOException {
        Uninterrupted.call(() -> {
            try (lock) {
                Files.deleteIfExists(lockFile);
            } finally {
                HELD.remove(lockFile);
            }
            return lockFile;
        });
    }

    private static @Nullable LockedFolder tryIn(Path tempDirectory) throws IOException {
        String name = PREFIX + ProcessHandle.current().pid() + "-" + randomPart();
        Path lockFile = tempDirectory.resolve(name + LOCK_SUFFIX);
        Path folder = tempDirectory.resolve(name);
        HELD.add(lockFile);
        @Nullable FileChannel channel = null;
        boolean made = false;
        try {
            channel = FileChannel.open(lockFile, NEW_FILE, PrivateFiles.ofFile(lockFile));
            if (isLocked(channel) && Files.exists(lockFile)) {
                Files.createDirectory(folder, PrivateFiles.ofFolder(folder));
                made = true;
                return new LockedFolder(folder, lockFile, channel);
            }
            return null;
        } finally {
            if (!made) {
                giveUp(lockFile, channel);
            }
        }
    }

    private static void giveUp(Path lockFile, @Nullable FileChannel channel) throws IOException {
        HELD.remove(lockFile);
        if (channel != null) {
            Files.deleteIfExists(lockFile);
            channel.close();
        }
    }

    /** A file system without locks is as good as locked: no other process can lock it either. */
    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String randomPart() {
        return Long.toUnsignedString(UUID.randomUUID().getLeastSignificantBits(), Character.MAX_RADIX);
    }
}
