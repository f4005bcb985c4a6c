package dev.bag.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How often each status occurs in one plain file, without any library: ranges of 32 MiB that end at a line end, a String
 * for each line.
 */
public final class ByteRangesPeer {

    private static final long RANGE = 32L << 20;

    private ByteRangesPeer() {}

    public static void main(String... path) throws Exception {
        System.out.println("RESULT " + of(path));
    }

    /** Exactly one path. */
    public static String of(String... path) throws Exception {
        Path file = Path.of(path[0]);
        long size = Files.size(file);
        try (Workers workers = new Workers()) {
            for (long from = 0; from < size; from += RANGE) {
                long start = from;
                workers.submit(() -> count(file, start, Math.min(size, start + RANGE)));
            }
            return workers.sum().toString();
        }
    }

    /** Counts the lines that begin in a range. */
    private static StatusTable count(Path file, long from, long to) throws IOException {
        StatusTable table = new StatusTable();
        try (FileChannel channel = FileChannel.open(file)) {
            long start = from == 0 ? 0 : endOfLine(channel, from - 1);
            long end = endOfLine(channel, to - 1);
            if (start < end) {
                channel.position(start);
                table.addAll(new Limited(Channels.newInputStream(channel), end - start));
            }
        }
        return table;
    }

    /** Behind the first line feed at or after {@code from}; the end of the file if there is none. */
    private static long endOfLine(FileChannel channel, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long position = from;
        while (channel.read(buffer.clear(), position) > 0) {
            for (int i = 0; i < buffer.position(); i++) {
                if (buffer.get(i) == '\n') return position + i + 1;
            }
            position += buffer.position();
        }
        return position;
    }

    /** The first bytes of a stream. */
    private static final class Limited extends InputStream {

        private final InputStream in;
        private long left;

        Limited(InputStream in, long byteCount) {
            this.in = in;
            this.left = byteCount;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("read an array");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) return -1;
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
