package dev.bag.io.file;

import java.io.IOException;
import java.util.Arrays;

/** An input whose first bytes have been looked at. */
public final class PrefixedInput implements ByteInput {

    private final byte[] head;
    private final ByteInput rest;
    private int next;

    /** Reads as many bytes as there are, up to {@code headLength}. */
    public PrefixedInput(ByteInput input, int headLength) throws IOException {
        byte[] bytes = new byte[headLength];
        int filled = 0;
        int count = 0;
        while (filled < headLength && count >= 0) {
            count = input.read(bytes, filled, headLength - filled);
            filled += Math.max(0, count);
        }
        head = Arrays.copyOf(bytes, filled);
        rest = input;
    }

    /** Returns the first bytes. */
    public byte[] head() {
        return head;
    }

    /** Leaves out bytes of the head. */
    public void skip(int count) {
        next += count;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (next == head.length) {
            return rest.read(into, from, length);
        }
        int count = Math.min(length, head.length - next);
        System.arraycopy(head, next, into, from, count);
        next += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
