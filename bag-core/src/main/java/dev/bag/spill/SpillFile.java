package dev.bag.spill;
import java.io.*;
import java.nio.file.*;
public final class SpillFile implements AutoCloseable {
    private final Path path; private RandomAccessFile out; private final java.util.concurrent.ConcurrentLinkedQueue<RandomAccessFile> idle = new java.util.concurrent.ConcurrentLinkedQueue<>();
    private volatile long size; private boolean keep;
    SpillFile(Path path) { this.path = path; }
    public long size() { return size; }
    public Path path() { return path; }
    public synchronized long append(byte[] b, int from, int count) throws IOException {
        if (out == null) { out = new RandomAccessFile(path.toFile(), "rw"); }
        out.seek(size); out.write(b, from, count); long at = size; size += count; return at; }
    public void read(long pos, byte[] into, int from, int count) throws IOException {
        RandomAccessFile f = idle.poll(); if (f == null) f = new RandomAccessFile(path.toFile(), "r");
        f.seek(pos); f.readFully(into, from, count); idle.add(f); }
    public void keepWhileReachable() { if (!keep) { keep = true; try { idle.add(new RandomAccessFile(path.toFile(), "r")); } catch (IOException e) { throw new UncheckedIOException(e); } } }
    public void close() { try { if (out != null) out.close(); out = null; Files.deleteIfExists(path); if (!keep) { RandomAccessFile f; while ((f = idle.poll()) != null) f.close(); } } catch (IOException e) { throw new UncheckedIOException(e); } }
}
