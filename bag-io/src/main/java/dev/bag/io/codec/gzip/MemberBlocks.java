package dev.bag.io.codec.gzip;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The text of the blocks of a member, one member after the other. With a {@link Lookahead}, pieces of it come from helpers.
 *
 * <p>Where a piece begins is a guess until the inflater has come there. Then it is fed the bits before that place and a
 * {@link Seam}, which spoils it if the guess was wrong. In that case it begins anew where a block began for certain, passes
 * over what was handed out already, and no helper is asked again.
 */
public final class MemberBlocks implements AutoCloseable {

    private static final byte[] NOTHING = {};

    private final CompressedInput input;
    private final @Nullable Lookahead lookahead;
    private final BitInflater inflater = new BitInflater();
    private final Window window = new Window();

    /** Whether the blocks of the member have ended. */
    private boolean ended;

    /** What is wrong behind the text that was returned. */
    private @Nullable DataFormatException failure;

    /** The bytes before it have been fed; null if no piece begins there. */
    private @Nullable Piece coming;

    /** The text before {@code entering}, and how much of it was returned. */
    private byte[] rest = NOTHING;

    private int restTaken;

    /** It begins where the inflater is. */
    private @Nullable Piece entering;

    /** Where text comes from now; null if the inflater makes it. */
    private @Nullable Piece piece;

    /** The last place where a block begins for certain, the text before it, and how much was returned since. */
    private long boundary;

    private byte[] windowThere = NOTHING;
    private long textSince;

    /** The length of all text returned. */
    private long textLength;

    /**
     * Blocks of an input.
     *
     * @param lookahead closed with it; null for none
     */
    public MemberBlocks(CompressedInput input, @Nullable Lookahead lookahead) {
        this.input = input;
        this.lookahead = lookahead;
    }

    /**
     * A member's blocks begin where the input is.
     *
     * @param extra the extra field of its header
     */
    public void begin(byte[] extra) {
        inflater.begin();
        window.clear();
        ended = false;
        if (lookahead != null) {
            lookahead.member(input.offset(), textLength, extra);
        }
        atBoundary(8 * input.offset(), NOTHING);
    }

    private void atBoundary(long bit, byte[] windowBefore) {
        boundary = bit;
        windowThere = windowBefore;
        textSince = 0;
        if (lookahead != null) {
            lookahead.boundary(bit, textLength, windowBefore);
        }
    }

    /**
     * Reads at least one byte of text, unless the blocks have ended: then the input is behind them.
     *
     * @return how many bytes; 0 if the blocks have ended
     * @throws DataFormatException if they are corrupt; all text before that has been returned, and the input is there
     * @throws EOFException if the input ends before they do
     */
    public int read(byte[] into, int from, int length) throws IOException, DataFormatException {
        if (lookahead == null) {
            return readText(into, from, length);
        }
        lookahead.enter();
        int count = readText(into, from, length);
        lookahead.leave();
        window.add(into, from, count);
        textSince += count;
        textLength += count;
        return count;
    }

    private int readText(byte[] into, int from, int length) throws IOException, DataFormatException {
        while (!ended) {
            int count = piece != null
                    ? piece.read(into, from, length)
                    : restTaken < rest.length
                            ? readRest(into, from, length)
                            : entering == null ? inflate(into, from, length) : 0;
            if (count > 0) {
                return count;
            }
            goOn();
        }
        return 0;
    }

    /** There is no more text where it came from. */
    private void goOn() throws IOException, DataFormatException {
        if (piece != null) {
            leave(piece);
        } else if (entering != null) {
            enter(entering);
        } else if (inflater.finished()) {
            input.unread(inflater.remaining());
            coming = null;
            ended = true;
        } else if (coming != null) {
            cross(coming);
        } else {
            feed();
        }
    }

    private int readRest(byte[] into, int from, int length) {
        int count = Math.min(length, rest.length - restTaken);
        System.arraycopy(rest, restTaken, into, from, count);
        restTaken += count;
        return count;
    }

    private int inflate(byte[] into, int from, int length) throws DataFormatException {
        if (failure != null) {
            throw failure;
        }
        long before = inflater.textMade();
        try {
            return inflater.inflate(into, from, length);
        } catch (DataFormatException e) {
            failure = e;
            input.unread(inflater.remaining());
            int count = (int) (inflater.textMade() - before);
            if (count == 0) {
                throw e;
            }
            return count;
        }
    }

    private void feed() throws IOException {
        if (!input.hasNext()) {
            throw new EOFException();
        }
        int count = input.available();
        if (lookahead != null) {
            Piece next = lookahead.next(input.offset(), count, textLength);
            if (next != null && next.begin() == boundary) {
                entering = next; // no proof is needed
                return;
            }
            coming = next == null || next.beginsMember() ? null : next;
            count = coming == null ? count : (int) ((coming.begin() >>> 3) - input.offset());
        }
        input.feed(inflater, count);
    }

    /** The inflater has made all text of the bytes before a piece. Looks whether a block begins there. */
    private void cross(Piece next) throws IOException, DataFormatException {
        coming = null;
        byte[] text = inflater.textUpTo((int) (next.begin() & 7), input.peek());
        if (text == null) {
            recover();
        } else {
            rest = text;
            restTaken = 0;
            entering = next;
        }
    }

    private void enter(Piece next) throws IOException {
        entering = null;
        rest = NOTHING;
        restTaken = 0;
        byte[] before = window.toByteArray();
        atBoundary(next.begin(), before);
        takeOrInflate(next, next.begin(), before);
    }

    private void leave(Piece last) throws IOException {
        piece = null;
        input.seek(last.end() >>> 3);
        Piece next = lookahead == null ? null : lookahead.behind(last);
        if (last.endsMember()) {
            ended = true;
        } else {
            byte[] before = window.toByteArray();
            atBoundary(last.end(), before);
            takeOrInflate(next, last.end(), before);
        }
    }

    private void takeOrInflate(@Nullable Piece next, long bit, byte[] before) throws IOException {
        if (next != null && lookahead != null && lookahead.take(next, before, textLength)) {
            piece = next;
        } else {
            inflateFrom(bit, before);
        }
    }

    /** The input is at the byte of the bit. */
    private void inflateFrom(long bit, byte[] before) throws IOException {
        int bitInByte = (int) (bit & 7);
        if (bitInByte != 0 && !input.hasNext()) {
            throw new EOFException();
        }
        inflater.begin(bitInByte, bitInByte == 0 ? 0 : input.take(), before);
    }

    /** The inflater is spoilt. Brings it to where it was before. */
    private void recover() throws IOException, DataFormatException {
        if (lookahead != null) {
            lookahead.stop();
        }
        input.seek(boundary >>> 3);
        inflateFrom(boundary, windowThere);
        byte[] known = new byte[Window.LENGTH];
        for (long left = textSince; left > 0; ) {
            int count = inflate(known, 0, (int) Math.min(left, known.length));
            left -= count;
            if (count == 0) {
                feed();
            }
        }
    }

    /** All has been read, to the end of the file: what was found may help the next reader. */
    public @Nullable SeekIndex index() {
        return lookahead == null ? null : lookahead.index(8 * input.offset(), textLength);
    }

    @Override
    public void close() {
        inflater.close();
        if (lookahead != null) {
            lookahead.close();
        }
    }
}
