package dev.bag.io.units;

import dev.bag.io.codec.BuiltInCodec;
import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.units.UnitCodec.Division;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Which formats have units, and whether files have several. */
public final class Units {

    private Units() {}

    /** Returns how data of a format can be read from inside of a file on; null if they cannot. */
    public static @Nullable UnitCodec of(BuiltInCodec codec) {
        return switch (codec) {
            case GZIP -> new GzipMembers();
            case BZIP2 -> new Bzip2Units();
            case XZ -> new XzUnits();
            case ZSTD -> new ZstdFrameWalk();
            case LZ4 -> new Lz4Units();
            case SNAPPY -> new SnappyChunks();
            case Z, LZMA, ZLIB -> null;
        };
    }

    /**
     * Returns the decompressed bytes of the units of a piece, and of those behind it; null if it has none.
     *
     * @param from where in the file the piece begins
     * @param to where it ends
     */
    public static @Nullable UnitInput open(
            FileBytes file, UnitCodec units, long from, long to, Decompression decompression) throws IOException {
        UnitInput input = units.open(file, from, to, decompression.limits());
        return input == null ? null : decompression.limited(input, file, from);
    }

    /**
     * Returns whether a file that should be compressed can be read in pieces, and of what it is made. Reads a few of its first
     * and last bytes. Null if it cannot be read, which reading it later will tell, or is in no format that is known.
     */
    public static @Nullable Division division(InputFile file, Decompression decompression) {
        boolean wasInterrupted = Thread.interrupted(); // which would close the file
        try {
            for (; ; ) {
                try (FileBytes bytes = FileBytes.open(file)) {
                    return division(bytes, decompression);
                } catch (IOException | RuntimeException e) {
                    if (!Thread.interrupted()) {
                        return null;
                    }
                    wasInterrupted = true;
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable Division division(FileBytes bytes, Decompression decompression) throws IOException {
        BuiltInCodec codec = decompression.quietCodecOf(bytes);
        if (codec == null || bytes.head().length == 0) {
            return null;
        }
        UnitCodec units = of(codec);
        return units == null ? Division.impossible("one stream of " + codec.format()) : units.division(bytes);
    }
}
