package dev.bag.io.units;

import dev.bag.io.codec.Limits;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.file.FileBytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A codec whose data are units, each of which is decompressed without those before it: blocks, members, frames. So several
 * threads can read one file, each the units that begin in its piece.
 *
 * <p><b>The contract, on which everything depends.</b> Let a file be cut at any offsets into pieces that follow each
 * other. The units of a piece are those that begin in it. If each piece is read up to the first bytes behind it, and none
 * fails, then the units of all pieces together are exactly what is read when the file is decompressed from its beginning
 * on. So a codec that has to guess where a unit begins, as that of bzip2 does, finds out whether the next piece guesses the
 * same, and fails if not; and one that trusts lengths in headers finds out whether they are true. What is between units, and behind the last one, is checked by the piece of the unit before. A unit that is corrupt
 * or cut is an error in at least one piece.
 *
 * <p>The first unit behind a piece is read for that; later ones are there for lines that go on behind the piece.
 */
public interface UnitCodec {

    /**
     * Returns the bytes of the units that begin from an offset on and before another one, and those that follow; null if
     * none begins there. Moves the position of the file.
     *
     * @param from 0, or any offset: the piece before ends there
     * @param to the size of the file, or any offset
     */
    @Nullable UnitInput open(FileBytes file, long from, long to, Limits limits) throws IOException;

    /**
     * Returns whether the decompressed file may begin with some bytes: false only if that is known without decompressing.
     *
     * @param bytes at most four
     */
    boolean mayBeginWith(FileBytes file, int... bytes) throws IOException;

    /** Returns what units a file has, as far as a few of its first and last bytes tell. Moves the position of the file. */
    Division division(FileBytes file) throws IOException;

    /**
     * Whether a compressed file can be read in pieces, as far as its first and its last bytes tell.
     *
     * @param isPossible whether it can
     * @param what it is made of, as in {@code frames of zstd}
     */
    record Division(boolean isPossible, String what) {

        static Division possible(String what) {
            return new Division(true, what);
        }

        static Division impossible(String what) {
            return new Division(false, what);
        }
    }
}
