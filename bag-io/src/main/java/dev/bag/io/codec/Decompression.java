package dev.bag.io.codec;

import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How files are decompressed: as their content and then their name tells, or as an option says.
 *
 * @param detect whether content and name tell
 * @param given the codec for all files, if {@code detect} is false; null for none
 */
public record Decompression(boolean detect, @Nullable BuiltInCodec given, Limits limits) implements Serializable {

    /** As each file tells, within the default limits. */
    public static final Decompression DEFAULT = new Decompression(true, null, Limits.DEFAULT);

    /** Returns whether a file is compressed, as far as can be told without reading it. */
    public boolean expectedFor(InputFile file) {
        return detect ? BuiltInCodec.byName(file.tellingName()) != null : given != null;
    }

    /** Returns a copy with other limits. */
    public Decompression withLimits(Limits others) {
        return new Decompression(detect, given, others);
    }

    /** Returns whether a file is compressed so that it can be read from inside on, as far as can be told without reading it. */
    public boolean unitsExpectedIn(InputFile file) {
        BuiltInCodec codec = detect ? BuiltInCodec.byName(file.tellingName()) : given;
        return codec != null && codec.units() != null;
    }

    /** Returns the codec of a file; null if no built-in one is for it. */
    public @Nullable BuiltInCodec codecOf(FileBytes file) {
        return detect ? detected(file) : given;
    }

    /** Returns the decompressed bytes of a file from its start; the file itself if no built-in codec is for it. */
    public ByteInput open(FileBytes file) throws IOException {
        return open(file, codecOf(file));
    }

    /** Returns the decompressed bytes of a file from its start; the file itself if there is no codec. */
    public ByteInput open(FileBytes file, @Nullable BuiltInCodec codec) throws IOException {
        return codec == null ? file : codec.open(file, limits);
    }

    /**
     * Returns the decompressed bytes of the units of a piece, and of those behind it; null if it has none.
     *
     * @param from where in the file the piece begins
     * @param to where it ends
     */
    public @Nullable UnitInput openPiece(FileBytes file, UnitCodec units, long from, long to) throws IOException {
        UnitInput input = units.open(file, from, to, limits);
        return input == null ? null : new RatioLimit.OfPiece(input, file, from, limits);
    }

    /**
     * Returns the decompressed bytes of a file for which there is no built-in codec.
     *
     * @param format the name of its format
     * @param artifact where the decompressor comes from
     */
    public ByteInput open(FileBytes file, String format, String artifact, Decompressor decompressor) {
        return new RatioLimit(new LibraryInput(file, format, artifact, () -> decompressor, limits), file, limits);
    }

    /** Returns whether a file for which there is no built-in codec may be compressed all the same. */
    public boolean isUnknown(FileBytes file) {
        return detect && !looksLikeText(file.head());
    }

    private static @Nullable BuiltInCodec detected(FileBytes file) {
        BuiltInCodec told = BuiltInCodec.byName(file.file().tellingName());
        BuiltInCodec seen = BuiltInCodec.byContent(file.head());
        if (seen != null && told != null && seen != told) {
            warn(file, told, seen);
        }
        return seen != null ? seen : told != null ? told : BuiltInCodec.bySkippableFrame(file.head());
    }

    private static void warn(FileBytes file, BuiltInCodec told, BuiltInCodec seen) {
        System.getLogger("dev.bag.io")
                .log(
                        System.Logger.Level.WARNING,
                        "{0}: read as {1}, which it is, though its name says {2}.",
                        file.file().name(),
                        seen.format(),
                        told.format());
    }

    /** Text has no control characters but those that move the pen; every compressed file has some at once. */
    private static boolean looksLikeText(byte[] head) {
        for (byte b : head) {
            if (b >= 0 && b < ' ' && (b < '\t' || b > '\r') && b != 0x1b) {
                return false;
            }
        }
        return true;
    }
}
