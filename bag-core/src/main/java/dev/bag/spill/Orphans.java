package dev.bag.spill;

import static dev.bag.spill.LockedFolder.LOCK_SUFFIX;
import static dev.bag.spill.LockedFolder.PREFIX;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Folders that dead processes have left behind: those with a lock that is not held, and those that have no lock file, which
 * happens only when somebody else deleted it. What cannot be deleted stays: it is not this run's business.
 *
 * <p>A lock file of this very process must not even be opened: closing it would give the lock up. Those are told by the
 * list of {@link LockedFolder}, and, should this library be loaded twice, by the process number in their name and their
 * age: one from before this process began belongs to an earlier process, or to one in another container that
 * has the same number.
 */
final class Orphans {

    private static final Duration AGE_WITHOUT_LOCK = Duration.ofHours(1);

    private Orphans() {}

    static void removeFrom(Path tempDirectory) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(tempDirectory, PREFIX + "*")) {
            for (Path each : found) {
                removeIfOrphan(each);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Making the new folder tells whether this one can be used.
        }
    }

    private static void removeIfOrphan(Path found) {
        try {
            if (found.toString().endsWith(LOCK_SUFFIX)) {
                removeIfUnlocked(found);
            } else if (isOldAndWithoutLock(found)) {
                PrivateFiles.deleteFolder(found);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Somebody else's, or deleted by somebody else at this moment.
        }
    }

    private static void removeIfUnlocked(Path lockFile) throws IOException {
        if (LockedFolder.isHeld(lockFile) || mayBeOfThisProcess(lockFile)) {
            return;
        }
        if (!Files.isRegularFile(lockFile, LinkOption.NOFOLLOW_LINKS)) {
            return; // opening a pipe that somebody has put there would wait for ever
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.tryLock() != null) {
                PrivateFiles.deleteFolder(folderOf(lockFile));
                Files.deleteIfExists(lockFile);
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process is looking at it.
        }
    }

    private static boolean mayBeOfThisProcess(Path lockFile) throws IOException {
        ProcessHandle process = ProcessHandle.current();
        if (!String.valueOf(lockFile.getFileName()).startsWith(PREFIX + process.pid() + "-")) {
            return false;
        }
        Optional<Instant> start = process.info().startInstant();
        FileTime made = Files.getLastModifiedTime(lockFile, LinkOption.NOFOLLOW_LINKS);
        return start.isEmpty() || !made.toInstant().isBefore(start.get());
    }

    private static boolean isOldAndWithoutLock(Path folder) throws IOException {
        Path lockFile = folder.resolveSibling(folder.getFileName() + LOCK_SUFFIX);
        return Files.notExists(lockFile, LinkOption.NOFOLLOW_LINKS)
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getLastModifiedTime(folder)
                        .toInstant()
                        .isBefore(Instant.now().minus(AGE_WITHOUT_LOCK));
    }

    private static Path folderOf(Path lockFile) {
        String name = String.valueOf(lockFile.getFileName());
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length()));
    }
}
