package dev.bag.io.codec;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How files are decompressed: as their content and then their name tells, or as an option says.
 *
 * @param detect whether content and name tell
 * @param given the codec for all files, if {@code detect} is false; null for none
 * @param further what finds codecs that are not built in
 */
public record Decompression(boolean detect, @Nullable BuiltInCodec given, Limits limits, Further further)
        implements Serializable {

    /** As each file tells, within the default limits. */
    public static final Decompression DEFAULT = new Decompression(true, null, Limits.DEFAULT, (head, name) -> null);

    /** Finds codecs that are not built in. */
    @FunctionalInterface
    public interface Further extends Serializable {

        /**
         * Returns the codec for a file that is neither text nor of a built-in format, or null.
         *
         * @param head the first bytes of the file
         * @param fileName its extension decides where the first bytes tell nothing
         */
        @Nullable FurtherCodec find(byte[] head, String fileName);
    }

    /**
     * A codec that is not built in.
     *
     * @param format the name of its format
     * @param artifact where the decompressor comes from
     */
    public record FurtherCodec(String format, String artifact, Decompressor decompressor) {}

    /** Returns whether a file is compressed, as far as can be told without reading it. */
    public boolean expectedFor(InputFile file) {
        return detect ? BuiltInCodec.byName(file.tellingName()) != null : given != null;
    }

    /** Returns a copy with other limits. */
    public Decompression withLimits(Limits others) {
        return new Decompression(detect, given, others, further);
    }

    /** Returns a copy that finds codecs that are not built in, too. */
    public Decompression with(Further others) {
        return new Decompression(detect, given, limits, others);
    }

    /** Returns a copy for files of which each tells how it is compressed. */
    public Decompression detecting() {
        return new Decompression(true, null, limits, further);
    }

    /** Returns a copy for files that are all compressed in the same way; with null in none. */
    public Decompression by(@Nullable BuiltInCodec codec) {
        return new Decompression(false, codec, limits, further);
    }

    /** Returns what to tell of a file whose content is not what its name says; empty if it is, or cannot be read. */
    public Optional<String> contradiction(InputFile file) {
        if (!detect || !file.canSeek() || file.byteCount() == 0) {
            return Optional.empty();
        }
        try (FileBytes bytes = FileBytes.open(file)) {
            return contradiction(file, bytes.head());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> contradiction(InputFile file, byte[] head) {
        String name = file.name();
        BuiltInCodec told = BuiltInCodec.byName(file.tellingName());
        BuiltInCodec seen = BuiltInCodec.byContent(head);
        if (seen == told) {
            return Optional.empty();
        }
        if (seen != null) {
            String instead = told == null ? "though its name does not say so" : "though its name says " + told.format();
            return Optional.of(name + ": read as " + seen.format() + ", which it is, " + instead);
        }
        return told != null && told.hasSignature() && looksLikeText(head)
                ? Optional.of(name + ": begins as text does, so it cannot be read as " + told.format()
                        + ", which its name says; if it is text, use compression(Compression.NONE)")
                : Optional.empty();
    }

    /** Returns the codec that a file tells, or that is given, without a warning if it tells two; or null. */
    public @Nullable BuiltInCodec quietCodecOf(FileBytes file) {
        return detect ? codecOf(file.file(), file.head()) : given;
    }

    /** Returns the codec of a file; null if no built-in one is for it. */
    public @Nullable BuiltInCodec codecOf(FileBytes file) {
        return detect ? detected(file) : given;
    }

    private static @Nullable BuiltInCodec codecOf(InputFile file, byte[] head) {
        BuiltInCodec seen = BuiltInCodec.byContent(head);
        BuiltInCodec told = BuiltInCodec.byName(file.tellingName());
        return seen != null ? seen : told != null ? told : BuiltInCodec.bySkippableFrame(head);
    }

    /** Returns the decompressed bytes of a file from its start; the file itself if it is not compressed. */
    public ByteInput open(FileBytes file) throws IOException {
        return open(file, codecOf(file));
    }

    /**
     * Returns the decompressed bytes of a file from its start; the file itself if it is not compressed.
     *
     * @param codec that is for it; null if no built-in one is
     */
    public ByteInput open(FileBytes file, @Nullable BuiltInCodec codec) throws IOException {
        if (codec != null) {
            return codec.open(file, limits);
        }
        FurtherCodec found =
                mayBeCompressed(file) ? further.find(file.head(), file.file().tellingName()) : null;
        return found == null ? file : open(file, found);
    }

    private ByteInput open(FileBytes file, FurtherCodec codec) {
        LibraryInput input = new LibraryInput(file, codec.format, codec.artifact, codec::decompressor, limits);
        return new RatioLimit(input, file, limits);
    }

    /** Returns whether a file for which there is no built-in codec may be compressed all the same. */
    private boolean mayBeCompressed(FileBytes file) {
        return detect && !looksLikeText(file.head());
    }

    /**
     * Returns the decompressed bytes of a piece of a file, within the limits.
     *
     * @param from where in the file the piece begins
     */
    public UnitInput limited(UnitInput piece, FileBytes file, long from) {
        return new RatioLimit.OfPiece(piece, file, from, limits);
    }

    private static @Nullable BuiltInCodec detected(FileBytes file) {
        BuiltInCodec told = BuiltInCodec.byName(file.file().tellingName());
        BuiltInCodec seen = BuiltInCodec.byContent(file.head());
        if (seen != null
                && told != null
                && seen != told
                && file.file().findings().isFirstWarning()) {
            warn(file, told, seen);
        }
        return codecOf(file.file(), file.head());
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
