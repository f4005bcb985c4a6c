package dev.bag.io.units;

import dev.bag.io.codec.Decompressor;
import dev.bag.io.codec.HeaderBytes;
import dev.bag.io.codec.Limits;
import dev.bag.io.codec.PieceEnd;
import dev.bag.io.codec.Signatures;
import dev.bag.io.codec.SnappyStream;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.KnownUnits.Unit;
import dev.bag.io.units.UnitCodec.Division;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Chunks of the framing format of Snappy. A file in one of the other formats, which have no checksums, is one unit. */
final class SnappyChunks extends UnitWalk {

    private static final int HEADER_LENGTH = 4;

    public SnappyChunks() {
        super("snappy", "chunk");
    }

    @Override
    @Nullable Unit after(Unit unit, HeaderBytes headers) throws IOException {
        long start = unit.start();
        if (start == 0 && !headers.isAt(0, Signatures::snappyFramed) || !headers.has(start, HEADER_LENGTH)) {
            return null;
        }
        long next = start + HEADER_LENGTH + headers.littleEndian(start + 1, HEADER_LENGTH - 1);
        return next < headers.size() ? Unit.at(next) : null;
    }

    @Override
    boolean mayHaveData(Unit unit, HeaderBytes headers) {
        return unit.start() > 0;
    }

    @Override
    public Division division(FileBytes file) throws IOException {
        return new HeaderBytes(file).isAt(0, Signatures::snappyFramed)
                ? super.division(file)
                : Division.impossible("blocks of snappy, which have no checksums");
    }

    @Override
    UnitInput read(FileBytes file, Unit first, PieceEnd end, Limits limits) {
        boolean isFirst = first.start() == 0;
        Decompressor decoder = (compressed, same) -> new SnappyStream(compressed, same, isFirst, end);
        return new LibraryUnits(file, "snappy", "dev.bag:bag-io", () -> decoder, end, limits);
    }
}
