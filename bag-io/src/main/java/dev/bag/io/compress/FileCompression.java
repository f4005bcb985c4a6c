package dev.bag.io.compress;

import dev.bag.io.codec.BuiltInCodec;
import dev.bag.io.compress.StreamCompressor.Bzip2;
import dev.bag.io.compress.StreamCompressor.Xz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a file that is written is compressed: as the extension of its name says. A file is made of pieces, one behind the
 * other, and of its {@linkplain #ending end}.
 *
 * @param codec null for none
 * @param level what the format calls its level; meaningless for none
 */
public record FileCompression(@Nullable BuiltInCodec codec, int level) implements Serializable {

    private static final Set<BuiltInCodec> WRITTEN = Collections.unmodifiableSet(
            EnumSet.of(BuiltInCodec.GZIP, BuiltInCodec.BZIP2, BuiltInCodec.XZ, BuiltInCodec.ZSTD));

    /** Names that stand for a format that is neither read nor written. */
    private static final List<String> UNKNOWN = List.of(".lz", ".lzo", ".br", ".deflate", ".rar");

    /**
     * Returns how a file of a name is compressed.
     *
     * @param name the name of a file
     * @param level empty for that of the format
     * @throws IllegalArgumentException if that cannot be
     */
    public static FileCompression of(String name, OptionalInt level) {
        BuiltInCodec codec = BuiltInCodec.byName(name);
        if (codec == null) {
            refuse(name, level);
            return new FileCompression(null, 0);
        }
        if (!WRITTEN.contains(codec)) {
            throw notWritten(name);
        }
        if (codec == BuiltInCodec.ZSTD) {
            requireZstd(name);
        }
        return new FileCompression(codec, level(name, codec, level));
    }

    private static void refuse(String name, OptionalInt level) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        for (String extension : UNKNOWN) {
            if (lowerCase.endsWith(extension)) {
                throw notWritten(name);
            }
        }
        if (level.isPresent()) {
            throw new IllegalArgumentException("compressionLevel(" + level.getAsInt() + "): " + name
                    + " is not compressed. Leave the level out, or choose a name that ends in .gz, .zst, .bz2 or .xz.");
        }
    }

    private static IllegalArgumentException notWritten(String name) {
        return new IllegalArgumentException(name + ": files of this format are not written. Supported are .gz, .zst,"
                + " .bz2, .xz, and any other extension for text that is not compressed.");
    }

    private static void requireZstd(String name) {
        try {
            Class.forName("com.github.luben.zstd.ZstdCompressCtx", false, FileCompression.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    name
                            + ": zstd needs com.github.luben:zstd-jni on the class path. Add it, or choose another extension.",
                    e);
        }
    }

    /** The least and the most, and what holds unless another one is asked for. */
    private record Levels(int least, int most, int byDefault) {}

    private static Levels levels(BuiltInCodec codec) {
        return switch (codec) {
            case GZIP -> new Levels(0, 9, 6);
            case BZIP2 -> new Levels(1, 9, 9);
            case XZ -> new Levels(0, 9, 3); // its encoders take much memory: 32 MiB each, and 94 from level 5 on
            case ZSTD -> new Levels(1, 22, 3);
            default -> throw new IllegalStateException(codec.format());
        };
    }

    private static int level(String name, BuiltInCodec codec, OptionalInt asked) {
        Levels levels = levels(codec);
        int level = asked.orElse(levels.byDefault());
        if (level < levels.least() || level > levels.most()) {
            throw new IllegalArgumentException("compressionLevel(" + level + "): for " + name + " it must be from "
                    + levels.least() + " to " + levels.most());
        }
        return level;
    }

    /** Returns what compresses a piece of a file into {@code out}. */
    public Compressor compressor(ByteOutput out) throws IOException {
        BlockCompressor blocks = blocks();
        if (blocks != null) {
            return new BlocksCompressor(out, blocks);
        }
        if (codec == null) {
            return Compressor.none(out);
        }
        return opened(
                codec,
                () -> codec == BuiltInCodec.BZIP2
                        ? new StreamCompressor(out, level, Bzip2::open)
                        : new StreamCompressor(out, level, Xz::open));
    }

    /** Returns what compresses the blocks of a piece, or null if pieces are not made of blocks. */
    public @Nullable BlockCompressor blocks() throws IOException {
        if (codec != BuiltInCodec.GZIP && codec != BuiltInCodec.ZSTD) {
            return null;
        }
        return opened(codec, () -> codec == BuiltInCodec.GZIP ? new GzipCompressor(level) : new ZstdCompressor(level));
    }

    private static <C> C opened(BuiltInCodec codec, Supplier<C> compressor) throws IOException {
        try {
            return compressor.get();
        } catch (LinkageError e) {
            throw new IOException(codec.format() + " cannot be used on this platform: " + e, e);
        }
    }

    /**
     * Returns what comes behind the pieces of a file.
     *
     * @param frames those of all pieces
     * @param isEmpty whether the pieces have no bytes
     */
    public byte[] ending(int[] frames, boolean isEmpty) throws IOException {
        if (codec == null) {
            return new byte[0];
        }
        ByteArrayOutputStream ending = new ByteArrayOutputStream();
        switch (codec) {
            case GZIP -> ending.writeBytes(GzipCompressor.END);
            case ZSTD -> {
                if (isEmpty) {
                    ending.writeBytes(ZstdCompressor.emptyFrame());
                }
                ending.writeBytes(ZstdCompressor.seekTable(frames));
            }
            default -> {
                if (isEmpty) {
                    ((StreamCompressor) compressor(ending::write)).writeEmpty();
                }
            }
        }
        return ending.toByteArray();
    }
}
