package dev.bag.io.codec;

import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How files are decompressed: as their content and then their name tells, or as an option says.
 *
 * @param detect whether content and name tell
 * @param given the codec for all files, if {@code detect} is false; null for none
 * @param further asked if no built-in codec fits
 */
public record Decompression(boolean detect, @Nullable BuiltInCodec given, Limits limits, FurtherCodecs further)
        implements Serializable {

    /** Whether a file is compressed, as far as can be told without reading it. */
    public boolean expectedFor(InputFile file) {
        return detect ? BuiltInCodec.byName(file.name()) != null : given != null;
    }

    /** These with other limits. */
    public Decompression with(Limits others) {
        return new Decompression(detect, given, others, further);
    }

    /** The decompressed bytes of a file from its start; the file itself if it is not compressed. */
    public ByteInput open(FileBytes file) throws IOException {
        BuiltInCodec codec = detect ? detected(file) : given;
        if (codec != null) {
            return codec.open(file, limits);
        }
        return detect && !looksLikeText(file.head()) ? openFurther(file) : file;
    }

    private ByteInput openFurther(FileBytes file) {
        return further.find(file.head(), file.file().name())
                .<ByteInput>map(found -> new RatioLimit(new LibraryInput(file, found, limits), file, limits))
                .orElse(file);
    }

    private static @Nullable BuiltInCodec detected(FileBytes file) {
        BuiltInCodec told = BuiltInCodec.byName(file.file().name());
        BuiltInCodec seen = BuiltInCodec.byContent(file.head());
        if (seen != null && told != null && seen != told) {
            warn(file, told, seen);
        }
        return seen == null ? told : seen;
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
