package dev.bag.spill;
import java.io.IOException;
import java.nio.file.*;
import java.util.*;
public final class SpillDirectory implements AutoCloseable {
    private final Path temp; private Path dir; private int n; private final List<SpillFile> files = new ArrayList<>();
    public SpillDirectory(Path temp) { this.temp = temp; }
    public synchronized SpillFile newFile() throws IOException {
        if (dir == null) dir = Files.createTempDirectory(temp, "bag-spill-");
        SpillFile f = new SpillFile(dir.resolve(String.valueOf(++n)));
        files.add(f); return f;
    }
    public synchronized int fileCount() { return n; }
    public synchronized void close() throws IOException { files.forEach(SpillFile::close); files.clear(); if (dir != null) Files.deleteIfExists(dir); dir = null; }
}
