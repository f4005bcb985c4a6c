package dev.bag.io.units;

import dev.bag.io.codec.GzipInput;
import dev.bag.io.codec.HeaderBytes;
import dev.bag.io.codec.Limits;
import dev.bag.io.codec.PieceEnd;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.KnownUnits.Unit;
import dev.bag.io.units.UnitCodec.Division;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Members of gzip whose extra field says how long they are: blocks of BGZF, which bgzip and this library write, and members
 * of MiGz, mgzip and pgzip. Of other members it is known only when they are inflated, so they are not told apart.
 *
 * <p>The chunks of dictzip, whose lengths a member lists, are no units: only all of them together have a checksum.
 */
final class GzipMembers extends UnitWalk {

    private static final int FIXED_LENGTH = 12;
    private static final int TRAILER_LENGTH = 8;
    private static final int SHORTEST_DATA = 2;
    private static final int EXTRA_FLAG = 0x04;
    private static final int RESERVED_FLAGS = 0xe0;

    /** Two letters, as they stand in the file. */
    private static final int BGZF = 'B' | 'C' << 8;

    private static final int MIGZ = 'M' | 'Z' << 8;
    private static final int PGZIP = 'I' | 'G' << 8;
    private static final int MGZIP = 'S' | 'Z' << 8;

    public GzipMembers() {
        super("gzip", "member");
    }

    @Override
    @Nullable Unit after(Unit unit, HeaderBytes headers) throws IOException {
        long length = length(unit.start(), headers);
        long next = unit.start() + length;
        return length > 0 && headers.isAt(next, GzipMembers::isMember) ? Unit.at(next) : null;
    }

    /** As the decoder tells a member from trailing bytes. */
    private static boolean isMember(byte[] bytes, int index, int end) {
        return end - index > 1 && bytes[index] == 0x1f && bytes[index + 1] == (byte) 0x8b;
    }

    /** Returns the length of a member; 0 if it does not say it. */
    private static long length(long start, HeaderBytes headers) throws IOException {
        if (!headers.has(start, FIXED_LENGTH)
                || headers.littleEndian(start, 3) != 0x088b1f
                || (headers.byteAt(start + 3) & (EXTRA_FLAG | RESERVED_FLAGS)) != EXTRA_FLAG) {
            return 0;
        }
        int extraLength = (int) headers.littleEndian(start + FIXED_LENGTH - 2, 2);
        int header = FIXED_LENGTH + extraLength;
        if (header > HeaderBytes.MOST_AT_ONCE || !headers.has(start, header)) {
            return 0;
        }
        boolean extraOnly = headers.byteAt(start + 3) == EXTRA_FLAG;
        long length = lengthInExtraField(start + FIXED_LENGTH, start + header, extraOnly, headers);
        return length < header + SHORTEST_DATA + TRAILER_LENGTH ? 0 : length;
    }

    // +-----+-----+-----+-----+==============+
    // | SI1 | SI2 |    LEN    | LEN bytes    |
    // +-----+-----+-----+-----+==============+
    private static long lengthInExtraField(long from, long end, boolean extraOnly, HeaderBytes headers) {
        long at = from;
        while (end - at >= 4) {
            int name = (int) headers.littleEndian(at, 2);
            int length = (int) headers.littleEndian(at + 2, 2);
            at += 4;
            if (length > end - at) {
                return 0;
            }
            if (name == BGZF && length == 2) {
                return 1 + headers.littleEndian(at, 2);
            }
            if (name == MIGZ && length == 4 && extraOnly) {
                return end - (from - FIXED_LENGTH) + headers.littleEndian(at, 4) + TRAILER_LENGTH;
            }
            if ((name == PGZIP || name == MGZIP) && length == 4) {
                return headers.littleEndian(at, 4);
            }
            at += length;
        }
        return 0;
    }

    @Override
    boolean mayHaveData(Unit unit, HeaderBytes headers) {
        return true;
    }

    @Override
    public Division division(FileBytes file) throws IOException {
        HeaderBytes headers = new HeaderBytes(file);
        return length(0, headers) == 0
                ? Division.impossible("gzip whose members do not say how long they are")
                : super.division(file);
    }

    @Override
    UnitInput read(FileBytes file, Unit first, PieceEnd end, Limits limits) {
        return new GzipInput(file, limits, end);
    }
}
