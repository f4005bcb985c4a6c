package dev.bag.io;

import dev.bag.io.codec.BuiltInCodec;
import dev.bag.io.parts.LineFiles;
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
    ZSTD(BuiltInCodec.ZSTD),
    /** LZ4 frames, one or several, legacy frames among them: {@code .lz4}. */
    LZ4(BuiltInCodec.LZ4),
    /**
     * Blocks of Snappy in the framing format of Snappy ({@code .sz}), in that of Hadoop and Spark ({@code .snappy}), or in
     * that of snappy-java. A file that is cut between two blocks looks whole; only the first has checksums.
     */
    SNAPPY(BuiltInCodec.SNAPPY),
    /**
     * The format of the compress program: {@code .Z}, with a capital letter. It has no checksum and no length, so a file that
     * is cut or corrupt may look whole.
     */
    Z(BuiltInCodec.Z),
    /**
     * The older format of the lzma program: {@code .lzma}. It is told by the name only, and has no checksum, so a file that
     * is corrupt may look whole.
     */
    LZMA(BuiltInCodec.LZMA),
    /** Zlib streams, one or several: {@code .zz} or {@code .zlib}. They are told by the name only. */
    ZLIB(BuiltInCodec.ZLIB);

    private final @Nullable BuiltInCodec codec;

    Compression(@Nullable BuiltInCodec codec) {
        this.codec = codec;
    }

    LineFiles of(LineFiles files) {
        return this == AUTO ? files.withDetection() : files.withCodec(codec);
    }
}
