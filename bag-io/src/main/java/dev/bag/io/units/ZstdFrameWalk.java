package dev.bag.io.units;

import dev.bag.io.codec.HeaderBytes;
import dev.bag.io.codec.LibraryDecompressors.ZstdDecompressor;
import dev.bag.io.codec.Limits;
import dev.bag.io.codec.PieceEnd;
import dev.bag.io.codec.Signatures;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.codec.ZstdFrames;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.KnownUnits.Unit;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Frames of Zstandard. Where one ends the headers of its blocks say; and in files of pzstd the frame to be skipped that stands
 * before it.
 */
final class ZstdFrameWalk extends UnitWalk {

    private static final long PZSTD_MAGIC = 0x184D2A50L;
    private static final int PZSTD_LENGTH = 4;
    private static final int SKIPPABLE_HEADER_LENGTH = 8;

    public ZstdFrameWalk() {
        super("zstd", "frame");
    }

    private static boolean isFrame(byte[] bytes, int index, int end) {
        return Signatures.zstd(bytes, index, end) || Signatures.skippable(bytes, index, end);
    }

    @Override
    @Nullable Unit after(Unit unit, HeaderBytes headers) throws IOException {
        long start = unit.start();
        if (headers.isAt(start, Signatures::zstd)) {
            return frame(ZstdFrames.endOfFrame(start, headers), headers);
        }
        if (!headers.isAt(start, Signatures::skippable) || !headers.has(start, SKIPPABLE_HEADER_LENGTH)) {
            return null;
        }
        long endOfSkippable = start + SKIPPABLE_HEADER_LENGTH + headers.littleEndian(start + 4, 4);
        if (!isPzstd(start, headers)) {
            return frame(endOfSkippable, headers);
        }
        long end = endOfSkippable + headers.littleEndian(endOfSkippable - PZSTD_LENGTH, PZSTD_LENGTH);
        Unit next = frame(end, headers);
        return next != null || end == headers.size() ? next : frame(endOfSkippable, headers);
    }

    private static @Nullable Unit frame(long start, HeaderBytes headers) throws IOException {
        return start > 0 && headers.isAt(start, ZstdFrameWalk::isFrame) ? Unit.at(start) : null;
    }

    // +-------+---+--------------------+-------+
    // | magic | 4 | length of the next | frame |
    // +-------+---+--------------------+-------+
    private static boolean isPzstd(long start, HeaderBytes headers) throws IOException {
        return headers.has(start, SKIPPABLE_HEADER_LENGTH + PZSTD_LENGTH + 4)
                && headers.littleEndian(start, 4) == PZSTD_MAGIC
                && headers.littleEndian(start + 4, 4) == PZSTD_LENGTH
                && headers.littleEndian(start + SKIPPABLE_HEADER_LENGTH + PZSTD_LENGTH, 4) == ZstdFrames.MAGIC;
    }

    @Override
    boolean mayHaveData(Unit unit, HeaderBytes headers) throws IOException {
        return headers.isAt(unit.start(), Signatures::zstd) || isPzstd(unit.start(), headers);
    }

    @Override
    UnitInput read(FileBytes file, Unit first, PieceEnd end, Limits limits) {
        boolean isFirst = first.start() == 0;
        return new LibraryUnits(
                file, "zstd", "com.github.luben:zstd-jni", () -> new ZstdDecompressor(isFirst, end), end, limits);
    }
}
