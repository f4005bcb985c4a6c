package dev.bag.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds lines in bytes, without making anything of them. */
final class LineScan {

    /** A line, without its end, between two indexes of an array that is used again for what follows. */
    interface Line {
        void accept(byte[] bytes, int from, int to);
    }

    /** Finds line ends from {@code from} on, gives each line that ends to {@code line}, and returns where the rest begins. */
    private interface Ends {
        int find(byte[] bytes, int from, int to, Line line);
    }

    /** Eight bytes of an array as a number, the first one in the lowest bits. */
    static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final int BUFFER = 1 << 18;

    private LineScan() {}

    /** A byte at a time. */
    static void byBytes(InputStream in, Line line) throws IOException {
        scan(in, LineScan::findByBytes, line);
    }

    /** Eight bytes at a time. */
    static void byWords(InputStream in, Line line) throws IOException {
        scan(in, LineScan::findByWords, line);
    }

    /** Eight bytes, of which those are 0x80 that equal {@code byteValue} in {@code word}, and the others 0. */
    static long equalBytes(long word, char byteValue) {
        long difference = word ^ byteValue * 0x0101010101010101L;
        return ~(((difference & LOW_BITS) + LOW_BITS) | difference | LOW_BITS);
    }

    private static void scan(InputStream in, Ends ends, Line line) throws IOException {
        byte[] bytes = new byte[BUFFER];
        int kept = 0;
        for (int read = 0; read >= 0; read = in.read(bytes, kept, bytes.length - kept)) {
            int end = kept + read;
            int rest = ends.find(bytes, kept, end, line);
            kept = end - rest;
            System.arraycopy(bytes, rest, bytes, 0, kept);
            if (kept == bytes.length) bytes = Arrays.copyOf(bytes, kept * 2);
        }
        if (kept > 0) line.accept(bytes, 0, kept);
    }

    private static int findByBytes(byte[] bytes, int from, int to, Line line) {
        int start = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                line.accept(bytes, start, i);
                start = i + 1;
            }
        }
        return start;
    }

    private static int findByWords(byte[] bytes, int from, int to, Line line) {
        int start = 0;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long ends = equalBytes((long) WORD.get(bytes, i), '\n');
            for (; ends != 0; ends &= ends - 1) {
                int end = i + (Long.numberOfTrailingZeros(ends) >>> 3);
                line.accept(bytes, start, end);
                start = end + 1;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                line.accept(bytes, start, i);
                start = i + 1;
            }
        }
        return start;
    }
}
