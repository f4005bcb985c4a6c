package dev.bag.spill;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that lives as long as the process that made it, and is deleted by another one if that process was killed.
 *
 * <p>Protocol. Beside folder {@code bag-spill-X} there is a file {@code bag-spill-X.lock}, which its owner holds locked; the
 * operating system unlocks it however the owner ends. Whoever makes a folder first looks at the lock files there are: the
 * owner of one that can be locked is dead, so its folder goes, and then the lock file. The race is a lock file that has been made
 * and not locked yet: whoever looks may lock and delete it. Therefore the owner, once it has the lock, sees whether the file
 * is still there, and begins again under another name if it is not; only then does it make the folder.
 */
final class OwnedFolder implements AutoCloseable {

    private static final String PREFIX = "bag-spill-";
    private static final String LOCK = ".lock";
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path path;
    private final Path lockFile;
    private final FileChannel lockChannel;

    private OwnedFolder(Path path, Path lockFile, FileChannel lockChannel) {
        this.path = path;
        this.lockFile = lockFile;
        this.lockChannel = lockChannel;
    }

    Path path() {
        return path;
    }

    /** A new folder in {@code parent}, where those of dead processes are deleted. */
    static OwnedFolder make(Path parent) throws IOException {
        // A channel is closed by the interrupt flag of the thread that uses it, which user code may have left set.
        boolean interrupted = Thread.interrupted();
        try {
            deleteOrphans(parent);
            OwnedFolder made = null;
            while (made == null) {
                made = tryToMake(parent);
            }
            return made;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable OwnedFolder tryToMake(Path parent) throws IOException {
        String name = PREFIX + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        Path lockFile = parent.resolve(name + LOCK);
        FileChannel channel = FileChannel.open(
                lockFile,
                java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                permissions("rw-------"));
        boolean ours = false;
        try {
            FileLock lock = channel.tryLock();
            ours = lock != null && Files.exists(lockFile, LinkOption.NOFOLLOW_LINKS);
            if (ours) {
                Files.createDirectory(parent.resolve(name), permissions("rwx------"));
            }
        } finally {
            if (!ours) {
                channel.close();
            }
        }
        return ours ? new OwnedFolder(parent.resolve(name), lockFile, channel) : null;
    }

    /** For a new file or folder that nobody else may look into. */
    private static FileAttribute<?>[] permissions(String text) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }

    private static void deleteOrphans(Path parent) {
        try (DirectoryStream<Path> lockFiles = Files.newDirectoryStream(parent, PREFIX + "*" + LOCK)) {
            for (Path lockFile : lockFiles) {
                deleteIfOrphan(lockFile);
            }
        } catch (IOException e) {
            // not being able to clean up after others is no reason to fail
        }
    }

    private static void deleteIfOrphan(Path lockFile) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                String name = lockFile.getFileName().toString();
                deleteAll(lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length())));
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // it is another user's, or lives in this process
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : all) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** Deletes the folder with all in it, then the lock file, and only then lets go of the lock. */
    @Override
    public void close() throws IOException {
        try (lockChannel) {
            deleteAll(path);
            Files.deleteIfExists(lockFile);
        }
    }
}
