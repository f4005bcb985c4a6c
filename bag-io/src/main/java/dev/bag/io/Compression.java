package dev.bag.io;

import dev.bag.io.codec.BuiltInCodec;
import org.jspecify.annotations.Nullable;

/** How files are compressed. */
public enum Compression {
    /**
     * As the first bytes of each file tell, whatever its name; if they tell nothing, as the extension tells. Asks each
     * installed {@link CompressionCodec} about files that are neither text nor of a known format.
     */
    AUTO(null),
    /** Not at all: compressed data is read as it is. */
    NONE(null),
    /** Gzip, of one member or several: {@code .gz}. */
    GZIP(BuiltInCodec.GZIP),
    /** Bzip2, of one stream or several: {@code .bz2}. A large file is cut into partitions. */
    BZIP2(BuiltInCodec.BZIP2),
    /** Xz, of one stream or several: {@code .xz}. */
    XZ(BuiltInCodec.XZ),
    /** Zstandard, of one frame or several: {@code .zst}. Needs {@code com.github.luben:zstd-jni}. */
    ZSTD(BuiltInCodec.ZSTD);

    final @Nullable BuiltInCodec codec;

    Compression(@Nullable BuiltInCodec codec) {
        this.codec = codec;
    }
}
