package dev.bag.io.split;

import dev.bag.io.file.FileBytes;
import java.io.IOException;

/**
 * Where records begin. The boundary of an offset is a pure function of the file and the offset, so that two neighbours
 * that share an offset agree without having met: none of them reads what the other reads, and nothing is left out.
 *
 * <p>The boundary of 0 is where the text begins; of the size, the size; of any other offset, the end of the first
 * delimiter whose end is not below the offset. The partition from one offset to another is all between their boundaries.
 */
public final class Boundaries {

    private static final int WINDOW_LENGTH = 16 << 10;

    private final FileBytes file;
    private final Delimiter delimiter;
    private final long textBegin;
    /** Made when a boundary is looked for: a whole file has none. */
    private byte[] window = {};

    private long windowBegin;
    private int filled;

    /**
     * The boundaries in a file.
     *
     * @param delimiter one that {@linkplain Delimiter#neverOverlapsItself() never overlaps itself}
     * @param textBegin the first byte after the byte order mark
     */
    public Boundaries(FileBytes file, Delimiter delimiter, long textBegin) {
        this.file = file;
        this.delimiter = delimiter;
        this.textBegin = textBegin;
    }

    /** The bytes of a piece: from the boundary of its first offset to that of its last. Moves the file's position. */
    public RangeInput open(FileSlice piece) throws IOException {
        long size = piece.file().byteCount();
        long begin = piece.from() == 0 ? textBegin : boundary(piece.from(), piece.to());
        boolean empty = piece.from() > 0 && begin >= piece.to();
        long end = empty ? begin : piece.to() == size ? size : boundary(piece.to(), size);
        return new RangeInput(file, begin, end);
    }

    /** The boundary of an offset above 0, if it is below {@code giveUp}; otherwise {@code giveUp}. */
    private long boundary(long offset, long giveUp) throws IOException {
        if (window.length == 0) {
            window = new byte[WINDOW_LENGTH + delimiter.length()];
        }
        windowBegin = alignUp(Math.max(textBegin, offset - delimiter.length()));
        filled = 0;
        file.seek(windowBegin);
        while (windowBegin + filled < giveUp) {
            fillWindow(giveUp);
            int found = delimiter.find(window, 0, filled);
            if (found >= 0) {
                return windowBegin + found + delimiter.length();
            }
            keepBeginningOfDelimiter();
        }
        return giveUp;
    }

    private void fillWindow(long giveUp) throws IOException {
        int wanted = (int) Math.min(window.length - filled, giveUp - windowBegin - filled);
        filled += Math.max(0, file.read(window, filled, wanted));
    }

    /** The window may end inside a delimiter: its last bytes are looked at again. */
    private void keepBeginningOfDelimiter() {
        int from = delimiter.alignDown(Math.max(0, filled - delimiter.length() + 1));
        System.arraycopy(window, from, window, 0, filled - from);
        windowBegin += from;
        filled -= from;
    }

    private long alignUp(long offset) {
        int unit = delimiter.unit();
        return (offset + unit - 1) / unit * unit;
    }
}
