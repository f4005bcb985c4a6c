package dev.bag.spill;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where one run keeps what does not fit into memory: a private folder, made when the first file is. */
final class SpillDirectory implements AutoCloseable {

    private final Path tempDirectory;
    private final Set<SpillFile> open = ConcurrentHashMap.newKeySet();

    /** Written under the lock of this. */
    private @Nullable LockedFolder folder;

    private int fileCount;
    private boolean closed;

    /** A folder inside {@code tempDirectory}, which is not touched yet. */
    public SpillDirectory(Path tempDirectory) {
        this.tempDirectory = tempDirectory.toAbsolutePath();
    }

    /**
     * Makes an empty file. Thread-safe.
     *
     * @throws SpillException if the folder or the file cannot be made
     * @throws IllegalStateException if this is closed
     */
    public synchronized SpillFile newFile() throws IOException {
        if (closed) {
            throw new IllegalStateException("the run that spilled to " + tempDirectory + " is over");
        }
        Path path = folder().path().resolve(Integer.toString(fileCount + 1));
        try {
            Files.createFile(path, PrivateFiles.ofFile(path));
        } catch (IOException e) {
            throw SpillException.cannotWrite(path, e);
        }
        fileCount++;
        SpillFile file = new SpillFile(path, open::remove);
        open.add(file);
        return file;
    }

    /** How many files were ever made. */
    public synchronized int fileCount() {
        return fileCount;
    }

    /** Deletes all files and the folder. */
    @Override
    public void close() throws IOException {
        @Nullable LockedFolder toDelete;
        synchronized (this) {
            closed = true;
            toDelete = folder;
            folder = null;
        }
        for (SpillFile file : open) {
            file.close();
        }
        if (toDelete != null) {
            delete(toDelete);
        }
    }

    private LockedFolder folder() throws IOException {
        LockedFolder made = folder;
        if (made == null) {
            try {
                made = Uninterrupted.call(this::makeFolder);
            } catch (IOException e) {
                throw SpillException.noFolder(tempDirectory, e);
            }
            folder = made;
        }
        return made;
    }

    private LockedFolder makeFolder() throws IOException {
        Orphans.removeFrom(tempDirectory);
        return LockedFolder.makeIn(tempDirectory);
    }

    private static void delete(LockedFolder folder) throws IOException {
        try {
            PrivateFiles.deleteFolder(folder.path());
        } catch (DirectoryNotEmptyException e) {
            // A file that is kept while it is reachable, where open files cannot be deleted.
            folder.path().toFile().deleteOnExit();
        } finally {
            folder.release();
        }
    }
}
