package dev.bag.io.codec;

import dev.bag.io.file.FileBytes;
import java.io.IOException;

/**
 * Looks for a gzip member among bytes that are not gzip.
 *
 * <p>The first two bytes of a member may occur in any bytes by chance. So what follows them is tried: a member has a
 * header without a contradiction, and data that inflate to {@value #BYTES_TRIED} bytes, or to their end, or to the end
 * of the file. Random bytes pass that trial about once in 30 GB, and a member that is cut or corrupt later on does.
 */
final class GzipMemberSearch {

    private static final int BYTES_TRIED = 64;

    private static final byte ID1 = 0x1f;
    private static final byte ID2 = (byte) 0x8b;

    private final FileBytes file;
    private final byte[] window;

    /** Where in the file {@code window[0]} stands. */
    private long windowBegin;

    private int filled;
    private boolean ended;

    /**
     * A search that overwrites a window.
     *
     * @param window of two bytes or more
     */
    GzipMemberSearch(FileBytes file, byte[] window) {
        this.file = file;
        this.window = window;
    }

    /** Returns where the first member begins from an offset on, or -1. Moves the position of the file. */
    long find(long from) throws IOException {
        windowBegin = from;
        file.seek(from);
        while (!ended) {
            fill();
            for (int i = 0; i + 1 < filled; i++) {
                if (window[i] == ID1 && window[i + 1] == ID2 && beginsAt(windowBegin + i)) {
                    return windowBegin + i;
                }
            }
            keepLastByte();
        }
        return -1;
    }

    private void fill() throws IOException {
        while (!ended && filled < window.length) {
            int count = file.read(window, filled, window.length - filled);
            ended = count < 0;
            filled += Math.max(0, count);
        }
    }

    /** It may be the first byte of a member. */
    private void keepLastByte() {
        if (filled > 0) {
            window[0] = window[filled - 1];
            windowBegin += filled - 1;
            filled = 1;
        }
    }

    private boolean beginsAt(long offset) throws IOException {
        long after = file.position();
        file.seek(offset);
        try (GzipInput trial = new GzipInput(file, Limits.DEFAULT)) {
            return trial.beginsLikeAMember(new byte[BYTES_TRIED]);
        } finally {
            file.seek(after);
        }
    }
}
