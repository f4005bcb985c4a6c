package dev.bag.io.codec.gzip;

import java.io.IOException;

/**
 * The bytes of a gzip file in order, a buffer at a time. The file is read up to multiples of the buffer's length, wherever
 * reading began: so how far it has been read depends on what was used of it, and not on how that came about.
 */
public final class CompressedInput {

    /** A file with a position. */
    public interface Source {

        /** Reads at least one byte. Returns how many; -1 after the last one. */
        int read(byte[] into, int from, int length) throws IOException;

        /** Goes on reading elsewhere. */
        void seek(long position) throws IOException;

        /** Returns the position of the byte that is read next. */
        long position();
    }

    /** The bytes of a file, for several threads at the same time. */
    @FunctionalInterface
    public interface Shared {

        /** Returns so many bytes from an offset on; fewer only if the file ends. Holds nothing open afterwards. */
        byte[] read(long from, int length) throws IOException;
    }

    private final Source source;
    private final byte[] buffer;

    /** The bytes read but not used yet: {@code buffer[next]} up to, not including, {@code buffer[end]}. */
    private int next;

    private int end;

    /** An input over a buffer, from where the file is. */
    public CompressedInput(Source source, int bufferLength) {
        this.source = source;
        this.buffer = new byte[bufferLength];
    }

    /** Returns whether there is another byte. */
    public boolean hasNext() throws IOException {
        if (next == end) {
            next = 0;
            int room = buffer.length - (int) (source.position() % buffer.length);
            end = Math.max(0, source.read(buffer, 0, room));
        }
        return next < end;
    }

    /** Returns the next byte, which there must be. */
    public byte peek() {
        return buffer[next];
    }

    /** Returns the next byte, which there must be, and goes behind it. */
    public byte take() {
        return buffer[next++];
    }

    /** Returns where in the file the next byte stands. */
    public long offset() {
        return source.position() - (end - next);
    }

    /** Goes on elsewhere, within the buffer if it is there. */
    public void seek(long position) throws IOException {
        long ahead = position - source.position();
        if (ahead <= 0 && ahead >= -end) {
            next = end + (int) ahead;
        } else {
            emptied();
            source.seek(position);
        }
    }

    /** Drops what was read and not used, and returns the buffer, which may be written to. */
    public byte[] emptied() {
        next = 0;
        end = 0;
        return buffer;
    }

    /** Returns how many bytes are there without reading. */
    int available() {
        return end - next;
    }

    /** Feeds the next bytes to an inflater. */
    void feed(BitInflater inflater, int count) {
        inflater.feed(buffer, next, count);
        next += count;
    }

    /** Takes back bytes that were fed last. */
    void unread(int count) {
        next -= count;
    }
}
