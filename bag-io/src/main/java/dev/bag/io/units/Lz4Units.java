package dev.bag.io.units;

import dev.bag.io.codec.Decompressor;
import dev.bag.io.codec.HeaderBytes;
import dev.bag.io.codec.Limits;
import dev.bag.io.codec.Lz4Stream;
import dev.bag.io.codec.PieceEnd;
import dev.bag.io.codec.Signatures;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.KnownUnits.Unit;
import dev.bag.io.units.UnitCodec.Division;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Frames of LZ4, and the blocks of those frames in which no block refers to another one and each has a checksum, or nothing
 * has. All that follows a legacy frame is one unit.
 */
final class Lz4Units extends UnitWalk {

    private static final int SKIPPABLE_HEADER_LENGTH = 8;
    private static final int MAGIC_LENGTH = 4;

    public Lz4Units() {
        super("lz4", "frame");
    }

    @Override
    @Nullable Unit after(Unit unit, HeaderBytes headers) throws IOException {
        if (!unit.isFrame()) {
            return behindBlock(unit, unit.start(), headers);
        }
        long start = unit.start();
        if (headers.isAt(start, Signatures::skippable)) {
            return headers.has(start, SKIPPABLE_HEADER_LENGTH)
                    ? frame(start + SKIPPABLE_HEADER_LENGTH + headers.littleEndian(start + 4, 4), headers)
                    : null;
        }
        if (!isFrame(start, headers)) {
            return null;
        }
        int flags = headers.byteAt(start + MAGIC_LENGTH);
        return behindBlock(new Unit(start, start, flags), start + Lz4Stream.headerLength(flags), headers);
    }

    private static boolean isFrame(long start, HeaderBytes headers) throws IOException {
        return headers.has(start, MAGIC_LENGTH + 1) && headers.littleEndian(start, MAGIC_LENGTH) == Lz4Stream.MAGIC;
    }

    /** Returns the unit behind the block that begins there, or behind the frame that has no more blocks. */
    private static @Nullable Unit behindBlock(Unit unit, long start, HeaderBytes headers) throws IOException {
        int flags = unit.flags();
        long at = start;
        while (headers.has(at, 4)) {
            long size = headers.littleEndian(at, 4);
            if (size == 0) {
                return frame(at + Lz4Stream.endLength(flags), headers);
            }
            if (at > start && Lz4Stream.blocksAreUnits(flags)) {
                return new Unit(at, unit.frame(), flags);
            }
            at += Lz4Stream.blockLength(flags, size);
        }
        return null;
    }

    private static @Nullable Unit frame(long start, HeaderBytes headers) throws IOException {
        return headers.isAt(start, Lz4Stream::beginsAnyFrame) ? Unit.at(start) : null;
    }

    @Override
    boolean mayHaveData(Unit unit, HeaderBytes headers) throws IOException {
        return !unit.isFrame() || headers.isAt(unit.start(), Signatures::lz4);
    }

    @Override
    public Division division(FileBytes file) throws IOException {
        HeaderBytes headers = new HeaderBytes(file);
        boolean blocks =
                headers.isLocal() && isFrame(0, headers) && Lz4Stream.blocksAreUnits(headers.byteAt(MAGIC_LENGTH));
        return blocks ? Division.possible("blocks of lz4") : super.division(file);
    }

    @Override
    UnitInput read(FileBytes file, Unit first, PieceEnd end, Limits limits) {
        Decompressor decoder = (compressed, same) -> new Lz4Stream(compressed, same, first, end);
        return new LibraryUnits(file, "lz4", "dev.bag:bag-io", () -> decoder, end, limits);
    }
}
