package dev.bag.io.codec;

import dev.bag.io.codec.LibraryDecompressors.XzDecompressor;
import dev.bag.io.codec.LibraryDecompressors.ZstdDecompressor;
import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The compressed formats that need no plug-in. */
public enum BuiltInCodec {
    /** RFC 1952. */
    GZIP(".gz", ".gzip", ".bgz"),
    /** Julian Seward's bzip2. */
    BZIP2(".bz2", ".bz"),
    /** The xz file format 1.2. */
    XZ(".xz"),
    /** RFC 8878. */
    ZSTD(".zst", ".zstd"),
    /** The LZ4 frame format. */
    LZ4(".lz4"),
    /** Blocks of Snappy, framed in one of three ways. */
    SNAPPY(".snappy", ".sz"),
    /** The format of the compress program. Its extension is known by its capital letter: {@code .z} is of others, too. */
    Z(".Z"),
    /** The older format of the lzma program, which no signature tells. */
    LZMA(".lzma", ".tlz"),
    /** RFC 1950, whose signature is too short to tell it. */
    ZLIB(".zz", ".zlib");

    private static final BuiltInCodec[] ALL = values();
    private static final int[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
    private static final int[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, 0x90};

    private final List<String> extensions;

    BuiltInCodec(String... extensions) {
        this.extensions = List.of(extensions);
    }

    /** The format whose signature these first bytes of a file are, or null. */
    static @Nullable BuiltInCodec byContent(byte[] head) {
        for (BuiltInCodec codec : ALL) {
            if (codec.begins(head)) {
                return codec;
            }
        }
        return null;
    }

    /** The format that the extension of a name stands for, or null. */
    public static @Nullable BuiltInCodec byName(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        for (BuiltInCodec codec : ALL) {
            for (String extension : codec.extensions) {
                if (lowerCase.endsWith(extension) || name.endsWith(extension)) {
                    return codec;
                }
            }
        }
        return null;
    }

    /** Zstandard, if a file begins with a frame to be skipped so long that what follows it cannot be seen; or null. */
    static @Nullable BuiltInCodec bySkippableFrame(byte[] head) {
        return Signatures.skippable(head, 0, head.length) ? ZSTD : null;
    }

    private boolean begins(byte[] head) {
        return switch (this) {
            case GZIP -> beginsGzip(head);
            case BZIP2 -> beginsBzip2(head);
            case XZ -> Signatures.xz(head, 0, head.length);
            case ZSTD -> Signatures.zstd(head, Signatures.behindSkippable(head), head.length);
            case LZ4 -> Signatures.lz4(head, Signatures.behindSkippable(head), head.length);
            case SNAPPY -> Signatures.snappyFramed(head, 0, head.length) || Signatures.snappyJava(head, 0, head.length);
            case Z -> Signatures.lzw(head, 0, head.length);
            case LZMA, ZLIB -> false;
        };
    }

    /** The signature, method 8, and no reserved flag. */
    private static boolean beginsGzip(byte[] head) {
        return head.length >= 4 && head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8 && (head[3] & 0xe0) == 0;
    }

    private static boolean beginsBzip2(byte[] head) {
        boolean signature = head.length >= 4 && head[0] == 'B' && head[1] == 'Z' && head[2] == 'h';
        return signature && head[3] >= '1' && head[3] <= '9' && (has(head, 4, BZIP2_BLOCK) || has(head, 4, BZIP2_END));
    }

    private static boolean has(byte[] head, int from, int[] signature) {
        if (head.length < from + signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if ((head[from + i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the first bytes of a file tell the format. */
    boolean hasSignature() {
        return this != LZMA && this != ZLIB;
    }

    /** Returns the name of the format. */
    public String format() {
        return this == Z ? ".Z" : name().toLowerCase(Locale.ROOT);
    }

    ByteInput open(FileBytes file, Limits limits) throws IOException {
        if (file.head().length > 0) {
            return new RatioLimit(decoder(file, limits), file, limits);
        }
        if (limits.emptyFiles()) {
            return file;
        }
        throw Corruption.empty(file.file(), format());
    }

    private ByteInput decoder(FileBytes file, Limits limits) throws IOException {
        return switch (this) {
            case GZIP -> new GzipInput(file, limits, GzipAhead.of(file, limits));
            case BZIP2 -> new Bzip2Input(file, limits, Long.MAX_VALUE);
            case XZ -> library("org.tukaani:xz", () -> new XzDecompressor("xz", XzStreams::new), file, limits);
            case LZMA -> library("org.tukaani:xz", () -> new XzDecompressor("lzma", LzmaStream::new), file, limits);
            case ZSTD -> library("com.github.luben:zstd-jni", () -> new ZstdDecompressor(), file, limits);
            case LZ4 -> own(Lz4Stream::new, file, limits);
            case SNAPPY -> own(SnappyStream::new, file, limits);
            case Z -> own((compressed, ignored) -> new LzwStream(compressed), file, limits);
            case ZLIB -> own(ZlibStreams::new, file, limits);
        };
    }

    private ByteInput own(Decompressor decoder, FileBytes file, Limits limits) {
        return library("dev.bag:bag-io", () -> decoder, file, limits);
    }

    private ByteInput library(String artifact, Supplier<? extends Decompressor> load, FileBytes file, Limits limits) {
        return new LibraryInput(file, format(), artifact, load, limits);
    }
}
