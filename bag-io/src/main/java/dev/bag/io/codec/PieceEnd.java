package dev.bag.io.codec;

import dev.bag.io.file.FileBytes;
import dev.bag.io.file.KnownUnits.Unit;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the first unit behind a piece begins, as found by walking over headers. What reads the piece says which units it
 * meets: it must meet that one. If it does not, a header has told a length that is not that of its unit.
 */
public final class PieceEnd {

    /** Of the last piece, and of a file that is read whole. */
    private static final long NOWHERE = -1;

    /** Behind the piece only the end of a line is wanted. */
    private static final int MOST_BEHIND = 16 << 10;

    private final @Nullable FileBytes file;
    private final long start;
    private final String format;
    private final String unit;
    private boolean behind;

    private PieceEnd(@Nullable FileBytes file, long start, String format, String unit) {
        this.file = file;
        this.start = start;
        this.format = format;
        this.unit = unit;
    }

    /** Returns an end that is never reached. */
    public static PieceEnd none() {
        return new PieceEnd(null, NOWHERE, "", "");
    }

    /**
     * Returns the end of a piece.
     *
     * @param next the first unit behind it; null if there is none
     * @param format as in {@code gzip}
     * @param unit as in {@code member}
     */
    public static PieceEnd before(@Nullable Unit next, FileBytes file, String format, String unit) {
        return next == null ? none() : new PieceEnd(file, next.start(), format, unit);
    }

    /** Returns whether what is read is behind the piece. */
    public boolean isBehind() {
        return behind;
    }

    /** Returns how many bytes are best read at once. */
    public int most(int length) {
        return behind ? Math.min(length, MOST_BEHIND) : length;
    }

    /** Returns whether the first unit behind the piece begins there, or fails if the place is behind that. */
    boolean isAt(long position) throws IOException {
        if (file == null || behind || position < start) {
            return false;
        }
        if (position > start) {
            throw Corruption.noUnitThere(file.file(), start, format, unit);
        }
        return true;
    }

    /** A unit is read next that begins there, or the file ends. */
    public void reach(long position) throws IOException {
        behind |= isAt(position);
    }
}
