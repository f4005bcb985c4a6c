package dev.bag.io.codec.gzip;

import java.util.zip.DataFormatException;

/**
 * Inflates blocks out of an array, from a bit at which one begins up to another, or up to the end of the member if that comes
 * first. One thread uses it.
 */
final class Range implements AutoCloseable {

    private enum State {
        BLOCKS,
        LAST_BITS,
        END
    }

    private final BitInflater inflater = new BitInflater();
    private final byte[] bytes;
    private final long to;

    /** The byte to be fed next. */
    private int next;

    private State state = State.BLOCKS;

    /** The text of the bits of the last byte, and how much of it was taken. */
    private byte[] rest = {};

    private int restTaken;

    /** The index behind the member, once that has ended. */
    private int memberEnd = -1;

    /**
     * A range.
     *
     * @param window the text before it
     * @param from the first bit, counted from the beginning of the array
     * @param to the bit behind the last one; up to there all is inflated, unless a member ends before
     */
    Range(byte[] bytes, long from, long to, byte[] window) {
        this.bytes = bytes;
        this.to = to;
        int first = (int) (from >>> 3);
        int bit = (int) (from & 7);
        inflater.begin(bit, bytes[first], window);
        if (bit == 0) {
            feed(first);
        } else {
            next = first + 1;
        }
    }

    /** Begins again, where the data of a member do. */
    void beginMember(int first) {
        inflater.begin();
        feed(first);
        state = State.BLOCKS;
        memberEnd = -1;
    }

    private void feed(int first) {
        int end = (int) (to >>> 3);
        inflater.feed(bytes, first, end - first);
        next = end;
    }

    /**
     * Returns how many bytes of text were made: as many as there is room for, unless the range ends.
     *
     * @throws DataFormatException if these are no blocks, or no block begins at the end
     */
    int read(byte[] into) throws DataFormatException {
        int filled = 0;
        while (filled < into.length && state != State.END) {
            filled += state == State.BLOCKS ? readBlocks(into, filled) : readRest(into, filled);
        }
        return filled;
    }

    private int readBlocks(byte[] into, int from) throws DataFormatException {
        int count = inflater.inflate(into, from, into.length - from);
        if (count > 0) {
            return count;
        }
        if (inflater.finished()) {
            memberEnd = next - inflater.remaining();
            state = State.END;
        } else if (next < (int) (to >>> 3)) {
            feed(next);
        } else {
            crossEnd();
        }
        return 0;
    }

    private void crossEnd() throws DataFormatException {
        int bit = (int) (to & 7);
        byte[] text = inflater.textUpTo(bit, bit == 0 ? 0 : bytes[(int) (to >>> 3)]);
        if (text == null) {
            throw new DataFormatException("no block begins at the end");
        }
        rest = text;
        state = State.LAST_BITS;
    }

    private int readRest(byte[] into, int from) {
        int count = Math.min(into.length - from, rest.length - restTaken);
        System.arraycopy(rest, restTaken, into, from, count);
        restTaken += count;
        state = restTaken == rest.length ? State.END : state;
        return count;
    }

    /** Returns the bit behind the last one. */
    long end() {
        return to;
    }

    /** Returns the index behind the last block of the member, if the range ended there; or -1. */
    int memberEnd() {
        return memberEnd;
    }

    @Override
    public void close() {
        inflater.close();
    }
}
