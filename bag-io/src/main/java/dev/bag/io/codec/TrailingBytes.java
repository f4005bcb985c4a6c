package dev.bag.io.codec;

import dev.bag.io.codec.CompressedStream.Beginning;
import dev.bag.io.file.FileBytes;
import java.io.IOException;

/**
 * What follows the last stream of a file: nothing, or bytes that are not of the format. An option lets these be passed
 * over, unless another stream is found among them.
 */
final class TrailingBytes {

    private TrailingBytes() {}

    /**
     * Returns false if there are no bytes, or they may be passed over.
     *
     * @param stream what the format calls that of which a file has several
     * @param anyBefore whether there was one already; if not, the file is not of the format
     */
    static boolean none(
            CompressedStream compressed,
            Limits limits,
            String format,
            String stream,
            boolean anyBefore,
            Beginning beginning)
            throws IOException {
        return none(compressed, limits, format, stream, anyBefore, beginning, PieceEnd.none());
    }

    /**
     * The same in a piece of a file.
     *
     * @param end if it was reached, another piece notes what is passed over
     */
    static boolean none(
            CompressedStream compressed,
            Limits limits,
            String format,
            String stream,
            boolean anyBefore,
            Beginning beginning,
            PieceEnd end)
            throws IOException {
        FileBytes file = compressed.file();
        if (!anyBefore) {
            throw Corruption.otherFormat(file, format);
        }
        if (compressed.isAtEnd()) {
            return false;
        }
        long start = compressed.position();
        if (!limits.trailingBytes()) {
            throw Corruption.trailingBytes(file.file(), start, format);
        }
        while (!compressed.isAtEnd()) {
            if (compressed.isAt(beginning)) {
                throw Corruption.streamBehindOtherBytes(file.file(), start, compressed.position(), format, stream);
            }
            compressed.drop(1);
        }
        if (!end.isBehind()) {
            file.passOver(compressed.position() - start);
        }
        return false;
    }

    /** Returns whether the file ends inside a number with which a stream begins, its lowest byte first. */
    static boolean cutBeginning(CompressedStream compressed, long magic) throws IOException {
        int count = compressed.peekable(4);
        return count > 0 && count < 4 && compressed.peekLittleEndian(0, count) == (magic & (1L << 8 * count) - 1);
    }
}
