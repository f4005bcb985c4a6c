package dev.bag.io.codec;

import dev.bag.io.codec.bzip2.BlockSignature;
import dev.bag.io.file.FileBytes;
import java.io.IOException;

/** Looks for blocks of bzip2, which begin at any bit. */
public final class Bzip2BlockSearch {

    private static final int WINDOW_LENGTH = 64 << 10;

    /** As many bytes as a signature may have a part in, but the last one. */
    private static final int OVERLAP = BlockSignature.BIT_COUNT / Byte.SIZE;

    private final FileBytes file;
    private final byte[] window;

    public Bzip2BlockSearch(FileBytes file) {
        this.file = file;
        long most = Math.min(WINDOW_LENGTH, file.file().byteCount());
        this.window = new byte[(int) most + BlockSignature.MARGIN];
    }

    /**
     * Returns the first bit from an index on, and before another one, at which a block begins that is not corrupt; -1 if
     * there is none. Moves the position of the file.
     *
     * @param trial reads each that might be one; afterwards the one that was found
     */
    public long findWhole(Bzip2Input trial, long from, long to) throws IOException {
        long found = find(from, to);
        while (found >= 0 && !trial.beginsAt(found)) {
            found = find(found + 1, to);
        }
        return found;
    }

    /** Returns the first bit from an index on, and before another one, at which a signature is; -1 if there is none. */
    long find(long from, long to) throws IOException {
        long end = Math.min(file.file().byteCount(), (to >>> 3) + OVERLAP + 1);
        long begin = from >>> 3;
        while (begin + OVERLAP <= end) {
            int filled = fill(begin, end);
            int firstBit = (int) Math.max(0, from - 8 * begin);
            int endBit = (int) Math.min(8 * filled - BlockSignature.BIT_COUNT + 1, to - 8 * begin);
            int found = BlockSignature.find(window, firstBit, endBit);
            if (found >= 0) {
                return 8 * begin + found;
            }
            if (begin + filled >= end) {
                return -1;
            }
            begin += filled - OVERLAP;
        }
        return -1;
    }

    private int fill(long begin, long end) throws IOException {
        int wanted = (int) Math.min(window.length - BlockSignature.MARGIN, end - begin);
        file.seek(begin);
        int filled = 0;
        while (filled < wanted) {
            int count = file.read(window, filled, wanted - filled);
            if (count < 0) {
                break;
            }
            filled += count;
        }
        return filled;
    }
}
