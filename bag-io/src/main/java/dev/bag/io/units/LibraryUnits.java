package dev.bag.io.units;

import dev.bag.io.codec.Decompressor;
import dev.bag.io.codec.LibraryInput;
import dev.bag.io.codec.Limits;
import dev.bag.io.codec.PieceEnd;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.file.FileBytes;
import java.io.IOException;
import java.util.function.Supplier;

/** The units of a piece of a file, and those behind it, which a decompressor reads that says where the piece ends. */
final class LibraryUnits implements UnitInput {

    private final LibraryInput input;
    private final PieceEnd end;

    /**
     * Units from where the file stands.
     *
     * @param format as in {@code xz}
     * @param artifact what must be on the class path for it, as in {@code org.tukaani:xz}
     * @param load makes the decompressor
     * @param end the decompressor reaches it
     */
    LibraryUnits(
            FileBytes file,
            String format,
            String artifact,
            Supplier<? extends Decompressor> load,
            PieceEnd end,
            Limits limits) {
        this.input = new LibraryInput(file, format, artifact, load, limits);
        this.end = end;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return input.read(into, from, length);
    }

    @Override
    public boolean isBehindPiece() {
        return end.isBehind();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
