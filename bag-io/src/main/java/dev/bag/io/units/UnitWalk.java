package dev.bag.io.units;

import dev.bag.io.codec.HeaderBytes;
import dev.bag.io.codec.Limits;
import dev.bag.io.codec.PieceEnd;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.KnownUnits;
import dev.bag.io.file.KnownUnits.Unit;
import dev.bag.io.units.UnitCodec.Division;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Units that are found by walking from the beginning of the file over headers, which say how long each unit is.
 *
 * <p><b>Which units are read by which piece.</b> Let F(o) be the first unit of that walk from offset o on: a function of the
 * file and the offset only. The piece from offset o to p begins with F(o), and is empty if that is not before p. It is read by
 * the decoder that also reads whole files, which must come to a unit that begins at F(p): see {@link PieceEnd}. Where the walk
 * cannot go on, because a unit does not say how long it is or the file is corrupt, all that follows belongs to that unit.
 *
 * <p><b>Why that is what one reader reads.</b> The decoder of a piece that is not empty begins where the one reader begins a
 * unit, if that of the piece before has come to F(o). So it does what the one reader does, until it comes to F(p) or fails; and
 * F(p) is where the next piece that is not empty begins. What headers say decides only where pieces end, never what is read.
 *
 * <p>A file of another file system than the default one is one unit: each of very many headers might take a request to a server.
 */
abstract class UnitWalk implements UnitCodec {

    /** How often some bytes are read to find out whether a file has several units: 100 blocks of zstd are 12.5 MiB of text. */
    private static final int MOST_READS_AHEAD = 100;

    /** Of these some may hold no data. */
    private static final int MOST_UNITS_AHEAD = 6;

    private static final Unit FIRST = Unit.at(0);

    private final String format;
    private final String unit;

    /**
     * Units of a format.
     *
     * @param format as in {@code gzip}
     * @param unit as in {@code member}
     */
    public UnitWalk(String format, String unit) {
        this.format = format;
        this.unit = unit;
    }

    /**
     * Returns the unit behind another one; null if there is none, or the other one does not say how long it is. Where it says
     * so and the decoder would not go on there, there is none.
     */
    abstract @Nullable Unit after(Unit unit, HeaderBytes headers) throws IOException;

    /** Returns whether a unit may have data, as far as can be told by its first bytes. */
    abstract boolean mayHaveData(Unit unit, HeaderBytes headers) throws IOException;

    /** Returns the decompressed bytes from a unit on, at which the file stands. */
    abstract UnitInput read(FileBytes file, Unit first, PieceEnd end, Limits limits) throws IOException;

    @Override
    public final @Nullable UnitInput open(FileBytes file, long from, long to, Limits limits) throws IOException {
        long size = file.file().byteCount();
        HeaderBytes headers = new HeaderBytes(file);
        KnownUnits known = file.file().findings().units();
        Unit first = find(from, headers, known);
        if (first == null || first.start() >= to) {
            return null;
        }
        Unit next = to == size ? null : find(to, headers, known);
        file.seek(first.start());
        return read(file, first, PieceEnd.before(next, file, format, unit), limits);
    }

    private @Nullable Unit find(long from, HeaderBytes headers, KnownUnits known) throws IOException {
        KnownUnits.Step begin = known.lastBefore(from);
        Unit unit = begin == null ? FIRST : begin.next();
        while (unit != null && unit.start() < from) {
            Unit next = headers.isLocal() ? after(unit, headers) : null;
            known.note(unit, next);
            unit = next;
        }
        return unit;
    }

    /** Returns whether the decompressed file may begin with some bytes. That takes decompressing some bytes, which is little. */
    @Override
    public boolean mayBeginWith(FileBytes file, int... bytes) {
        return true;
    }

    @Override
    public Division division(FileBytes file) throws IOException {
        if (!file.file().isLocal()) {
            return Division.impossible(unit + "s of " + format + " that are not looked for on this file system");
        }
        HeaderBytes headers = new HeaderBytes(file, MOST_READS_AHEAD);
        int withData = 0;
        Unit next = FIRST;
        for (int i = 0; i < MOST_UNITS_AHEAD && next != null; i++) {
            withData += mayHaveData(next, headers) ? 1 : 0;
            if (withData == 2) {
                return Division.possible(unit + "s of " + format);
            }
            next = after(next, headers);
        }
        String one = headers.isExhausted() ? "a " + format + " file that begins with a long " : "one ";
        return Division.impossible(one + unit + (headers.isExhausted() ? "" : " of " + format));
    }
}
