package dev.bag.spill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one run keeps what does not fit into memory: a private folder, made when the first file is. */
public final class SpillDirectory implements AutoCloseable {

    private final Path tempDirectory;
    /** All that follows is guarded by this. */
    private @Nullable OwnedFolder folder;

    private final List<SpillFile> files = new ArrayList<>();
    private int fileCount;
    private boolean closed;

    /** A folder in {@code tempDirectory}, which is not looked at yet. */
    public SpillDirectory(Path tempDirectory) {
        this.tempDirectory = tempDirectory;
    }

    /** A new empty file. */
    public synchronized SpillFile newFile() throws IOException {
        if (closed) {
            throw new IllegalStateException("the run is over, and its files have been deleted");
        }
        if (folder == null) {
            folder = makeFolder();
        }
        fileCount++;
        SpillFile file = new SpillFile(folder.path().resolve(String.valueOf(fileCount)));
        files.add(file);
        return file;
    }

    private OwnedFolder makeFolder() throws IOException {
        if (!Files.isDirectory(tempDirectory)) {
            throw SpillException.cannotWrite(tempDirectory, new IOException("there is no such folder"));
        }
        try {
            return OwnedFolder.make(tempDirectory);
        } catch (IOException e) {
            throw SpillException.cannotWrite(tempDirectory, e);
        }
    }

    /** How many files were ever made. */
    public synchronized int fileCount() {
        return fileCount;
    }

    /** Deletes all files and the folder. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        files.forEach(SpillFile::close);
        files.clear();
        if (folder != null) {
            try {
                folder.close();
            } catch (NoSuchFileException e) {
                // somebody has cleaned up before us
            }
            folder = null;
        }
    }
}
