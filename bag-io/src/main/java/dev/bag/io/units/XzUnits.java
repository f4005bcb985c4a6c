package dev.bag.io.units;

import dev.bag.io.codec.HeaderBytes;
import dev.bag.io.codec.LibraryDecompressors.XzDecompressor;
import dev.bag.io.codec.Limits;
import dev.bag.io.codec.PieceEnd;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.codec.XzStreams;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.KnownUnits.Unit;
import dev.bag.io.units.UnitCodec.Division;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of xz, as the indexes of its streams list them. Where these cannot be read the file is one unit, so that the
 * piece at its beginning finds out what is wrong; all pieces read the same indexes.
 */
final class XzUnits implements UnitCodec {

    private static final int HEADER_LENGTH = 12;
    private static final int FOOTER_LENGTH = 12;
    private static final int FOOTER_MAGIC = 'Y' | 'Z' << 8;
    private static final int MOST_PADDING = 64 << 10;

    @Override
    public @Nullable UnitInput open(FileBytes file, long from, long to, Limits limits) throws IOException {
        long[] starts = XzBlocks.starts(file, limits);
        if (starts == null) {
            file.seek(0);
            return from == 0 ? library(file, new XzDecompressor("xz", XzStreams::new), PieceEnd.none(), limits) : null;
        }
        int first = firstFrom(from, starts);
        if (first == starts.length || starts[first] >= to) {
            return null;
        }
        int next = firstFrom(to, starts);
        Unit behind = next == starts.length ? null : Unit.at(starts[next]);
        PieceEnd end = PieceEnd.before(behind, file, "xz", "block");
        XzDecompressor.Opener opener = (compressed, same) -> XzBlocks.from(first, compressed, end, same);
        return library(file, new XzDecompressor("xz", opener), end, limits);
    }

    private static UnitInput library(FileBytes file, XzDecompressor decompressor, PieceEnd end, Limits limits) {
        return new LibraryUnits(file, "xz", "org.tukaani:xz", () -> decompressor, end, limits);
    }

    private static int firstFrom(long offset, long[] starts) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public boolean mayBeginWith(FileBytes file, int... bytes) {
        return true;
    }

    @Override
    public Division division(FileBytes file) throws IOException {
        HeaderBytes headers = new HeaderBytes(file);
        long end = headers.size();
        while (end > headers.size() - MOST_PADDING
                && headers.has(end - 4, 4)
                && headers.littleEndian(end - 4, 4) == 0) {
            end -= 4;
        }
        long footer = end - FOOTER_LENGTH;
        if (!headers.has(footer, FOOTER_LENGTH) || headers.littleEndian(end - 2, 2) != FOOTER_MAGIC) {
            return Division.impossible("xz without an index at its end");
        }
        return division(footer, 4 * (headers.littleEndian(footer + 4, 4) + 1), headers);
    }

    // +---+---------+=======================+=========+
    // | 0 | records | length, length of data| ...     |   Numbers have seven bits a byte, the lowest first.
    // +---+---------+=======================+=========+
    private static Division division(long footer, long indexLength, HeaderBytes headers) throws IOException {
        long index = footer - indexLength;
        int length = (int) Math.min(indexLength, 32);
        long records = headers.has(index, length) ? headers.littleEndian(index + 1, 1) : 0;
        boolean oneStream = true;
        if (records == 1) {
            long blockLength = 0;
            int at = 2;
            for (int shift = 0; at < length && shift < Long.SIZE; shift += 7, at++) {
                long b = headers.byteAt(index + at);
                blockLength |= (b & 0x7f) << shift;
                if (b < 0x80) {
                    break;
                }
            }
            oneStream = index - HEADER_LENGTH - (blockLength + 3) / 4 * 4 <= 0;
        }
        return records > 1 || !oneStream ? Division.possible("blocks of xz") : Division.impossible("one block of xz");
    }
}
